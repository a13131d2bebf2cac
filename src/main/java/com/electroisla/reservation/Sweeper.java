package com.electroisla.reservation;

import com.electroisla.accounts.Accounts;
import com.electroisla.database.Database;
import com.electroisla.database.DatabaseClock;
import com.electroisla.idempotency.IdempotencyRecords;
import com.electroisla.limits.Limits;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * The server's own sweep (Opción B of the guide): every {@code ELECTRO_ISLA_BARRIDO} it releases what ran out, and once a
 * minute it deletes records that nobody needs any more. A round that fails is logged and the next one tries again.
 */
public final class Sweeper implements AutoCloseable {
    private static final Logger LOG = Logger.getLogger(Sweeper.class.getName());
    private static final Logger RESERVATIONS = Logger.getLogger("electroisla.reservas");
    private static final int MOST_DELETED_AT_ONCE = 10_000;

    private final ScheduledExecutorService executor =
            Executors.newSingleThreadScheduledExecutor(Thread.ofPlatform().name("reservation-sweep").daemon().factory());
    private final Database database;
    private final DatabaseClock clock;
    private final ExpireReservations expire;

    public Sweeper(Database database, DatabaseClock clock, ExpireReservations expire) {
        this.database = database;
        this.clock = clock;
        this.expire = expire;
    }

    public void start(Duration every) {
        executor.scheduleWithFixedDelay(() -> guarded(this::sweep), every.toNanos(), every.toNanos(), TimeUnit.NANOSECONDS);
    }

    /** Deletes old records, whoever sweeps the reservations. */
    public void startHousekeeping() {
        executor.scheduleWithFixedDelay(() -> guarded(this::deleteOldRecords), 1, 1, TimeUnit.MINUTES);
    }

    private void sweep() {
        int released = expire.run(hold -> {});
        if (released > 0) {
            RESERVATIONS.log(Level.INFO, "barrido: {0} reservas expiradas liberadas", Integer.toString(released));
        }
    }

    private void deleteOldRecords() {
        database.useTransaction(handle -> {
            Instant now = clock.now(handle);
            IdempotencyRecords.deleteOld(handle, now, MOST_DELETED_AT_ONCE);
            SweepSql.deleteOldMarkers(handle, now, MOST_DELETED_AT_ONCE);
            Limits.deleteEnded(handle, now);
            Accounts.deleteEnded(handle, now);
        });
    }

    private static void guarded(Runnable round) {
        try {
            round.run();
        } catch (RuntimeException failure) {
            LOG.log(Level.WARNING, "a round of the sweep failed; the next one tries again", failure);
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
