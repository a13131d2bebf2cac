package com.electroisla.shopfront;

import com.electroisla.accounts.Role;
import com.electroisla.cart.CartTransaction;
import com.electroisla.groupcommit.Reply;
import com.electroisla.live.StockNews;
import com.electroisla.order.Order;
import com.electroisla.order.OrderState;
import com.electroisla.order.Orders;
import com.electroisla.order.Orders.CancelOutcome;
import java.util.Optional;

/** A buyer's change of mind: the order is cancelled and its units return to the shelf, once. */
public final class CancelOrder {
    private final CartTransaction transaction;
    private final Orders orders;
    private final StockNews news;

    public CancelOrder(CartTransaction transaction, Orders orders, StockNews news) {
        this.transaction = transaction;
        this.orders = orders;
        this.news = news;
    }

    public record Buyer(int userId) {
        /** Staff too sees only its own orders here; everybody's are in the admin. */
        public Orders.Viewer viewer() {
            return new Orders.Viewer(userId, Role.CLIENTE);
        }
    }

    /** Where it is by now; empty for an order of somebody else's. */
    public Optional<OrderState> stateOf(Buyer buyer, long order) {
        return orders.find(buyer.viewer(), order).map(Order::state);
    }

    /** Whether it is cancelled, by whomever; not for an order of somebody else's. */
    public boolean isCancelled(Buyer buyer, long order) {
        return stateOf(buyer, order).filter(OrderState.CANCELLED::equals).isPresent();
    }

    /** Empty when the account is gone. */
    public Optional<CancelOutcome> cancel(Buyer buyer, long order) {
        try {
            Reply<CancelOutcome> reply = transaction.run(buyer.userId(), Optional.empty(),
                    change -> orders.cancel(change.handle(), buyer.viewer(), order, change.now()));
            return reply instanceof Reply.Decided<CancelOutcome>(CancelOutcome outcome, _) ? Optional.of(outcome) : Optional.empty();
        } finally {
            news.announce();
        }
    }
}
