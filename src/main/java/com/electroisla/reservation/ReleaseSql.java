package com.electroisla.reservation;

import com.electroisla.database.Rows;
import com.electroisla.inventory.LiveHolds.Held;
import java.time.Instant;
import java.util.List;
import org.jdbi.v3.core.Handle;

/** The statements that end holds on behalf of others than their buyers. */
final class ReleaseSql {
    private ReleaseSql() {}

    static List<Long> productsOf(Handle handle, List<Long> ids) {
        return handle.createQuery("SELECT DISTINCT producto_id FROM stock_reservations WHERE id = ANY(:ids) AND "
                        + "status = 'pending'")
                .bindArray("ids", Long.class, ids.toArray())
                .mapTo(Long.class)
                .list();
    }

    static List<Held> pendingOf(Handle handle, long productId, Instant now) {
        return handle.createQuery("""
                        SELECT r.id, u.username, r.cantidad, r.created_at, r.expires_at, r.expires_at <= :now AS vencida
                          FROM stock_reservations r JOIN auth_user u ON u.id = r.usuario_id
                         WHERE r.producto_id = :product AND r.status = 'pending'
                         ORDER BY vencida DESC, r.created_at DESC, r.id DESC
                        """)
                .bind("product", productId)
                .bind("now", Rows.timestamp(now))
                .map((row, context) -> new Held(
                        row.getLong("id"),
                        row.getString("username"),
                        row.getInt("cantidad"),
                        Rows.instant(row, "created_at"),
                        Rows.instant(row, "expires_at"),
                        row.getBoolean("vencida")))
                .list();
    }

    /** A hold that was ended, with its final status. */
    record Ended(
            long id,
            int userId,
            String username,
            long productId,
            String product,
            int quantity,
            ReservationStatus status) {}

    /** Ends the pending ones: after their time as expired, otherwise as cancelled. Their products are locked. */
    static List<Ended> end(Handle handle, List<Long> ids, Instant now) {
        return handle.createQuery("""
                        WITH elegidas AS (
                            SELECT id FROM stock_reservations WHERE id = ANY(:ids) AND status = 'pending' ORDER BY id
                                   FOR NO KEY UPDATE
                        ), hechas AS (
                            UPDATE stock_reservations r
                               SET status = CASE WHEN r.expires_at <= :now THEN 'expired' ELSE 'cancelled' END,
                                   pago_id = NULL,
                                   cancelled_at = CASE WHEN r.expires_at <= :now THEN r.cancelled_at ELSE :now END
                              FROM elegidas e WHERE r.id = e.id
                            RETURNING r.id, r.usuario_id, r.producto_id, r.cantidad, r.status
                        ), libres AS (
                            UPDATE productos p SET stock_reservado = GREATEST(p.stock_reservado - h.cantidad, 0)
                              FROM (SELECT producto_id, sum(cantidad) AS cantidad FROM hechas GROUP BY producto_id) h
                             WHERE p.id = h.producto_id
                        )
                        SELECT h.id, h.usuario_id, u.username, h.producto_id, p.nombre, h.cantidad, h.status
                          FROM hechas h JOIN auth_user u ON u.id = h.usuario_id JOIN productos p ON p.id = h.producto_id
                         ORDER BY h.id
                        """)
                .bindArray("ids", Long.class, ids.toArray())
                .bind("now", Rows.timestamp(now))
                .map((row, context) -> new Ended(
                        row.getLong("id"),
                        row.getInt("usuario_id"),
                        row.getString("username"),
                        row.getLong("producto_id"),
                        row.getString("nombre"),
                        row.getInt("cantidad"),
                        ReservationStatus.of(row.getString("status"))))
                .list();
    }
}
