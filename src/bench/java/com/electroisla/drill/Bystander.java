package com.electroisla.drill;

import com.electroisla.database.JdbcTarget;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * A session that locks the row of the busiest product for a third of every minute, whatever else happens: meanwhile
 * buyers of other products must be served, and buyers of this one be told to come back, or be served when it is free.
 */
final class Bystander implements Runnable {
    static final Duration PERIOD = Duration.ofMinutes(1);
    private static final int PART = 3;
    private static final Duration BEFORE_CONNECTING_AGAIN = Duration.ofMillis(100);

    private final Supplier<JdbcTarget> database;
    private final Duration period;
    private final Tally tally;
    private final CountDownLatch stop;
    private final Consumer<String> progress;
    private final AtomicLong doneMeanwhile = new AtomicLong();
    private final AtomicLong satNanos = new AtomicLong();

    /** @param period the row is locked in the last third of each */
    Bystander(
            Supplier<JdbcTarget> database,
            Duration period,
            Tally tally,
            CountDownLatch stop,
            Consumer<String> progress) {
        this.database = database;
        this.period = period;
        this.tally = tally;
        this.stop = stop;
        this.progress = progress;
    }

    @Override
    public void run() {
        Duration sits = period.dividedBy(PART);
        try {
            while (!stop.await(period.minus(sits).toNanos(), TimeUnit.NANOSECONDS)) {
                progress.accept("Alguien retiene la fila del producto " + DrillShelf.BUSIEST + " durante "
                        + sits.toSeconds() + " s");
                sitUntil(System.nanoTime() + sits.toNanos());
            }
        } catch (InterruptedException over) {
            Thread.currentThread().interrupt();
        }
    }

    /** Locks the row until the end. The database may die meanwhile; then it is locked again. */
    private void sitUntil(long end) throws InterruptedException {
        while (System.nanoTime() - end < 0 && stop.getCount() > 0) {
            try (Connection connection = database.get().connect(Map.of("connectTimeout", "2", "socketTimeout", "30"))) {
                connection.setAutoCommit(false);
                connection
                        .createStatement()
                        .execute("SELECT FROM productos WHERE id = " + DrillShelf.BUSIEST + " FOR UPDATE");
                long began = System.nanoTime();
                long before = tally.done.sum();
                while (System.nanoTime() - end < 0
                        && connection.isValid(1)
                        && !stop.await(BEFORE_CONNECTING_AGAIN.toMillis(), TimeUnit.MILLISECONDS)) {
                    // The row stays locked.
                }
                satNanos.addAndGet(System.nanoTime() - began);
                doneMeanwhile.addAndGet(tally.done.sum() - before);
                connection.rollback();
            } catch (SQLException away) {
                if (stop.await(BEFORE_CONNECTING_AGAIN.toMillis(), TimeUnit.MILLISECONDS)) {
                    return;
                }
            }
        }
    }

    /** The time for which the row was locked, in total. */
    Duration sat() {
        return Duration.ofNanos(satNanos.get());
    }

    /** The 2xx answers to changes in that time. */
    long doneMeanwhile() {
        return doneMeanwhile.get();
    }
}
