package com.electroisla.reconciliation;

import com.electroisla.audit.Actor;
import com.electroisla.audit.AuditSql;
import com.electroisla.audit.Entry;
import com.electroisla.database.Database;
import com.electroisla.database.DatabaseClock;
import com.electroisla.idempotency.Applied;
import com.electroisla.idempotency.IdempotencyKey;
import com.electroisla.inventory.Inventory;
import com.electroisla.inventory.RepairInventory;
import com.electroisla.inventory.RepairInventory.Repair;
import com.electroisla.inventory.StockSql;
import com.electroisla.reconciliation.StoredDifference.State;
import java.time.Instant;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/**
 * The differences that were found, for the people who end them.
 *
 * <p>Invariant: a product is open again in the transaction that ends its last open difference, under its lock, and
 * never by itself: figures that agree again by chance were wrong all the same, and somebody has to look. What was
 * accepted is not told of again as long as the distance between figure and rows is the accepted one.
 */
public final class Differences {
    public static final int LONGEST_REASON = 500;
    private static final int MOST = 10_000;
    private static final Set<Aspect> COUNTED = EnumSet.of(Aspect.RESERVED, Aspect.SOLD, Aspect.LEGACY_STOCK);

    private final Database database;
    private final DatabaseClock clock;
    private final RepairInventory repairs;

    /** @param repairs tells {@link #settled} */
    public Differences(Database database, DatabaseClock clock, RepairInventory repairs) {
        this.database = database;
        this.clock = clock;
        this.repairs = repairs;
    }

    /** The outcome of a person's decision. */
    public sealed interface Outcome {
        /** @param reopened whether its product is sold again */
        record Ended(boolean reopened) implements Outcome {}

        /** There is no such difference, or somebody ended it already. */
        record NotOpen() implements Outcome {}

        /** The rows want what a rule of the figures forbids; a person has to correct the rows. */
        record DoesNotFit(long reserved, long sold, int total) implements Outcome {}

        /** No program can tell which of the rows is wrong. */
        record ByHand() implements Outcome {}
    }

    public List<StoredDifference> page(boolean open, long before, int most) {
        return database.read(handle -> DifferenceSql.page(handle, open, before, most));
    }

    public Optional<StoredDifference> find(long id) {
        return database.read(handle -> DifferenceSql.find(handle, id));
    }

    /** How many are open, in the caller's transaction. */
    public static int countOpen(Handle handle) {
        return DifferenceSql.countOpen(handle);
    }

    /** The closed products by id; none on a database of an earlier level. */
    public Map<Long, String> closed() {
        return database.read(
                handle -> DifferenceSql.isThere(handle) ? new TreeMap<>(DifferenceSql.closed(handle, MOST)) : Map.of());
    }

    /** Sets the figures right, or finds that they are, once for each form. */
    public Applied<Outcome> repair(long id, Actor actor, IdempotencyKey once) {
        return once(once, handle -> repair(handle, id, actor));
    }

    /** Leaves the figures as they are and sells the product again, once for each form. */
    public Applied<Outcome> accept(long id, String reason, Actor actor, IdempotencyKey once) {
        return once(once, handle -> accept(handle, id, reason, actor));
    }

    private interface Work {
        Outcome on(Handle handle);
    }

    private Applied<Outcome> once(IdempotencyKey form, Work work) {
        return database.inTransactionOfManyLocks(handle -> Applied.once(
                handle,
                form,
                clock,
                () -> work.on(handle),
                outcome -> outcome instanceof Outcome.Ended ? Optional.of("") : Optional.empty()));
    }

    private Outcome repair(Handle handle, long id, Actor actor) {
        Optional<StoredDifference> found = lockOpen(handle, id);
        if (found.isEmpty()) {
            return new Outcome.NotOpen();
        }
        StoredDifference difference = found.get();
        Long product = difference.productId();
        if (product != null && difference.aspect().isCounted()) {
            List<Repair> done = repairs.run(handle, List.of(product));
            if (!done.isEmpty() && !done.getFirst().done()) {
                return new Outcome.DoesNotFit(
                        done.getFirst().counted().reserved(),
                        done.getFirst().counted().sold(),
                        done.getFirst().total());
            }
        } else if (isStillThere(handle, difference)) {
            return new Outcome.ByHand();
        }
        Instant now = clock.now(handle);
        DifferenceSql.mended(handle, List.of(difference.subject()), aspectsEndedWith(difference), now);
        DifferenceSql.sign(handle, id, actor.userId());
        return ended(handle, difference, "reparar", "", actor, now);
    }

    private static Set<Aspect> aspectsEndedWith(StoredDifference difference) {
        return difference.aspect().isCounted() ? COUNTED : Set.of(difference.aspect());
    }

    private static boolean isStillThere(Handle handle, StoredDifference difference) {
        Compared part = difference.subject().startsWith("pago/") ? Compared.PAYMENTS : Compared.ORDERS;
        return Reconcile.compare(handle, part, Set.of(numberIn(difference.subject()))).stream()
                .anyMatch(each ->
                        each.aspect() == difference.aspect() && each.subject().equals(difference.subject()));
    }

    private Outcome accept(Handle handle, long id, String reason, Actor actor) {
        Optional<StoredDifference> found = lockOpen(handle, id);
        if (found.isEmpty()) {
            return new Outcome.NotOpen();
        }
        Instant now = clock.now(handle);
        DifferenceSql.end(handle, List.of(id), State.ACCEPTED, actor.userId(), reason, now);
        return ended(handle, found.get(), "aceptar", reason, actor, now);
    }

    private static Outcome ended(
            Handle handle, StoredDifference difference, String action, String reason, Actor actor, Instant now) {
        Long product = difference.productId();
        if (product != null) {
            DifferenceSql.reopen(handle, List.of(product));
        }
        Map<String, @Nullable Object> details = new HashMap<>(Map.of(
                "diferencia", difference.id(),
                "aspecto", difference.aspect().word(),
                "sujeto", difference.subject(),
                "cifra", difference.figure(),
                "esperado", difference.expected()));
        if (!reason.isEmpty()) {
            details.put("motivo", reason);
        }
        AuditSql.write(
                handle,
                actor,
                new Entry(
                        action,
                        "inventario",
                        product == null ? numberIn(difference.subject()) : product,
                        product == null ? difference.subject() : difference.product(),
                        details),
                now);
        return new Outcome.Ended(product != null && !DifferenceSql.isClosed(handle, product));
    }

    /** The open difference, its product locked before it is looked at again. */
    private static Optional<StoredDifference> lockOpen(Handle handle, long id) {
        Optional<StoredDifference> found = DifferenceSql.find(handle, id);
        found.map(StoredDifference::productId).ifPresent(product -> StockSql.lock(handle, List.of(product)));
        return found.flatMap(_ -> DifferenceSql.lock(handle, id)).filter(it -> it.state() == State.OPEN);
    }

    private static long numberIn(String subject) {
        return Long.parseLong(subject.split("/")[1]);
    }

    /**
     * Takes the repairs of {@link RepairInventory}: a product whose figures are right again is opened, one whose
     * figures cannot be set right is closed.
     */
    public static void settled(Handle handle, List<Repair> repairs, Instant now) {
        if (repairs.isEmpty() || !DifferenceSql.isThere(handle)) {
            return;
        }
        List<Long> mended =
                repairs.stream().filter(Repair::done).map(Repair::productId).toList();
        endMended(handle, mended, now);
        List<Long> refused = repairs.stream()
                .filter(repair -> !repair.done())
                .map(Repair::productId)
                .toList();
        Inventory.differences(handle, refused).stream()
                .filter(difference -> !difference.inherited())
                .map(Reconcile::finding)
                .forEach(finding -> {
                    FirstMoment since = FirstMoment.of(handle, Compared.PRODUCTS, finding, now);
                    DifferenceSql.open(handle, finding, since.wellUntil(), since.wrongSince(), now)
                            .ifPresent(_ -> DifferenceSql.close(handle, finding.id(), now));
                });
    }

    private static void endMended(Handle handle, List<Long> products, Instant now) {
        if (!products.isEmpty()) {
            List<String> subjects =
                    products.stream().map(product -> "producto/" + product).toList();
            DifferenceSql.mended(handle, subjects, COUNTED, now);
            DifferenceSql.reopen(handle, products);
        }
    }

    /** Ends the open differences of figures that agree with their rows by now; only when somebody asks for repairs. */
    public void endWhatAgrees() {
        if (!database.<Boolean, RuntimeException>read(DifferenceSql::isThere)) {
            return;
        }
        List<Long> suspects =
                database
                        .<List<StoredDifference>, RuntimeException>read(handle -> DifferenceSql.allOpen(handle, MOST))
                        .stream()
                        .filter(each -> each.aspect().isCounted())
                        .map(StoredDifference::productId)
                        .distinct()
                        .toList();
        for (long product : suspects) {
            database.inTransactionOfManyLocks(handle -> {
                StockSql.lock(handle, List.of(product));
                if (Inventory.differences(handle, List.of(product)).isEmpty()) {
                    endMended(handle, List.of(product), clock.now(handle));
                }
                return product;
            });
        }
    }

    /** Since when a present difference of a product's figures is there; of an open one as it was found. */
    public Since since(Inventory.Difference difference) {
        return database.read(handle -> {
            Suspicion finding = Reconcile.finding(difference);
            if (!DifferenceSql.isThere(handle)) {
                return new Since(null, clock.now(handle));
            }
            return DifferenceSql.openLike(handle, finding)
                    .map(open -> new Since(open.wellUntil(), open.wrongSince()))
                    .orElseGet(() -> {
                        FirstMoment first = FirstMoment.of(handle, Compared.PRODUCTS, finding, clock.now(handle));
                        return new Since(first.wellUntil(), first.wrongSince());
                    });
        });
    }

    /**
     * The first moment of a difference.
     *
     * @param wellUntil the last moment at which figure and rows certainly agreed; null when nothing tells
     * @param wrongSince the first moment at which they certainly differed
     */
    public record Since(@Nullable Instant wellUntil, Instant wrongSince) {}
}
