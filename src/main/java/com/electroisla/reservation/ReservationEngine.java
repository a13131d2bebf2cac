package com.electroisla.reservation;

import com.electroisla.database.Database;
import com.electroisla.database.DatabaseClock;
import com.electroisla.database.SqlStates;
import com.electroisla.http.Answer;
import com.electroisla.http.ErrorCode;
import com.electroisla.http.Language;
import com.electroisla.http.Problem;
import com.electroisla.idempotency.IdempotencyKey;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Function;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * Takes requests in arrival order and commits many of them at once.
 *
 * <p>Invariant: a request is answered only after its batch is durable, and a request whose caller has left before a
 * committer took it is never applied. One committer takes whatever has arrived, up to a limit; nothing waits for company.
 *
 * <p>When a batch fails, its halves are tried again in order, until the culprit stands alone and is refused; so one
 * poisoned request never takes its neighbours with it. When the link breaks during COMMIT, the batch's marker tells
 * whether it took effect; while that cannot be asked, the answer is {@code resultado_desconocido}.
 */
public final class ReservationEngine implements Reservations, AutoCloseable {
    private static final Logger LOG = Logger.getLogger(ReservationEngine.class.getName());
    private static final Duration MARKER_PAUSE = Duration.ofMillis(100);

    private final Database database;
    private final DatabaseClock clock;
    private final ReservationSettings settings;
    private final BlockingQueue<Submission> queue;
    private final Thread committer;
    private volatile boolean closing;

    public ReservationEngine(Database database, DatabaseClock clock, ReservationSettings settings) {
        this.database = database;
        this.clock = clock;
        this.settings = settings;
        this.queue = new ArrayBlockingQueue<>(settings.queueCapacity(), true);
        this.committer = Thread.ofPlatform().name("reservation-committer").daemon().start(this::commitUntilClosed);
    }

    @Override
    public Answer submit(ReservationRequest request, Optional<IdempotencyKey> key, Language language, Function<ReservationOutcome, Answer> render) {
        Submission submission = new Submission(request, key, language, render);
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

    /** How many requests wait for a committer. */
    public int queueLength() {
        return queue.size();
    }

    private Answer await(Submission submission) throws InterruptedException {
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

    private static Answer get(Submission submission, Duration wait) throws InterruptedException, TimeoutException {
        try {
            return submission.answer.get(wait.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException fault) {
            if (fault.getCause() instanceof RuntimeException unexpected) {
                throw unexpected;
            }
            throw new IllegalStateException(fault.getCause());
        }
    }

    private void commitUntilClosed() {
        List<Submission> taken = new ArrayList<>(settings.largestBatch());
        while (!closing || !queue.isEmpty()) {
            try {
                Submission first = queue.poll(100, TimeUnit.MILLISECONDS);
                if (first == null) {
                    continue;
                }
                taken.add(first);
                queue.drainTo(taken, settings.largestBatch() - 1);
                List<Submission> batch = taken.stream().filter(Submission::take).toList();
                if (!batch.isEmpty()) {
                    commit(batch);
                }
            } catch (InterruptedException closed) {
                return;
            } catch (Throwable bug) {
                LOG.log(Level.SEVERE, "the committer met a fault it did not expect", bug);
                taken.forEach(submission -> submission.answer.completeExceptionally(bug));
            } finally {
                taken.clear();
            }
        }
        queue.forEach(late -> late.answer.complete(busy(late.language)));
    }

    private void commit(List<Submission> submissions) {
        Batch batch = new Batch(database, clock, settings.timeToLive(), submissions);
        try {
            answer(submissions, batch.run());
        } catch (RuntimeException failure) {
            afterFailure(batch, submissions, failure);
        }
    }

    private static void answer(List<Submission> submissions, List<Answer> answers) {
        for (int i = 0; i < answers.size(); i++) {
            submissions.get(i).answer.complete(answers.get(i));
        }
    }

    private void afterFailure(Batch batch, List<Submission> submissions, RuntimeException failure) {
        switch (batch.writtenBeforeFailure().isEmpty() ? Outcome.NOTHING_DONE : lookUp(batch)) {
            case DONE -> answer(submissions, batch.writtenBeforeFailure().orElseThrow());
            case UNKNOWN -> submissions.forEach(each -> each.answer.complete(unknown(each.language)));
            case NOTHING_DONE -> afterNothingDone(submissions, failure);
        }
    }

    private void afterNothingDone(List<Submission> submissions, RuntimeException failure) {
        if (SqlStates.isUnavailable(failure)) {
            LOG.log(Level.WARNING, "the database is out of reach: {0}", failure.getMessage());
            submissions.forEach(each -> each.answer.complete(unavailable(each.language)));
        } else if (submissions.size() > 1) {
            int half = submissions.size() / 2;
            commit(submissions.subList(0, half));
            commit(submissions.subList(half, submissions.size()));
        } else {
            submissions.getFirst().answer.complete(refusalOf(submissions.getFirst(), failure));
        }
    }

    private enum Outcome { DONE, NOTHING_DONE, UNKNOWN }

    /** Asks for the batch's marker until the database answers, a bounded time. */
    private Outcome lookUp(Batch batch) {
        long deadline = System.nanoTime() + settings.longestCommit().toNanos();
        while (System.nanoTime() < deadline && !Thread.currentThread().isInterrupted()) {
            try {
                boolean claimed = database.inTransaction(handle -> ReservationSql.claimMarker(handle, batch.marker, clock.now(handle)));
                return claimed ? Outcome.NOTHING_DONE : Outcome.DONE;
            } catch (RuntimeException stillAway) {
                LockSupport.parkNanos(MARKER_PAUSE.toNanos());
            }
        }
        return Outcome.UNKNOWN;
    }

    /** A batch of one that the database refuses: its user was deleted meanwhile, or it is a fault of ours. */
    private static Answer refusalOf(Submission culprit, RuntimeException failure) {
        if (SqlStates.sqlState(failure).orElse("").equals(SqlStates.FOREIGN_KEY_VIOLATION)) {
            return Problem.of(ErrorCode.NOT_SIGNED_IN).answer(culprit.language);
        }
        LOG.log(Level.SEVERE, "a reservation request failed", failure);
        return Problem.of(ErrorCode.INTERNAL_ERROR).answer(culprit.language);
    }

    private static Answer busy(Language language) {
        return Problem.of(ErrorCode.BUSY).withHeader("Retry-After", "1").answer(language);
    }

    private static Answer unavailable(Language language) {
        return Problem.of(ErrorCode.DATABASE_UNAVAILABLE).withHeader("Retry-After", "2").answer(language);
    }

    private static Answer unknown(Language language) {
        return Problem.of(ErrorCode.OUTCOME_UNKNOWN).withHeader("Retry-After", "2").answer(language);
    }

    /** Refuses new requests, finishes those that were accepted, and ends the committer. */
    @Override
    public void close() {
        closing = true;
        try {
            committer.join(settings.longestCommit());
            committer.interrupt();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
