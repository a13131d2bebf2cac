package com.electroisla.groupcommit;

import com.electroisla.database.Column;
import com.electroisla.database.DatabaseClock;
import com.electroisla.database.Script;
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
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/**
 * What every batch begins with: lock the users' carts in id order, see which users are there and active, leave the mark by which the batch is found again if its COMMIT
 * breaks, have the old shop's deferred foreign keys checked by each statement, so that a culprit is known before COMMIT, and
 * look for answers that were kept. The decider's own first statements go with it.
 */
public final class Opening {
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
     * Sends the opening, the decider's steps behind it and the question for the time. A buyer who is alone waits for one
     * trip to the database; a crowd's steps go one by one, so that nothing is locked by the next one while the rows of
     * the one before are read here.
     *
     * @param steps name {@code :users}, whose requests these are
     */
    public void run(Handle handle, Users usersRows, Script... steps) {
        List<Script> trips = new ArrayList<>(List.of(steps));
        trips.set(0, beginning(usersRows).add(trips.getFirst()));
        trips.getLast().add(DatabaseClock.DATABASE_TIME,
                row -> databaseTime = row.getObject(1, OffsetDateTime.class).toInstant());
        if (users.size() == 1) {
            trips = List.of(trips.stream().reduce(Script::add).orElseThrow());
        }
        trips.forEach(trip -> trip.bind("users", Column.ints(users)).run(handle));
        withoutCart.addAll(users);
        withoutCart.removeAll(carts.keySet());
        carts.keySet().retainAll(active);
    }

    private Script beginning(Users usersRows) {
        var begin = new Script();
        if (hurried) {
            begin.add(GroupCommitSql.HURRY);
        }
        begin.add(GroupCommitSql.LOCK_CARTS, row -> GroupCommitSql.addCart(carts, row))
                .add(usersRows.statement, row -> active.add(row.getInt("id")))
                .add(GroupCommitSql.MARK)
                .bind("batch", batch)
                .add(GroupCommitSql.CHECK_AT_ONCE);
        kept.find(begin);
        return begin;
    }
}
