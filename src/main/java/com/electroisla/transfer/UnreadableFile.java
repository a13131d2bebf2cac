package com.electroisla.transfer;

/**
 * A file that is no table, or is damaged from some point on: nothing after that point can be trusted, so no line of it
 * is taken.
 */
final class UnreadableFile extends RuntimeException {
    private final transient LineProblem problem;

    UnreadableFile(long line, String reason) {
        super(reason);
        this.problem = LineProblem.ofLine(line, reason);
    }

    LineProblem problem() {
        return problem;
    }
}
