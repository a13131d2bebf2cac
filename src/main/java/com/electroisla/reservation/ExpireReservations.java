package com.electroisla.reservation;

import com.electroisla.database.Database;
import com.electroisla.database.DatabaseClock;
import com.electroisla.database.SqlStates;
import com.electroisla.event.EventKind;
import com.electroisla.event.Outbox;
import com.electroisla.event.StockChange;
import com.electroisla.reservation.SweepSql.Overdue;
import com.electroisla.reservation.SweepSql.Released;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.logging.Logger;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/**
 * Returns the units of expired holds to the stock.
 *
 * <p>No buyer waits for this: a buyer who needs such units takes them over at once. The sweep only keeps the figures
 * current. It is safe at any time, twice at once, and on several instances: it locks products and then their
 * reservations, as everywhere, and a checkout never waits for more than one batch.
 *
 * <p>Every product with expired holds is visited in every run, so none starves behind another. First the free ones,
 * with SKIP LOCKED; then, one by one and with no other lock held, those that were locked: a product in constant demand
 * is never found free, so the sweep queues for its lock like any checkout. A product whose lock is not free in time
 * stops no other: it comes last in the next run, and a run waits at most a second in vain. A locked hold is skipped
 * and left to the next run.
 *
 * <p>A renewal leaves the bound by which a hold is found as it was; a run moves those forward that have passed
 * (docs/decisions/0019-renewals.md). A run that never comes costs others a look at these holds and nothing else.
 */
public final class ExpireReservations {
    /**
     * The number of holds in a transaction. A checkout of the same product waits for at most one such transaction:
     * docs/reference/figures.md.
     */
    static final int LARGEST_BATCH = 1_000;

    private static final Logger LOG = Logger.getLogger(ExpireReservations.class.getName());

    private static final Duration LONGEST_TURN = Duration.ofMillis(250);
    private static final Duration LONGEST_IN_VAIN = Duration.ofSeconds(1);
    private static final int PRODUCTS_AT_ONCE = 20_000;
    private static final Instant EVER = Instant.parse("0001-01-01T00:00:00Z");

    private final Database database;
    private final DatabaseClock clock;
    private final Outbox outbox;
    private final Runnable afterBatch;
    private final Duration longestTurn;
    private final ReleaseLag lag = new ReleaseLag();

    /** Products whose lock was not free in time in the last run. */
    private final Set<Long> satOn = ConcurrentHashMap.newKeySet();

    public ExpireReservations(Database database, DatabaseClock clock) {
        this(database, clock, () -> {});
    }

    /** @param released called after the commit of each batch that released holds */
    public ExpireReservations(Database database, DatabaseClock clock, Runnable released) {
        this(database, clock, Outbox.UNHEARD, released, LONGEST_TURN);
    }

    /**
     * @param outbox takes the event of each hold that expired, and of the figures that follow
     * @param released called after the commit of each batch that released holds
     */
    public ExpireReservations(Database database, DatabaseClock clock, Outbox outbox, Runnable released) {
        this(database, clock, outbox, released, LONGEST_TURN);
    }

    /** @param longestTurn the longest wait for a busy product's lock */
    ExpireReservations(Database database, DatabaseClock clock, Outbox outbox, Runnable released, Duration longestTurn) {
        this.outbox = outbox;
        this.longestTurn = longestTurn;
        this.afterBatch = released;
        this.database = database;
        this.clock = clock;
    }

    /** The lag of this instance's sweeps. */
    public ReleaseLag lag() {
        return lag;
    }

    /** Releases all expired holds, batch by batch, and returns how many. */
    public int run() {
        return new Run(null).all();
    }

    /**
     * The same with a description of each hold.
     *
     * @param each takes each released hold after its batch was committed
     */
    public int run(Consumer<ExpiredHold> each) {
        return new Run(each).all();
    }

    /** A committed batch. */
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
                if (!groups(page).stream().allMatch(this::releaseFree)) {
                    return total;
                }
                last = page.isEmpty() ? last : page.getLast().product();
            } while (page.size() == PRODUCTS_AT_ONCE);
            releaseBusy();
            moveBounds();
            return total;
        }

        /** Moves the bounds of renewed holds, so that none is looked at again before its time. */
        private void moveBounds() {
            int moved;
            do {
                try {
                    moved = database.inTransaction(handle -> {
                        LockedRowsSql.waitAtMost(handle, LONGEST_TURN);
                        return SweepSql.moveBounds(handle, clock.now(handle), LARGEST_BATCH);
                    });
                } catch (RuntimeException failure) {
                    if (!SqlStates.isLockTimeout(failure)) {
                        throw failure;
                    }
                    return;
                }
            } while (moved == LARGEST_BATCH);
        }

        /**
         * Releases holds of unlocked products; false when a whole table is locked, because no row is waited for here;
         * then the next run tries again.
         */
        private boolean releaseFree(List<Long> group) {
            List<Long> products = group;
            Instant from = EVER;
            while (!products.isEmpty()) {
                List<Long> wanted = products;
                Optional<Batch> done = release(handle -> SweepSql.lockFree(handle, wanted), from);
                if (done.isEmpty()) {
                    return false;
                }
                Batch batch = done.get();
                Set<Long> others = new HashSet<>(wanted);
                batch.locked().forEach(others::remove);
                busy.addAll(others);
                if (batch.released().size() < LARGEST_BATCH) {
                    return true;
                }
                products = batch.locked();
                from = batch.released().getLast().bound();
            }
            return true;
        }

        /** Releases holds of busy products, first of those that were free in time in the last run. */
        private void releaseBusy() {
            List<Long> inTurn = new ArrayList<>(busy);
            inTurn.sort(Comparator.comparing(satOn::contains));
            satOn.retainAll(busy);
            Duration inVain = Duration.ZERO;
            for (long product : inTurn) {
                if (releaseInTurn(product)) {
                    satOn.remove(product);
                } else {
                    satOn.add(product);
                    inVain = inVain.plus(longestTurn);
                    if (inVain.compareTo(LONGEST_IN_VAIN) >= 0) {
                        return;
                    }
                }
            }
        }

        /** Waits for the product's lock and releases its holds; false when the lock was not free in time. */
        private boolean releaseInTurn(long product) {
            Instant from = EVER;
            while (true) {
                Optional<Batch> batch = release(
                        handle -> {
                            LockedRowsSql.lockInTurn(handle, product, longestTurn);
                            return List.of(product);
                        },
                        from);
                if (batch.isEmpty()) {
                    return false;
                }
                if (batch.get().released().size() < LARGEST_BATCH) {
                    return true;
                }
                from = batch.get().released().getLast().bound();
            }
        }

        /**
         * Releases one batch of the products that could be locked.
         *
         * @return empty when a lock was not free in time
         */
        private Optional<Batch> release(Function<Handle, List<Long>> lock, Instant from) {
            for (boolean passingOver : new boolean[] {false, true}) {
                var productsLocked = new AtomicBoolean();
                try {
                    Batch batch = database.inTransaction(handle -> {
                        LockedRowsSql.waitAtMost(handle, LONGEST_TURN);
                        List<Long> locked = lock.apply(handle);
                        productsLocked.set(true);
                        LockedRowsSql.waitAtMost(handle, LONGEST_TURN);
                        return expire(handle, locked, from, passingOver);
                    });
                    committed(batch);
                    return Optional.of(batch);
                } catch (RuntimeException failure) {
                    if (!SqlStates.isLockTimeout(failure)) {
                        throw failure;
                    }
                    if (!productsLocked.get()) {
                        return Optional.empty();
                    }
                }
            }
            return Optional.empty();
        }

        private Batch expire(Handle handle, List<Long> locked, Instant from, boolean passingOver) {
            Instant now = clock.now(handle);
            List<Released> released = locked.isEmpty()
                    ? List.of()
                    : SweepSql.expire(handle, locked, from, now, LARGEST_BATCH, passingOver);
            if (outbox.hears(EventKind.HOLD_EXPIRED)) {
                outbox.write(handle, SweepSql.events(handle, released), now);
            }
            if (outbox.hears(EventKind.STOCK_CHANGED)) {
                List<Long> products = released.stream().map(Released::product).toList();
                outbox.writeStock(handle, StockChange.of(products, StockChange.EXPIRED), now);
            }
            List<ExpiredHold> described = each == null
                    ? List.of()
                    : SweepSql.describe(
                            handle, released.stream().map(Released::id).toList());
            return new Batch(now, locked, released, described);
        }

        private void committed(Batch batch) {
            batch.released().forEach(hold -> lag.released(Duration.between(hold.expiresAt(), batch.now())));
            List<Long> drifted = batch.released().stream()
                    .map(Released::drifted)
                    .filter(Objects::nonNull)
                    .distinct()
                    .toList();
            if (!drifted.isEmpty()) {
                LOG.warning("stock_reservado was less than the holds that ran out, of products " + drifted
                        + "; see verificar_inventario");
            }
            total += batch.released().size();
            if (each != null) {
                batch.described().forEach(each);
            }
            if (!batch.released().isEmpty()) {
                afterBatch.run();
            }
        }
    }

    /** Groups of products whose expired holds fit into one batch; a product with more is alone. */
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
