package com.electroisla.http.server;

import com.electroisla.groupcommit.Reply;
import com.electroisla.http.Answer;
import com.electroisla.http.ErrorCode;
import com.electroisla.http.Language;
import com.electroisla.http.Problem;
import com.electroisla.idempotency.IdempotencyKey;
import com.electroisla.idempotency.Keeping;
import com.electroisla.idempotency.KeptAnswer;
import com.electroisla.limits.LimitResult;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.logging.Level;
import java.util.logging.Logger;

/** Turns the core's replies into answers of the API or messages of a page. */
public final class Replies {
    private static final Logger LOG = Logger.getLogger(Replies.class.getName());

    /** The statuses of the domain's own refusals, which are kept like successes; 401, 429 and faults are not. */
    private static final Set<Integer> KEPT_REFUSALS = Set.of(400, 404, 409);

    private Replies() {}

    /** Keeps the API's answers under the caller's key, if there is one. */
    public static <R> Optional<Keeping<R>> keeping(Optional<IdempotencyKey> key, Function<R, Answer> words) {
        return key.map(each -> new Keeping<>(each, outcome -> kept(words.apply(outcome))));
    }

    private static Optional<KeptAnswer> kept(Answer answer) {
        return answer.status() / 100 == 2 || KEPT_REFUSALS.contains(answer.status())
                ? Optional.of(new KeptAnswer(answer.status(), answer.body()))
                : Optional.empty();
    }

    /** The answer: the kept one if there is one, so that the first caller and every repetition get the same bytes. */
    public static <R> Answer answer(Reply<R> reply, Language language, Function<R, Answer> words) {
        return switch (reply) {
            case Reply.Decided<R>(R outcome, Optional<KeptAnswer> kept) ->
                kept.map(Replies::answer).orElseGet(() -> inWords(outcome, language, words));
            case Reply.Kept<R>(KeptAnswer kept) -> answer(kept);
            case Reply.KeyReused<R> _ ->
                Problem.of(ErrorCode.IDEMPOTENCY_KEY_REUSED).answer(language);
            case Reply.NoOutcome<R> none -> problem(none).answer(language);
        };
    }

    /** The problem for a reply without an outcome. */
    public static Problem problem(Reply.NoOutcome<?> none) {
        return switch (none) {
            case Reply.Busy<?> _ -> Problem.of(ErrorCode.BUSY).withHeader("Retry-After", "1");
            case Reply.Unavailable<?> _ -> Failures.later(ErrorCode.DATABASE_UNAVAILABLE);
            case Reply.Unknown<?> _ -> Failures.later(ErrorCode.OUTCOME_UNKNOWN);
            case Reply.Failed<?> _ -> Problem.of(ErrorCode.INTERNAL_ERROR);
            case Reply.Gone(Reply.Missing missing) ->
                Problem.of(
                        switch (missing) {
                            case USER -> ErrorCode.NOT_SIGNED_IN;
                            case PRODUCT -> ErrorCode.PRODUCT_NOT_FOUND;
                        });
        };
    }

    /** The 429, with {@code reset_time} and {@code Retry-After}. */
    public static Problem problem(LimitResult.Exceeded exceeded) {
        return Problem.of(ErrorCode.TOO_MANY_REQUESTS)
                .with("reset_time", exceeded.resetTime())
                .withHeader("Retry-After", Long.toString(exceeded.retryAfterSeconds()));
    }

    private static Answer answer(KeptAnswer kept) {
        return new Answer(kept.status(), kept.body(), Map.of());
    }

    private static <R> Answer inWords(R outcome, Language language, Function<R, Answer> words) {
        try {
            return words.apply(outcome);
        } catch (Throwable fault) { // the decision is durable already, even if its answer fails
            LOG.log(Level.SEVERE, "an outcome could not be put into words", fault);
            return problem(new Reply.Unknown<R>()).answer(language);
        }
    }
}
