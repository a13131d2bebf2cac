package com.electroisla.groupcommit;

import com.electroisla.database.Database;
import com.electroisla.database.DatabaseClock;
import com.electroisla.database.SqlStates;
import com.electroisla.http.Answer;
import com.electroisla.http.ErrorCode;
import com.electroisla.http.Language;
import com.electroisla.http.Problem;
import com.electroisla.idempotency.IdempotencyKey;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.jdbi.v3.core.Handle;

/**
 * Takes requests in arrival order and commits many of them at once. While one committer's batch is decided and written, the
 * next committer has the next batch read and waiting for its locks; they are asked for in the order of arrival.
 *
 * <p>Invariant: a request is answered only after its batch is durable, and a request whose caller has left before the
 * committer took it is never applied. The committer takes whatever has arrived, up to a limit; nothing waits for company.
 *
 * <p>When a batch fails, its halves are tried again in order, until the culprit stands alone and is refused; so one
 * poisoned request never takes its neighbours with it. When the link breaks in the last trip, which ends with the COMMIT, the batch's
 * marker tells whether it took effect; while that cannot be asked, the answer is {@code resultado_desconocido}.
 *
 * @param <Q> the requests
 * @param <R> their outcomes
 */
public final class GroupCommit<Q extends UserRequest, R> implements AutoCloseable {
    private static final Logger LOG = Logger.getLogger(GroupCommit.class.getName());
    private static final Duration MARKER_PAUSE = Duration.ofMillis(100);
    private static final Duration MARKERS_KEPT_FOR = Duration.ofDays(1);

    private final Database database;
    private final DatabaseClock clock;
    private final Decider<Q, R> decider;
    private final GroupCommitSettings settings;
    private final BlockingQueue<Submission<Q, R>> queue;
    private final List<Thread> committers = new ArrayList<>();

    /**
     * Held from taking requests at least until their carts and products are locked: so batches reach the locks in the order they were
     * taken.
     */
    private final ReentrantLock turn = new ReentrantLock();

    private final GroupCommitFigures figures = new GroupCommitFigures();
    private volatile boolean closing;

    /** @param name of the committers' threads, a number follows */
    public GroupCommit(String name, Database database, DatabaseClock clock, Decider<Q, R> decider, GroupCommitSettings settings) {
        this.database = database;
        this.clock = clock;
        this.decider = decider;
        this.settings = settings;
        this.queue = new ArrayBlockingQueue<>(settings.queueCapacity(), true);
        for (int number = 1; number <= settings.committers(); number++) {
            committers.add(Thread.ofPlatform().name(name + "-" + number).daemon().unstarted(this::commitUntilClosed));
        }
        committers.forEach(Thread::start);
    }

    /**
     * Decides the request in its turn and answers once the outcome is durable.
     *
     * @param render turns the outcome into the answer; called inside the transaction when the answer is to be kept
     * @return the answer; 503 when the queue is full, the wait too long, or the database gone
     */
    public Answer submit(Q request, Optional<IdempotencyKey> key, Language language, Function<R, Answer> render) {
        Submission<Q, R> submission = new Submission<>(request, key, language, render);
        if (closing || !queue.offer(submission)) {
            return busy(language);
        }
        try {
            return await(submission);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            return submission.giveUp() ? busy(language) : unknown(language);
        }
    }

    /** How many requests wait for the committer. */
    public int queueLength() {
        return queue.size();
    }

    public GroupCommitFigures figures() {
        return figures;
    }

    /**
     * Deletes the marks of batches older than a day. Only a broken COMMIT asks for one, within seconds; but a clock may be set.
     *
     * @return how many, at most {@code most}
     */
    public static int deleteOldMarkers(Handle handle, Instant now, int most) {
        return GroupCommitSql.deleteMarkers(handle, now.minus(MARKERS_KEPT_FOR), most);
    }

    private Answer await(Submission<Q, R> submission) throws InterruptedException {
        try {
            return get(submission, settings.longestWait());
        } catch (TimeoutException waitedLong) {
            if (submission.giveUp()) {
                return busy(submission.language);
            }
        }
        try {
            return get(submission, settings.longestCommit());
        } catch (TimeoutException stillCommitting) {
            return unknown(submission.language);
        }
    }

    private static Answer get(Submission<?, ?> submission, Duration wait) throws InterruptedException, TimeoutException {
        try {
            return submission.answer.get(wait.toMillis(), TimeUnit.MILLISECONDS).get();
        } catch (ExecutionException fault) {
            if (fault.getCause() instanceof RuntimeException unexpected) {
                throw unexpected;
            }
            throw new IllegalStateException(fault.getCause());
        }
    }

    private void commitUntilClosed() {
        List<Submission<Q, R>> taken = new ArrayList<>(settings.largestBatch());
        while (!closing || !queue.isEmpty()) {
            try {
                turn.lockInterruptibly();
                Submission<Q, R> first = queue.poll(100, TimeUnit.MILLISECONDS);
                if (first == null) {
                    continue;
                }
                taken.add(first);
                queue.drainTo(taken, settings.largestBatch() - 1);
                List<Submission<Q, R>> batch = taken.stream().filter(Submission::take).toList();
                if (!batch.isEmpty()) {
                    commit(batch);
                }
            } catch (InterruptedException closed) {
                return;
            } catch (Throwable bug) {
                LOG.log(Level.SEVERE, "the committer met a fault it did not expect", bug);
                taken.forEach(submission -> submission.answer.completeExceptionally(bug));
            } finally {
                passTurn();
                taken.clear();
            }
        }
        queue.forEach(late -> {
            if (late.giveUp()) {
                late.answer(busy(late.language));
            }
        });
    }

    /**
     * The other committer may take the next batch, if somebody waits to be in one. Otherwise the turn stays here: a lone buyer is
     * served by one committer whose connection is at hand, not by both in alternation.
     */
    private void passTurnToOthers() {
        if (!queue.isEmpty()) {
            passTurn();
        }
    }

    private void passTurn() {
        if (turn.isHeldByCurrentThread()) {
            turn.unlock();
        }
    }

    private void commit(List<Submission<Q, R>> submissions) {
        Batch<Q, R> batch = new Batch<>(database, clock, decider, submissions, this::passTurnToOthers);
        long began = System.nanoTime();
        try {
            List<Supplier<Answer>> answers = batch.run();
            long ended = System.nanoTime();
            answer(submissions, answers);
            figures.committed(submissions.size(), submissions.stream().mapToLong(each -> began - each.arrivedAt).sum(), ended - began);
        } catch (RuntimeException failure) {
            afterFailure(batch, submissions, failure);
        }
        figures.ranAgain(batch.runs > 1 ? batch.runs - 1 : 0);
    }

    private void answer(List<Submission<Q, R>> submissions, List<Supplier<Answer>> answers) {
        for (int i = 0; i < answers.size(); i++) {
            submissions.get(i).answer.complete(answers.get(i));
        }
    }

    private void afterFailure(Batch<Q, R> batch, List<Submission<Q, R>> submissions, RuntimeException failure) {
        passTurn();
        boolean mayBeDone = batch.decidedBeforeFailure().isPresent() && SqlStates.mayHaveCommitted(failure);
        switch (mayBeDone ? lookUp(batch) : Outcome.NOTHING_DONE) {
            case DONE -> answer(submissions, batch.decidedBeforeFailure().orElseThrow());
            case UNKNOWN -> submissions.forEach(each -> each.answer(unknown(each.language)));
            case NOTHING_DONE -> afterNothingDone(submissions, failure);
        }
    }

    private void afterNothingDone(List<Submission<Q, R>> submissions, RuntimeException failure) {
        if (SqlStates.isUnavailable(failure)) {
            LOG.log(Level.WARNING, "the database is out of reach: {0}", failure.getMessage());
            submissions.forEach(each -> each.answer(unavailable(each.language)));
        } else if (submissions.size() > 1) {
            int half = submissions.size() / 2;
            figures.ranAgain(2);
            commit(submissions.subList(0, half));
            commit(submissions.subList(half, submissions.size()));
        } else {
            submissions.getFirst().answer(refusalOf(submissions.getFirst(), failure));
        }
    }

    private enum Outcome { DONE, NOTHING_DONE, UNKNOWN }

    /** Asks for the batch's marker until the database answers, a bounded time. */
    private Outcome lookUp(Batch<Q, R> batch) {
        long deadline = System.nanoTime() + settings.longestCommit().toNanos();
        while (System.nanoTime() < deadline && !Thread.currentThread().isInterrupted()) {
            try {
                return database.inTransaction(handle -> {
                    boolean claimed = GroupCommitSql.claimMarker(handle, batch.marker);
                    // A claim that stayed would look like the batch's own to a second look, should the link break again here.
                    handle.rollback();
                    return claimed ? Outcome.NOTHING_DONE : Outcome.DONE;
                });
            } catch (RuntimeException stillAway) {
                LockSupport.parkNanos(MARKER_PAUSE.toNanos());
            }
        }
        return Outcome.UNKNOWN;
    }

    /** A batch of one that the database refuses: its user or product was deleted meanwhile, or it is a fault of ours. */
    private static Answer refusalOf(Submission<?, ?> culprit, RuntimeException failure) {
        Optional<ErrorCode> deleted = DeletedMeanwhile.of(failure);
        if (deleted.isPresent()) {
            return Problem.of(deleted.get()).answer(culprit.language);
        }
        LOG.log(Level.SEVERE, "a request failed", failure);
        return Problem.of(ErrorCode.INTERNAL_ERROR).answer(culprit.language);
    }

    private Answer busy(Language language) {
        figures.oneRefused();
        return Problem.of(ErrorCode.BUSY).withHeader("Retry-After", "1").answer(language);
    }

    private static Answer unavailable(Language language) {
        return Problem.of(ErrorCode.DATABASE_UNAVAILABLE).withHeader("Retry-After", "2").answer(language);
    }

    private static Answer unknown(Language language) {
        return Problem.of(ErrorCode.OUTCOME_UNKNOWN).withHeader("Retry-After", "2").answer(language);
    }

    /** Refuses new requests, finishes those that were accepted, and ends the committers. */
    @Override
    public void close() {
        closing = true;
        long deadline = System.nanoTime() + settings.longestCommit().toNanos();
        try {
            for (Thread committer : committers) {
                committer.join(Duration.ofNanos(Math.max(0, deadline - System.nanoTime())));
                committer.interrupt();
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
