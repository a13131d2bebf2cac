package com.electroisla.inventory;

import com.electroisla.audit.Actor;
import com.electroisla.audit.AuditSql;
import com.electroisla.audit.Entry;
import com.electroisla.database.Database;
import com.electroisla.database.DatabaseClock;
import com.electroisla.database.StockFigures;
import com.electroisla.event.Event;
import com.electroisla.event.Outbox;
import com.electroisla.event.StockChange;
import com.electroisla.idempotency.Applied;
import com.electroisla.idempotency.IdempotencyKey;
import com.electroisla.inventory.LiveHolds.Held;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jdbi.v3.core.Handle;

/**
 * Adjusts a product's stock by a movement: figures are never typed over.
 *
 * <p>Invariants: figures and holds are read after the product's lock, so no checkout decides between the reading and
 * the writing; the movement, the figures, the audit entry and the end of the holds that no longer fit are one
 * transaction. Holds end only when the user has seen exactly which: with a hold that came since then, the user is
 * asked again.
 *
 * <p>A return comes from an order, with at most the units that the order took and has not given back yet: so neither
 * two returns nor a return and the order's cancelling give the same units back twice.
 *
 * <p>Lock order: the product, then its reservations, as in the sweep, or the order of a return; no cart is needed,
 * because no cart changes.
 *
 * <p>Returned units that nobody can buy any more come back and are written off at once, by two movements: the kardex
 * says both.
 */
public final class AdjustStock {
    private final Database database;
    private final DatabaseClock clock;
    private final LiveHolds holds;
    private final OrderedUnits orders;
    private final Outbox outbox;

    /** @param outbox takes the event of the figures that change */
    public AdjustStock(Database database, DatabaseClock clock, LiveHolds holds, OrderedUnits orders, Outbox outbox) {
        this.outbox = outbox;
        this.database = database;
        this.clock = clock;
        this.holds = holds;
        this.orders = orders;
    }

    /** The outcome of an adjustment. */
    public sealed interface Outcome {
        record Done(Figures before, Figures after, int released) implements Outcome {}

        record NotFound() implements Outcome {}

        /**
         * The total would fall below the units sold, or more would be returned than was sold, or the figure would
         * overflow.
         */
        record Impossible(Figures figures) implements Outcome {}

        /** A return without its order. */
        record NeedsOrder() implements Outcome {}

        /** There is no such order, or it does not contain this product. */
        record NotInOrder(long orderId) implements Outcome {}

        /** The return has more units than the order took and has not given back. */
        record MoreThanLeft(long orderId, int left) implements Outcome {}

        /** Stock was moved since the user saw it; nothing was changed, and the user may still want to. */
        record MovedMeanwhile(Figures figures) implements Outcome {}

        /**
         * The result of a count, shown before it is applied; nothing was changed.
         *
         * @param difference from the units by the figures; 0 when they agree
         */
        record Counted(Shelf shelf, int difference) implements Outcome {}

        /** These holds would have to end; nothing was changed. */
        record BreaksHolds(Figures figures, Figures after, List<Held> holds) implements Outcome {}
    }

    public record Figures(int total, int reserved, int sold) {
        public int available() {
            return new StockFigures(total, reserved, sold).free();
        }

        Map<String, Integer> values() {
            return Map.of("stock_total", total, "stock_reservado", reserved, "stock_vendido", sold);
        }
    }

    /** @param accepted the holds that the user has agreed to end; empty at first */
    public Outcome run(long productId, Adjustment adjustment, Set<Long> accepted, Actor actor) {
        return database.inTransaction(handle -> run(handle, productId, adjustment, accepted, actor));
    }

    /**
     * The same, once for each form.
     *
     * @param seen the {@link Shelf#movements} that the user saw
     */
    public Applied<Outcome> run(
            long productId, Adjustment adjustment, String seen, Set<Long> accepted, Actor actor, IdempotencyKey form) {
        return once(form, productId, (handle, product) -> {
            Shelf shelf = StockSql.shelf(handle, productId);
            return shelf.movements().equals(seen)
                    ? apply(handle, product, adjustment, accepted, actor)
                    : new Outcome.MovedMeanwhile(product.figures());
        });
    }

    /**
     * Takes a count of the shelf, or a difference, once for each form. The difference is first shown; it is applied
     * when it comes again with the {@link Shelf#version} that was shown, if that is still the present one.
     */
    public Applied<Outcome> count(
            long productId, Count count, String seen, Set<Long> accepted, Actor actor, IdempotencyKey form) {
        return once(form, productId, (handle, product) -> {
            Shelf shelf = StockSql.shelf(handle, productId);
            long difference = count.counted() ? count.units() - shelf.units() : count.units();
            if (difference < Integer.MIN_VALUE || difference > Integer.MAX_VALUE) {
                return new Outcome.Impossible(product.figures());
            }
            if (difference == 0 || !shelf.version().equals(seen)) {
                return new Outcome.Counted(shelf, (int) difference);
            }
            return apply(
                    handle,
                    product,
                    new Adjustment(Adjustment.Kind.COUNT, (int) difference, count.reason()),
                    accepted,
                    actor);
        });
    }

    /** @param counted true: the units are all that were counted; false: they are a difference */
    public record Count(int units, boolean counted, String reason) {}

    private interface Locked {
        Outcome change(Handle handle, AdjustmentSql.Product product);
    }

    private Applied<Outcome> once(IdempotencyKey form, long productId, Locked work) {
        return database.inTransaction(handle -> Applied.once(
                handle,
                form,
                clock,
                () -> AdjustmentSql.lock(handle, productId)
                        .map(product -> work.change(handle, product))
                        .orElseGet(Outcome.NotFound::new),
                outcome -> outcome instanceof Outcome.Done ? Optional.of("") : Optional.empty()));
    }

    private Outcome run(Handle handle, long productId, Adjustment adjustment, Set<Long> accepted, Actor actor) {
        Optional<AdjustmentSql.Product> found = AdjustmentSql.lock(handle, productId);
        return found.isEmpty() ? new Outcome.NotFound() : apply(handle, found.get(), adjustment, accepted, actor);
    }

    private Outcome apply(
            Handle handle, AdjustmentSql.Product product, Adjustment adjustment, Set<Long> accepted, Actor actor) {
        return adjustment.kind() == Adjustment.Kind.RETURN
                ? takeBack(handle, product, adjustment, actor)
                : adjust(handle, product, adjustment, adjustment.deltas(OrderedUnits.Left.NOTHING), accepted, actor);
    }

    private Outcome takeBack(Handle handle, AdjustmentSql.Product product, Adjustment adjustment, Actor actor) {
        Long order = adjustment.orderId();
        if (order == null) {
            return new Outcome.NeedsOrder();
        }
        Optional<OrderedUnits.Left> left = orders.lockLeft(handle, order, product.id());
        if (left.isEmpty()) {
            return new Outcome.NotInOrder(order);
        }
        if (adjustment.quantity() > left.get().units()) {
            return new Outcome.MoreThanLeft(order, left.get().units());
        }
        return adjust(handle, product, adjustment, adjustment.deltas(left.get()), Set.of(), actor);
    }

    /**
     * Takes units of an order back, in the caller's transaction, which has locked the product and then the order.
     *
     * @param adjustment a return, of at most the units that are left
     * @param left the units of this product that the order has not given back
     * @param scrap whether they are written off at once
     */
    public Outcome takeBack(
            Handle handle, long productId, Adjustment adjustment, OrderedUnits.Left left, boolean scrap, Actor actor) {
        Outcome back = change(handle, productId, adjustment, adjustment.deltas(left), actor);
        if (!(back instanceof Outcome.Done(Figures before, var _, var _))) {
            return back;
        }
        List<String> causes = new ArrayList<>(List.of(adjustment.kind().word()));
        Outcome last = back;
        if (scrap) {
            Adjustment loss = new Adjustment(
                    Adjustment.Kind.LOSS, adjustment.quantity(), adjustment.reason(), adjustment.orderId());
            last = change(handle, productId, loss, loss.deltas(left), actor);
            causes.add(loss.kind().word());
        }
        outbox.writeStock(handle, List.of(new StockChange(productId, causes)), clock.now(handle));
        return last instanceof Outcome.Done(var _, Figures after, int released)
                ? new Outcome.Done(before, after, released)
                : last;
    }

    private Outcome change(
            Handle handle, long productId, Adjustment adjustment, Adjustment.Deltas deltas, Actor actor) {
        return AdjustmentSql.lock(handle, productId)
                .map(product -> change(handle, product, adjustment, deltas, Set.of(), actor))
                .orElseGet(Outcome.NotFound::new);
    }

    private Outcome adjust(
            Handle handle,
            AdjustmentSql.Product product,
            Adjustment adjustment,
            Adjustment.Deltas deltas,
            Set<Long> accepted,
            Actor actor) {
        Outcome outcome = change(handle, product, adjustment, deltas, accepted, actor);
        if (outcome instanceof Outcome.Done) {
            tell(handle, product.id(), adjustment.kind().word(), clock.now(handle));
        }
        return outcome;
    }

    /** Changes the figures and tells nobody. */
    private Outcome change(
            Handle handle,
            AdjustmentSql.Product product,
            Adjustment adjustment,
            Adjustment.Deltas deltas,
            Set<Long> accepted,
            Actor actor) {
        Instant now = clock.now(handle);
        Figures before = product.figures();
        long total = (long) before.total() + deltas.total();
        long sold = (long) before.sold() + deltas.sold();
        if (sold < 0 || total < sold || total > Integer.MAX_VALUE) {
            return new Outcome.Impossible(before);
        }
        long missing = before.reserved() + sold - total;
        List<Held> hit = missing > 0 ? toFree(missing, holds.ofProduct(handle, product.id(), now)) : List.of();
        int freed = hit.stream().mapToInt(Held::quantity).sum();
        if (freed < missing) {
            return new Outcome.Impossible(before);
        }
        Figures after = new Figures((int) total, Math.max(before.reserved() - freed, 0), (int) sold);
        if (hit.stream().anyMatch(hold -> !hold.overdue() && !accepted.contains(hold.id()))) {
            return new Outcome.BreaksHolds(
                    before, after, hit.stream().filter(hold -> !hold.overdue()).toList());
        }
        if (!hit.isEmpty()) {
            holds.release(handle, hit.stream().map(Held::id).toList(), actor, now);
        }
        AdjustmentSql.apply(handle, product.id(), after, adjustment, deltas, actor.userId(), now);
        AuditSql.write(
                handle,
                actor,
                new Entry(
                        "ajustar",
                        "inventario",
                        product.id(),
                        product.name(),
                        Map.of(
                                "tipo",
                                adjustment.kind().word(),
                                "motivo",
                                adjustment.reason(),
                                "antes",
                                before.values(),
                                "despues",
                                after.values())),
                now);
        return new Outcome.Done(before, after, hit.size());
    }

    /**
     * Makes so many units free, in the caller's transaction, which has locked the product: held and sold units stay
     * held and sold, and the total follows. No hold ends.
     *
     * @param kind {@link Adjustment.Kind#ENTRY} for the first units of a new product, otherwise a count
     */
    Outcome makeFree(
            Handle handle, AdjustmentSql.Product product, int units, Adjustment.Kind kind, String reason, Actor actor) {
        int more = units - product.figures().available();
        Adjustment adjustment = new Adjustment(kind, more, reason);
        return adjust(handle, product, adjustment, adjustment.deltas(OrderedUnits.Left.NOTHING), Set.of(), actor);
    }

    /** Tells of the figures of a product that has changed. */
    void tell(Handle handle, long product, String cause, Instant now) {
        outbox.writeStock(handle, List.of(new StockChange(product, List.of(cause))), now);
    }

    /** Tells that a product is no more, in the transaction that deletes it. */
    void tellOfTheEnd(Handle handle, long product, Instant now) {
        outbox.write(handle, Event.ofDeletedProduct(product), now);
    }

    private static List<Held> toFree(long missing, List<Held> all) {
        List<Held> chosen = new ArrayList<>();
        long freed = 0;
        for (Held hold : all) {
            if (freed >= missing) {
                break;
            }
            chosen.add(hold);
            freed += hold.quantity();
        }
        return chosen;
    }
}
