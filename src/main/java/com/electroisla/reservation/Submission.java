package com.electroisla.reservation;

import com.electroisla.http.Answer;
import com.electroisla.http.Language;
import com.electroisla.idempotency.IdempotencyKey;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;

/**
 * A request on its way through the engine: waiting, then either taken by a committer or given up by its caller, never
 * both. What was given up is never applied.
 */
final class Submission {
    private enum State { WAITING, TAKEN, GIVEN_UP }

    final ReservationRequest request;
    final Optional<IdempotencyKey> key;
    final Language language;
    final Function<ReservationOutcome, Answer> render;
    final CompletableFuture<Answer> answer = new CompletableFuture<>();

    private final AtomicReference<State> state = new AtomicReference<>(State.WAITING);

    Submission(ReservationRequest request, Optional<IdempotencyKey> key, Language language, Function<ReservationOutcome, Answer> render) {
        this.request = request;
        this.key = key;
        this.language = language;
        this.render = render;
    }

    /** The committer's claim; false when the caller has left. */
    boolean take() {
        return state.compareAndSet(State.WAITING, State.TAKEN);
    }

    /** The caller's leave; false when a committer already has it, and then its answer must be waited for. */
    boolean giveUp() {
        return state.compareAndSet(State.WAITING, State.GIVEN_UP);
    }
}
