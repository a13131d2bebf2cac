package com.electroisla.transfer;

/** A file that is no table, or breaks off as one: nothing after the place can be trusted, so nothing of it is taken. */
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
