package com.electroisla.cart;

import java.time.Instant;
import org.jdbi.v3.core.Handle;

/** A change in progress: the user's cart is locked, and the clock was read after the lock. */
public record CartChange(Handle handle, Instant now) {}
