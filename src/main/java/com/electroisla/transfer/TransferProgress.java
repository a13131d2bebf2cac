package com.electroisla.transfer;

/** Hears how far a load or a dump is; called often, from the thread that works. */
@FunctionalInterface
public interface TransferProgress {
    /**
     * @param rows how many are through
     * @param thousandths of the whole; -1 when that cannot be told
     */
    void at(long rows, int thousandths);
}
