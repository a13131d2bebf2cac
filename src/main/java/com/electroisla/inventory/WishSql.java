package com.electroisla.inventory;

import com.electroisla.database.Column;
import com.electroisla.database.Rows;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jdbi.v3.core.Handle;

/**
 * The statements of a wish: on {@code existencias_mostradas}, the numbers of free units that each person was shown
 * lately, and the question after a product's latest movement.
 */
final class WishSql {
    /** The most numbers of one product that are remembered for one person; the oldest go first. */
    static final int MOST = 200;

    private WishSql() {}

    /** One statement for a whole list, two where a number is new; a row that says so already stays for an hour. */
    static void remember(Handle handle, int userId, Map<Long, Integer> free, Instant now) {
        if (free.isEmpty()) {
            return;
        }
        List<Map.Entry<Long, Integer>> shown =
                free.entrySet().stream().sorted(Map.Entry.comparingByKey()).toList();
        List<Long> written = handle.createQuery("""
                        INSERT INTO existencias_mostradas AS e (usuario_id, producto_id, disponible, mostrado_at)
                        SELECT :user, producto, disponible, :now
                          FROM unnest(:products, :free) AS v(producto, disponible)
                        ON CONFLICT (usuario_id, producto_id, disponible) DO UPDATE
                           SET mostrado_at = excluded.mostrado_at
                         WHERE e.mostrado_at < :hour
                        RETURNING producto_id
                        """)
                .bind("user", userId)
                .bind("products", Column.longs(shown, Map.Entry::getKey))
                .bind("free", Column.ints(shown, Map.Entry::getValue))
                .bind("now", Rows.timestamp(now))
                .bind("hour", Rows.timestamp(now.minusSeconds(3_600)))
                .mapTo(Long.class)
                .list();
        if (!written.isEmpty()) {
            forgetBeyond(handle, userId, written);
        }
    }

    /** Waits for no row that another list of the same person is writing; so two lists never wait for each other. */
    private static void forgetBeyond(Handle handle, int userId, List<Long> products) {
        handle.createUpdate("""
                        DELETE FROM existencias_mostradas WHERE ctid = ANY(ARRAY(
                            SELECT ctid FROM existencias_mostradas WHERE ctid = ANY(ARRAY(
                                SELECT beyond.ctid FROM unnest(:products) AS v(producto) CROSS JOIN LATERAL (
                                    SELECT e.ctid FROM existencias_mostradas e
                                     WHERE e.usuario_id = :user AND e.producto_id = v.producto
                                     ORDER BY e.mostrado_at DESC, e.disponible OFFSET :most) AS beyond))
                               FOR UPDATE SKIP LOCKED))
                        """)
                .bind("user", userId)
                .bind("products", Column.longs(products))
                .bind("most", MOST)
                .execute();
    }

    static boolean wasShown(Handle handle, int userId, long productId, int units, Instant since) {
        return handle.createQuery("""
                        SELECT EXISTS (SELECT FROM existencias_mostradas
                         WHERE usuario_id = :user AND producto_id = :product AND disponible = :units
                           AND mostrado_at > :since)
                        """)
                .bind("user", userId)
                .bind("product", productId)
                .bind("units", units)
                .bind("since", Rows.timestamp(since))
                .mapTo(Boolean.class)
                .one();
    }

    /** Whether the product's latest movement is this person's adjustment by so many units, made after that moment. */
    static boolean takesBack(Handle handle, int userId, long productId, int delta, Instant since) {
        return handle.createQuery("""
                        SELECT EXISTS (SELECT FROM (
                            SELECT * FROM movimientos_stock WHERE producto_id = :product ORDER BY id DESC LIMIT 1) AS m
                         WHERE m.tipo = :kind AND m.delta_total = :delta AND m.delta_vendido = 0
                           AND m.usuario_id = :user AND m.created_at > :since)
                        """)
                .bind("product", productId)
                .bind("kind", Adjustment.Kind.COUNT.word())
                .bind("delta", delta)
                .bind("user", userId)
                .bind("since", Rows.timestamp(since))
                .mapTo(Boolean.class)
                .one();
    }

    static int forgetBefore(Handle handle, Instant before, int most) {
        return handle.createUpdate("""
                        DELETE FROM existencias_mostradas WHERE ctid = ANY(ARRAY(
                            SELECT ctid FROM existencias_mostradas WHERE mostrado_at <= :before ORDER BY mostrado_at
                             LIMIT :most FOR UPDATE SKIP LOCKED))
                           AND mostrado_at <= :before
                        """)
                .bind("before", Rows.timestamp(before))
                .bind("most", most)
                .execute();
    }
}
