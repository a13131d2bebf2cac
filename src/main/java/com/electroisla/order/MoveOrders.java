package com.electroisla.order;

import com.electroisla.accounts.Role;
import com.electroisla.audit.Actor;
import com.electroisla.audit.AuditSql;
import com.electroisla.audit.Entry;
import com.electroisla.database.Database;
import com.electroisla.database.DatabaseClock;
import com.electroisla.order.Orders.Viewer;
import java.time.Instant;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Takes orders on their way, as far as somebody's role allows, and gives them to a courier.
 *
 * <p>Invariant: an order moves from the state that the person saw, under its lock, or not at all; so of two who press the same
 * button one is told. Cancelling returns the units, under the products' locks, which come before the order's.
 */
public final class MoveOrders {
    private static final Map<OrderState, Set<OrderState>> NEXT = new EnumMap<>(Map.of(
            OrderState.PENDING, EnumSet.of(OrderState.CONFIRMED, OrderState.CANCELLED),
            OrderState.CONFIRMED, EnumSet.of(OrderState.PREPARING, OrderState.CANCELLED),
            OrderState.PREPARING, EnumSet.of(OrderState.ON_THE_WAY, OrderState.CANCELLED),
            OrderState.ON_THE_WAY, EnumSet.of(OrderState.DELIVERED),
            OrderState.DELIVERED, EnumSet.noneOf(OrderState.class),
            OrderState.CANCELLED, EnumSet.noneOf(OrderState.class)));
    /** A courier takes what is ready and hands it over. */
    private static final Set<OrderState> COURIERS = EnumSet.of(OrderState.ON_THE_WAY, OrderState.DELIVERED);

    private final Database database;
    private final DatabaseClock clock;
    private final Orders orders;

    public MoveOrders(Database database, DatabaseClock clock, Orders orders) {
        this.database = database;
        this.clock = clock;
        this.orders = orders;
    }

    /** What became of it. */
    public enum Outcome { DONE, NOT_FOUND, NOT_ALLOWED, CHANGED_MEANWHILE }

    /** Where an order may go from here, as far as this role decides. */
    public static Set<OrderState> next(OrderState from, Role role) {
        Set<OrderState> next = EnumSet.copyOf(NEXT.getOrDefault(from, EnumSet.noneOf(OrderState.class)));
        if (role == Role.MENSAJERO) {
            next.retainAll(COURIERS);
        } else if (role == Role.CLIENTE) {
            next.clear();
        }
        return next;
    }

    /** @param from the state that the person saw */
    public Outcome move(long id, OrderState from, OrderState to, Viewer viewer, Actor actor) {
        if (orders.find(viewer, id).isEmpty()) {
            return Outcome.NOT_FOUND;
        }
        if (!next(from, viewer.role()).contains(to)) {
            return Outcome.NOT_ALLOWED;
        }
        return database.inTransaction(handle -> {
            Instant now = clock.now(handle);
            if (to == OrderState.CANCELLED) {
                if (!(orders.cancel(handle, viewer, id, now) instanceof Orders.CancelOutcome.Cancelled)) {
                    return Outcome.CHANGED_MEANWHILE;
                }
            } else {
                Optional<Order> locked = OrderSql.lock(handle, id);
                if (locked.isEmpty() || locked.get().state() != from) {
                    return Outcome.CHANGED_MEANWHILE;
                }
                OrderSql.setState(handle, id, to, now);
                if (to == OrderState.DELIVERED) {
                    OrderSql.setDelivered(handle, id, now);
                }
            }
            AuditSql.write(handle, actor, Entry.change("estado", "pedido", id, "Pedido #" + id, Map.of("estado", from.word()), Map.of("estado", to.word())), now);
            return Outcome.DONE;
        });
    }

    /** @param courierId null: nobody's any more */
    public Outcome assign(long id, @Nullable Integer courierId, Viewer viewer, Actor actor) {
        if (viewer.role() != Role.ADMIN && viewer.role() != Role.TRABAJADOR) {
            return Outcome.NOT_ALLOWED;
        }
        return database.inTransaction(handle -> {
            Optional<Order> locked = OrderSql.lock(handle, id);
            if (locked.isEmpty()) {
                return Outcome.NOT_FOUND;
            }
            Instant now = clock.now(handle);
            OrderSql.setCourier(handle, id, courierId, now);
            AuditSql.write(handle, actor, Entry.change("asignar", "pedido", id, "Pedido #" + id,
                    Map.of("mensajero_id", String.valueOf(locked.get().courierId())), Map.of("mensajero_id", String.valueOf(courierId))), now);
            return Outcome.DONE;
        });
    }
}
