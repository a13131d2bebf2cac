package com.electroisla.admin;

import com.electroisla.database.Rows;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jdbi.v3.core.Handle;

/** The statements of the first page. */
final class HomeSql {
    /** How long before its end a hold has begun, renewals included; what lasted longer is not in the drawing. */
    private static final Duration OLDEST_HOLD = Duration.ofHours(2);

    record Totals(long total, long reserved, long sold, long pending, long runningOut) {}

    private HomeSql() {}

    static Totals totals(Handle handle, Instant now, Instant soon) {
        return handle.createQuery("""
                        SELECT COALESCE(sum(stock_total), 0) AS total, COALESCE(sum(stock_reservado), 0) AS reservado,
                               COALESCE(sum(stock_vendido), 0) AS vendido,
                               (SELECT count(*) FROM stock_reservations WHERE status = 'pending' AND expires_at >= '-infinity') AS activas,
                               (SELECT count(*) FROM stock_reservations
                                 WHERE status = 'pending' AND expires_at >= '-infinity' AND expires_at > :now AND expires_at < :soon) AS pronto
                          FROM productos
                        """)
                .bind("now", Rows.timestamp(now))
                .bind("soon", Rows.timestamp(soon))
                .map((row, context) -> new Totals(row.getLong("total"), row.getLong("reservado"), row.getLong("vendido"),
                        row.getLong("activas"), row.getLong("pronto")))
                .one();
    }

    static HomeView.SoldToday soldSince(Handle handle, Instant since) {
        return handle.createQuery("""
                        SELECT count(*) AS pedidos, COALESCE(sum(p.total), 0) AS importe,
                               COALESCE(sum((SELECT sum(d.cantidad) FROM detalles_pedido d WHERE d.pedido_id = p.id)), 0) AS unidades
                          FROM pedidos p
                         WHERE p.created_at >= :since AND p.estado <> 'cancelado'
                        """)
                .bind("since", Rows.timestamp(since))
                .map((row, context) -> new HomeView.SoldToday(row.getLong("pedidos"), row.getLong("unidades"), row.getBigDecimal("importe")))
                .one();
    }

    static List<HomeView.RunningOut> runningOut(Handle handle, Instant now, Instant soon, int most) {
        return handle.createQuery("""
                        SELECT r.id, u.username, r.producto_id, p.nombre, r.cantidad, r.expires_at
                          FROM (SELECT * FROM stock_reservations
                                 WHERE status = 'pending' AND expires_at >= '-infinity' AND expires_at > :now AND expires_at < :soon
                                 ORDER BY expires_at, id LIMIT :most) r
                          JOIN auth_user u ON u.id = r.usuario_id
                          JOIN productos p ON p.id = r.producto_id
                         ORDER BY r.expires_at, r.id
                        """)
                .bind("now", Rows.timestamp(now))
                .bind("soon", Rows.timestamp(soon))
                .bind("most", most)
                .map((row, context) -> {
                    Instant end = Rows.instant(row, "expires_at");
                    return new HomeView.RunningOut(row.getLong("id"), row.getString("username"), row.getLong("producto_id"),
                            row.getString("nombre"), row.getInt("cantidad"), end, Duration.between(now, end).toSeconds());
                })
                .list();
    }

    static List<HomeView.LowStock> lowStock(Handle handle, int limit, int most) {
        return handle.createQuery("""
                        SELECT id, nombre, stock_total - stock_reservado - stock_vendido AS disponible, stock_reservado, stock_total
                          FROM productos
                         WHERE activo AND stock_total - stock_reservado - stock_vendido <= :limit
                         ORDER BY 3, id LIMIT :most
                        """)
                .bind("limit", limit)
                .bind("most", most)
                .map((row, context) -> new HomeView.LowStock(row.getLong("id"), row.getString("nombre"), row.getInt("disponible"),
                        row.getInt("stock_reservado"), row.getInt("stock_total")))
                .list();
    }

    /** Units an hour, hours without any included. A hold that is past its end counts as released then, swept or not. */
    static List<HourlyChart.Counts> hours(Handle handle, Instant first, int hours, Instant now) {
        return handle.createQuery("""
                        WITH recientes AS (
                            SELECT cantidad, status, created_at, confirmed_at,
                                   CASE WHEN status = 'cancelled' THEN cancelled_at
                                        WHEN status = 'expired' OR status = 'pending' AND expires_at <= :now THEN expires_at END AS liberada
                              FROM stock_reservations
                             WHERE created_at >= :oldest
                        ), sucesos AS (
                            SELECT 'r' AS que, created_at AS cuando, cantidad FROM recientes
                            UNION ALL SELECT 'v', confirmed_at, cantidad FROM recientes WHERE status = 'confirmed'
                            UNION ALL SELECT 'l', liberada, cantidad FROM recientes WHERE liberada IS NOT NULL
                        )
                        SELECT h.n,
                               COALESCE(sum(s.cantidad) FILTER (WHERE s.que = 'r'), 0) AS reservado,
                               COALESCE(sum(s.cantidad) FILTER (WHERE s.que = 'v'), 0) AS vendido,
                               COALESCE(sum(s.cantidad) FILTER (WHERE s.que = 'l'), 0) AS liberado
                          FROM generate_series(0, :hours - 1) AS h(n)
                          LEFT JOIN (SELECT que, cantidad, floor(extract(epoch FROM cuando - :first) / 3600)::int AS n FROM sucesos) s ON s.n = h.n
                         GROUP BY h.n ORDER BY h.n
                        """)
                .bind("oldest", Rows.timestamp(first.minus(OLDEST_HOLD)))
                .bind("first", Rows.timestamp(first))
                .bind("now", Rows.timestamp(now))
                .bind("hours", hours)
                .map((row, context) -> new HourlyChart.Counts(
                        first.plus(Duration.ofHours(row.getInt("n"))).toString().substring(11, 13) + "h",
                        row.getLong("reservado"), row.getLong("vendido"), row.getLong("liberado")))
                .list();
    }
}
