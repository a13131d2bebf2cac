package com.electroisla.transfer;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * The problems of a file: the first ones in full and the number of all, so that a wholly wrong file fills neither
 * memory nor screen.
 */
final class Problems {
    private static final int MOST_KEPT = 100;

    private final List<LineProblem> kept = new ArrayList<>();
    private long count;

    void add(LineProblem problem) {
        count++;
        if (kept.size() < MOST_KEPT) {
            kept.add(problem);
        }
    }

    long count() {
        return count;
    }

    /** The first problems found, by line. */
    List<LineProblem> kept() {
        return kept.stream().sorted(Comparator.comparingLong(LineProblem::line)).toList();
    }
}
