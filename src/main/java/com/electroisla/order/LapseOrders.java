package com.electroisla.order;

import com.electroisla.database.Database;
import com.electroisla.database.DatabaseClock;
import com.electroisla.database.SessionSettings;
import com.electroisla.database.SqlStates;
import com.electroisla.event.Outbox;
import com.electroisla.inventory.StockSql;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicLong;
import org.jdbi.v3.core.Handle;

/**
 * Cancels orders whose money did not come in time, and has their buyers warned once before.
 *
 * <p>Invariant: an order lapses under its own lock and those of its products, while it is still pending and its time is
 * over by the clock that was read after the locks: so it lapses once, whoever looks, and never after the staff's
 * confirmation. It is safe at any time, twice at once, and on several instances. Nothing is waited for while other
 * locks are held: orders whose products somebody has locked are tried one by one afterwards, with a short wait; an
 * order that somebody else has locked is left to the next run.
 */
public final class LapseOrders {
    static final int AT_ONCE = 20;
    private static final int WARNED_AT_ONCE = 500;
    private static final Duration LONGEST_WARNING = Duration.ofHours(12);
    private static final int MOST_IN_VAIN = 4;

    private final Database database;
    private final DatabaseClock clock;
    private final Orders orders;
    private final Outbox outbox;
    private final Runnable afterSlice;
    private final AtomicLong all = new AtomicLong();

    /**
     * @param outbox takes the event of each order whose buyer is warned
     * @param lapsed called after the commit of each slice whose units came back
     */
    public LapseOrders(Database database, DatabaseClock clock, Orders orders, Outbox outbox, Runnable lapsed) {
        this.database = database;
        this.clock = clock;
        this.orders = orders;
        this.outbox = outbox;
        this.afterSlice = lapsed;
    }

    /** How many orders this instance has let lapse since it started. */
    public long count() {
        return all.get();
    }

    /** The outcome of a slice: the orders that lapsed, and those whose products were locked. */
    private record Slice(int lapsed, List<Long> busy) {}

    /** Warns, and cancels all that is due; returns how many were cancelled. */
    public int run() {
        warn();
        int lapsed = 0;
        List<Long> busy = new ArrayList<>();
        Optional<LapseSql.Due> last = Optional.empty();
        List<LapseSql.Due> page;
        do {
            Optional<LapseSql.Due> after = last;
            page = database.inTransaction(handle -> LapseSql.due(handle, clock.now(handle), after, AT_ONCE));
            if (!page.isEmpty()) {
                last = Optional.of(page.getLast());
                Slice slice = slice(page.stream().map(LapseSql.Due::id).toList());
                lapsed += slice.lapsed();
                busy.addAll(slice.busy());
            }
        } while (page.size() == AT_ONCE);
        return lapsed + inTurn(busy);
    }

    /** The same, in a database that may be of an earlier level, where no order lapses. */
    public int runWhereKept() {
        return database.read(LapseSql::isThere) ? run() : 0;
    }

    private Slice slice(List<Long> due) {
        return committed(database.inTransaction(handle -> {
            Map<Long, Set<Long>> products = LapseSql.products(handle, due);
            Set<Long> all = new TreeSet<>();
            products.values().forEach(all::addAll);
            Set<Long> locked = StockSql.lockFree(handle, all);
            List<Long> free = due.stream()
                    .filter(order -> locked.containsAll(products.getOrDefault(order, Set.of())))
                    .toList();
            List<Long> busy =
                    due.stream().filter(order -> !free.contains(order)).toList();
            return new Slice(lapse(handle, free), busy);
        }));
    }

    /** Waits a moment for the products of each; gives up when several waits were in vain. */
    private int inTurn(List<Long> busy) {
        int lapsed = 0;
        int inVain = 0;
        for (long order : busy) {
            try {
                lapsed += committed(database.inTransaction(handle -> {
                            Set<Long> products =
                                    LapseSql.products(handle, List.of(order)).getOrDefault(order, Set.of());
                            StockSql.lock(handle, products);
                            return new Slice(lapse(handle, List.of(order)), List.of());
                        }))
                        .lapsed();
            } catch (RuntimeException failure) {
                if (!SqlStates.isLockTimeout(failure)) {
                    throw failure;
                }
                if (++inVain == MOST_IN_VAIN) {
                    return lapsed;
                }
            }
        }
        return lapsed;
    }

    private int lapse(Handle handle, Collection<Long> ids) {
        Instant now = clock.now(handle);
        List<Order> due = LapseSql.lock(handle, ids, now);
        due.forEach(order -> orders.lapse(handle, order, now));
        return due.size();
    }

    private Slice committed(Slice slice) {
        if (slice.lapsed() > 0) {
            all.addAndGet(slice.lapsed());
            afterSlice.run();
        }
        return slice;
    }

    private void warn() {
        int warned;
        do {
            warned = database.inTransaction(handle -> {
                SessionSettings.waitForLocksOnlyAMoment(handle);
                Instant now = clock.now(handle);
                var events = LapseSql.warn(handle, now, LONGEST_WARNING, WARNED_AT_ONCE);
                outbox.write(handle, events, now);
                return events.size();
            });
        } while (warned == WARNED_AT_ONCE);
    }
}
