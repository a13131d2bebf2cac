package com.electroisla.groupcommit;

import com.electroisla.database.Script;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/**
 * What a kind of request means. Called inside the batch's transaction, which may run again; nothing is kept between runs.
 *
 * @param <Q> the requests
 * @param <R> their outcomes; refusals are outcomes, faults are exceptions
 */
public interface Decider<Q extends UserRequest, R> {
    /**
     * Runs the opening, which locks the users' carts, and locks whatever else the requests concern, in id order. Changes nothing but
     * the numbers of sequences: it may be called for nothing, and again, when carts are missing.
     *
     * @param requests in arrival order, with repeats
     */
    Locked<Q, R> lock(Handle handle, Opening opening, List<Q> requests);

    /**
     * The products that these requests need locked, by user. Locks nothing.
     *
     * @param among those that are asked about; null for all
     */
    Map<Integer, Set<Long>> products(Handle handle, List<Q> requests, @Nullable Set<Long> among);

    /**
     * Whom somebody else's locks stop at this stage, besides the locks on carts, lines, accounts and kept answers. Waits for none; what it
     * locks itself is free again when the caller rolls back.
     */
    Blocked blocked(Handle handle, Stage stage, Collection<Integer> users, Set<Long> products);

    /**
     * Takes a place in the queue for the product's lock, in a transaction that holds no other.
     *
     * @param longest SQLSTATE 55P03 beyond it
     */
    void awaitProduct(Handle handle, long product, Duration longest);

    /**
     * The carts are locked, and whatever else is decided on.
     *
     * @param now the database's clock, read after the locks
     */
    record Locked<Q, R>(Instant now, Decide<Q, R> decide) {}

    interface Decide<Q, R> {
        /**
         * Reads, and decides each request on the state that the one before left.
         *
         * @param requests in arrival order, without repeats
         * @param writes takes what the outcomes change; the batch sends it, with what it writes itself and the COMMIT
         * @return an outcome for each, in their order, with the ids of the rows to be; nothing of it changes afterwards
         */
        List<R> apply(List<Q> requests, Script writes);
    }
}
