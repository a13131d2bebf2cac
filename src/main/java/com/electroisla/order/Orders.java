package com.electroisla.order;

import com.electroisla.accounts.Role;
import com.electroisla.database.Database;
import com.electroisla.event.EventKind;
import com.electroisla.event.Outbox;
import com.electroisla.event.StockChange;
import com.electroisla.inventory.OrderedUnits;
import com.electroisla.inventory.StockSql;
import com.electroisla.inventory.StockSql.CameBack;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/**
 * Shows orders to those who may see them, and cancels them. Orders are made by the reservation engine when holds are
 * paid.
 */
public final class Orders {
    private static final int MOST_OF_HISTORY = 500;

    private final Database database;
    private final Outbox outbox;
    private final MoneyBack moneyBack;

    /**
     * @param outbox takes the event of each order that moves on, and of the units that come back
     * @param moneyBack owes the money of cancelled orders
     */
    public Orders(Database database, Outbox outbox, MoneyBack moneyBack) {
        this.database = database;
        this.outbox = outbox;
        this.moneyBack = moneyBack;
    }

    /** The user who looks at orders. */
    public record Viewer(int userId, Role role) {
        boolean seesEverything() {
            return role == Role.ADMIN || role == Role.TRABAJADOR;
        }

        boolean maySee(Order order) {
            boolean own = order.userId() == userId;
            return own || mayMove(order);
        }

        /** Whether the viewer brings the order on its way; a courier's own purchases are another courier's work. */
        boolean mayMove(Order order) {
            boolean delivers = role == Role.MENSAJERO && order.courierId() != null && order.courierId() == userId;
            return delivers || seesEverything();
        }

        /** Whether the viewer takes goods back. */
        boolean mayTakeBack() {
            return seesEverything();
        }

        boolean mayCancel(Order order) {
            return order.userId() == userId || seesEverything();
        }
    }

    /** The outcome of cancelling. */
    public sealed interface CancelOutcome {
        record Cancelled(Order order) implements CancelOutcome {}

        record NotFound() implements CancelOutcome {}

        record Forbidden() implements CancelOutcome {}

        /** The order is on its way, delivered, or cancelled already. */
        record TooLate(OrderState state) implements CancelOutcome {}
    }

    /** A page of the orders that the viewer may see, newest first. */
    public List<Order> page(Viewer viewer, int limit, long offset) {
        @Nullable Integer buyer = viewer.seesEverything() ? null : (Integer) viewer.userId();
        @Nullable Integer courier = viewer.role() == Role.MENSAJERO ? (Integer) viewer.userId() : null;
        return database.read(handle -> OrderSql.page(handle, buyer, courier, limit, offset));
    }

    /** The user's own orders, whatever the role, newest first. */
    public List<PastOrder> history(int userId) {
        return database.read(handle -> OrderSql.history(handle, userId, MOST_OF_HISTORY));
    }

    /** An order that the viewer may see. */
    public Optional<Order> find(Viewer viewer, long id) {
        return database.<Optional<Order>, RuntimeException>read(handle -> OrderSql.find(handle, id))
                .filter(viewer::maySee);
    }

    /**
     * Cancels an order and returns, once, the units that did not come back of it before: sold units become free; units
     * of an order without reservations raise the total. What was paid for it is owed to the buyer. Runs in the caller's
     * transaction, which holds the viewer's cart lock; the products are locked before the order.
     */
    public CancelOutcome cancel(Handle handle, Viewer viewer, long id, Instant now) {
        return cancel(handle, viewer, id, Optional.empty(), now);
    }

    /** @param seen the state that the user saw; an order that has moved on since then stays as it is */
    CancelOutcome cancel(Handle handle, Viewer viewer, long id, Optional<OrderState> seen, Instant now) {
        Optional<Order> found = OrderSql.find(handle, id).filter(viewer::maySee);
        if (found.isEmpty()) {
            return new CancelOutcome.NotFound();
        }
        StockSql.lock(
                handle,
                new TreeSet<>(
                        found.get().lines().stream().map(Order.Line::productId).toList()));
        Optional<Order> locked = OrderSql.lock(handle, id).filter(viewer::maySee);
        if (locked.isEmpty()) {
            return new CancelOutcome.NotFound();
        }
        Order order = locked.get();
        if (!viewer.mayCancel(order)) {
            return new CancelOutcome.Forbidden();
        }
        if (!order.state().isCancellable()
                || seen.filter(state -> state != order.state()).isPresent()) {
            return new CancelOutcome.TooLate(order.state());
        }
        returnUnits(handle, new CameBack(order.id(), "pedido cancelado", viewer.userId()), order, now);
        setState(handle, order, OrderState.CANCELLED, now);
        moneyBack.cancelled(handle, order, now);
        return new CancelOutcome.Cancelled(order.inState(OrderState.CANCELLED, now));
    }

    /**
     * Gives the orders of these users to another, whose cart is locked like theirs.
     *
     * @return the orders' ids
     */
    public static List<Long> give(Handle handle, Collection<Integer> from, int to) {
        return from.isEmpty() ? List.of() : OrderSql.give(handle, from, to);
    }

    /** Moves a locked order into another state, and tells of it. */
    void setState(Handle handle, Order locked, OrderState to, Instant now) {
        OrderSql.setState(handle, locked.id(), to, now);
        if (outbox.hears(EventKind.ORDER_MOVED)) {
            outbox.write(handle, OrderEvents.moved(locked, to), now);
        }
    }

    /** Cancels a locked order, whose products are locked too, because its money did not come in time. */
    void lapse(Handle handle, Order order, Instant now) {
        returnUnits(handle, new CameBack(order.id(), "pedido vencido sin pago", null), order, now);
        OrderSql.setLapsed(handle, order.id(), now);
        if (outbox.hears(EventKind.ORDER_MOVED)) {
            outbox.write(handle, OrderEvents.lapsed(order), now);
        }
        moneyBack.cancelled(handle, order, now);
    }

    private void returnUnits(Handle handle, CameBack cause, Order order, Instant now) {
        Map<Long, OrderedUnits.Left> all = OrderReturns.left(handle, order);
        all.forEach((product, left) -> {
            if (left.counted() > 0) {
                StockSql.returnSold(handle, product, left.counted(), cause, now);
            }
            if (left.uncounted() > 0) {
                StockSql.returnUncounted(handle, product, left.uncounted(), cause, now);
            }
        });
        if (outbox.hears(EventKind.STOCK_CHANGED)) {
            all.values().removeIf(left -> left.units() == 0);
            outbox.writeStock(handle, StockChange.of(all.keySet(), StockChange.CANCELLED), now);
        }
    }
}
