package com.electroisla.payment;

import java.util.Collection;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.jdbi.v3.core.Handle;

/**
 * Payments change hands with what they are about, and forget where their buyers live. The caller has locked the carts
 * of all users, so that no batch decides about these payments meanwhile, and holds before payments.
 */
public final class PaymentOwners {
    /** The states in which holds may wait for the money of a payment. */
    private static final Set<PaymentState> WITH_HOLDS = EnumSet.of(PaymentState.BEGUN, PaymentState.REFUSED);

    private PaymentOwners() {}

    /** Gives the payments for holds that the new user has now. */
    public static void giveWithHolds(Handle handle, int from, int to) {
        PaymentSql.give(handle, List.of(from), to, WITH_HOLDS);
    }

    /** Gives the payments whose orders the new user has now, and what is owed back. */
    public static void giveWithOrders(Handle handle, Collection<Integer> from, int to, Collection<Long> orders) {
        PaymentSql.give(handle, from, to, EnumSet.complementOf(EnumSet.copyOf(WITH_HOLDS)));
        RefundSql.give(handle, from, to, orders);
    }

    /** Blanks address, telephone number and notes. */
    public static void forget(Handle handle, Collection<Integer> users) {
        PaymentSql.forget(handle, users);
    }
}
