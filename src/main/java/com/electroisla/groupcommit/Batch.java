package com.electroisla.groupcommit;

import com.electroisla.database.Database;
import com.electroisla.database.DatabaseClock;
import com.electroisla.http.Answer;
import com.electroisla.idempotency.IdempotencyKey;
import com.electroisla.idempotency.IdempotencyRecords;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.function.Supplier;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/**
 * Many requests in one transaction: lock, read, decide, write. All of them take effect or none does.
 *
 * <p>The transaction may run again after a deadlock or a serialization failure; it keeps nothing of an earlier run.
 */
final class Batch<Q extends UserRequest, R> {
    private final Database database;
    private final DatabaseClock clock;
    private final Decider<Q, R> decider;
    private final List<Submission<Q, R>> submissions;
    private final Runnable onceLocked;
    private final Set<Integer> users = new TreeSet<>();

    /** By this mark in the database the batch is found again when the link broke during COMMIT. */
    final UUID marker = UUID.randomUUID();

    /** How often the transaction was begun. */
    int runs;

    /** Set once everything was written: a failure after this point leaves the outcome open. */
    private @Nullable List<Supplier<Answer>> written;

    /** @param onceLocked called whenever a run has locked its carts and products */
    Batch(Database database, DatabaseClock clock, Decider<Q, R> decider, List<Submission<Q, R>> submissions, Runnable onceLocked) {
        this.database = database;
        this.clock = clock;
        this.decider = decider;
        this.submissions = submissions;
        this.onceLocked = onceLocked;
        submissions.forEach(submission -> users.add(submission.request.userId()));
    }

    /** What will be answered if the COMMIT that broke took effect; empty when the failure came before it. */
    Optional<List<Supplier<Answer>>> writtenBeforeFailure() {
        return Optional.ofNullable(written);
    }

    /** Runs the transaction and answers, in the order of the submissions, once it is durable. */
    List<Supplier<Answer>> run() {
        return database.inTransaction(handle -> {
            runs++;
            written = null;
            written = apply(handle);
            return written;
        });
    }

    private List<Supplier<Answer>> apply(Handle handle) {
        Map<Integer, LockedCart> carts = GroupCommitSql.begin(handle, users, marker);
        CartLocks.makeMissing(handle, users, carts, clock);
        Decider.Locked<Q, R> locked = decider.lock(handle, carts);
        onceLocked.run();
        Instant now = locked.now();
        Map<IdempotencyKey.Id, IdempotencyRecords.Kept> kept = IdempotencyRecords.findAll(handle, keys(), now);
        List<Submission<Q, R>> toDecide = firstOfEachKey(kept);
        List<R> outcomes = locked.decide().apply(toDecide.stream().map(each -> each.request).toList());
        Map<Submission<Q, R>, Supplier<Answer>> answered = new HashMap<>();
        Map<IdempotencyKey, Answer> newAnswers = new LinkedHashMap<>();
        for (int i = 0; i < toDecide.size(); i++) {
            Submission<Q, R> submission = toDecide.get(i);
            R outcome = outcomes.get(i);
            if (submission.key.isPresent()) {
                Answer answer = submission.render.apply(outcome);
                newAnswers.put(submission.key.get(), answer);
                answered.put(submission, () -> answer);
            } else {
                answered.put(submission, () -> submission.render.apply(outcome));
            }
        }
        IdempotencyRecords.saveAll(handle, newAnswers, now);
        newAnswers.forEach((key, answer) -> kept.put(key.id(), new IdempotencyRecords.Kept(key.fingerprint(), answer)));
        return submissions.stream().map(each -> answered.computeIfAbsent(each, repeat -> repeated(repeat, kept))).toList();
    }

    private List<IdempotencyKey.Id> keys() {
        return submissions.stream().flatMap(submission -> submission.key.stream()).map(IdempotencyKey::id).distinct().toList();
    }

    /** Leaves out what was answered before this batch, and repeats within it. */
    private List<Submission<Q, R>> firstOfEachKey(Map<IdempotencyKey.Id, IdempotencyRecords.Kept> kept) {
        Set<IdempotencyKey.Id> seen = new HashSet<>(kept.keySet());
        List<Submission<Q, R>> first = new ArrayList<>();
        for (Submission<Q, R> submission : submissions) {
            if (submission.key.isEmpty() || seen.add(submission.key.get().id())) {
                first.add(submission);
            }
        }
        return first;
    }

    private Supplier<Answer> repeated(Submission<Q, R> submission, Map<IdempotencyKey.Id, IdempotencyRecords.Kept> kept) {
        IdempotencyKey key = submission.key.orElseThrow();
        Answer answer = kept.get(key.id()).answerTo(key, submission.language);
        return () -> answer;
    }
}
