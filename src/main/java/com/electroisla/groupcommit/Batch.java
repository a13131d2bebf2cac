package com.electroisla.groupcommit;

import com.electroisla.database.Database;
import com.electroisla.database.DatabaseClock;
import com.electroisla.database.Script;
import com.electroisla.idempotency.FirstAnswer;
import com.electroisla.idempotency.IdempotencyKey;
import com.electroisla.idempotency.IdempotencyRecords;
import com.electroisla.idempotency.KeptAnswer;
import com.electroisla.idempotency.KeptAnswers;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/**
 * Many requests in one transaction: lock, read, decide, write. All of them take effect or none does.
 *
 * <p>The transaction may run again after a deadlock or a serialization failure; it keeps nothing of an earlier run.
 */
final class Batch<Q extends UserRequest, R> {
    /** A cart that was made disappears only by a crash or a deletion. */
    private static final int MOST_CARTS_MADE = 5;

    private final Database database;
    private final DatabaseClock clock;
    private final Decider<Q, R> decider;
    private final LeavesOut<Q, R> leavesOut;
    private final boolean hurried;
    private final Runnable onceLocked;

    /** The requests of this batch, without those that a run has left out. */
    private List<Submission<Q, R>> submissions;

    /** The mark in the database by which the batch is found again when the link broke during COMMIT. */
    final UUID marker = UUID.randomUUID();

    /** How often the transaction was begun since its carts exist. */
    int runs;

    /** How far the last run came. */
    private Stage stage = Stage.LOCKING;

    private boolean cartsMade;

    /** Users without a cart because they do not exist or are not active. */
    private final Set<Integer> gone = new HashSet<>();

    /** Set before the last trip, which ends with the COMMIT: after a later failure the outcome may be unknown. */
    private @Nullable List<Reply<R>> decided;

    /** Takes requests that need products for which earlier requests wait aside. */
    interface LeavesOut<Q extends UserRequest, R> {
        Set<Long> avoided();

        /** Called before the others of the batch have decided anything, and before the turn is passed on. */
        void leaveOut(Submission<Q, R> submission, Set<Long> products);
    }

    /**
     * @param hurried whether it waits for locks only briefly
     * @param onceLocked called whenever a run has locked its carts and products
     */
    Batch(
            Database database,
            DatabaseClock clock,
            Decider<Q, R> decider,
            List<Submission<Q, R>> submissions,
            LeavesOut<Q, R> leavesOut,
            boolean hurried,
            Runnable onceLocked) {
        this.hurried = hurried;
        this.database = database;
        this.clock = clock;
        this.decider = decider;
        this.submissions = submissions;
        this.leavesOut = leavesOut;
        this.onceLocked = onceLocked;
    }

    /** The requests that are answered with this batch: all but those that were left out. */
    List<Submission<Q, R>> submissions() {
        return submissions;
    }

    /** The replies if the COMMIT that broke took effect; empty when the failure came before the last trip. */
    Optional<List<Reply<R>>> decidedBeforeFailure() {
        return Optional.ofNullable(decided);
    }

    /** The stage at which the transaction failed. */
    Stage stage() {
        return stage;
    }

    /** Runs the transaction and answers, in the order of the submissions, once it is durable. */
    List<Reply<R>> run() {
        Set<Integer> withoutCart = runOnce();
        for (int times = 1; !withoutCart.isEmpty(); times++) {
            if (times > MOST_CARTS_MADE) {
                throw new IllegalStateException("carts vanish as soon as they are made");
            }
            makeCarts(withoutCart);
            withoutCart = runOnce();
        }
        return Objects.requireNonNull(decided);
    }

    /** Runs the transaction; if existing users lack a cart, does nothing and returns them. */
    private Set<Integer> runOnce() {
        return database.inTransaction(handle -> {
            runs++;
            decided = null;
            stage = Stage.LOCKING;
            var kept = new KeptAnswers(keys());
            var opening = new Opening(users(), marker, kept, hurried, leavesOut.avoided());
            Decider.Locked<Q, R> locked = decider.lock(handle, opening, requests(submissions));
            leaveOut(opening.leftOut());
            Set<Integer> withoutCart = opening.withoutCart().stream()
                    .filter(user -> !gone.contains(user))
                    .collect(Collectors.toSet());
            if (!withoutCart.isEmpty()) {
                handle.rollback();
                return withoutCart;
            }
            stage = Stage.DECIDING;
            onceLocked.run();
            apply(handle, locked, inForce(kept.at(locked.now()), opening));
            return Set.of();
        });
    }

    private List<Integer> users() {
        return submissions.stream().map(each -> each.request.userId()).toList();
    }

    /**
     * The requests left out are the waiting room's from here on, also when this run fails or the next one cannot be
     * handed over: what is in the room must not be answered as a part of the batch.
     */
    private void leaveOut(Map<Integer, Set<Long>> leftOut) {
        if (leftOut.isEmpty()) {
            return;
        }
        List<Submission<Q, R>> all = submissions;
        List<Submission<Q, R>> others = new ArrayList<>(all);
        submissions = others;
        for (Submission<Q, R> each : all) {
            Set<Long> products = leftOut.get(each.request.userId());
            if (products != null) {
                others.remove(each);
                leavesOut.leaveOut(each, products);
            }
        }
    }

    /** The kept answers of users who still exist and are active. */
    private Map<IdempotencyKey.Id, FirstAnswer> inForce(Map<IdempotencyKey.Id, FirstAnswer> kept, Opening opening) {
        for (Submission<Q, R> submission : submissions) {
            if (!opening.carts().containsKey(submission.request.userId())) {
                submission.key().map(IdempotencyKey::id).ifPresent(kept::remove);
            }
        }
        return kept;
    }

    /**
     * Makes the missing carts in a transaction before the batch, because the batch would already hold locks on
     * products. Its commit does not wait for the disk, because the batch's own COMMIT will; if the database crashes
     * meanwhile, the carts are gone too.
     */
    private void makeCarts(Set<Integer> withoutCart) {
        gone.addAll(database.inTransaction(handle -> {
            GroupCommitSql.waitForNoDisk(handle);
            if (hurried) {
                GroupCommitSql.hurry(handle);
            }
            return GroupCommitSql.makeCarts(handle, withoutCart, clock.now(handle));
        }));
        cartsMade = true;
        runs = 0;
    }

    /**
     * Decides, writes and commits. Without changes there is nothing to commit, and the disk is not waited for; but
     * carts that were made for this batch wait for its COMMIT.
     */
    private void apply(Handle handle, Decider.Locked<Q, R> locked, Map<IdempotencyKey.Id, FirstAnswer> kept) {
        var writes = new Script();
        List<Reply<R>> replies = decide(locked, kept, writes);
        if (writes.isEmpty() && !cartsMade) {
            handle.rollback();
            decided = replies;
        } else {
            stage = Stage.WRITING;
            decided = replies;
            writes.runAndCommit(handle);
        }
    }

    private List<Reply<R>> decide(
            Decider.Locked<Q, R> locked, Map<IdempotencyKey.Id, FirstAnswer> kept, Script writes) {
        List<Submission<Q, R>> toDecide = firstOfEachKey(kept);
        List<R> outcomes = locked.decide().apply(requests(toDecide), writes);
        Map<Submission<Q, R>, Reply.Decided<R>> decisions = new HashMap<>();
        Map<IdempotencyKey.Id, Submission<Q, R>> firsts = new HashMap<>();
        Map<IdempotencyKey, KeptAnswer> newAnswers = new LinkedHashMap<>();
        for (int i = 0; i < toDecide.size(); i++) {
            Submission<Q, R> submission = toDecide.get(i);
            R outcome = outcomes.get(i);
            Optional<KeptAnswer> answer =
                    submission.keeping.flatMap(each -> each.answer().apply(outcome));
            submission.key().ifPresent(key -> {
                firsts.put(key.id(), submission);
                answer.ifPresent(it -> newAnswers.put(key, it));
            });
            decisions.put(submission, new Reply.Decided<>(outcome, answer));
        }
        IdempotencyRecords.saveAll(writes, newAnswers, locked.now());
        List<Reply<R>> replies = new ArrayList<>(submissions.size());
        for (Submission<Q, R> submission : submissions) {
            Reply.Decided<R> decision = decisions.get(submission);
            replies.add(
                    decision != null ? decision : repeated(submission.key().orElseThrow(), kept, firsts, decisions));
        }
        return replies;
    }

    private static <Q extends UserRequest, R> List<Q> requests(List<Submission<Q, R>> submissions) {
        return submissions.stream().map(each -> each.request).toList();
    }

    private List<IdempotencyKey.Id> keys() {
        return submissions.stream()
                .flatMap(submission -> submission.key().stream())
                .map(IdempotencyKey::id)
                .distinct()
                .toList();
    }

    /** The requests without those answered before this batch, and without repetitions within it. */
    private List<Submission<Q, R>> firstOfEachKey(Map<IdempotencyKey.Id, FirstAnswer> kept) {
        Set<IdempotencyKey.Id> seen = new HashSet<>(kept.keySet());
        List<Submission<Q, R>> first = new ArrayList<>();
        for (Submission<Q, R> submission : submissions) {
            if (submission.key().isEmpty() || seen.add(submission.key().get().id())) {
                first.add(submission);
            }
        }
        return first;
    }

    /** The reply to a key that was used before this batch, or by an earlier request of it. */
    private Reply<R> repeated(
            IdempotencyKey key,
            Map<IdempotencyKey.Id, FirstAnswer> kept,
            Map<IdempotencyKey.Id, Submission<Q, R>> firsts,
            Map<Submission<Q, R>, Reply.Decided<R>> decisions) {
        FirstAnswer before = kept.get(key.id());
        if (before != null) {
            return Reply.toRepeat(key, before);
        }
        Submission<Q, R> first = Objects.requireNonNull(firsts.get(key.id()));
        if (!first.key().orElseThrow().equals(key)) {
            return new Reply.KeyReused<>();
        }
        Reply.Decided<R> decision = Objects.requireNonNull(decisions.get(first));
        return decision.kept().<Reply<R>>map(Reply.Kept::new).orElse(decision);
    }
}
