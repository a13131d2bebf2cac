package com.electroisla.inventory;

import com.electroisla.audit.Actor;
import java.time.Instant;
import java.util.List;
import org.jdbi.v3.core.Handle;

/** The holds on a product, as far as an adjustment has to do with them. The reservation feature has them. */
public interface LiveHolds {
    /** @param overdue whether it has run out already and only waits for the sweep */
    record Held(long id, String username, int quantity, Instant createdAt, Instant expiresAt, boolean overdue) {}

    /** The pending holds of a locked product: those that have run out first, then the newest, so that who came first keeps his. */
    List<Held> ofProduct(Handle handle, long productId, Instant now);

    /** Ends these holds of a locked product and frees their units. */
    void release(Handle handle, List<Long> ids, Actor actor, Instant now);
}
