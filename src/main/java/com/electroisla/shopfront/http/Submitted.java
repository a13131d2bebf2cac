package com.electroisla.shopfront.http;

import com.electroisla.http.Answer;
import com.electroisla.http.Json;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Catches the outcome of a submission that keeps no answer: a page is made of the outcome itself. */
final class Submitted<R> implements Function<R, Answer> {
    private volatile @Nullable R seen;

    record Refusal(String error, String code) {}

    @Override
    public Answer apply(R outcome) {
        seen = outcome;
        return Answer.noContent();
    }

    /** The outcome, when it is durable; empty when the shop had no answer, and then {@link #message} says why. */
    Optional<R> outcome(Answer answer) {
        return answer.status() == 204 ? Optional.ofNullable(seen) : Optional.empty();
    }

    static String message(Answer answer) {
        return Json.read(answer.body(), "application/json", Refusal.class).error();
    }
}
