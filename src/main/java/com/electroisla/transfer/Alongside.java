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

    /** In the transaction of each piece that wrote something, such as an entry in the audit log. */
    default void wrote(Handle handle, long created, long updated, Instant now) {}

    /** In a transaction of its own, when all is written. */
    default void done(Handle handle) {}
}
