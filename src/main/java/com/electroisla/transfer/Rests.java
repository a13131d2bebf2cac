package com.electroisla.transfer;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.LongConsumer;
import org.jdbi.v3.core.Handle;

/**
 * The rests of a load, so that a busy shop keeps its time: after each step the load rests while other sessions are at
 * work, up to {@link #MOST} times as long as the step took. In an idle shop it does not rest.
 */
final class Rests {
    /** A load that has a quarter of the time leaves buyers on two cores about nine tenths of their rate. */
    private static final int MOST = 3;

    private static final long LONGEST = TimeUnit.SECONDS.toNanos(1);

    private final BooleanSupplier othersAreAtWork;
    private final LongConsumer pause;
    private long begun = System.nanoTime();

    /** @param pause takes nanoseconds */
    Rests(BooleanSupplier othersAreAtWork, LongConsumer pause) {
        this.othersAreAtWork = othersAreAtWork;
        this.pause = pause;
    }

    /** The rests of the session that has this handle. */
    static Rests of(Handle handle) {
        return new Rests(() -> LoadSql.othersAreAtWork(handle), LockSupport::parkNanos);
    }

    /** Ends a step, which began when the rest before it was over. */
    void rest() {
        long took = Math.min(System.nanoTime() - begun, LONGEST);
        for (int times = 0; times < MOST && othersAreAtWork.getAsBoolean(); times++) {
            pause.accept(took);
        }
        begun = System.nanoTime();
    }
}
