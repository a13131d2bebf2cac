package com.electroisla.event;

import com.electroisla.database.Jsonb;
import java.time.Instant;

/**
 * An event as its listeners hear it.
 *
 * @param id grows within a subject; between subjects it says nothing
 * @param data the JSON that was written
 */
public record StoredEvent(long id, EventKind kind, String subject, String data, Instant at) {
    /** The data as a record of the listener's own; names that the record lacks are passed over. */
    public <T> T read(Class<T> type) {
        return Jsonb.read(data, type);
    }
}
