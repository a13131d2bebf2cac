package com.electroisla.groupcommit;

import com.electroisla.idempotency.FirstAnswer;
import com.electroisla.idempotency.IdempotencyKey;
import com.electroisla.idempotency.KeptAnswer;
import java.util.Optional;

/**
 * The reply to a request: its outcome, the answer to an earlier one with the same key, or the reason why there is
 * neither.
 *
 * @param <R> the outcomes
 */
public sealed interface Reply<R> {

    /**
     * The request was decided, and its outcome is durable.
     *
     * @param kept the answer for repetitions; empty when none is kept
     */
    record Decided<R>(R outcome, Optional<KeptAnswer> kept) implements Reply<R> {}

    /** The request was answered before, and nothing was done. */
    record Kept<R>(KeptAnswer answer) implements Reply<R> {}

    /** The same key came before with another body; nothing was done. */
    record KeyReused<R>() implements Reply<R> {}

    /** A reply without an outcome. */
    sealed interface NoOutcome<R> extends Reply<R> {}

    /** Nothing was done: too many requests wait, or a needed row is locked for too long. */
    record Busy<R>() implements NoOutcome<R> {}

    /** Nothing was done: the database is out of reach. */
    record Unavailable<R>() implements NoOutcome<R> {}

    /** The request may have been done. */
    record Unknown<R>() implements NoOutcome<R> {}

    /** Nothing was done, because of a fault of ours, which is logged. */
    record Failed<R>() implements NoOutcome<R> {}

    /** Nothing was done: the user or product of the request no longer exists. */
    record Gone<R>(Missing missing) implements NoOutcome<R> {}

    /** The rows that can be missing. */
    enum Missing {
        USER,
        PRODUCT
    }

    /** The reply to a request whose key was used before. */
    static <R> Reply<R> toRepeat(IdempotencyKey key, FirstAnswer first) {
        return first.isTo(key) ? new Kept<>(first.answer()) : new KeyReused<>();
    }
}
