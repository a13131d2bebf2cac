package com.electroisla;

import com.electroisla.accounts.Accounts;
import com.electroisla.database.Database;
import com.electroisla.database.DatabaseClock;
import com.electroisla.groupcommit.GroupCommit;
import com.electroisla.idempotency.IdempotencyRecords;
import com.electroisla.limits.Limits;
import com.electroisla.reservation.ExpireReservations;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.BiFunction;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.jdbi.v3.core.Handle;

/**
 * What a server does by itself: the sweep (Opción B of the guide), which every {@code ELECTRO_ISLA_BARRIDO} releases what
 * ran out, and once a minute the deletion of records that nobody needs any more. A round that fails is logged and the next
 * one tries again. It stands above the features because it tidies up in several of them.
 */
final class Housekeeping implements AutoCloseable {
    private static final Logger LOG = Logger.getLogger(Housekeeping.class.getName());
    private static final Logger RESERVATIONS = Logger.getLogger("electroisla.reservas");
    private static final int MOST_DELETED_AT_ONCE = 10_000;

    private final ScheduledExecutorService executor =
            Executors.newSingleThreadScheduledExecutor(Thread.ofPlatform().name("housekeeping").daemon().factory());
    private final Database database;
    private final DatabaseClock clock;
    private final ExpireReservations expire;

    Housekeeping(Database database, DatabaseClock clock, ExpireReservations expire) {
        this.database = database;
        this.clock = clock;
        this.expire = expire;
    }

    /** Sweeps the reservations, unless that is left to cron. */
    void sweepEvery(Duration every) {
        executor.scheduleWithFixedDelay(() -> guarded(this::sweep), every.toNanos(), every.toNanos(), TimeUnit.NANOSECONDS);
    }

    /** Deletes old records, whoever sweeps the reservations. */
    void deleteOldRecordsEveryMinute() {
        executor.scheduleWithFixedDelay(() -> guarded(this::deleteOldRecords), 1, 1, TimeUnit.MINUTES);
    }

    private void sweep() {
        int released = expire.run();
        if (released > 0) {
            RESERVATIONS.log(Level.INFO, "barrido: {0} reservas expiradas liberadas", Integer.toString(released));
        }
    }

    void deleteOldRecords() {
        deleteAll((handle, now) -> IdempotencyRecords.deleteOld(handle, now, MOST_DELETED_AT_ONCE));
        deleteAll((handle, now) -> GroupCommit.deleteOldMarkers(handle, now, MOST_DELETED_AT_ONCE));
        deleteAll(Limits::deleteEnded);
        deleteAll(Accounts::deleteEnded);
    }

    /** Deletes batch after batch, each in a transaction of its own, until there is nothing left. */
    private void deleteAll(BiFunction<Handle, Instant, Integer> batch) {
        int deleted;
        do {
            deleted = database.inTransaction(handle -> batch.apply(handle, clock.now(handle)));
        } while (deleted > 0 && !executor.isShutdown());
    }

    private static void guarded(Runnable round) {
        try {
            round.run();
        } catch (Throwable failure) { // an error that got through would end the schedule without a word
            LOG.log(Level.WARNING, "a round of housekeeping failed; the next one tries again", failure);
        }
    }

    @Override
    public void close() {
        executor.shutdown();
        try {
            executor.awaitTermination(10, TimeUnit.SECONDS);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
