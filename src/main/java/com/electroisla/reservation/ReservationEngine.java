package com.electroisla.reservation;

import com.electroisla.database.Database;
import com.electroisla.database.DatabaseClock;
import com.electroisla.event.Outbox;
import com.electroisla.groupcommit.GroupCommit;
import com.electroisla.groupcommit.GroupCommitFigures;
import com.electroisla.groupcommit.Reply;
import com.electroisla.idempotency.Keeping;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.logging.Level;
import java.util.logging.Logger;

/** The reservations of one instance: a {@link GroupCommit} whose batches {@link Decision} decides. */
public final class ReservationEngine implements Reservations, AutoCloseable {
    private static final Logger LOG = Logger.getLogger(ReservationEngine.class.getName());

    private final GroupCommit<ReservationRequest, ReservationOutcome> commits;
    private final Runnable decided;
    private final Database database;
    private final AtomicLong batchesSeen = new AtomicLong();
    private final AtomicBoolean trying = new AtomicBoolean();

    public ReservationEngine(Database database, DatabaseClock clock, ReservationSettings settings) {
        this(database, clock, settings, Outbox.UNHEARD, () -> {});
    }

    /**
     * @param outbox takes the events of each batch
     * @param decided called after a request's batch was, or may have been, committed; must return at once
     */
    public ReservationEngine(
            Database database, DatabaseClock clock, ReservationSettings settings, Outbox outbox, Runnable decided) {
        this.decided = decided;
        this.database = database;
        commits = new GroupCommit<>(
                "reservation-committer",
                database,
                clock,
                new ReservationDecider(clock, settings, outbox),
                settings.commits());
    }

    @Override
    public Reply<ReservationOutcome> submit(ReservationRequest request, Optional<Keeping<ReservationOutcome>> keeping) {
        try {
            return commits.submit(request, keeping);
        } finally {
            decided.run();
        }
    }

    /**
     * The same for a caller that must not wait. The reply comes on a thread that commits, so what is done with it must
     * return at once.
     */
    public CompletionStage<Reply<ReservationOutcome>> submitLater(
            ReservationRequest request, Optional<Keeping<ReservationOutcome>> keeping) {
        CompletionStage<Reply<ReservationOutcome>> reply = commits.submitLater(request, keeping);
        // Beside the reply, not before it: a fault there must not cost the buyer the answer.
        reply.whenComplete((_, _) -> decided.run());
        return reply;
    }

    /**
     * Whether a batch could be committed now. If none was since the last call, a commit is tried: on the engine's own
     * connections, to the disk. Until it succeeds the answer is no.
     */
    public boolean canCommit() {
        long batches = figures().batches();
        if (batches != batchesSeen.getAndSet(batches)) {
            return true;
        }
        if (!trying.compareAndSet(false, true)) {
            return false;
        }
        try {
            GroupCommit.tryCommit(database);
            return true;
        } catch (RuntimeException cannot) {
            LOG.log(Level.WARNING, "the engine cannot commit: {0}", cannot.getMessage());
            return false;
        } finally {
            trying.set(false);
        }
    }

    /** How many requests wait for the committer. */
    public int queueLength() {
        return commits.queueLength();
    }

    /** How many requests wait aside for a locked row. */
    public int waitingForLocks() {
        return commits.waitingForLocks();
    }

    public GroupCommitFigures figures() {
        return commits.figures();
    }

    /** Refuses new requests and finishes those that were accepted. */
    @Override
    public void close() {
        commits.close();
    }
}
