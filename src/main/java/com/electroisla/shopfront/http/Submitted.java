package com.electroisla.shopfront.http;

import com.electroisla.http.Answer;
import com.electroisla.http.Json;
import com.electroisla.idempotency.Applied;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Catches the outcome of a submission: a page is made of the outcome itself. Under a form's key only what was done is kept; what was
 * refused may be sent again.
 */
final class Submitted<R> implements Function<R, Answer> {
    private static final int DONE = 204;
    /** None of those that are kept. */
    private static final int REFUSED = 422;

    private final Predicate<R> done;
    private volatile @Nullable R seen;

    /** @param done whether an outcome did what the form asks for */
    Submitted(Predicate<R> done) {
        this.done = done;
    }

    record Refusal(String error, String code) {}

    @Override
    public Answer apply(R outcome) {
        seen = outcome;
        return done.test(outcome) ? Answer.noContent() : new Answer(REFUSED, Answer.noContent().body(), Map.of());
    }

    /** The outcome, when it is durable; empty for a repeat, and when the shop had no answer, and then {@link #message} says why. */
    Optional<R> outcome(Answer answer) {
        boolean ours = answer.status() == DONE || answer.status() == REFUSED && answer.body().length == 0;
        return ours ? Optional.ofNullable(seen) : Optional.empty();
    }

    /** Whether a form with this key was done before; with the same contents or others. */
    Optional<Applied.Before<R>> before(Answer answer) {
        if (seen != null || answer.status() != DONE && answer.status() != REFUSED) {
            return Optional.empty();
        }
        return Optional.of(new Applied.Before<>(answer.status() == DONE, ""));
    }

    static String message(Answer answer) {
        return Json.read(answer.body(), "application/json", Refusal.class).error();
    }
}
