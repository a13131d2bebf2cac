package com.electroisla.shopfront;

import com.electroisla.accounts.Role;
import com.electroisla.cart.CartTransaction;
import com.electroisla.groupcommit.Reply;
import com.electroisla.live.StockNews;
import com.electroisla.order.Order;
import com.electroisla.order.OrderState;
import com.electroisla.order.Orders;
import com.electroisla.order.Orders.CancelOutcome;
import java.util.Locale;
import java.util.Optional;

/** Cancels a buyer's order; its units return to the stock, once. */
public final class CancelOrder {
    private final CartTransaction transaction;
    private final Orders orders;
    private final StockNews news;

    public CancelOrder(CartTransaction transaction, Orders orders, StockNews news) {
        this.transaction = transaction;
        this.orders = orders;
        this.news = news;
    }

    /** @param language of the pages that the buyer sees */
    public record Buyer(int userId, Locale language) {
        /** The viewer for these pages: staff too see only their own orders here; all orders are in the admin. */
        public Orders.Viewer viewer() {
            return new Orders.Viewer(userId, Role.CLIENTE);
        }
    }

    /** The order's present state; empty for another buyer's order. */
    public Optional<OrderState> stateOf(Buyer buyer, long order) {
        return orders.find(buyer.viewer(), order).map(Order::state);
    }

    /** Whether the order is cancelled, by any user; false for another buyer's order. */
    public boolean isCancelled(Buyer buyer, long order) {
        return stateOf(buyer, order).filter(OrderState.CANCELLED::equals).isPresent();
    }

    /** Cancels the order; empty when the account is gone. */
    public Optional<CancelOutcome> cancel(Buyer buyer, long order) {
        try {
            Reply<CancelOutcome> reply = transaction.run(
                    buyer.userId(),
                    Optional.empty(),
                    change -> orders.cancel(change.handle(), buyer.viewer(), order, change.now()));
            return reply instanceof Reply.Decided<CancelOutcome>(CancelOutcome outcome, var _)
                    ? Optional.of(outcome)
                    : Optional.empty();
        } finally {
            news.announce();
        }
    }
}
