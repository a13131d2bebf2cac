package com.electroisla.groupcommit;

import com.electroisla.database.Column;
import com.electroisla.database.DatabaseClock;
import com.electroisla.database.Script;
import com.electroisla.idempotency.KeptAnswers;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.function.Supplier;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/**
 * The first statements of every batch: lock the users' carts in id order, read which users exist and are active, write
 * the mark by which the batch is found again if its COMMIT breaks, make the old shop's deferred foreign keys
 * immediate, so that a culprit is known before COMMIT, and look for kept answers. The decider's own first statements
 * are sent with them.
 *
 * <p>While requests wait aside for a product, the decider leaves out later requests that need it, by the rows that the
 * first trip reads anyway; so the batch waits for no product that is known to be locked, and asks no extra question.
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

    private final Set<Integer> users;
    private final boolean hurried;
    private final Set<Long> avoided;
    private final Map<Integer, Set<Long>> leftOut = new HashMap<>();
    private final Set<Integer> active = new HashSet<>();
    private final Set<Integer> withoutCart = new TreeSet<>();
    private final UUID batch;
    private final KeptAnswers kept;
    private final Map<Integer, LockedCart> carts = new HashMap<>();
    private @Nullable Instant databaseTime;

    /**
     * @param hurried whether waits for locks are limited to the time that a batch with its locks usually takes
     * @param avoided products for which earlier requests wait aside
     */
    Opening(Collection<Integer> users, UUID batch, KeptAnswers kept, boolean hurried, Set<Long> avoided) {
        this.users = new TreeSet<>(users);
        this.hurried = hurried;
        this.batch = batch;
        this.kept = kept;
        this.avoided = avoided;
    }

    /** The products for which earlier requests wait aside: users who need one are to be left out. */
    public Set<Long> avoided() {
        return avoided;
    }

    /**
     * Leaves the user's requests out of the batch, because they need this avoided product; they will queue behind the
     * requests aside. Only before the products are locked.
     */
    public void leaveOut(int user, long product) {
        leftOut.computeIfAbsent(user, _ -> new HashSet<>()).add(product);
    }

    public boolean serves(int user) {
        return !leftOut.containsKey(user);
    }

    /** The avoided products that users who were left out need. */
    Map<Integer, Set<Long>> leftOut() {
        return leftOut;
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

    /** Sends the opening, the decider's statements and the query for the time in one trip. */
    public void run(Handle handle, Users usersRows, Script statements) {
        send(handle, timed(beginning(usersRows).add(statements)));
        end();
    }

    /**
     * Sends the opening and the decider's statements in two trips, so that the second locks nothing while the rows of
     * the first are read here, and concerns no user who was left out meanwhile. A lone buyer waits for one trip to the
     * database, unless products are to be avoided.
     *
     * @param second asked for when the rows of the first are read, or at once
     */
    public void run(Handle handle, Users usersRows, Script first, Supplier<Script> second) {
        Script beginning = beginning(usersRows).add(first);
        if (users.size() == 1 && avoided.isEmpty()) {
            send(handle, timed(beginning.add(second.get())));
        } else {
            send(handle, beginning);
            send(handle, timed(second.get()));
        }
        end();
    }

    /** Binds the users who are served. */
    private void send(Handle handle, Script trip) {
        trip.bind("users", Column.ints(users.stream().filter(this::serves).toList()))
                .run(handle);
    }

    private Script timed(Script last) {
        return last.add(
                DatabaseClock.DATABASE_TIME,
                row -> databaseTime = row.getObject(1, OffsetDateTime.class).toInstant());
    }

    private void end() {
        withoutCart.addAll(users);
        withoutCart.removeAll(carts.keySet());
        withoutCart.removeAll(leftOut.keySet());
        carts.keySet().retainAll(active);
        carts.keySet().removeAll(leftOut.keySet());
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
