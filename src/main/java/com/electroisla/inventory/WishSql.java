package com.electroisla.inventory;

import com.electroisla.database.Column;
import com.electroisla.database.Rows;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/** The statements on {@code existencias_mostradas}: the free units that a list last showed each person. */
final class WishSql {
    private WishSql() {}

    /** One statement for a whole list; a row that says so already is left alone for an hour. */
    static void remember(Handle handle, int userId, Map<Long, Integer> free, Instant now) {
        if (free.isEmpty()) {
            return;
        }
        List<Map.Entry<Long, Integer>> shown =
                free.entrySet().stream().sorted(Map.Entry.comparingByKey()).toList();
        handle.createUpdate("""
                        INSERT INTO existencias_mostradas AS e (usuario_id, producto_id, disponible, mostrado_at)
                        SELECT :user, producto, disponible, :now
                          FROM unnest(:products, :free) AS v(producto, disponible)
                        ON CONFLICT (usuario_id, producto_id) DO UPDATE
                           SET disponible = excluded.disponible, mostrado_at = excluded.mostrado_at
                         WHERE e.disponible <> excluded.disponible OR e.mostrado_at < :hour
                        """)
                .bind("user", userId)
                .bind("products", Column.longs(shown, Map.Entry::getKey))
                .bind("free", Column.ints(shown, Map.Entry::getValue))
                .bind("now", Rows.timestamp(now))
                .bind("hour", Rows.timestamp(now.minusSeconds(3_600)))
                .execute();
    }

    static Optional<Integer> shown(Handle handle, int userId, long productId, Instant since) {
        return handle.createQuery("""
                        SELECT disponible FROM existencias_mostradas
                         WHERE usuario_id = :user AND producto_id = :product AND mostrado_at > :since
                        """)
                .bind("user", userId)
                .bind("product", productId)
                .bind("since", Rows.timestamp(since))
                .mapTo(Integer.class)
                .findOne();
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
