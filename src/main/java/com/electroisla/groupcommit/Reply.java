package com.electroisla.groupcommit;

import com.electroisla.idempotency.FirstAnswer;
import com.electroisla.idempotency.IdempotencyKey;
import com.electroisla.idempotency.KeptAnswer;
import java.util.Optional;

/**
 * What becomes of a request: its outcome, the answer that an earlier one had, or why there is neither.
 *
 * @param <R> the outcomes
 */
public sealed interface Reply<R> {

    /**
     * The request was decided, and its outcome is durable.
     *
     * @param kept the answer that repeats will get; empty when none is kept
     */
    record Decided<R>(R outcome, Optional<KeptAnswer> kept) implements Reply<R> {}

    /** The request was answered before, and nothing was done. */
    record Kept<R>(KeptAnswer answer) implements Reply<R> {}

    /** Another body came with the same key before; nothing was done. */
    record KeyReused<R>() implements Reply<R> {}

    /** There is no outcome. */
    sealed interface NoOutcome<R> extends Reply<R> {}

    /** Nothing was done: too many wait, or somebody has locked for long what is needed. */
    record Busy<R>() implements NoOutcome<R> {}

    /** Nothing was done: the database is out of reach. */
    record Unavailable<R>() implements NoOutcome<R> {}

    /** The request may have been done. */
    record Unknown<R>() implements NoOutcome<R> {}

    /** Nothing was done, for a fault of ours that the log tells. */
    record Failed<R>() implements NoOutcome<R> {}

    /** Nothing was done: what the request refers to is not there any more. */
    record Gone<R>(Missing missing) implements NoOutcome<R> {}

    /** What can be gone. */
    enum Missing { USER, PRODUCT }

    /** To a request whose key was used before. */
    static <R> Reply<R> toRepeat(IdempotencyKey key, FirstAnswer first) {
        return first.isTo(key) ? new Kept<>(first.answer()) : new KeyReused<>();
    }
}
