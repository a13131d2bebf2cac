package com.electroisla.groupcommit;

import com.electroisla.database.Script;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jdbi.v3.core.Handle;

/**
 * Decides one kind of request. Called inside the batch's transaction, which may run again; no state is kept between
 * runs.
 *
 * @param <Q> the requests
 * @param <R> their outcomes; refusals are outcomes, faults are exceptions
 */
public interface Decider<Q extends UserRequest, R> {
    /**
     * Runs the opening, which locks the users' carts, and locks all other rows that the requests concern, in id order.
     * Changes nothing but sequences: the call may be in vain, and be repeated, when carts are missing. Users whose
     * requests need an {@linkplain Opening#avoided avoided} product are left out before products are locked.
     *
     * @param requests in arrival order, with repetitions
     */
    Locked<Q, R> lock(Handle handle, Opening opening, List<Q> requests);

    /** The products that these requests need locked, by user. Locks nothing. */
    Map<Integer, Set<Long>> products(Handle handle, List<Q> requests);

    /**
     * The requests that other transactions' locks block at this stage, besides the locks on carts, lines, accounts and
     * kept answers. Waits for none; its own locks are released when the caller rolls back.
     */
    Blocked blocked(Handle handle, Stage stage, Collection<Integer> users, Set<Long> products);

    /**
     * Queues for the product's lock, in a transaction that holds no other lock.
     *
     * @param longest the longest wait; then SQLSTATE 55P03
     */
    void awaitProduct(Handle handle, long product, Duration longest);

    /**
     * The state after the locks.
     *
     * @param now the database's clock, read after the locks
     */
    record Locked<Q, R>(Instant now, Decide<Q, R> decide) {}

    interface Decide<Q, R> {
        /**
         * Reads, and decides each request on the state that the one before left.
         *
         * @param requests in arrival order, without repetitions
         * @param writes takes the outcomes' changes; the batch sends them with its own writes and the COMMIT
         * @return an outcome for each, in their order, with the ids of the new rows; it does not change afterwards
         */
        List<R> apply(List<Q> requests, Script writes);
    }
}
