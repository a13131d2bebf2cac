package com.electroisla.transfer;

/** Hears how far a load or a dump is; called often, from the thread that works. */
@FunctionalInterface
public interface TransferProgress {
    /**
     * @param rows how many are through
     * @param thousandths of the whole; -1 when that cannot be told
     */
    void at(long rows, int thousandths);

    /**
     * Hears that a piece of a load is written.
     *
     * @param line all up to this one are written
     * @param count of the lines that write something, so many are through
     * @param of so many
     */
    default void written(long line, long count, long of) {}
}
