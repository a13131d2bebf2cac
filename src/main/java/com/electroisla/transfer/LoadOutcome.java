package com.electroisla.transfer;

import java.util.List;

/** How a load ended. */
public sealed interface LoadOutcome {
    /** What is wrong with the file: the first problems, by line. */
    List<LineProblem> problems();

    /** How many problems there are in all. */
    long problemCount();

    /**
     * The good lines are in.
     *
     * @param unchanged lines of products that are already so
     */
    record Loaded(long created, long updated, long unchanged, List<LineProblem> problems, long problemCount) implements LoadOutcome {}

    /** Nothing was written. */
    record Refused(List<LineProblem> problems, long problemCount) implements LoadOutcome {}
}
