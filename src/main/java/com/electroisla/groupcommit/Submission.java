package com.electroisla.groupcommit;

import com.electroisla.idempotency.IdempotencyKey;
import com.electroisla.idempotency.Keeping;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicReference;

/**
 * A submitted request: waiting, then either taken by the committer or given up by its caller, never both. A request
 * that was given up is never applied.
 */
final class Submission<Q extends UserRequest, R> {
    private enum State {
        WAITING,
        TAKEN,
        GIVEN_UP
    }

    /** The number in the order of arrival, given when it is moved in from the door. */
    long place;

    final Q request;
    final Optional<Keeping<R>> keeping;
    final long arrivedAt = System.nanoTime();
    private final long longestWaitNanos;

    final CompletableFuture<Reply<R>> reply = new CompletableFuture<>();

    private final AtomicReference<State> state = new AtomicReference<>(State.WAITING);

    /** @param longestWait the longest wait for its turn */
    Submission(Q request, Optional<Keeping<R>> keeping, Duration longestWait) {
        this.longestWaitNanos = longestWait.toNanos();
        this.request = request;
        this.keeping = keeping;
    }

    Optional<IdempotencyKey> key() {
        return keeping.map(Keeping::key);
    }

    /** Claims the request for the committer; false when the caller has left. */
    boolean take() {
        return state.compareAndSet(State.WAITING, State.TAKEN);
    }

    /**
     * Puts it back among the waiting requests, because it had no effect and a row that it needs is locked. Only for
     * its taker.
     */
    void putBack() {
        state.set(State.WAITING);
    }

    /** Whether the caller's wait is over. */
    boolean isOverdue() {
        return System.nanoTime() - arrivedAt >= longestWaitNanos;
    }

    /**
     * Gives the request up for the caller; false when the committer already has it, and then its reply must be waited
     * for.
     */
    boolean giveUp() {
        return state.compareAndSet(State.WAITING, State.GIVEN_UP);
    }

    /** Ends the caller's wait with the reply; only the first one counts. */
    void reply(Reply<R> ready) {
        reply.complete(ready);
    }
}
