package com.electroisla.transfer;

/** Listens to the progress of a load or a dump; called often, from the working thread. */
@FunctionalInterface
public interface TransferProgress {
    /**
     * @param rows how many rows are done
     * @param thousandths of the whole; -1 when that is not known
     */
    void at(long rows, int thousandths);

    /**
     * Called when a piece of a load is written.
     *
     * @param line all lines up to this one are written
     * @param count how many of the lines that write something are done
     * @param of how many such lines there are
     */
    default void written(long line, long count, long of) {}
}
