package com.electroisla.groupcommit;

import com.electroisla.idempotency.IdempotencyKey;
import com.electroisla.idempotency.Keeping;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicReference;

/**
 * A request on its way: waiting, then either taken by the committer or given up by its caller, never both. What was given
 * up is never applied.
 */
final class Submission<Q extends UserRequest, R> {
    private enum State { WAITING, TAKEN, GIVEN_UP }

    /** In the order of arrival; given to whoever comes in at the door. */
    long place;

    final Q request;
    final Optional<Keeping<R>> keeping;
    final long arrivedAt = System.nanoTime();
    private final long longestWaitNanos;

    final CompletableFuture<Reply<R>> reply = new CompletableFuture<>();

    private final AtomicReference<State> state = new AtomicReference<>(State.WAITING);

    /** @param longestWait how long it waits for its turn */
    Submission(Q request, Optional<Keeping<R>> keeping, Duration longestWait) {
        this.longestWaitNanos = longestWait.toNanos();
        this.request = request;
        this.keeping = keeping;
    }

    Optional<IdempotencyKey> key() {
        return keeping.map(Keeping::key);
    }

    /** The committer's claim; false when the caller has left. */
    boolean take() {
        return state.compareAndSet(State.WAITING, State.TAKEN);
    }

    /** Back among those who wait, because nothing was done for it and a row that it needs is locked. Only who took it may. */
    void putBack() {
        state.set(State.WAITING);
    }

    /** Whether its caller waits no longer for its turn. */
    boolean isOverdue() {
        return System.nanoTime() - arrivedAt >= longestWaitNanos;
    }

    /** The caller's leave; false when the committer already has it, and then its answer must be waited for. */
    boolean giveUp() {
        return state.compareAndSet(State.WAITING, State.GIVEN_UP);
    }

    /** Ends the caller's wait; the first reply counts. */
    void reply(Reply<R> ready) {
        reply.complete(ready);
    }
}
