package com.electroisla.reservation;

import com.electroisla.payment.PaymentOwners;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import org.jdbi.v3.core.Handle;

/**
 * Gives holds to another user: a guest who signs in keeps what is held, and an account gets the orders of its guests.
 *
 * <p>Invariant: the caller has locked the carts of both users, so that no batch decides about either meanwhile. No
 * unit and no state changes.
 */
public final class HandOver {
    private HandOver() {}

    /**
     * Gives the living holds to another user. If that one holds units too, all of them are paid together from now on.
     * Holds that have run out stay. Payments go with the holds that they keep.
     *
     * @return whether there were any
     */
    public static boolean ofHolds(Handle handle, int from, int to, Instant now) {
        HandOverSql.lockPending(handle, List.of(from, to));
        boolean given = HandOverSql.isHolding(handle, from, now) && HandOverSql.give(handle, from, to, now) > 0;
        if (given) {
            PaymentOwners.giveWithHolds(handle, from, to);
        }
        return given;
    }

    /** Gives the sold holds behind these orders, which are the new user's already, and the payments behind them. */
    public static void ofSales(Handle handle, Collection<Integer> from, int to, List<Long> orders) {
        PaymentOwners.giveWithOrders(handle, from, to, orders);
        if (!orders.isEmpty()) {
            HandOverSql.giveSold(handle, from, to, orders);
        }
    }
}
