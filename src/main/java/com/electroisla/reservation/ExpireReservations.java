package com.electroisla.reservation;

import com.electroisla.database.Database;
import com.electroisla.database.DatabaseClock;
import com.electroisla.database.SqlStates;
import com.electroisla.reservation.SweepSql.Overdue;
import com.electroisla.reservation.SweepSql.Released;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/**
 * Gives the units of holds that ran out back to the shelf.
 *
 * <p>Nobody waits for this: a buyer who needs such units takes them at once. It only keeps the figures tidy. Safe at any
 * time, twice at once, and on several instances: it locks products and then their reservations, as everywhere, and a batch is
 * all that a checkout ever waits for.
 *
 * <p>Every product with overdue holds is visited in every run, so none starves behind another. First those that are free, with
 * SKIP LOCKED; then, one by one and with no other lock in hand, those that were busy: a product in constant demand is never
 * found free, so there the sweep takes its turn in the queue like any checkout. When one is not to be had in half a second,
 * somebody sits on it, and the rest is left to the next run.
 */
public final class ExpireReservations {
    /** Holds in a transaction. A checkout of the same product waits that long at the most: docs/reference/figures.md. */
    static final int LARGEST_BATCH = 1_000;

    private static final Duration LONGEST_TURN = Duration.ofMillis(500);
    private static final int PRODUCTS_AT_ONCE = 20_000;
    private static final Instant EVER = Instant.parse("0001-01-01T00:00:00Z");

    private final Database database;
    private final DatabaseClock clock;
    private final Runnable afterBatch;
    private final Duration longestTurn;
    private final ReleaseLag lag = new ReleaseLag();

    public ExpireReservations(Database database, DatabaseClock clock) {
        this(database, clock, () -> {});
    }

    /** @param released called after each batch that released something was committed */
    public ExpireReservations(Database database, DatabaseClock clock, Runnable released) {
        this(database, clock, released, LONGEST_TURN);
    }

    /** @param longestTurn how long a busy product's lock is waited for */
    ExpireReservations(Database database, DatabaseClock clock, Runnable released, Duration longestTurn) {
        this.longestTurn = longestTurn;
        this.afterBatch = released;
        this.database = database;
        this.clock = clock;
    }

    /** How late this instance's sweeps were. */
    public ReleaseLag lag() {
        return lag;
    }

    /** Releases everything that is past its time now, batch by batch, and says how many those were. */
    public int run() {
        return new Run(null).all();
    }

    /**
     * The same for somebody who wants to read about each.
     *
     * @param each told of each released hold after its batch was committed
     */
    public int run(Consumer<ExpiredHold> each) {
        return new Run(each).all();
    }

    /** A batch that was committed. */
    private record Batch(Instant now, List<Long> locked, List<Released> released, List<ExpiredHold> described) {}

    private final class Run {
        private final @Nullable Consumer<ExpiredHold> each;
        private final Set<Long> busy = new LinkedHashSet<>();
        private int total;

        Run(@Nullable Consumer<ExpiredHold> each) {
            this.each = each;
        }

        int all() {
            long last = Long.MIN_VALUE;
            List<Overdue> page;
            do {
                long after = last;
                page = database.inTransaction(handle -> {
                    Instant now = clock.now(handle);
                    lag.at(now);
                    return SweepSql.overdue(handle, now, after, PRODUCTS_AT_ONCE);
                });
                groups(page).forEach(this::releaseFree);
                last = page.isEmpty() ? last : page.getLast().product();
            } while (page.size() == PRODUCTS_AT_ONCE);
            for (long product : busy) {
                if (!releaseInTurn(product)) {
                    break;
                }
            }
            return total;
        }

        private void releaseFree(List<Long> group) {
            List<Long> products = group;
            Instant from = EVER;
            while (!products.isEmpty()) {
                List<Long> wanted = products;
                Instant since = from;
                Batch batch = database.inTransaction(handle -> expire(handle, SweepSql.lockFree(handle, wanted), since));
                Set<Long> others = new HashSet<>(wanted);
                batch.locked().forEach(others::remove);
                busy.addAll(others);
                committed(batch);
                if (batch.released().size() < LARGEST_BATCH) {
                    return;
                }
                products = batch.locked();
                from = batch.released().getLast().expiresAt();
            }
        }

        /** False when its lock was not to be had in time. */
        private boolean releaseInTurn(long product) {
            Instant from = EVER;
            while (true) {
                Instant since = from;
                Batch batch;
                try {
                    batch = database.inTransaction(handle -> {
                        SweepSql.lockInTurn(handle, product, longestTurn);
                        return expire(handle, List.of(product), since);
                    });
                } catch (RuntimeException failure) {
                    if (SqlStates.sqlState(failure).orElse("").equals(SqlStates.LOCK_NOT_AVAILABLE)) {
                        return false;
                    }
                    throw failure;
                }
                committed(batch);
                if (batch.released().size() < LARGEST_BATCH) {
                    return true;
                }
                from = batch.released().getLast().expiresAt();
            }
        }

        private Batch expire(Handle handle, List<Long> locked, Instant from) {
            Instant now = clock.now(handle);
            List<Released> released = locked.isEmpty() ? List.of() : SweepSql.expire(handle, locked, from, now, LARGEST_BATCH);
            List<ExpiredHold> described = each == null ? List.of() : SweepSql.describe(handle, released.stream().map(Released::id).toList());
            return new Batch(now, locked, released, described);
        }

        private void committed(Batch batch) {
            batch.released().forEach(hold -> lag.released(Duration.between(hold.expiresAt(), batch.now())));
            total += batch.released().size();
            if (each != null) {
                batch.described().forEach(each);
            }
            if (!batch.released().isEmpty()) {
                afterBatch.run();
            }
        }
    }

    /** Products whose overdue holds fit into one batch; one that has more stands alone. */
    private static List<List<Long>> groups(List<Overdue> page) {
        List<List<Long>> groups = new ArrayList<>();
        long room = 0;
        for (Overdue each : page) {
            if (groups.isEmpty() || each.holds() > room) {
                groups.add(new ArrayList<>());
                room = LARGEST_BATCH;
            }
            groups.getLast().add(each.product());
            room -= each.holds();
        }
        return groups;
    }
}
