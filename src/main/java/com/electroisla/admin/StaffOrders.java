package com.electroisla.admin;

import com.electroisla.accounts.Role;
import com.electroisla.audit.Actor;
import com.electroisla.database.Database;
import com.electroisla.http.SearchWords;
import com.electroisla.order.MoveOrders;
import com.electroisla.order.Order;
import com.electroisla.order.OrderState;
import com.electroisla.order.Orders;
import com.electroisla.order.Orders.Viewer;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The orders with their lines, for a front end that shows all of an order in its list; a courier's deliveries only. */
public final class StaffOrders {
    private final Database database;
    private final Orders orders;
    private final MoveOrders moves;

    public StaffOrders(Database database, Orders orders, MoveOrders moves) {
        this.database = database;
        this.orders = orders;
        this.moves = moves;
    }

    /**
     * @param text words of the buyer's name, an order's number or a telephone number
     * @param state null: any
     */
    public record Filter(SearchWords text, @Nullable OrderState state) {}

    /** The outcome of moving an order. */
    public sealed interface Outcome {
        record Moved(StaffOrder order) implements Outcome {}

        record NotFound() implements Outcome {}

        /** Not from the state in which the order is, or not by this role. */
        record NotAllowed(OrderState from) implements Outcome {}

        /** Another person moved it at the same moment. */
        record ChangedMeanwhile() implements Outcome {}
    }

    /** @param offset rows before the page */
    public Listed<StaffOrder> page(Filter filter, int limit, long offset, Viewer viewer) {
        return database.read(handle -> StaffOrdersSql.page(handle, filter, viewer, limit, offset));
    }

    /**
     * Moves an order from the state in which it is now. An order that is in the wanted state stays there, so a repeated
     * request changes nothing.
     */
    public Outcome move(long id, OrderState to, Viewer viewer, Actor actor) {
        Optional<Order> found = orders.find(viewer, id).filter(order -> isListed(order, viewer));
        if (found.isEmpty()) {
            return new Outcome.NotFound();
        }
        OrderState from = found.get().state();
        MoveOrders.Outcome moved = from == to ? MoveOrders.Outcome.DONE : moves.move(id, from, to, viewer, actor);
        return switch (moved) {
            case DONE ->
                database.<Optional<StaffOrder>, RuntimeException>read(handle -> StaffOrdersSql.one(handle, id, viewer))
                        .<Outcome>map(Outcome.Moved::new)
                        .orElseGet(Outcome.NotFound::new);
            case NOT_FOUND -> new Outcome.NotFound();
            case NOT_ALLOWED -> new Outcome.NotAllowed(from);
            case CHANGED_MEANWHILE -> new Outcome.ChangedMeanwhile();
        };
    }

    /** Whether the order is in the viewer's list: a courier's own purchases are not in theirs. */
    private static boolean isListed(Order order, Viewer viewer) {
        return viewer.role() != Role.MENSAJERO
                || Integer.valueOf(viewer.userId()).equals(order.courierId());
    }
}
