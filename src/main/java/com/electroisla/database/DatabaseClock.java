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
    DatabaseClock REAL = databaseTime -> databaseTime;

    /**
     * The statement that reads the database's time; sent together with another one where a wait of its own would cost.
     */
    String DATABASE_TIME = "SELECT clock_timestamp()";

    /** The time this clock shows when the database's clock shows the given one; to the microsecond. */
    Instant at(Instant databaseTime);

    /** The present moment, to the microsecond. */
    default Instant now(Handle handle) {
        return at(handle.createQuery(DATABASE_TIME)
                .mapTo(OffsetDateTime.class)
                .one()
                .toInstant());
    }
}
