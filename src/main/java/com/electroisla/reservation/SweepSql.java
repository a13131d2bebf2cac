package com.electroisla.reservation;

import com.electroisla.database.Rows;
import java.time.Instant;
import java.util.List;
import org.jdbi.v3.core.Handle;

/** The statements of the sweep: products first, with SKIP LOCKED, then their reservations. */
final class SweepSql {
    private SweepSql() {}

    /** Locks the products of the holds that have been past their time the longest; those that are busy are left out. */
    static List<Long> lockProductsWithOverdueHolds(Handle handle, Instant now, int most) {
        return handle.createQuery("""
                        SELECT id FROM productos
                         WHERE id IN (SELECT producto_id FROM stock_reservations
                                       WHERE status = 'pending' AND expires_at <= :now ORDER BY expires_at LIMIT :most)
                         ORDER BY id
                           FOR NO KEY UPDATE SKIP LOCKED
                        """)
                .bind("now", Rows.timestamp(now))
                .bind("most", most)
                .mapTo(Long.class)
                .list();
    }

    /**
     * Ends up to {@code most} overdue holds of the locked products and frees their units. A figure that the old shop let
     * drift below its holds stops at 0 instead of stopping the sweep; {@code verificar_inventario} names it.
     */
    static List<ExpiredHold> expire(Handle handle, List<Long> products, Instant now, int most) {
        return handle.createQuery("""
                        WITH vencidas AS (
                            UPDATE stock_reservations SET status = 'expired'
                             WHERE id IN (SELECT id FROM stock_reservations
                                           WHERE producto_id = ANY(:products) AND status = 'pending' AND expires_at <= :now
                                           ORDER BY expires_at, id LIMIT :most)
                               AND status = 'pending'
                            RETURNING id, usuario_id, producto_id, cantidad
                        ), libres AS (
                            UPDATE productos p SET stock_reservado = GREATEST(p.stock_reservado - v.cantidad, 0)
                              FROM (SELECT producto_id, sum(cantidad) AS cantidad FROM vencidas GROUP BY producto_id) v
                             WHERE p.id = v.producto_id
                            RETURNING p.id
                        )
                        SELECT v.id, u.username, p.nombre, v.cantidad
                          FROM vencidas v JOIN auth_user u ON u.id = v.usuario_id JOIN productos p ON p.id = v.producto_id
                         ORDER BY v.id
                        """)
                .bindArray("products", Long.class, products.toArray())
                .bind("now", Rows.timestamp(now))
                .bind("most", most)
                .map((row, context) -> new ExpiredHold(row.getLong("id"), row.getString("username"), row.getString("nombre"), row.getInt("cantidad")))
                .list();
    }
}
