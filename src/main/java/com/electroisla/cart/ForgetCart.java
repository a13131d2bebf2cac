package com.electroisla.cart;

import org.jdbi.v3.core.Handle;

/** Empties the cart of somebody whose account is deleted, and forgets what the log knows of it. */
public final class ForgetCart {
    private ForgetCart() {}

    /** Deletes in the caller's transaction, which holds the cart; the empty cart stays. */
    public static void of(Handle handle, int userId) {
        CartSql.forget(handle, userId);
    }
}
