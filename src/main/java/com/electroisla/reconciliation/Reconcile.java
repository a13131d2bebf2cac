package com.electroisla.reconciliation;

import com.electroisla.database.Database;
import com.electroisla.database.DatabaseClock;
import com.electroisla.database.Jsonb;
import com.electroisla.event.Event;
import com.electroisla.event.EventKind;
import com.electroisla.event.Outbox;
import com.electroisla.inventory.Inventory;
import com.electroisla.inventory.StockSql;
import com.electroisla.reconciliation.ReconcileSql.Position;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.stream.Stream;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/**
 * Looks at one slice of each part: what is new, and the next ids of the turn. Several servers share the work, because
 * a slice belongs to whoever has locked its part's position.
 *
 * <p>Invariant: no running sale raises an alarm. A comparison is one statement, so it sees figures and rows as they
 * were committed together; a difference is compared again under its product's lock, and only then recorded, with the
 * closing of the product and the event, in one transaction. Locks are taken for suspected products only, one at a time,
 * and a failed confirmation costs this difference one turn.
 */
public final class Reconcile {
    private static final Logger LOG = Logger.getLogger(Reconcile.class.getName());
    private static final int IN_TURN = 500;
    /** The newest rows that are read to find what is new. */
    private static final int LATELY = 2_000;
    /** The confirmed differences of one slice; more are found in the next turn. */
    private static final int MOST_AT_ONCE = 100;

    private final Database database;
    private final DatabaseClock clock;
    private final Outbox outbox;
    private final Runnable closed;
    private final AtomicLong found = new AtomicLong();
    private final AtomicLong looked = new AtomicLong();
    private volatile int open;

    /** @param closed runs after products were closed, so that pages that show them read anew */
    public Reconcile(Database database, DatabaseClock clock, Outbox outbox, Runnable closed) {
        this.database = database;
        this.clock = clock;
        this.outbox = outbox;
        this.closed = closed;
    }

    /**
     * The work of this instance so far.
     *
     * @param looked products, orders and payments that were looked at
     * @param found differences that were confirmed
     * @param open differences that were open after the last slice, whoever found them
     */
    public record Figures(long looked, long found, int open) {}

    public Figures figures() {
        return new Figures(looked.get(), found.get(), open);
    }

    /** Looks at a slice of each part, and returns how many differences were found. */
    public int run() {
        int all = 0;
        for (Compared part : Compared.values()) {
            all += confirm(part, slice(part));
        }
        open = database.read(DifferenceSql::countOpen);
        if (all > 0) {
            closed.run();
        }
        return all;
    }

    /** Takes the next slice and compares it; empty when another server is at it. */
    private List<Suspicion> slice(Compared part) {
        return database.inTransaction(handle -> {
            Optional<Position> position = ReconcileSql.take(handle, part);
            if (position.isEmpty()) {
                return List.<Suspicion>of();
            }
            Instant now = clock.now(handle);
            List<Long> next = ReconcileSql.next(handle, part, position.get().last(), IN_TURN);
            Long seen = position.get().seen();
            Set<Long> ids =
                    new LinkedHashSet<>(seen == null ? List.of() : ReconcileSql.lately(handle, part, seen, LATELY));
            ids.addAll(next);
            ReconcileSql.put(handle, part, after(position.get(), next, ReconcileSql.newest(handle, part), now));
            looked.addAndGet(ids.size());
            return compare(handle, part, ids);
        });
    }

    /** The position after a slice: a turn that has come to its end begins anew. */
    private static Position after(Position before, List<Long> next, long newest, Instant now) {
        Instant turn = before.turn() == null ? now : before.turn();
        return next.size() < IN_TURN
                ? new Position(0, newest, now, turn)
                : new Position(next.getLast(), newest, turn, before.turnBefore());
    }

    static List<Suspicion> compare(Handle handle, Compared part, Set<Long> ids) {
        return switch (part) {
            case PRODUCTS ->
                Inventory.differences(handle, ids).stream()
                        .filter(difference -> !difference.inherited())
                        .map(Reconcile::finding)
                        .toList();
            case ORDERS -> OrderDifferenceSql.compare(handle, ids);
            case PAYMENTS -> MoneyDifferenceSql.compare(handle, ids);
        };
    }

    static Suspicion finding(Inventory.Difference difference) {
        return new Suspicion(
                Aspect.of(difference.kind()),
                "producto/" + difference.productId(),
                difference.productId(),
                BigDecimal.valueOf(difference.figure()),
                BigDecimal.valueOf(difference.expected()));
    }

    private int confirm(Compared part, List<Suspicion> suspected) {
        int confirmed = 0;
        for (Suspicion finding : suspected.stream().limit(MOST_AT_ONCE).toList()) {
            try {
                Optional<Stored> stored = database.inTransactionOfManyLocks(handle -> confirm(handle, part, finding));
                stored.ifPresent(Reconcile::tell);
                confirmed += stored.isPresent() ? 1 : 0;
            } catch (RuntimeException failure) {
                LOG.log(Level.WARNING, "a difference of " + finding.subject() + " could not be confirmed", failure);
            }
        }
        found.addAndGet(confirmed);
        return confirmed;
    }

    private record Stored(Suspicion finding, @Nullable Instant wellUntil, Instant wrongSince) {}

    /** Compares again under the product's lock; records, closes and tells what is still there. */
    private Optional<Stored> confirm(Handle handle, Compared part, Suspicion suspected) {
        Long product = suspected.productId();
        if (product != null) {
            StockSql.lock(handle, List.of(product));
        }
        Instant now = clock.now(handle);
        Optional<Suspicion> still = compare(handle, part, Set.of(suspected.id())).stream()
                .filter(suspected::isSame)
                .findFirst();
        if (still.isEmpty()) {
            return Optional.empty();
        }
        FirstMoment since = FirstMoment.of(handle, part, still.get(), now);
        Optional<Long> written = DifferenceSql.open(handle, still.get(), since.wellUntil(), since.wrongSince(), now);
        if (written.isEmpty()) {
            return Optional.empty();
        }
        if (product != null) {
            DifferenceSql.close(handle, product, now);
        }
        outbox.write(handle, event(still.get(), written.get(), since), now);
        return Optional.of(new Stored(still.get(), since.wellUntil(), since.wrongSince()));
    }

    private static Event event(Suspicion finding, long id, FirstMoment since) {
        Map<String, @Nullable Object> data = new LinkedHashMap<>();
        data.put("diferencia", id);
        data.put("aspecto", finding.aspect().word());
        data.put("producto", finding.productId());
        data.put("cifra", finding.figure());
        data.put("esperado", finding.expected());
        data.put(
                "bien_hasta",
                since.wellUntil() == null ? null : since.wellUntil().toString());
        data.put("mal_desde", since.wrongSince().toString());
        List<String> subject =
                new ArrayList<>(Stream.of(finding.subject().split("/")).limit(2).toList());
        return new Event(EventKind.INVENTORY_DIFFERS, String.join("/", subject), Jsonb.text(data));
    }

    private static void tell(Stored stored) {
        Suspicion finding = stored.finding();
        LOG.log(
                Level.SEVERE,
                "{0} of {1} is {2} and should be {3}; well until {4}, wrong since {5}; {6}; see /admin/diferencias/",
                new Object[] {
                    finding.aspect().word(),
                    finding.subject(),
                    finding.figure().toPlainString(),
                    finding.expected().toPlainString(),
                    stored.wellUntil() == null ? "unknown" : stored.wellUntil().toString(),
                    stored.wrongSince().toString(),
                    finding.productId() == null
                            ? "no product is closed"
                            : "product " + finding.productId() + " is closed"
                });
    }
}
