package com.electroisla.groupcommit;

import com.electroisla.database.Column;
import com.electroisla.database.DatabaseClock;
import com.electroisla.database.Results;
import com.electroisla.database.Results.RowReader;
import com.electroisla.idempotency.KeptAnswers;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.Query;
import org.jspecify.annotations.Nullable;

/**
 * What every batch begins with: lock the users' carts in id order, leave the mark by which the batch is found again if its COMMIT
 * breaks, have the old shop's deferred foreign keys checked by each statement, so that a culprit is known before COMMIT, and
 * look for answers that were kept. The decider's own first statements go with it.
 */
public final class Opening {
    private static final String BEGIN = GroupCommitSql.LOCK_CARTS + """
            ;
            INSERT INTO lotes_confirmados (id) VALUES (:batch);
            SET CONSTRAINTS ALL IMMEDIATE
            """;

    private final Collection<Integer> users;
    private final UUID batch;
    private final KeptAnswers kept;
    private final Map<Integer, LockedCart> carts = new HashMap<>();
    private @Nullable Instant databaseTime;

    Opening(Collection<Integer> users, UUID batch, KeptAnswers kept) {
        this.users = users;
        this.batch = batch;
        this.kept = kept;
    }

    /** By user, locked. A user without an entry has no cart; one who still has none after carts were made does not exist. */
    public Map<Integer, LockedCart> carts() {
        return carts;
    }

    /** The database's clock, read after all else that was sent with the opening, and so after its locks. */
    public Instant databaseTime() {
        return Objects.requireNonNull(databaseTime);
    }

    /**
     * What a decider asks in one go.
     *
     * @param statements with semicolons between them; name {@code :users}, whose requests these are
     * @param bind gives the statements' other parameters their values
     * @param readers of the rows, one for each statement that has some
     */
    public record Step(String statements, UnaryOperator<Query> bind, List<RowReader> readers) {
        public Step(String statements, RowReader... readers) {
            this(statements, query -> query, List.of(readers));
        }

        /** Both in one go. */
        public Step and(Step next) {
            return new Step(statements + ";\n" + next.statements, query -> next.bind.apply(bind.apply(query)),
                    Stream.concat(readers.stream(), next.readers.stream()).toList());
        }
    }

    /**
     * Sends the opening, the decider's steps behind it and the question for the time. A buyer who is alone waits for one trip to
     * the database; a crowd's steps go one by one, so that nothing is locked by the next one while the rows of the one before are read here.
     */
    public void run(Handle handle, Step... steps) {
        List<Step> trips = new ArrayList<>(List.of(steps));
        trips.set(0, beginning().and(trips.getFirst()));
        trips.set(trips.size() - 1, trips.getLast().and(new Step(DatabaseClock.DATABASE_TIME,
                row -> databaseTime = row.getObject(1, OffsetDateTime.class).toInstant())));
        if (users.size() == 1) {
            trips = List.of(trips.stream().reduce(Step::and).orElseThrow());
        }
        for (Step trip : trips) {
            trip.bind.apply(handle.createQuery(trip.statements).bind("users", Column.ints(users)))
                    .execute(Results.of(trip.readers.toArray(RowReader[]::new)));
        }
    }

    private Step beginning() {
        var begin = new Step(BEGIN, query -> query.bind("batch", batch), List.of(row -> GroupCommitSql.addCart(carts, row)));
        return kept.isEmpty() ? begin : begin.and(new Step(KeptAnswers.FIND, kept::bind, List.of(kept::read)));
    }
}
