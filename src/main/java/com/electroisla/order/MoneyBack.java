package com.electroisla.order;

import java.math.BigDecimal;
import java.time.Instant;
import org.jdbi.v3.core.Handle;

/**
 * Money that goes back to the buyer of an order. The payment feature implements this; every call is in a transaction
 * that has locked the order.
 */
public interface MoneyBack {
    /**
     * Owes a buyer what was paid for an order that is cancelled now, less what was owed or paid back before. An order
     * whose money never came owes nothing.
     *
     * @param order as it was before
     */
    void cancelled(Handle handle, Order order, Instant now);

    /** The most that can still be paid back of an order; 0 when its money has not come, or went back. */
    BigDecimal most(Handle handle, Order order);

    /**
     * Owes the buyer of returned goods an amount.
     *
     * @param amount above 0, and at most {@link #most}
     */
    void returned(Handle handle, Order order, BigDecimal amount, Instant now);
}
