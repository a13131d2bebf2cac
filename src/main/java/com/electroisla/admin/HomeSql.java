package com.electroisla.admin;

import com.electroisla.database.Rows;
import com.electroisla.database.StockFigures;
import com.electroisla.payment.RefundSql;
import com.electroisla.payment.Refunds;
import java.sql.Array;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.List;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/** The statements of the first page. */
final class HomeSql {
    /** The longest time from a hold's start to its end that the chart includes, renewals counted. */
    private static final Duration OLDEST_HOLD = Duration.ofHours(2);

    /** @param low the ids of the products with the fewest units left */
    record Totals(
            long total,
            long reserved,
            long sold,
            long pending,
            long runningOut,
            List<Long> low,
            Refunds.Owed refunds) {}

    private static final DateTimeFormatter HOUR = DateTimeFormatter.ofPattern("HH'h'");

    private HomeSql() {}

    /** The totals over all products, in one pass, and of the refunds. */
    static Totals totals(Handle handle, Instant now, Instant soon, int lowLimit, int mostLow) {
        return handle.createQuery("""
                        SELECT COALESCE(sum(stock_total), 0) AS total, COALESCE(sum(stock_reservado), 0) AS reservado,
                               COALESCE(sum(stock_vendido), 0) AS vendido,
                               (array_agg(id ORDER BY <free>, id)
                                   FILTER (WHERE activo AND <free> <= :low))[1 \\: CAST(:mostLow AS int)] AS bajos,
                               (SELECT count(*) FROM stock_reservations
                                       WHERE status = 'pending' AND revisar_desde >= '-infinity') AS activas,
                               (SELECT count(*) FROM stock_reservations
                                 WHERE status = 'pending' AND revisar_desde >= '-infinity' AND revisar_desde < :soon
                                     AND expires_at > :now AND expires_at < :soon) AS pronto,
                               (SELECT count(*) FROM reembolsos WHERE <open>) AS reembolsos,
                               (SELECT COALESCE(sum(importe), 0.00) FROM reembolsos WHERE <open>) AS debido
                          FROM productos
                        """)
                .define("open", RefundSql.OPEN)
                .define("free", StockFigures.FREE)
                .bind("now", Rows.timestamp(now))
                .bind("soon", Rows.timestamp(soon))
                .bind("low", lowLimit)
                .bind("mostLow", mostLow)
                .map((row, context) -> new Totals(
                        row.getLong("total"),
                        row.getLong("reservado"),
                        row.getLong("vendido"),
                        row.getLong("activas"),
                        row.getLong("pronto"),
                        ids(row.getArray("bajos")),
                        new Refunds.Owed(row.getLong("reembolsos"), row.getBigDecimal("debido"))))
                .one();
    }

    private static List<Long> ids(@Nullable Array found) throws SQLException {
        return found == null ? List.of() : List.of((Long[]) found.getArray());
    }

    /**
     * The sales since this time. The lines of the day's orders are consecutive, beginning with those of the first
     * order.
     */
    static HomeView.SoldToday soldSince(Handle handle, Instant since) {
        return handle.createQuery("""
                        WITH hoy AS MATERIALIZED (
                            SELECT id, total FROM pedidos WHERE created_at >= :since AND estado <> 'cancelado'
                        )
                        SELECT count(*) AS pedidos, COALESCE(sum(total) FILTER (WHERE total <> 'NaN'), 0) AS importe,
                               (SELECT COALESCE(sum(d.cantidad), 0) FROM hoy
                                       JOIN detalles_pedido d ON d.pedido_id = hoy.id
                                 WHERE d.pedido_id >= (SELECT min(id) FROM hoy)) AS unidades
                          FROM hoy
                        """)
                .bind("since", Rows.timestamp(since))
                .map((row, context) -> new HomeView.SoldToday(
                        row.getLong("pedidos"), row.getLong("unidades"), row.getBigDecimal("importe")))
                .one();
    }

    static List<HomeView.RunningOut> runningOut(Handle handle, Instant now, Instant soon, int most) {
        return handle.createQuery("""
                        SELECT r.id, u.username, r.producto_id, p.nombre, r.cantidad, r.expires_at
                          FROM (SELECT * FROM stock_reservations
                                 WHERE status = 'pending' AND revisar_desde >= '-infinity' AND revisar_desde < :soon
                                     AND expires_at > :now AND expires_at < :soon
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
                    return new HomeView.RunningOut(
                            row.getLong("id"),
                            row.getString("username"),
                            row.getLong("producto_id"),
                            row.getString("nombre"),
                            row.getInt("cantidad"),
                            end,
                            Duration.between(now, end).toSeconds());
                })
                .list();
    }

    static List<HomeView.LowStock> lowStock(Handle handle, List<Long> ids) {
        return handle.createQuery("""
                        SELECT id, nombre, <free> AS disponible, stock_reservado, stock_total
                          FROM productos WHERE id = ANY(:ids) ORDER BY 3, id
                        """)
                .define("free", StockFigures.FREE)
                .bindArray("ids", Long.class, ids.toArray())
                .map((row, context) -> new HomeView.LowStock(
                        row.getLong("id"),
                        row.getString("nombre"),
                        row.getInt("disponible"),
                        row.getInt("stock_reservado"),
                        row.getInt("stock_total")))
                .list();
    }

    /**
     * The units of each hour, hours without any included. An expired hold counts as released at its end, swept or not.
     */
    static List<HourlyChart.Counts> hours(Handle handle, Instant first, int hours, Instant now, ZoneId zone) {
        return handle.createQuery("""
                        WITH recientes AS (
                            SELECT cantidad, status, created_at, confirmed_at,
                                   CASE WHEN status = 'cancelled' THEN cancelled_at
                                        WHEN status = 'expired' OR status = 'pending' AND expires_at <= :now
                                            THEN expires_at END AS liberada
                              FROM stock_reservations
                             WHERE created_at >= :oldest
                        ), sucesos AS (
                            SELECT 'r' AS que, date_bin('1 hour', created_at, :first) AS hora, sum(cantidad) AS cantidad
                                   FROM recientes GROUP BY 2
                            UNION ALL
                            SELECT 'v', date_bin('1 hour', confirmed_at, :first), sum(cantidad) FROM recientes
                                   WHERE status = 'confirmed' GROUP BY 2
                            UNION ALL
                            SELECT 'l', date_bin('1 hour', liberada, :first), sum(cantidad) FROM recientes
                                   WHERE liberada IS NOT NULL GROUP BY 2
                        )
                        SELECT h.n,
                               COALESCE(sum(s.cantidad) FILTER (WHERE s.que = 'r'), 0) AS reservado,
                               COALESCE(sum(s.cantidad) FILTER (WHERE s.que = 'v'), 0) AS vendido,
                               COALESCE(sum(s.cantidad) FILTER (WHERE s.que = 'l'), 0) AS liberado
                          FROM generate_series(0, :hours - 1) AS h(n)
                          LEFT JOIN sucesos s ON s.hora = :first + h.n * interval '1 hour'
                         GROUP BY h.n ORDER BY h.n
                        """)
                .bind("oldest", Rows.timestamp(first.minus(OLDEST_HOLD)))
                .bind("first", Rows.timestamp(first))
                .bind("now", Rows.timestamp(now))
                .bind("hours", hours)
                .map((row, context) -> new HourlyChart.Counts(
                        HOUR.format(
                                first.plus(Duration.ofHours(row.getInt("n"))).atZone(zone)),
                        row.getLong("reservado"),
                        row.getLong("vendido"),
                        row.getLong("liberado")))
                .list();
    }
}
