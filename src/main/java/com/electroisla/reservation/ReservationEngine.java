package com.electroisla.reservation;

import com.electroisla.database.Database;
import com.electroisla.database.DatabaseClock;
import com.electroisla.groupcommit.GroupCommit;
import com.electroisla.groupcommit.GroupCommitFigures;
import com.electroisla.http.Answer;
import com.electroisla.http.Language;
import com.electroisla.idempotency.IdempotencyKey;
import java.util.Optional;
import java.util.function.Function;

/** The reservations of one instance: a {@link GroupCommit} whose batches {@link Decision} decides. */
public final class ReservationEngine implements Reservations, AutoCloseable {
    private final GroupCommit<ReservationRequest, ReservationOutcome> commits;
    private final Runnable decided;

    public ReservationEngine(Database database, DatabaseClock clock, ReservationSettings settings) {
        this(database, clock, settings, () -> {});
    }

    /** @param decided called after a request's batch was committed, or may have been; must return at once */
    public ReservationEngine(Database database, DatabaseClock clock, ReservationSettings settings, Runnable decided) {
        this.decided = decided;
        commits = new GroupCommit<>(
                "reservation-committer", database, clock, new ReservationDecider(clock, settings.timeToLive()), settings.commits());
    }

    @Override
    public Answer submit(ReservationRequest request, Optional<IdempotencyKey> key, Language language, Function<ReservationOutcome, Answer> render) {
        try {
            return commits.submit(request, key, language, render);
        } finally {
            decided.run();
        }
    }

    /** Which connections the engine may have here: those without triggers, unless the role or something in the schema forbids it. */
    public static Database.Purpose connections(Database database) {
        return database.read(ReferencesSql::maySkipTriggers) ? Database.Purpose.RESERVATIONS : Database.Purpose.BATCHES;
    }

    /** How many requests wait for the committer. */
    public int queueLength() {
        return commits.queueLength();
    }

    /** How many requests wait aside, for a row that somebody has locked. */
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
