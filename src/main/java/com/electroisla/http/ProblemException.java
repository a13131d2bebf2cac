package com.electroisla.http;

/** Malformed input met at the HTTP edge. Domain refusals are values, not this. */
public final class ProblemException extends RuntimeException {
    private final transient Problem problem;

    ProblemException(Problem problem) {
        super(problem.code().code(), null, false, false);
        this.problem = problem;
    }

    public Problem problem() {
        return problem;
    }
}
