package com.electroisla.admin;

import com.electroisla.admin.ReportView.Sum;
import com.electroisla.admin.ReportView.Units;
import com.electroisla.database.Rows;
import com.electroisla.order.PaymentMethod;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.Query;

/** The statements about holds, orders and payments that became money, or did not. An overdue hold has run out. */
final class MoneyReportSql {
    private MoneyReportSql() {}

    private static Query of(Period period, Query query) {
        return query.bind("from", Rows.timestamp(period.from())).bind("until", Rows.timestamp(period.until()));
    }

    static ReportView.Holds holds(Handle handle, Period period, Instant now) {
        return of(period, handle.createQuery("""
                        SELECT count(*) FILTER (WHERE fin = 'confirmed') AS vendidas,
                               COALESCE(sum(cantidad) FILTER (WHERE fin = 'confirmed'), 0) AS u_vendidas,
                               count(*) FILTER (WHERE fin = 'cancelled') AS dejadas,
                               COALESCE(sum(cantidad) FILTER (WHERE fin = 'cancelled'), 0) AS u_dejadas,
                               count(*) FILTER (WHERE fin = 'expired') AS expiradas,
                               COALESCE(sum(cantidad) FILTER (WHERE fin = 'expired'), 0) AS u_expiradas,
                               count(*) FILTER (WHERE fin = 'pending') AS abiertas,
                               COALESCE(sum(cantidad) FILTER (WHERE fin = 'pending'), 0) AS u_abiertas
                          FROM (SELECT cantidad, CASE WHEN status = 'pending' AND expires_at <= :now
                                                      THEN 'expired' ELSE status END AS fin
                                  FROM stock_reservations WHERE created_at >= :from AND created_at < :until) r
                        """))
                .bind("now", Rows.timestamp(now))
                .map((row, context) -> new ReportView.Holds(
                        units(row, "vendidas"), units(row, "dejadas"), units(row, "expiradas"), units(row, "abiertas")))
                .one();
    }

    private static Units units(ResultSet row, String name) throws SQLException {
        return new Units(row.getLong(name), row.getLong("u_" + name));
    }

    static List<ReportView.Lost> lost(Handle handle, Period period, Instant now, int most) {
        return of(period, handle.createQuery("""
                        SELECT p.id, p.nombre, r.perdidas, r.vendidas
                          FROM (SELECT producto_id,
                                       COALESCE(sum(cantidad) FILTER (WHERE status IN ('expired', 'cancelled')
                                           OR status = 'pending' AND expires_at <= :now), 0) AS perdidas,
                                       COALESCE(sum(cantidad) FILTER (WHERE status = 'confirmed'), 0) AS vendidas
                                  FROM stock_reservations WHERE created_at >= :from AND created_at < :until
                                 GROUP BY producto_id) r
                          JOIN productos p ON p.id = r.producto_id
                         WHERE r.perdidas > 0 ORDER BY r.perdidas DESC, p.id LIMIT :most
                        """))
                .bind("now", Rows.timestamp(now))
                .bind("most", most)
                .map((row, context) -> new ReportView.Lost(
                        row.getLong("id"), row.getString("nombre"), row.getLong("perdidas"), row.getLong("vendidas")))
                .list();
    }

    /** A cancelled order that keeps its {@code vence} has lapsed. */
    static List<ReportView.Orders> orders(Handle handle, Period period) {
        return of(period, handle.createQuery("""
                        SELECT metodo_pago, count(*) AS todos, COALESCE(sum(total), 0) AS i_todos,
                               count(*) FILTER (WHERE fin = 'dinero') AS dinero,
                               COALESCE(sum(total) FILTER (WHERE fin = 'dinero'), 0) AS i_dinero,
                               count(*) FILTER (WHERE fin = 'espera') AS espera,
                               COALESCE(sum(total) FILTER (WHERE fin = 'espera'), 0) AS i_espera,
                               count(*) FILTER (WHERE fin = 'vencido') AS vencido,
                               COALESCE(sum(total) FILTER (WHERE fin = 'vencido'), 0) AS i_vencido,
                               count(*) FILTER (WHERE fin = 'cancelado') AS cancelado,
                               COALESCE(sum(total) FILTER (WHERE fin = 'cancelado'), 0) AS i_cancelado
                          FROM (SELECT metodo_pago, CASE WHEN total = 'NaN' THEN 0 ELSE total END AS total,
                                       CASE WHEN estado = 'pendiente' THEN 'espera'
                                            WHEN estado = 'cancelado' AND vence IS NOT NULL THEN 'vencido'
                                            WHEN estado = 'cancelado' THEN 'cancelado'
                                            ELSE 'dinero' END AS fin
                                  FROM pedidos WHERE created_at >= :from AND created_at < :until) o
                         GROUP BY metodo_pago ORDER BY 2 DESC, 1
                        """))
                .map((row, context) -> new ReportView.Orders(
                        row.getString("metodo_pago"),
                        PaymentMethod.of(row.getString("metodo_pago")).isPresent(),
                        sum(row, "todos"),
                        sum(row, "dinero"),
                        sum(row, "espera"),
                        sum(row, "vencido"),
                        sum(row, "cancelado")))
                .list();
    }

    private static Sum sum(ResultSet row, String name) throws SQLException {
        return new Sum(row.getLong(name), row.getBigDecimal("i_" + name));
    }

    static List<ReportView.Payments> payments(Handle handle, Period period, Instant now) {
        return of(period, handle.createQuery("""
                        SELECT CASE WHEN estado = 'iniciado' AND vence <= :now THEN 'vencido' ELSE estado END AS fin,
                               count(*) AS pagos, COALESCE(sum(importe), 0) AS i_pagos
                          FROM pagos WHERE creado_at >= :from AND creado_at < :until GROUP BY 1 ORDER BY 2 DESC, 1
                        """))
                .bind("now", Rows.timestamp(now))
                .map((row, context) -> new ReportView.Payments(row.getString("fin"), sum(row, "pagos")))
                .list();
    }

    static Sum late(Handle handle, Period period) {
        return sum(handle, period, "cobros", "recibido_at", " AND resultado = 'vendido_tarde'");
    }

    static Sum owed(Handle handle, Period period) {
        return sum(handle, period, "reembolsos", "debido_at", "");
    }

    static Sum given(Handle handle, Period period) {
        return sum(handle, period, "reembolsos", "hecho_at", "");
    }

    private static Sum sum(Handle handle, Period period, String table, String time, String condition) {
        return of(period, handle.createQuery("""
                        SELECT count(*) AS n, COALESCE(sum(importe), 0) AS i_n FROM <table>
                         WHERE <time> >= :from AND <time> < :until<condition>
                        """))
                .define("table", table)
                .define("time", time)
                .define("condition", condition)
                .map((row, context) -> sum(row, "n"))
                .one();
    }
}
