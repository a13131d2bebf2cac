package com.electroisla.transfer;

import java.util.List;

/** How a load ended. */
public sealed interface LoadOutcome {
    /** The faults in the file and the lines that were not written: the first ones, by line. */
    List<LineProblem> problems();

    /** The number of all problems. */
    long problemCount();

    /**
     * The good lines are written. A line whose product somebody changed meanwhile is among the problems.
     *
     * @param unchanged lines that change nothing
     * @param leaps see {@link PriceLeaps}
     */
    record Loaded(
            long created, long updated, long unchanged, List<LineProblem> problems, long problemCount, PriceLeaps leaps)
            implements LoadOutcome {}

    /** Nothing was written. */
    record Refused(List<LineProblem> problems, long problemCount) implements LoadOutcome {}

    /** Nothing was written: the products of these lines have changed since the preview was shown. */
    record ChangedSince(List<LineProblem> problems, long problemCount) implements LoadOutcome {}

    /** Nothing was done: this very load was done before. */
    record DoneBefore() implements LoadOutcome {
        @Override
        public List<LineProblem> problems() {
            return List.of();
        }

        @Override
        public long problemCount() {
            return 0;
        }
    }

    /**
     * The load failed in the middle.
     *
     * @param upToLine every line up to here is written, except those among the problems
     * @param uncertainTo the lines after that, up to this one, are written or not: the answer to their COMMIT never
     *     came
     * @param remaining how many lines after {@code upToLine} were still to be written
     */
    record Stopped(
            long created,
            long updated,
            long upToLine,
            long uncertainTo,
            long remaining,
            List<LineProblem> problems,
            long problemCount,
            RuntimeException cause)
            implements LoadOutcome {}
}
