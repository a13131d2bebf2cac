package com.electroisla.mail;

import java.time.Instant;
import org.jdbi.v3.core.Handle;

/** Makes links that open an order without an account. */
@FunctionalInterface
public interface OrderLink {
    /** The token of a new link, kept in the caller's transaction. */
    String make(Handle handle, long order, Instant now);
}
