package com.electroisla.cart;

import java.time.Instant;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/**
 * One change under way: the user's cart is locked, and the clock was read after the lock.
 *
 * @param address the caller's, for the audit trail
 */
public record CartChange(Handle handle, Instant now, int userId, long cartId, @Nullable String address, String userAgent) {}
