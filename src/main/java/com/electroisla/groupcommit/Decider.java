package com.electroisla.groupcommit;

import com.electroisla.database.Updates;
import java.time.Instant;
import java.util.List;
import org.jdbi.v3.core.Handle;

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
         * @return an outcome for each, in their order, with the ids of the rows to be
         */
        List<R> apply(List<Q> requests, Updates writes);
    }
}
