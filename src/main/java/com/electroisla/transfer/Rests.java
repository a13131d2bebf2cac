package com.electroisla.transfer;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.LongConsumer;
import org.jdbi.v3.core.Handle;

/**
 * The rests of a load, so that a busy shop keeps its time: after each step the load rests while other sessions are at
 * work, up to {@link #MOST} times as long as the step took. In an idle shop it does not rest, nor when it has rested
 * enough in all.
 */
final class Rests {
    /** So a load works a quarter of the time: one that never rests takes two fifths of the rate of buyers. */
    private static final int MOST = 3;

    private static final long LONGEST = TimeUnit.SECONDS.toNanos(1);

    private final BooleanSupplier othersAreAtWork;
    private final LongConsumer pause;
    private long left;
    private long begun = System.nanoTime();

    /**
     * @param inAll the longest time of all rests together
     * @param pause takes nanoseconds
     */
    Rests(Duration inAll, BooleanSupplier othersAreAtWork, LongConsumer pause) {
        this.left = inAll.toNanos();
        this.othersAreAtWork = othersAreAtWork;
        this.pause = pause;
    }

    /** The rests of the session that has this handle. */
    static Rests of(Handle handle, Duration inAll) {
        return new Rests(inAll, () -> LoadSql.othersAreAtWork(handle), LockSupport::parkNanos);
    }

    /** Ends a step, which began when the rest before it was over. */
    void rest() {
        long took = Math.min(System.nanoTime() - begun, LONGEST);
        for (int times = 0; times < MOST && left > 0 && othersAreAtWork.getAsBoolean(); times++) {
            long now = Math.min(took, left);
            pause.accept(now);
            left -= now;
        }
        begun = System.nanoTime();
    }
}
