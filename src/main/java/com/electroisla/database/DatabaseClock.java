package com.electroisla.database;

import java.time.Instant;
import java.time.OffsetDateTime;
import org.jdbi.v3.core.Handle;

/**
 * The one clock that deadlines are judged by: the database's, read once per transaction and after its locks, so that
 * every instance agrees and a wait for a lock never makes an expired hold look alive. Tests put a moved clock in its
 * place instead of sleeping.
 */
public interface DatabaseClock {
    /** The real clock: {@code clock_timestamp()}, because {@code now()} stands still since the transaction began. */
    DatabaseClock REAL = handle -> handle.createQuery("SELECT clock_timestamp()").mapTo(OffsetDateTime.class).one().toInstant();

    /** The present moment, to the microsecond. */
    Instant now(Handle handle);
}
