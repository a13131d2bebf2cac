package com.electroisla.groupcommit;

import com.electroisla.database.Column;
import com.electroisla.database.Results;
import com.electroisla.database.Rows;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import org.jdbi.v3.core.Handle;

/** The statements that every batch runs, whatever it decides. */
final class GroupCommitSql {
    private GroupCommitSql() {}

    /** {@code FOR NO KEY UPDATE}, because {@code FOR UPDATE} would stop every insert whose foreign key points at the row. */
    static final String LOCK_CARTS =
            "SELECT id, user_id, created_at, updated_at FROM carts WHERE user_id = ANY(:users) ORDER BY id FOR NO KEY UPDATE";

    /** Locks the carts of those users who have one, in id order. */
    static Map<Integer, LockedCart> lockCarts(Handle handle, Collection<Integer> users) {
        Map<Integer, LockedCart> carts = new HashMap<>();
        handle.createQuery(LOCK_CARTS)
                .bind("users", Column.ints(new TreeSet<>(users)))
                .execute(Results.of(row -> addCart(carts, row)));
        return carts;
    }

    static void addCart(Map<Integer, LockedCart> carts, ResultSet row) throws SQLException {
        var cart = new LockedCart(row.getLong("id"), row.getInt("user_id"), Rows.instant(row, "created_at"), Rows.instant(row, "updated_at"));
        carts.put(cart.userId(), cart);
    }

    /** This transaction's COMMIT is not durable when it answers, but before any later one is. */
    static void waitForNoDisk(Handle handle) {
        handle.execute("SET LOCAL synchronous_commit TO off");
    }

    /**
     * Makes the carts that are missing; users who do not exist get none, and those who do are kept until this commits.
     *
     * @return those who do not exist
     */
    static Set<Integer> makeCarts(Handle handle, Collection<Integer> users, Instant now) {
        List<Integer> there = handle.createQuery("SELECT id FROM auth_user WHERE id = ANY(:users) ORDER BY id FOR KEY SHARE")
                .bind("users", Column.ints(users))
                .mapTo(Integer.class)
                .list();
        handle.createUpdate("""
                        INSERT INTO carts (user_id, created_at, updated_at)
                        SELECT unnest(:users), :now, :now ON CONFLICT (user_id) DO NOTHING
                        """)
                .bind("users", Column.ints(there))
                .bind("now", Rows.timestamp(now))
                .execute();
        Set<Integer> gone = new HashSet<>(users);
        gone.removeAll(there);
        return gone;
    }

    /**
     * Takes the marker of a batch whose COMMIT broke. The unique key makes this wait for a COMMIT that is still under way;
     * once it could be taken, that batch can never commit any more.
     *
     * @return false when the batch has it: then it took effect
     */
    static boolean claimMarker(Handle handle, UUID batch) {
        return handle.createUpdate("INSERT INTO lotes_confirmados (id) VALUES (:batch) ON CONFLICT (id) DO NOTHING").bind("batch", batch).execute() == 1;
    }

    /** Deletes up to {@code most} markers that are not younger than {@code oldest}. */
    static int deleteMarkers(Handle handle, Instant oldest, int most) {
        return handle.createUpdate("""
                        DELETE FROM lotes_confirmados WHERE ctid = ANY(ARRAY(
                            SELECT ctid FROM lotes_confirmados WHERE created_at <= :oldest LIMIT :most))
                        """)
                .bind("oldest", Rows.timestamp(oldest))
                .bind("most", most)
                .execute();
    }
}
