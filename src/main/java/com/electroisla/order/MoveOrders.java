package com.electroisla.order;

import com.electroisla.accounts.Role;
import com.electroisla.audit.Actor;
import com.electroisla.audit.AuditSql;
import com.electroisla.audit.Entry;
import com.electroisla.database.Database;
import com.electroisla.database.DatabaseClock;
import com.electroisla.idempotency.Applied;
import com.electroisla.idempotency.IdempotencyKey;
import com.electroisla.order.Orders.Viewer;
import java.time.Instant;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/**
 * Moves orders from state to state, as far as a role allows, and assigns them to couriers.
 *
 * <p>Invariant: an order moves from the state that the user saw, under its lock, or not at all; so if two users press
 * the same button, the second is told. Cancelling returns the units, under the products' locks, which come before the
 * order's.
 */
public final class MoveOrders {
    private final Database database;
    private final DatabaseClock clock;
    private final Orders orders;

    public MoveOrders(Database database, DatabaseClock clock, Orders orders) {
        this.database = database;
        this.clock = clock;
        this.orders = orders;
    }

    /** The outcome of a move. */
    public enum Outcome {
        DONE,
        NOT_FOUND,
        NOT_ALLOWED,
        CHANGED_MEANWHILE
    }

    /** The states to which this role may move an order. */
    public static Set<OrderState> next(OrderState from, Role role) {
        Set<OrderState> next = from.next();
        if (role == Role.MENSAJERO) {
            next.removeIf(state -> !state.isCouriers());
        } else if (role == Role.CLIENTE) {
            next.clear();
        }
        return next;
    }

    /** @param from the state that the user saw */
    public Outcome move(long id, OrderState from, OrderState to, Viewer viewer, Actor actor) {
        return refusal(id, from, to, viewer)
                .orElseGet(
                        () -> database.inTransactionOfManyLocks(handle -> move(handle, id, from, to, viewer, actor)));
    }

    /** Ends every session of the account on every instance, once for each form. */
    public Applied<Outcome> move(
            long id, OrderState from, OrderState to, Viewer viewer, Actor actor, IdempotencyKey form) {
        return refusal(id, from, to, viewer)
                .<Applied<Outcome>>map(Applied.Now::new)
                .orElseGet(() -> database.inTransactionOfManyLocks(handle -> Applied.once(
                        handle, form, clock, () -> move(handle, id, from, to, viewer, actor), MoveOrders::result)));
    }

    private static Optional<String> result(Outcome outcome) {
        return outcome == Outcome.DONE ? Optional.of("") : Optional.empty();
    }

    /** The reason why this viewer may not move the order, before any lock. */
    private Optional<Outcome> refusal(long id, OrderState from, OrderState to, Viewer viewer) {
        Optional<Order> order = orders.find(viewer, id);
        if (order.isEmpty()) {
            return Optional.of(Outcome.NOT_FOUND);
        }
        boolean may = viewer.mayMove(order.get()) && next(from, viewer.role()).contains(to);
        return may ? Optional.empty() : Optional.of(Outcome.NOT_ALLOWED);
    }

    private Outcome move(Handle handle, long id, OrderState from, OrderState to, Viewer viewer, Actor actor) {
        Instant now = clock.now(handle);
        if (to == OrderState.CANCELLED) {
            if (!(orders.cancel(handle, viewer, id, Optional.of(from), now)
                    instanceof Orders.CancelOutcome.Cancelled)) {
                return Outcome.CHANGED_MEANWHILE;
            }
        } else {
            Optional<Order> locked = OrderSql.lock(handle, id).filter(viewer::mayMove);
            if (locked.isEmpty() || locked.get().state() != from) {
                return Outcome.CHANGED_MEANWHILE;
            }
            orders.setState(handle, locked.get(), to, now);
            if (to == OrderState.DELIVERED) {
                OrderSql.setDelivered(handle, id, now);
            }
        }
        // Under the lock the row had the same state as the form.
        AuditSql.write(
                handle,
                actor,
                Entry.change(
                        "estado",
                        "pedido",
                        id,
                        "Pedido #" + id,
                        Map.of("estado", from.word()),
                        Map.of("estado", to.word())),
                now);
        return Outcome.DONE;
    }

    /**
     * Assigns an order to a courier, once for each form.
     *
     * @param seen the courier that the user saw; null: nobody
     * @param courierId null: nobody any more
     */
    public Applied<Outcome> assign(
            long id,
            @Nullable Integer seen,
            @Nullable Integer courierId,
            Viewer viewer,
            Actor actor,
            IdempotencyKey form) {
        if (viewer.role() != Role.ADMIN && viewer.role() != Role.TRABAJADOR) {
            return new Applied.Now<>(Outcome.NOT_ALLOWED);
        }
        return database.inTransaction(handle -> Applied.once(
                handle, form, clock, () -> assign(handle, id, seen, courierId, actor), MoveOrders::result));
    }

    private Outcome assign(Handle handle, long id, @Nullable Integer seen, @Nullable Integer courierId, Actor actor) {
        Optional<Order> locked = OrderSql.lock(handle, id);
        if (locked.isEmpty()) {
            return Outcome.NOT_FOUND;
        }
        @Nullable Integer before = locked.get().courierId();
        if (Objects.equals(before, courierId)) {
            return Outcome.DONE;
        }
        if (!Objects.equals(before, seen)) {
            return Outcome.CHANGED_MEANWHILE;
        }
        Instant now = clock.now(handle);
        OrderSql.setCourier(handle, id, courierId, now);
        AuditSql.write(
                handle,
                actor,
                Entry.change(
                        "asignar",
                        "pedido",
                        id,
                        "Pedido #" + id,
                        Map.of("mensajero_id", String.valueOf(before)),
                        Map.of("mensajero_id", String.valueOf(courierId))),
                now);
        return Outcome.DONE;
    }
}
