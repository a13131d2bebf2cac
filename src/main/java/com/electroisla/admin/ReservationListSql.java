package com.electroisla.admin;

import com.electroisla.database.Rows;
import com.electroisla.http.Cursor;
import java.math.BigDecimal;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.SqlStatement;
import org.jspecify.annotations.Nullable;

/**
 * The statements of the list of reservations. Conditions are put in or left out of the text, so that what is pending is
 * found by its partial indexes and everything else by walking back from the newest.
 */
final class ReservationListSql {
    record Found(ReservationsView.Row row, @Nullable BigDecimal unitPrice, @Nullable Long checkout, @Nullable Long order, String address,
            String userAgent, Optional<ReservationsView.Event> ended) {}

    private static final String PAGE = """
            SELECT r.id, r.producto_id, p.nombre, r.usuario_id, u.username, r.cantidad, r.status, r.created_at, r.expires_at
              FROM <source> r
              JOIN productos p ON p.id = r.producto_id
              JOIN auth_user u ON u.id = r.usuario_id
             WHERE true <status> <product> <user> <after>
             ORDER BY <order>
             LIMIT :limit""";
    private static final String COUNT = """
            SELECT count(*) FROM (SELECT FROM <source> r WHERE true <status> <product> <user> LIMIT :most) AS algunas""";
    /** All of a product's: those that hold units and those that are over are in an index each. */
    private static final String BOTH_INDEXES =
            "(SELECT * FROM stock_reservations WHERE status = 'pending' UNION ALL SELECT * FROM stock_reservations WHERE status <> 'pending')";
    private static final String SOON = "AND r.status = 'pending' AND r.expires_at >= '-infinity' AND r.expires_at > :now AND r.expires_at < :soon";
    private static final String BY_USER = "AND r.usuario_id IN (SELECT id FROM auth_user WHERE username ILIKE :pattern)";

    private ReservationListSql() {}

    static List<ReservationsView.Row> page(Handle handle, ReservationsView.Filter filter, Instant now, Instant soon, @Nullable Cursor cursor, int limit) {
        boolean bySoonest = filter.status().equals("por_expirar");
        String after = cursor == null ? "" : bySoonest ? "AND (r.expires_at, r.id) > (CAST(:afterKey AS timestamptz), :afterId)" : "AND r.id < :afterId";
        var query = filtered(handle.createQuery(PAGE), filter, now, soon)
                .define("after", after)
                .define("order", bySoonest ? "r.expires_at, r.id" : "r.id DESC")
                .bind("limit", limit);
        if (cursor != null) {
            query.bind("afterId", cursor.id());
            if (bySoonest) {
                query.bind("afterKey", cursor.key());
            }
        }
        return query.map((row, context) -> row(row, now)).list();
    }

    /** At most one more than is counted exactly. */
    static long count(Handle handle, ReservationsView.Filter filter, Instant now, Instant soon) {
        return filtered(handle.createQuery(COUNT), filter, now, soon).bind("most", ReservationsView.COUNTED + 1).mapTo(Long.class).one();
    }

    static Optional<Found> find(Handle handle, long id, Instant now) {
        return handle.createQuery("""
                        SELECT r.id, r.producto_id, p.nombre, r.usuario_id, u.username, r.cantidad, r.status, r.created_at, r.expires_at,
                               r.confirmed_at, r.cancelled_at, r.precio_unitario, r.checkout_id, r.pedido_id,
                               COALESCE(host(r.ip_address), '') AS ip, COALESCE(r.user_agent, '') AS programa
                          FROM stock_reservations r
                          JOIN productos p ON p.id = r.producto_id
                          JOIN auth_user u ON u.id = r.usuario_id
                         WHERE r.id = :id
                        """)
                .bind("id", id)
                .map((row, context) -> new Found(row(row, now), row.getBigDecimal("precio_unitario"), number(row, "checkout_id"),
                        number(row, "pedido_id"), row.getString("ip"), row.getString("programa"), ended(row)))
                .findOne();
    }

    /** Who of the staff released it, if somebody did. */
    static List<ReservationsView.Event> releases(Handle handle, long id) {
        return handle.createQuery("""
                        SELECT a."timestamp" AS cuando, COALESCE(u.username, '') AS quien
                          FROM audit_logs a LEFT JOIN auth_user u ON u.id = a.usuario_id
                         WHERE a.modulo = 'reserva' AND a.accion = 'liberar' AND a.objeto_id = :id % 2147483648
                         ORDER BY a.id
                        """)
                .bind("id", id)
                .map((row, context) -> new ReservationsView.Event("suceso_liberada", Rows.instant(row, "cuando"), row.getString("quien")))
                .list();
    }

    private static Optional<ReservationsView.Event> ended(ResultSet row) throws SQLException {
        return switch (row.getString("status")) {
            case "confirmed" -> event("suceso_pagada", Rows.nullableInstant(row, "confirmed_at"));
            case "cancelled" -> event("suceso_cancelada", Rows.nullableInstant(row, "cancelled_at"));
            case "expired" -> event("suceso_expirada", Rows.nullableInstant(row, "expires_at"));
            default -> Optional.empty();
        };
    }

    private static Optional<ReservationsView.Event> event(String what, @Nullable Instant at) {
        return at == null ? Optional.empty() : Optional.of(new ReservationsView.Event(what, at, ""));
    }

    private static <S extends SqlStatement<S>> S filtered(S query, ReservationsView.Filter filter, Instant now, Instant soon) {
        query.define("status", switch (filter.status()) {
                    case "" -> "";
                    case "por_expirar" -> SOON;
                    case "pending" -> "AND r.status = 'pending' AND r.expires_at >= '-infinity'";
                    // The second condition is the index's own.
                    default -> "AND r.status = :status AND r.status <> 'pending'";
                })
                .define("source", filter.status().isEmpty() && !filter.product().isEmpty() ? BOTH_INDEXES : "stock_reservations")
                .define("product", filter.product().isEmpty() ? "" : "AND r.producto_id = :product")
                .define("user", filter.user().isEmpty() ? "" : BY_USER);
        switch (filter.status()) {
            case "", "pending" -> { }
            case "por_expirar" -> query.bind("now", Rows.timestamp(now)).bind("soon", Rows.timestamp(soon));
            default -> query.bind("status", filter.status());
        }
        if (!filter.product().isEmpty()) {
            query.bind("product", Long.parseLong(filter.product()));
        }
        if (!filter.user().isEmpty()) {
            query.bind("pattern", "%" + filter.user().replaceAll("([\\\\%_])", "\\\\$1") + "%");
        }
        return query;
    }

    private static ReservationsView.Row row(ResultSet row, Instant now) throws SQLException {
        Instant end = Rows.instant(row, "expires_at");
        String status = row.getString("status");
        long left = status.equals("pending") && end.isAfter(now) ? Duration.between(now, end).toSeconds() : 0;
        return new ReservationsView.Row(row.getLong("id"), row.getLong("producto_id"), row.getString("nombre"), row.getInt("usuario_id"),
                row.getString("username"), row.getInt("cantidad"), status, row.getObject("created_at", OffsetDateTime.class).toInstant(), end, left);
    }

    private static @Nullable Long number(ResultSet row, String column) throws SQLException {
        long number = row.getLong(column);
        return row.wasNull() ? null : number;
    }
}
