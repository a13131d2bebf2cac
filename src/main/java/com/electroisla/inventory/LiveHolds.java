package com.electroisla.inventory;

import com.electroisla.audit.Actor;
import java.time.Instant;
import java.util.List;
import org.jdbi.v3.core.Handle;

/** The holds of a product, as an adjustment needs them. The reservation feature implements this. */
public interface LiveHolds {
    /** @param overdue whether it has expired and only waits for the sweep */
    record Held(long id, String username, int quantity, Instant createdAt, Instant expiresAt, boolean overdue) {}

    /**
     * The pending holds of a locked product: first the expired ones, then the newest, so that the oldest holds are
     * kept longest.
     */
    List<Held> ofProduct(Handle handle, long productId, Instant now);

    /**
     * Ends these holds of a locked product and frees their units; the caller, which changes the figures further, tells
     * of them.
     */
    void release(Handle handle, List<Long> ids, Actor actor, Instant now);
}
