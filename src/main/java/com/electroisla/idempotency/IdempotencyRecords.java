package com.electroisla.idempotency;

import com.electroisla.database.Script;
import com.electroisla.http.Answer;
import com.electroisla.http.ErrorCode;
import com.electroisla.http.Language;
import com.electroisla.http.Problem;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jdbi.v3.core.Handle;

/**
 * What was answered before, by its key. The caller holds the users' cart locks from before the first call until its commit.
 */
public final class IdempotencyRecords {
    public static final Duration KEPT_FOR = Duration.ofHours(24);

    private static final Set<Integer> KEPT_REFUSALS = Set.of(400, 404, 409);

    private IdempotencyRecords() {}

    /** Whether an answer is kept: what was done, and the domain's own refusals; never 401, 429 or a fault. */
    public static boolean isKept(Answer answer) {
        return answer.status() / 100 == 2 || KEPT_REFUSALS.contains(answer.status());
    }

    /** The answer to a repeat, if the key was used within the last day: the first answer, or 422 for another body. */
    public static Optional<Answer> find(Handle handle, IdempotencyKey key, Language language, Instant now) {
        return Optional.ofNullable(IdempotencySql.find(handle, key.id()).at(now).get(key.id())).map(answer -> answer.answerTo(key, language));
    }

    /** Keeps the answers, in the transaction of the changes that they answer; a record of more than a day ago is replaced. */
    public static void saveAll(Script updates, Map<IdempotencyKey, Answer> answers, Instant now) {
        List<Map.Entry<IdempotencyKey, Answer>> kept = answers.entrySet().stream().filter(entry -> isKept(entry.getValue())).toList();
        if (kept.isEmpty()) {
            return;
        }
        IdempotencySql.save(updates, kept, now);
    }

    /** Those of the users who have a record that somebody has locked, so that it could not be replaced; waits for none. */
    public static Set<Integer> lockedUsers(Handle handle, Collection<Integer> users) {
        return IdempotencySql.lockedUsers(handle, users);
    }

    /** Deletes up to {@code most} records older than a day; answers how many. */
    public static int deleteOld(Handle handle, Instant now, int most) {
        return IdempotencySql.delete(handle, now.minus(KEPT_FOR), most);
    }

    /** An answer that was given before, and to which body. */
    public record Kept(String fingerprint, Answer answer) {
        public Answer answerTo(IdempotencyKey key, Language language) {
            return fingerprint.equals(key.fingerprint()) ? answer : Problem.of(ErrorCode.IDEMPOTENCY_KEY_REUSED).answer(language);
        }
    }
}
