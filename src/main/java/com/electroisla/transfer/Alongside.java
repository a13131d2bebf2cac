package com.electroisla.transfer;

import java.time.Instant;
import org.jdbi.v3.core.Handle;

/** A caller's own work in the transactions of a load, such as its audit entry. */
public interface Alongside {
    Alongside NOTHING = new Alongside() {};

    /**
     * Asked once, when no other load is under way: whether this very load was done before. If so, nothing is done
     * again.
     */
    default boolean wasDone(Handle handle) {
        return false;
    }

    /**
     * Runs in the transaction of the first piece that writes a line; that transaction may run again.
     *
     * @param created how many products the whole load will make
     * @param updated how many it will change
     */
    default void begins(Handle handle, long created, long updated, Instant now) {}

    /**
     * Runs in a transaction of its own, when all pieces are written or none can be written any more, with the numbers
     * that were written.
     */
    default void ended(Handle handle, long created, long updated, Instant now) {}

    /** Runs in the transaction of {@link #ended}, after it, when all pieces are written. */
    default void done(Handle handle) {}
}
