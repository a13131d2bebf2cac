package com.electroisla.groupcommit;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jdbi.v3.core.Handle;

/**
 * What a kind of request means. Called inside the batch's transaction, which may run again; nothing is kept between runs.
 *
 * @param <Q> the requests
 * @param <R> their outcomes; refusals are outcomes, faults are exceptions
 */
public interface Decider<Q extends UserRequest, R> {
    /**
     * Locks whatever the users' requests concern besides their carts, in id order.
     *
     * @param carts by user, locked; a user without an entry does not exist
     */
    Locked<Q, R> lock(Handle handle, Map<Integer, LockedCart> carts);

    /**
     * The carts and products are locked, and with them the holds.
     *
     * @param now the database's clock, read after the locks
     * @param decide reads, decides each request on the state that the one before left, and writes; takes the requests in arrival
     *     order, without repeats, and answers with an outcome for each, in their order
     */
    record Locked<Q, R>(Instant now, Function<List<Q>, List<R>> decide) {}
}
