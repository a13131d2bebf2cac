package com.electroisla.event;

import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.jdbi.v3.core.Handle;

/** A feature that wants to know what happened. */
public interface Listener {
    /** The kinds that it wants to hear; the same ones always. */
    Set<EventKind> kinds();

    /**
     * Writes what follows from the events, in the transaction that marks them as delivered. The call may be repeated
     * when that transaction fails, so nothing is done outside of it.
     *
     * @param events of the wanted kinds, those of one subject in their order
     */
    void hear(Handle handle, List<StoredEvent> events, Instant now);
}
