package com.electroisla.groupcommit;

import com.electroisla.database.Database;
import com.electroisla.database.DatabaseClock;
import com.electroisla.database.SqlStates;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * Runs requests that were taken as one batch, and decides what follows a failure.
 *
 * <p>No answer is a guess. After a failure without effect:
 * <ul>
 *   <li>a lock was not free in time: requests that need a locked row wait aside, the others go on;
 *   <li>one row is to blame (SQLSTATE class 22 or 23, or a fault of ours in deciding): halves run in order, until the
 *       culprit is alone;
 *   <li>the link broke or the server cancelled the work, and nothing was done: one more attempt;
 *   <li>any other failure is the whole batch's, with one answer for all requests in it.
 * </ul>
 *
 * After a COMMIT whose answer never came ({@link SqlStates#mayHaveCommitted}), the batch's marker in
 * {@code lotes_confirmados} tells whether it took effect; a COMMIT that the server refused did nothing.
 */
final class BatchRuns<Q extends UserRequest, R> {
    private static final Logger LOG = Logger.getLogger(BatchRuns.class.getName());
    private static final Duration MARKER_PAUSE = Duration.ofMillis(100);
    private static final int MOST_TRIES = 2;

    /** Where locks change quickly, a blocked request may not be found twice in a row although nothing is wrong. */
    private static final int MOST_PUZZLES = 2;

    /** The right to take the next locks. */
    interface Turn {
        /** Passes the turn on, if a request waits to be taken. */
        void passToOthers();

        void pass();
    }

    private final Database database;
    private final DatabaseClock clock;
    private final Decider<Q, R> decider;
    private final WaitingRoom<Q, R> room;
    private final GroupCommitFigures figures;
    private final Duration longestCommit;

    BatchRuns(
            Database database,
            DatabaseClock clock,
            Decider<Q, R> decider,
            WaitingRoom<Q, R> room,
            GroupCommitFigures figures,
            Duration longestCommit) {
        this.database = database;
        this.clock = clock;
        this.decider = decider;
        this.room = room;
        this.figures = figures;
        this.longestCommit = longestCommit;
    }

    /**
     * Requests that run together.
     *
     * @param tries earlier attempts without effect
     * @param puzzles how often a wait for a lock ended in vain although no holder was found
     */
    private record Piece<Q extends UserRequest, R>(List<Submission<Q, R>> submissions, int tries, int puzzles) {
        boolean isPuzzling() {
            return puzzles >= MOST_PUZZLES;
        }

        Piece<Q, R> of(List<Submission<Q, R>> others) {
            return new Piece<>(others, tries, puzzles);
        }

        Piece<Q, R> again() {
            return new Piece<>(submissions, tries + 1, puzzles);
        }

        List<Piece<Q, R>> halves() {
            int half = submissions.size() / 2;
            return List.of(of(submissions.subList(0, half)), of(submissions.subList(half, submissions.size())));
        }

        List<Q> requests() {
            return submissions.stream().map(each -> each.request).toList();
        }
    }

    /**
     * Answers all requests that were taken, or sets them aside. The turn is passed on once the last piece has its
     * locks.
     */
    void run(WaitingRoom.Taken<Q, R> taken, Turn turn) {
        Batch.LeavesOut<Q, R> behindOthers = behindOthers(taken);
        Deque<Piece<Q, R>> pieces = new ArrayDeque<>();
        pieces.add(new Piece<>(taken.batch(), 0, 0));
        while (!pieces.isEmpty()) {
            Piece<Q, R> piece = behindTheirOwn(withoutOverdue(pieces.poll()));
            if (!piece.submissions.isEmpty()) {
                attempt(piece, behindOthers, turn, pieces.isEmpty()).reversed().forEach(pieces::addFirst);
            }
        }
    }

    /** Puts requests of the batch that was taken behind those that wait aside for the same products. */
    private Batch.LeavesOut<Q, R> behindOthers(WaitingRoom.Taken<Q, R> taken) {
        return new Batch.LeavesOut<>() {
            @Override
            public Set<Long> avoided() {
                return taken.lockedProducts();
            }

            @Override
            public void leaveOut(Submission<Q, R> submission, Set<Long> products) {
                if (!room.putBehind(submission, products)) {
                    submission.reply(busy());
                }
            }
        };
    }

    private void setAside(Submission<Q, R> submission, Stage stage, Set<Long> products, boolean ownRows) {
        if (!room.setAside(submission, stage, products, ownRows)) {
            submission.reply(busy());
        }
    }

    private Piece<Q, R> withoutOverdue(Piece<Q, R> piece) {
        if (piece.tries == 0) {
            return piece;
        }
        List<Submission<Q, R>> inTime = new ArrayList<>();
        for (Submission<Q, R> each : piece.submissions) {
            if (each.isOverdue()) {
                each.reply(busy());
            } else {
                inTime.add(each);
            }
        }
        return piece.of(inTime);
    }

    /** Puts requests aside whose users' earlier ones have gone aside since, in a piece that ran before. */
    private Piece<Q, R> behindTheirOwn(Piece<Q, R> piece) {
        if (room.aside() == 0) {
            return piece;
        }
        List<Submission<Q, R>> others = new ArrayList<>();
        for (Submission<Q, R> each : piece.submissions) {
            if (room.waitsForEarlier(each)) {
                setAside(each, Stage.LOCKING, Set.of(), false);
            } else {
                others.add(each);
            }
        }
        return piece.of(others);
    }

    /** @return the pieces to run next, in order */
    private List<Piece<Q, R>> attempt(Piece<Q, R> piece, Batch.LeavesOut<Q, R> behindOthers, Turn turn, boolean last) {
        var batch = new Batch<>(
                database,
                clock,
                decider,
                piece.submissions,
                behindOthers,
                piece.isPuzzling(),
                last ? turn::passToOthers : () -> {});
        long began = System.nanoTime();
        try {
            List<Reply<R>> replies = batch.run();
            long ended = System.nanoTime();
            reply(batch.submissions(), replies);
            count(batch.submissions(), began, ended);
            return List.of();
        } catch (Throwable failure) { // an Error after the COMMIT must not be answered as if nothing had happened
            return afterFailure(batch, piece.of(batch.submissions()), failure, turn);
        } finally {
            figures.ranAgain(batch.runs > 1 ? batch.runs - 1 : 0);
        }
    }

    private void count(List<Submission<Q, R>> decided, long began, long ended) {
        if (!decided.isEmpty()) {
            long waited =
                    decided.stream().mapToLong(each -> began - each.arrivedAt).sum();
            figures.committed(decided.size(), waited, ended - began);
        }
    }

    private void reply(List<Submission<Q, R>> submissions, List<Reply<R>> replies) {
        for (int i = 0; i < replies.size(); i++) {
            submissions.get(i).reply(replies.get(i));
        }
    }

    private List<Piece<Q, R>> afterFailure(Batch<Q, R> batch, Piece<Q, R> piece, Throwable failure, Turn turn) {
        Optional<List<Reply<R>>> decided = batch.decidedBeforeFailure();
        if (decided.isPresent() && SqlStates.mayHaveCommitted(failure)) {
            turn.pass();
            switch (lookUp(batch)) {
                case DONE -> {
                    reply(piece.submissions, decided.get());
                    return List.of();
                }
                case UNKNOWN -> {
                    LOG.log(Level.SEVERE, "what became of a batch is not known", failure);
                    return all(piece, Reply.Unknown::new);
                }
                case NOTHING_DONE -> {}
            }
        }
        return afterNothingDone(batch, piece, failure);
    }

    private List<Piece<Q, R>> afterNothingDone(Batch<Q, R> batch, Piece<Q, R> piece, Throwable failure) {
        if (SqlStates.isLockTimeout(failure)) {
            return afterWaitingInVain(batch.stage(), piece);
        }
        boolean ours = failure instanceof RuntimeException
                && !SqlStates.isOfDatabase(failure)
                && batch.stage() != Stage.WRITING;
        if (SqlStates.namesCulprit(failure) || ours) {
            if (piece.submissions.size() == 1) {
                Submission<Q, R> culprit = piece.submissions.getFirst();
                culprit.reply(refusalOf(failure));
                return List.of();
            }
            figures.ranAgain(2);
            return piece.halves();
        }
        if (SqlStates.isInterrupted(failure) && piece.tries + 1 < MOST_TRIES) {
            figures.ranAgain(1);
            return List.of(piece.again());
        }
        if (SqlStates.isUnavailable(failure) || SqlStates.isInterrupted(failure) || SqlStates.isRetryable(failure)) {
            LOG.log(Level.WARNING, "the database is out of reach: {0}", failure.getMessage());
            return all(piece, Reply.Unavailable::new);
        }
        LOG.log(Level.SEVERE, "a batch failed", failure);
        return all(piece, Reply.Failed::new);
    }

    /**
     * Requests that need a locked row wait aside, the others go on. If no blocked request is found, the lock may be
     * free by now. If a table is locked, all wait, as long as a caller waits. In the remaining case (another
     * transaction has written a row with the same key and not committed), halves find the blocked request, and that
     * one is refused.
     */
    private List<Piece<Q, R>> afterWaitingInVain(Stage stage, Piece<Q, R> piece) {
        figures.ranAgain(1);
        Locks.Found found;
        try {
            found = Locks.find(database, decider, stage, piece.requests());
        } catch (RuntimeException failure) {
            // The query waits for no row: a table is locked, or the database is away, and the next attempt will tell.
            LOG.log(Level.FINE, "what is locked could not be asked", failure);
            return List.of(piece.again());
        }
        List<Submission<Q, R>> others = piece.submissions.stream()
                .filter(each -> !found.stops(each.request.userId()))
                .toList();
        if (others.size() < piece.submissions.size()) {
            piece.submissions.stream()
                    .filter(each -> found.stops(each.request.userId()))
                    .forEach(each -> setAside(
                            each,
                            stage,
                            found.lockedProductsOf(each.request.userId()),
                            found.blocked().users().contains(each.request.userId())));
            return List.of(new Piece<>(others, piece.tries + 1, 0));
        }
        if (found.table()) {
            return List.of(piece.again());
        }
        if (!piece.isPuzzling()) {
            return List.of(new Piece<>(piece.submissions, piece.tries + 1, piece.puzzles + 1));
        }
        return piece.submissions.size() > 1 ? piece.halves() : all(piece, this::busy);
    }

    private List<Piece<Q, R>> all(Piece<Q, R> piece, Supplier<Reply<R>> reply) {
        piece.submissions.forEach(each -> each.reply(reply.get()));
        return List.of();
    }

    private Reply<R> busy() {
        figures.oneRefused();
        return new Reply.Busy<>();
    }

    private enum Outcome {
        DONE,
        NOTHING_DONE,
        UNKNOWN
    }

    /** Asks for the batch's marker until the database answers, up to a limit. */
    private Outcome lookUp(Batch<Q, R> batch) {
        long deadline = System.nanoTime() + longestCommit.toNanos();
        while (System.nanoTime() < deadline && !Thread.currentThread().isInterrupted()) {
            try {
                return database.inTransaction(handle -> {
                    boolean claimed = GroupCommitSql.claimMarker(handle, batch.marker);
                    // A claim left in place would look like the batch's own at the next look, if the link breaks again
                    // here.
                    handle.rollback();
                    return claimed ? Outcome.NOTHING_DONE : Outcome.DONE;
                });
            } catch (Throwable stillAway) { // also while memory is short, because the answer waits for it
                LockSupport.parkNanos(MARKER_PAUSE.toNanos());
            }
        }
        return Outcome.UNKNOWN;
    }

    /**
     * The reply to a batch of one that the database refuses: its user or product was deleted meanwhile, or it is a
     * fault of ours.
     */
    private static <R> Reply<R> refusalOf(Throwable failure) {
        Optional<Reply.Missing> deleted = DeletedMeanwhile.of(failure);
        if (deleted.isPresent()) {
            return new Reply.Gone<>(deleted.get());
        }
        LOG.log(Level.SEVERE, "a request failed", failure);
        return new Reply.Failed<>();
    }
}
