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
 * The first statements of every batch: lock the users' carts in id order, read which users exist and are active, write
 * the mark by which the batch is found again if its COMMIT breaks, make the old shop's deferred foreign keys
 * immediate, so that a culprit is known before COMMIT, and look for kept answers. The decider's own first statements
 * are sent with them.
 */
public final class Opening {
    /** The way of reading the users' rows, after their carts are locked. */
    public enum Users {
        /** Read: a deactivated user is not served. */
        READ(GroupCommitSql.ACTIVE_USERS),
        /**
         * Locked, once for all, as a foreign key would lock them for each new row, so that no user is deleted before
         * the COMMIT.
         */
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

    /** @param hurried whether waits for locks are limited to the time that a batch with its locks usually takes */
    Opening(Collection<Integer> users, UUID batch, KeptAnswers kept, boolean hurried) {
        this.users = users;
        this.hurried = hurried;
        this.batch = batch;
        this.kept = kept;
    }

    /** The locked carts by user, of users who exist and are active. */
    public Map<Integer, LockedCart> carts() {
        return carts;
    }

    /** Users who have no cart yet, or do not exist. */
    Set<Integer> withoutCart() {
        return withoutCart;
    }

    /** The database's clock, read after all other statements of the opening, and so after its locks. */
    public Instant databaseTime() {
        return Objects.requireNonNull(databaseTime);
    }

    /**
     * Sends the opening, the decider's steps and the query for the time. A lone buyer waits for one trip to the
     * database; a crowd's steps go one by one, so that the next one locks nothing while the rows of the one before are
     * read here.
     */
    public void run(Handle handle, Users usersRows, Script... steps) {
        List<Script> trips = new ArrayList<>(List.of(steps));
        trips.set(0, beginning(usersRows).add(trips.getFirst()));
        trips.getLast()
                .add(
                        DatabaseClock.DATABASE_TIME,
                        row -> databaseTime =
                                row.getObject(1, OffsetDateTime.class).toInstant());
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
