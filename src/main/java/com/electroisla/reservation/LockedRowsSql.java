package com.electroisla.reservation;

import com.electroisla.database.Column;
import com.electroisla.database.Rows;
import com.electroisla.database.Script;
import com.electroisla.groupcommit.Opening;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jdbi.v3.core.Handle;

/**
 * The statements that find the rows which blocked a batch. None waits for a row: {@code SKIP LOCKED} leaves locked
 * rows out, and the missing rows are the answer.
 */
final class LockedRowsSql {
    /** The most expired holds of one product to check; a batch needs the oldest, as many as it lacks units. */
    private static final int MOST_OVERDUE = 1_000;

    private LockedRowsSql() {}

    /**
     * The products that a batch would lock: those held by the users, those in the carts of users who reserve, and those
     * of payments whose money came.
     */
    static Map<Integer, Set<Long>> products(
            Handle handle, Collection<Integer> users, Collection<Integer> reserving, Collection<Long> paidFor) {
        Map<Integer, Set<Long>> products = new HashMap<>();
        handle.createQuery("""
                        SELECT c.user_id, i.product_id
                          FROM carts c JOIN cart_items i ON i.cart_id = c.id
                         WHERE c.user_id = ANY(:reserving) AND i.quantity > 0
                         UNION
                        SELECT u.id, r.producto_id
                          FROM unnest(:users) AS u(id) CROSS JOIN LATERAL (
                               SELECT producto_id FROM stock_reservations
                                      WHERE usuario_id = u.id AND status = 'pending' OFFSET 0) r
                         UNION
                        SELECT p.usuario_id, l.producto_id
                          FROM pagos p JOIN lineas_pago l ON l.pago_id = p.id WHERE p.id = ANY(:paidFor)
                        """)
                .bind("users", Column.ints(new TreeSet<>(users)))
                .bind("reserving", Column.ints(new TreeSet<>(reserving)))
                .bind("paidFor", Column.longs(new TreeSet<>(paidFor)))
                .map((row, context) -> products.computeIfAbsent(row.getInt("user_id"), user -> new HashSet<>())
                        .add(row.getLong("product_id")))
                .list();
        return products;
    }

    /** Adds the question which of the batch's users hold an avoided product, and leaves these out. */
    static void leaveOutHolders(Script first, Opening opening) {
        if (!opening.avoided().isEmpty()) {
            first.add("""
                            SELECT u.id, r.producto_id
                              FROM unnest(:users) AS u(id) CROSS JOIN LATERAL (
                                   SELECT producto_id FROM stock_reservations
                                    WHERE usuario_id = u.id AND status = 'pending' OFFSET 0) r
                             WHERE r.producto_id = ANY(:avoided)
                            """, row -> opening.leaveOut(row.getInt("id"), row.getLong("producto_id")))
                    .bind("avoided", Column.longs(opening.avoided()));
        }
    }

    /** The same for users whose money came for an avoided product. */
    static void leaveOutPayers(Script first, Opening opening, Collection<Long> paidFor) {
        if (!opening.avoided().isEmpty() && !paidFor.isEmpty()) {
            first.add("""
                            SELECT p.usuario_id, l.producto_id
                              FROM pagos p JOIN lineas_pago l ON l.pago_id = p.id
                             WHERE p.id = ANY(:payersFor) AND p.usuario_id = ANY(:users)
                               AND l.producto_id = ANY(:avoided)
                            """, row -> opening.leaveOut(row.getInt("usuario_id"), row.getLong("producto_id")))
                    .bind("payersFor", Column.longs(new TreeSet<>(paidFor)));
        }
    }

    static Set<Long> lockedProducts(Handle handle, Collection<Long> products) {
        return handle.createQuery("""
                        WITH libres AS MATERIALIZED (
                            SELECT id FROM productos WHERE id = ANY(:products) ORDER BY id
                                   FOR NO KEY UPDATE SKIP LOCKED)
                        SELECT id FROM productos WHERE id = ANY(:products) AND id <> ALL(ARRAY(SELECT id FROM libres))
                        """)
                .bind("products", Column.longs(products))
                .mapTo(Long.class)
                .set();
    }

    /** Users with a locked pending hold. */
    static Set<Integer> usersOfLockedHolds(Handle handle, Collection<Integer> users) {
        return handle.createQuery("""
                        WITH tomadas AS MATERIALIZED (
                            SELECT r.id, u.id AS usuario
                              FROM unnest(:users) AS u(id) CROSS JOIN LATERAL (
                                   SELECT id FROM stock_reservations WHERE usuario_id = u.id
                                          AND status = 'pending' OFFSET 0) r
                        ), libres AS MATERIALIZED (
                            SELECT id FROM stock_reservations WHERE id = ANY(ARRAY(SELECT id FROM tomadas)) ORDER BY id
                                   FOR NO KEY UPDATE SKIP LOCKED)
                        SELECT DISTINCT usuario FROM tomadas WHERE id <> ALL(ARRAY(SELECT id FROM libres))
                        """)
                .bind("users", Column.ints(users))
                .mapTo(Integer.class)
                .set();
    }

    /** Users with a locked payment. */
    static Set<Integer> usersOfLockedPayments(Handle handle, Collection<Integer> users) {
        return handle.createQuery("""
                        WITH tomados AS MATERIALIZED (
                            SELECT id, usuario_id FROM pagos WHERE usuario_id = ANY(:users)
                        ), libres AS MATERIALIZED (
                            SELECT id FROM pagos WHERE id = ANY(ARRAY(SELECT id FROM tomados)) ORDER BY id
                                   FOR NO KEY UPDATE SKIP LOCKED)
                        SELECT DISTINCT usuario_id FROM tomados WHERE id <> ALL(ARRAY(SELECT id FROM libres))
                        """)
                .bind("users", Column.ints(users))
                .mapTo(Integer.class)
                .set();
    }

    /** Products with a locked expired hold. */
    static Set<Long> productsOfLockedOverdueHolds(Handle handle, Collection<Long> products, Instant now) {
        return handle.createQuery("""
                        WITH vencidas AS MATERIALIZED (
                            SELECT r.id, p.id AS producto
                              FROM unnest(:products) AS p(id) CROSS JOIN LATERAL (
                                   SELECT id FROM stock_reservations
                                    WHERE producto_id = p.id AND status = 'pending'
                                      AND revisar_desde <= :now AND expires_at <= :now
                                    ORDER BY revisar_desde LIMIT :most) r
                        ), libres AS MATERIALIZED (
                            SELECT id FROM stock_reservations WHERE id = ANY(ARRAY(SELECT id FROM vencidas)) ORDER BY id
                                   FOR NO KEY UPDATE SKIP LOCKED)
                        SELECT DISTINCT producto FROM vencidas WHERE id <> ALL(ARRAY(SELECT id FROM libres))
                        """)
                .bind("products", Column.longs(products))
                .bind("now", Rows.timestamp(now))
                .bind("most", MOST_OVERDUE)
                .mapTo(Long.class)
                .set();
    }

    /** Queues for one product's lock, for so long at most; then SQLSTATE 55P03. */
    static void lockInTurn(Handle handle, long product, Duration longest) {
        waitAtMost(handle, longest);
        handle.createQuery("SELECT id FROM productos WHERE id = ANY(:product) FOR NO KEY UPDATE")
                .bind("product", Column.longs(List.of(product)))
                .mapTo(Long.class)
                .findOne();
    }

    /** Limits the waits for locks until the end of the transaction. */
    static void waitAtMost(Handle handle, Duration longest) {
        handle.createQuery("SELECT set_config('lock_timeout', :longest, true)")
                .bind("longest", longest.toMillis() + "ms")
                .mapTo(String.class)
                .one();
    }
}
