package com.electroisla.groupcommit;

import com.electroisla.database.Column;
import com.electroisla.database.Rows;
import com.electroisla.database.Script;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jdbi.v3.core.Handle;

/** The statements of every batch, whatever it decides. */
final class GroupCommitSql {
    private GroupCommitSql() {}

    /**
     * {@code FOR NO KEY UPDATE}, because {@code FOR UPDATE} would stop every insert whose foreign key points at the
     * row.
     */
    static final String LOCK_CARTS =
            "SELECT id, user_id, created_at, updated_at FROM carts WHERE user_id = ANY(:users) ORDER BY id FOR "
                    + "NO KEY UPDATE";

    /** Sent after the carts are locked, so that it sees a deactivation that was committed during the wait for them. */
    static final String ACTIVE_USERS = "SELECT id FROM auth_user WHERE id = ANY(:users) AND is_active ORDER BY id";

    /** Leaves the mark by which the batch is found again. */
    static final String MARK = "INSERT INTO lotes_confirmados (id) VALUES (:batch)";

    /** The old shop's foreign keys are deferred to COMMIT; now each statement has them checked. */
    static final String CHECK_AT_ONCE = "SET CONSTRAINTS ALL IMMEDIATE";

    /** Limits waits for locks to a moment, until the transaction ends. Ends with a semicolon. */
    static final String HURRY = "SET LOCAL lock_timeout TO '50ms'";

    static void hurry(Handle handle) {
        handle.execute(HURRY);
    }

    /** The state of a user's cart after the attempt to lock it. */
    enum CartOf {
        MISSING,
        INACTIVE,
        LOCKED
    }

    /** Locks the user's cart and then reads whether the user is active. */
    static CartOf lockCart(Handle handle, int user) {
        Map<Integer, LockedCart> carts = new HashMap<>();
        Set<Integer> active = new HashSet<>();
        new Script()
                .add(LOCK_CARTS, row -> addCart(carts, row))
                .add(ACTIVE_USERS, row -> active.add(row.getInt("id")))
                .bind("users", Column.ints(Set.of(user)))
                .run(handle);
        return carts.isEmpty() ? CartOf.MISSING : active.isEmpty() ? CartOf.INACTIVE : CartOf.LOCKED;
    }

    /** Locks the users' carts and then leaves out those of users who are gone or not active. */
    static Map<Integer, LockedCart> lockCarts(Handle handle, Collection<Integer> users) {
        Map<Integer, LockedCart> carts = new HashMap<>();
        Set<Integer> active = new HashSet<>();
        new Script()
                .add(LOCK_CARTS, row -> addCart(carts, row))
                .add(ACTIVE_USERS, row -> active.add(row.getInt("id")))
                .bind("users", Column.ints(users))
                .run(handle);
        carts.keySet().retainAll(active);
        return carts;
    }

    static void addCart(Map<Integer, LockedCart> carts, ResultSet row) throws SQLException {
        var cart = new LockedCart(
                row.getLong("id"),
                row.getInt("user_id"),
                Rows.instant(row, "created_at"),
                Rows.instant(row, "updated_at"));
        carts.put(cart.userId(), cart);
    }

    /** Lets this transaction's COMMIT return before it is durable; it becomes durable before any later one. */
    static void waitForNoDisk(Handle handle) {
        handle.execute("SET LOCAL synchronous_commit TO off");
    }

    /**
     * Makes the missing carts; users who do not exist or are not active get none, and the rows of the others are
     * locked until the commit.
     *
     * @return the users without a cart
     */
    static Set<Integer> makeCarts(Handle handle, Collection<Integer> users, Instant now) {
        List<Integer> there = handle.createQuery(ACTIVE_USERS + " FOR KEY SHARE")
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

    private static final String LOCKED_CARTS = """
            WITH libres AS MATERIALIZED (
                SELECT user_id FROM carts WHERE user_id = ANY(:users) ORDER BY id FOR NO KEY UPDATE SKIP LOCKED)
            SELECT user_id FROM carts WHERE user_id = ANY(:users) AND user_id <> ALL(ARRAY(SELECT user_id FROM libres))
            """;

    private static final String LOCKED_USERS = """
            WITH libres AS MATERIALIZED (
                SELECT id FROM auth_user WHERE id = ANY(:users) ORDER BY id FOR KEY SHARE SKIP LOCKED)
            SELECT id AS user_id FROM auth_user WHERE id = ANY(:users) AND id <> ALL(ARRAY(SELECT id FROM libres))
            """;

    /** Checks lines with the lock of a deletion, because a line may leave its cart. */
    private static final String LOCKED_LINES = """
            WITH libres AS MATERIALIZED (
                SELECT id FROM cart_items WHERE cart_id = ANY(ARRAY(SELECT id FROM carts WHERE user_id = ANY(:users)))
                 ORDER BY id FOR UPDATE SKIP LOCKED)
            SELECT c.user_id FROM cart_items i JOIN carts c ON c.id = i.cart_id
             WHERE i.cart_id = ANY(ARRAY(SELECT id FROM carts WHERE user_id = ANY(:users)))
                 AND i.id <> ALL(ARRAY(SELECT id FROM libres))
            """;

    /** The users with locked rows that every batch needs: carts and accounts, and lines of carts where it writes. */
    static Set<Integer> lockedUsers(Handle handle, Stage stage, Collection<Integer> users) {
        Set<Integer> locked = new HashSet<>();
        Script.RowReader reader = row -> locked.add(row.getInt("user_id"));
        var script = new Script().add(LOCKED_CARTS, reader).add(LOCKED_USERS, reader);
        if (stage == Stage.WRITING) {
            script.add(LOCKED_LINES, reader);
        }
        script.bind("users", Column.ints(users)).run(handle);
        return locked;
    }

    /** Whether another transaction has locked a table against writing, or waits for such a lock. */
    static boolean isTableLocked(Handle handle) {
        return handle.createQuery("""
                        SELECT EXISTS (
                            SELECT FROM pg_locks
                             WHERE locktype = 'relation' AND pid <> pg_backend_pid()
                               AND mode IN ('ShareLock', 'ShareRowExclusiveLock', 'ExclusiveLock',
                                   'AccessExclusiveLock')
                               AND database = (SELECT oid FROM pg_database WHERE datname = current_database())
                               AND relation = ANY(ARRAY(
                                   SELECT to_regclass(tabla)::oid
                                     FROM unnest(ARRAY['auth_user', 'carts', 'cart_items', 'cart_audit_logs',
                                                       'productos', 'stock_reservations',
                                                       'pedidos', 'detalles_pedido', 'idempotencia', 'limites',
                                                       'lotes_confirmados', 'eventos',
                                                       'pagos', 'lineas_pago', 'cobros', 'reembolsos']) AS tabla)))
                        """).mapTo(Boolean.class).one();
    }

    /**
     * Takes the marker of a batch whose COMMIT broke. The unique key makes this wait for a COMMIT that is still
     * running; once the marker is taken here, that batch can never commit.
     *
     * @return false when the batch has written it, and so took effect
     */
    static boolean claimMarker(Handle handle, UUID batch) {
        return handle.createUpdate("INSERT INTO lotes_confirmados (id) VALUES (:batch) ON CONFLICT (id) DO NOTHING")
                        .bind("batch", batch)
                        .execute()
                == 1;
    }

    /** Deletes up to {@code most} markers that are not younger than {@code oldest}. */
    static int deleteMarkers(Handle handle, Instant oldest, int most) {
        return handle.createUpdate("""
                        DELETE FROM lotes_confirmados WHERE ctid = ANY(ARRAY(
                            SELECT ctid FROM lotes_confirmados WHERE created_at <= :oldest ORDER BY created_at
                                   LIMIT :most FOR UPDATE SKIP LOCKED))
                           AND created_at <= :oldest
                        """)
                .bind("oldest", Rows.timestamp(oldest))
                .bind("most", most)
                .execute();
    }
}
