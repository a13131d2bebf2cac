package com.electroisla.transfer;

import java.time.Instant;
import org.jdbi.v3.core.Handle;

/** What is done beside a load, in its transactions. */
public interface Alongside {
    Alongside NOTHING = new Alongside() {};

    /** Asked once, when no other load is under way: whether this very load was done before. Then nothing of it is done again. */
    default boolean wasDone(Handle handle) {
        return false;
    }

    /**
     * In the transaction of the first piece that writes something, which may be run again.
     *
     * @param created how many products the whole load is going to make; {@code updated}: to change
     */
    default void begins(Handle handle, long created, long updated, Instant now) {}

    /** In a transaction of its own, when all is through or nothing more can be written: what was. */
    default void ended(Handle handle, long created, long updated, Instant now) {}

    /** In the transaction of {@link #ended}, after it, when all is through. */
    default void done(Handle handle) {}
}
