package com.electroisla.idempotency;

import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;

/**
 * Under which key an outcome is kept, and as what.
 *
 * @param <R> the outcomes
 * @param answer the answer to an outcome; called inside the transaction of the change, which may run again; empty for
 *     an outcome that is not kept, so that its key stays unused
 */
public record Keeping<R>(IdempotencyKey key, Function<R, Optional<KeptAnswer>> answer) {

    /** Keeps no more than that it was done; a repeat of what was not done is tried anew. */
    public static <R> Keeping<R> onlyThatItWasDone(IdempotencyKey key, Predicate<R> done) {
        return new Keeping<>(key, outcome -> done.test(outcome) ? Optional.of(KeptAnswer.DONE) : Optional.empty());
    }
}
