package com.electroisla.idempotency;

import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;

/**
 * The key under which an outcome is kept, and its answer.
 *
 * @param <R> the outcomes
 * @param answer the answer for an outcome; called inside the transaction of the change, which may run again; empty for
 *     an outcome that is not kept, so that its key stays unused
 */
public record Keeping<R>(IdempotencyKey key, Function<R, Optional<KeptAnswer>> answer) {

    /** Keeps only that the request was done; a repetition of a request that was not done is tried anew. */
    public static <R> Keeping<R> onlyThatItWasDone(IdempotencyKey key, Predicate<R> done) {
        return new Keeping<>(key, outcome -> done.test(outcome) ? Optional.of(KeptAnswer.DONE) : Optional.empty());
    }
}
