package com.electroisla.transfer;

import java.util.List;

/** How a load ended. */
public sealed interface LoadOutcome {
    /** What is wrong with the file, or kept lines from being written: the first problems, by line. */
    List<LineProblem> problems();

    /** How many problems there are in all. */
    long problemCount();

    /**
     * The good lines are in. A line whose product was changed while the others were written is among the problems.
     *
     * @param unchanged lines of products that are already so
     * @param leaps among the prices of the file
     */
    record Loaded(long created, long updated, long unchanged, List<LineProblem> problems, long problemCount, PriceLeaps leaps) implements LoadOutcome {}

    /** Nothing was written. */
    record Refused(List<LineProblem> problems, long problemCount) implements LoadOutcome {}

    /** Nothing was written: these lines are about products that have changed since somebody looked at the preview. */
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
     * Something broke in the middle.
     *
     * @param upToLine every line up to here is written, but for those that the problems name
     * @param uncertainTo the lines after that, up to this one, are written or not: the answer to their COMMIT never came
     * @param remaining how many lines after {@code upToLine} were still to be written
     */
    record Stopped(long created, long updated, long upToLine, long uncertainTo, long remaining, List<LineProblem> problems, long problemCount,
            RuntimeException cause) implements LoadOutcome {}
}
