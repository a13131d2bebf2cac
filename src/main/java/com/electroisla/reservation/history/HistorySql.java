package com.electroisla.reservation.history;

import com.electroisla.database.Column;
import com.electroisla.database.Rows;
import com.electroisla.reservation.LastCheckoutSql;
import com.electroisla.reservation.ReservationStatus;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import org.jdbi.v3.core.Handle;

/** Reads what buyers hold and have held; locks nothing. */
final class HistorySql {
    private HistorySql() {}

    /** The pending and expired holds of these, as {@code r}. */
    private static final String HELD_OR_EXPIRED = """
            CROSS JOIN LATERAL (
                  SELECT id, producto_id, cantidad, precio_unitario, expires_at, status FROM stock_reservations
                   WHERE usuario_id = u.id AND checkout_id = c.id AND status = 'pending'
                   UNION ALL
                  SELECT id, producto_id, cantidad, precio_unitario, expires_at, status FROM stock_reservations
                   WHERE usuario_id = u.id AND checkout_terminado = c.id AND status = 'expired' OFFSET 0) r
            """;

    /**
     * The user's reservations, newest first, as of {@code now}. Pending and ended ones are in two indexes;
     * {@code OFFSET 0} keeps each query to its own.
     */
    static List<ReservationView> history(Handle handle, int userId, Instant now, int limit, long offset) {
        return handle.createQuery("""
                        SELECT r.id, r.producto_id, p.nombre, r.cantidad, r.status, r.created_at, r.expires_at
                          FROM ((SELECT id, producto_id, cantidad, status, created_at, expires_at
                                  FROM stock_reservations
                                  WHERE usuario_id = :user AND status = 'pending' OFFSET 0)
                                 UNION ALL
                                (SELECT id, producto_id, cantidad, status, created_at, expires_at
                                        FROM stock_reservations
                                  WHERE usuario_id = :user AND status <> 'pending' AND created_at >= '-infinity'
                                      ORDER BY id DESC LIMIT :most)) r
                          JOIN productos p ON p.id = r.producto_id
                         ORDER BY r.id DESC LIMIT :limit OFFSET :offset
                        """)
                .bind("user", userId)
                .bind("most", limit + offset)
                .bind("limit", limit)
                .bind("offset", offset)
                .map((row, context) -> new ReservationView(
                        row.getLong("id"),
                        row.getLong("producto_id"),
                        row.getString("nombre"),
                        row.getInt("cantidad"),
                        ReservationStatus.of(row.getString("status")),
                        Rows.instant(row, "created_at"),
                        Rows.instant(row, "expires_at"),
                        now))
                .list();
    }

    /** The holds of the user's last checkout that are pending or have expired. */
    static List<CheckoutHolds.Line> lastCheckout(Handle handle, int userId) {
        return handle.createQuery("""
                        SELECT r.id, r.producto_id, p.nombre, r.cantidad,
                               precio_mostrado(r.precio_unitario, p.precio, p.descuento) AS precio,
                               r.expires_at, r.status = 'pending' AS viva
            """ + LastCheckoutSql.LAST_CHECKOUTS + HELD_OR_EXPIRED + """
                          JOIN productos p ON p.id = r.producto_id
                         ORDER BY r.id
                        """)
                .bind("lastOf", Column.ints(List.of(userId)))
                .map((row, context) -> new CheckoutHolds.Line(
                        row.getLong("id"),
                        row.getLong("producto_id"),
                        row.getString("nombre"),
                        row.getInt("cantidad"),
                        row.getBigDecimal("precio"),
                        Rows.instant(row, "expires_at"),
                        row.getBoolean("viva")))
                .list();
    }

    /** The users whose last checkout has holds and none of them has expired. */
    static Set<Integer> holding(Handle handle, Collection<Integer> users, Instant now) {
        return handle.createQuery("""
                        SELECT u.id
            """ + LastCheckoutSql.LAST_CHECKOUTS + HELD_OR_EXPIRED + """
                         GROUP BY u.id
                        HAVING bool_and(r.status = 'pending' AND r.expires_at > :now)
                        """)
                .bind("lastOf", Column.ints(users))
                .bind("now", Rows.timestamp(now))
                .mapTo(Integer.class)
                .set();
    }
}
