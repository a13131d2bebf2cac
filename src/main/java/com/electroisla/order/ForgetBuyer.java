package com.electroisla.order;

import java.util.Optional;
import org.jdbi.v3.core.Handle;

/** Makes the orders of somebody whose account is deleted anonymous: what was sold stays, to whom and where does not. */
public final class ForgetBuyer {
    private ForgetBuyer() {}

    /** An order of the buyer that is neither delivered nor cancelled. */
    public static Optional<Long> openOrder(Handle handle, int userId) {
        return OrderSql.openOrderOf(handle, userId);
    }

    /** Blanks address, telephone number and notes, in the caller's transaction. */
    public static void of(Handle handle, int userId) {
        OrderSql.forgetBuyer(handle, userId);
    }
}
