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
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.Query;
import org.jspecify.annotations.Nullable;

/**
 * What every batch begins with: lock the users' carts in id order, see which users are there and active, leave the mark by which the batch is found again if its COMMIT
 * breaks, have the old shop's deferred foreign keys checked by each statement, so that a culprit is known before COMMIT, and
 * look for answers that were kept. The decider's own first statements go with it.
 */
public final class Opening {
    private static final String BEGIN = """
            ;
            INSERT INTO lotes_confirmados (id) VALUES (:batch);
            SET CONSTRAINTS ALL IMMEDIATE
            """;

    /** What becomes of the users' own rows, which are read after their carts are locked. */
    public enum Users {
        /** Looked at: who was deactivated is not served. */
        READ(GroupCommitSql.ACTIVE_USERS),
        /** Locked as a foreign key would for each new row, once for all, so that nobody deletes them before the COMMIT. */
        KEPT(GroupCommitSql.ACTIVE_USERS + " FOR KEY SHARE");

        private final String statement;

        Users(String statement) {
            this.statement = statement;
        }
    }

    private final Collection<Integer> users;
    private final boolean hurried;
    private final Set<Integer> active = new HashSet<>();
    private final Set<Integer> withoutCart = new TreeSet<>();
    private final UUID batch;
    private final KeptAnswers kept;
    private final Map<Integer, LockedCart> carts = new HashMap<>();
    private @Nullable Instant databaseTime;

    /** @param hurried whether locks are waited for only as long as a batch that has its locks already takes */
    Opening(Collection<Integer> users, UUID batch, KeptAnswers kept, boolean hurried) {
        this.users = users;
        this.hurried = hurried;
        this.batch = batch;
        this.kept = kept;
    }

    /** By user, locked; of users who exist and are active. */
    public Map<Integer, LockedCart> carts() {
        return carts;
    }

    /** Users who have no cart yet, or do not exist. */
    Set<Integer> withoutCart() {
        return withoutCart;
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
    public void run(Handle handle, Users usersRows, Step... steps) {
        List<Step> trips = new ArrayList<>(List.of(steps));
        trips.set(0, beginning(usersRows).and(trips.getFirst()));
        trips.set(trips.size() - 1, trips.getLast().and(new Step(DatabaseClock.DATABASE_TIME,
                row -> databaseTime = row.getObject(1, OffsetDateTime.class).toInstant())));
        if (users.size() == 1) {
            trips = List.of(trips.stream().reduce(Step::and).orElseThrow());
        }
        for (Step trip : trips) {
            trip.bind.apply(handle.createQuery(trip.statements).bind("users", Column.ints(users)))
                    .execute(Results.of(trip.readers.toArray(RowReader[]::new)));
        }
        withoutCart.addAll(users);
        withoutCart.removeAll(carts.keySet());
        carts.keySet().retainAll(active);
    }

    private Step beginning(Users usersRows) {
        var begin = new Step((hurried ? GroupCommitSql.HURRY : "") + GroupCommitSql.LOCK_CARTS + ";\n" + usersRows.statement + BEGIN,
                query -> query.bind("batch", batch),
                List.of(row -> GroupCommitSql.addCart(carts, row), row -> active.add(row.getInt("id"))));
        return kept.isEmpty() ? begin : begin.and(new Step(KeptAnswers.FIND, kept::bind, List.of(kept::read)));
    }
}
