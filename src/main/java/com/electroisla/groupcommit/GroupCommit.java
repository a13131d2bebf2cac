package com.electroisla.groupcommit;

import com.electroisla.database.CommittedWork;
import com.electroisla.database.Database;
import com.electroisla.database.DatabaseClock;
import com.electroisla.idempotency.Keeping;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.ReentrantLock;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.jdbi.v3.core.Handle;

/**
 * Takes requests in arrival order and commits many of them at once. While one committer's batch is decided and
 * written, the next committer has read the next batch and waits for its locks; locks are requested in the order of
 * arrival.
 *
 * <p>Invariant: a request is answered only after its batch is durable, and a request whose caller has left before the
 * committer took it is never applied. The committer takes all requests that have arrived, up to a limit; none waits
 * for more to come.
 *
 * <p>A locked row blocks only requests that need it: they wait aside ({@link WaitingRoom}, {@link LockWatch}) in the
 * order of arrival. A batch that fails is handled by {@link BatchRuns}.
 *
 * @param <Q> the requests
 * @param <R> their outcomes
 */
public final class GroupCommit<Q extends UserRequest, R> implements AutoCloseable {
    private static final Logger LOG = Logger.getLogger(GroupCommit.class.getName());
    private static final Duration PATIENCE = Duration.ofMillis(100);
    private static final Duration MARKERS_KEPT_FOR = Duration.ofDays(1);

    private final GroupCommitSettings settings;
    private final WaitingRoom<Q, R> room;
    private final BatchRuns<Q, R> runs;
    private final List<Thread> committers = new ArrayList<>();
    private final Thread watching;

    /**
     * Held from taking requests at least until their carts and products are locked: so batches request their locks in
     * the order in which they were taken.
     */
    private final ReentrantLock turn = new ReentrantLock();

    private final GroupCommitFigures figures = new GroupCommitFigures();
    private volatile boolean closing;

    /** @param name of the committers' threads, followed by a number */
    public GroupCommit(
            String name, Database database, DatabaseClock clock, Decider<Q, R> decider, GroupCommitSettings settings) {
        this.settings = settings;
        this.room = new WaitingRoom<>(settings.queueCapacity());
        this.runs = new BatchRuns<>(database, clock, decider, room, figures, settings.longestCommit());
        for (int number = 1; number <= settings.committers(); number++) {
            committers.add(
                    Thread.ofPlatform().name(name + "-" + number).daemon().unstarted(this::commitUntilClosed));
        }
        committers.forEach(Thread::start);
        var watch = new LockWatch<>(database, decider, room);
        watching = Thread.ofPlatform().name(name + "-locks").daemon().start(() -> watchUntilClosed(watch));
    }

    /**
     * Decides the request in its turn and replies once the outcome is durable.
     *
     * @param keeping how a repetition gets the first answer; empty when a repetition is another request
     */
    public Reply<R> submit(Q request, Optional<Keeping<R>> keeping) {
        Submission<Q, R> submission = new Submission<>(request, keeping, settings.longestWait());
        if (closing || !room.arrive(submission)) {
            return busy();
        }
        try {
            Reply<R> reply = await(submission);
            if (reply instanceof Reply.Decided) {
                CommittedWork.done();
            }
            return reply;
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            return submission.giveUp() ? busy() : new Reply.Unknown<>();
        }
    }

    /**
     * The same for a caller that must not wait. The reply comes on a committer's thread, so what is done with it must
     * return at once.
     */
    public CompletionStage<Reply<R>> submitLater(Q request, Optional<Keeping<R>> keeping) {
        Submission<Q, R> submission = new Submission<>(request, keeping, settings.longestWait());
        if (closing || !room.arrive(submission)) {
            return CompletableFuture.completedFuture(busy());
        }
        Future<?> limit = ForkJoinPool.commonPool()
                .schedule(() -> waitedLong(submission), settings.longestWait().toMillis(), TimeUnit.MILLISECONDS);
        return submission.reply.whenComplete((_, _) -> limit.cancel(false));
    }

    private void waitedLong(Submission<Q, R> submission) {
        if (submission.giveUp()) {
            submission.reply(busy());
        } else {
            submission.reply.completeOnTimeout(
                    new Reply.Unknown<>(), settings.longestCommit().toMillis(), TimeUnit.MILLISECONDS);
        }
    }

    /** How many requests wait for the committer. */
    public int queueLength() {
        return room.toTake();
    }

    /** How many requests wait aside for a locked row. */
    public int waitingForLocks() {
        return room.aside();
    }

    public GroupCommitFigures figures() {
        return figures;
    }

    /**
     * Deletes the marks of batches older than a day. Only a broken COMMIT asks for one, within seconds; a day allows
     * for a clock that is set.
     *
     * @return how many, at most {@code most}
     */
    public static int deleteOldMarkers(Handle handle, Instant now, int most) {
        return GroupCommitSql.deleteMarkers(handle, now.minus(MARKERS_KEPT_FOR), most);
    }

    /** Commits a mark like every batch, and nothing else, to test whether batches could be committed now. */
    public static void tryCommit(Database database) {
        database.useTransaction(handle -> GroupCommitSql.claimMarker(handle, UUID.randomUUID()));
    }

    private Reply<R> await(Submission<Q, R> submission) throws InterruptedException {
        try {
            return get(submission, settings.longestWait());
        } catch (TimeoutException waitedLong) {
            if (submission.giveUp()) {
                return busy();
            }
        }
        try {
            return get(submission, settings.longestCommit());
        } catch (TimeoutException stillCommitting) {
            return new Reply.Unknown<>();
        }
    }

    private static <R> Reply<R> get(Submission<?, R> submission, Duration wait)
            throws InterruptedException, TimeoutException {
        try {
            return submission.reply.get(wait.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException never) {
            throw new IllegalStateException(never);
        }
    }

    private void commitUntilClosed() {
        var mine = new BatchRuns.Turn() {
            /**
             * Lets the other committer take the next batch, if requests wait. Otherwise the turn stays here: a lone
             * buyer is served by one committer with a warm connection, not by both in alternation.
             */
            @Override
            public void passToOthers() {
                if (room.hasSomebody()) {
                    pass();
                }
            }

            @Override
            public void pass() {
                if (turn.isHeldByCurrentThread()) {
                    turn.unlock();
                }
            }
        };
        while (!closing || room.hasSomebody()) {
            List<Submission<Q, R>> batch = List.of();
            try {
                turn.lockInterruptibly();
                WaitingRoom.Taken<Q, R> taken = room.take(settings.largestBatch(), PATIENCE);
                batch = taken.batch();
                if (!batch.isEmpty()) {
                    runs.run(taken, mine);
                }
            } catch (InterruptedException closed) {
                return;
            } catch (Throwable bug) {
                LOG.log(Level.SEVERE, "the committer met a fault it did not expect", bug);
                // Requests with a reply keep it; the others may be in a batch that took effect.
                batch.forEach(each -> each.reply(new Reply.Unknown<>()));
            } finally {
                mine.pass();
            }
        }
    }

    private void watchUntilClosed(LockWatch<Q, R> watch) {
        while (!closing) {
            try {
                watch.look(PATIENCE);
            } catch (InterruptedException closed) {
                return;
            } catch (Throwable bug) {
                LOG.log(Level.SEVERE, "who watches the locks met a fault it did not expect", bug);
            }
        }
    }

    private Reply<R> busy() {
        figures.oneRefused();
        return new Reply.Busy<>();
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
            watching.join(Duration.ofNanos(Math.max(0, deadline - System.nanoTime())));
            watching.interrupt();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
        room.sendAwayAll();
    }
}
