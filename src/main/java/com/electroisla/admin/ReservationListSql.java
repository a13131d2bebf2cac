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
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.Query;
import org.jspecify.annotations.Nullable;

/**
 * The statements of the list of reservations. The ids of a page are found first, from columns of its indexes:
 * conditions are inserted into the text or left out; pending reservations are found by their partial indexes, searched
 * ones from the buyers and products that the text means, and all others by scanning back from the newest.
 */
final class ReservationListSql {
    record Found(ReservationsView.Row row, @Nullable BigDecimal unitPrice, @Nullable Long checkout, @Nullable Long order, String address,
            String userAgent, Optional<ReservationsView.Event> ended) {}

    private static final String PAGE = """
            SELECT r.id, r.producto_id, p.nombre, r.usuario_id, u.username, r.cantidad, r.status, r.created_at, r.expires_at
              FROM (SELECT id FROM (<ids>) halladas ORDER BY clave <direction>, id <direction> LIMIT :limit) algunas
              JOIN stock_reservations r USING (id)
              JOIN productos p ON p.id = r.producto_id
              JOIN auth_user u ON u.id = r.usuario_id
             ORDER BY <key> <direction>, r.id <direction>""";
    private static final String COUNT = "SELECT count(*) FROM (SELECT id FROM (<ids>) halladas LIMIT :limit) contadas";

    /** The first rows in the order of the page, under a condition on the first column of an index. */
    private static final String WAY = """
            (SELECT r.id, <key> AS clave FROM stock_reservations r WHERE <first> <status> <product> <user> <text> <after> <sorted> LIMIT :limit)""";
    /**
     * The reservations of a few buyers; the sum keeps the planner from looking for them among all of a product's. The
     * condition on the time is there for the index of ended reservations.
     */
    private static final String OF_USERS = "SELECT una.* FROM unnest(:users) AS de(quien), LATERAL "
            + way("r.usuario_id = de.quien AND r.created_at >= '-infinity' <state>").replace("<product>", "<product_of_user>") + " una";
    private static final String OF_PRODUCTS = "SELECT una.* FROM unnest(:products) AS de(que), LATERAL " + way("r.producto_id = de.que <state>") + " una";

    private static final String PENDING = "AND r.status = 'pending'";
    /** The condition that makes the index by time usable. */
    private static final String BY_TIME = " AND r.expires_at >= '-infinity'";
    /** The condition of the partial indexes of ended reservations. */
    private static final String ENDED = "AND r.status <> 'pending'";
    private static final String SOON = PENDING + BY_TIME + " AND r.expires_at > :now AND r.expires_at < :soon";
    private static final String ANY_OF_MANY =
            "AND (r.id = :number OR <of_users> OR <of_products>)";
    /**
     * Checked for each scanned row, because enough rows match soon; {@code OFFSET 0} keeps the planner from finding
     * all matches first.
     */
    private static final String ANY_USER = "EXISTS (" + SearchSql.USERS + " AND id = r.usuario_id OFFSET 0)";
    private static final String ANY_PRODUCT = "EXISTS (" + SearchSql.PRODUCTS + " AND producto_id = r.producto_id OFFSET 0)";
    private static final String USER_OF_MANY = "AND " + ANY_USER.replace(":textPatterns", ":userPatterns");

    /** The meaning of the filter's search texts; null for empty ones. */
    record Sought(SearchSql.@Nullable Found text, SearchSql.@Nullable Found user) {
        static Sought of(Handle handle, ReservationsView.Filter filter) {
            return new Sought(filter.text().isEmpty() ? null : SearchSql.usersAndProducts(handle, filter.text()),
                    filter.user().isEmpty() ? null : SearchSql.users(handle, filter.user(), SearchSql.USERS));
        }

        /** Whether the text means so many rows that they are not counted. */
        boolean isTooMuch() {
            return text != null && !text.few() || user != null && !user.few();
        }
    }

    private ReservationListSql() {}

    static List<ReservationsView.Row> page(Handle handle, ReservationsView.Filter filter, Sought sought, Instant now, Instant soon, @Nullable Cursor cursor, int limit) {
        boolean bySoonest = filter.status().equals("por_expirar");
        String after = cursor == null ? "" : bySoonest ? "AND (r.expires_at, r.id) > (CAST(:afterKey AS timestamptz), :afterId)" : "AND r.id < :afterId";
        String key = bySoonest ? "r.expires_at" : "r.id";
        String direction = bySoonest ? "ASC" : "DESC";
        var query = filtered(handle, PAGE, filter, sought, now, soon)
                .define("after", after)
                .define("key", key)
                .define("direction", direction)
                .define("sorted", "ORDER BY " + key + " " + direction + ", r.id " + direction)
                .bind("limit", limit);
        if (cursor != null) {
            query.bind("afterId", cursor.id());
            if (bySoonest) {
                query.bind("afterKey", cursor.key());
            }
        }
        return query.map((row, context) -> row(row, now)).list();
    }

    /** The number of matches, counted up to one more than the limit. */
    static long count(Handle handle, ReservationsView.Filter filter, Sought sought, Instant now, Instant soon) {
        return filtered(handle, COUNT, filter, sought, now, soon)
                .define("after", "").define("key", "r.id").define("sorted", "").bind("limit", ReservationsView.COUNTED + 1).mapTo(Long.class).one();
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
                .map((row, context) -> new Found(row(row, now), Rows.amount(row, "precio_unitario"), number(row, "checkout_id"),
                        number(row, "pedido_id"), row.getString("ip"), row.getString("programa"), ended(row)))
                .findOne();
    }

    /** The staff's releases of this reservation. */
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

    private static String way(String first) {
        return WAY.replace("<first>", first);
    }

    private static Query filtered(Handle handle, String sql, ReservationsView.Filter filter, Sought sought, Instant now, Instant soon) {
        boolean byText = sought.text() != null && sought.text().few();
        boolean byUser = !byText && sought.user() != null && sought.user().few();
        // Without a status, the rows of a product or a user are in two indexes.
        List<String> states = filter.status().isEmpty() && (byText || byUser || filter.byProduct()) ? List.of(PENDING, ENDED) : List.of("");
        String ids;
        if (byText) {
            ids = each(states, OF_USERS, " UNION ") + " UNION " + each(states, OF_PRODUCTS, " UNION ") + " UNION " + way("r.id = :number");
        } else if (byUser) {
            ids = each(states, OF_USERS.replace(":users", ":those"), " UNION ALL ");
        } else {
            ids = each(states, way("true <state>"), " UNION ALL ");
        }
        Query query = handle.createQuery(sql.replace("<ids>", ids))
                .define("status", switch (filter.status()) {
                    case "" -> "";
                    case "por_expirar" -> SOON;
                    case "pending" -> PENDING + BY_TIME;
                    default -> "AND r.status = :status " + ENDED;
                })
                .define("product", filter.byProduct() ? "AND r.producto_id = :product" : "")
                .define("product_of_user", filter.byProduct() ? "AND r.producto_id + 0 = :product" : "");
        switch (filter.status()) {
            case "", "pending" -> { }
            case "por_expirar" -> query.bind("now", Rows.timestamp(now)).bind("soon", Rows.timestamp(soon));
            default -> query.bind("status", filter.status());
        }
        if (filter.byProduct()) {
            query.bind("product", Long.parseLong(filter.product()));
        }
        text(query, sought.text(), byText);
        user(query, sought.user(), byUser);
        return query;
    }

    private static String each(List<String> states, String way, String between) {
        return states.stream().map(state -> way.replace("<state>", state)).collect(Collectors.joining(between));
    }

    private static void text(Query query, SearchSql.@Nullable Found text, boolean looksUp) {
        query.define("text", text == null || looksUp ? "" : ANY_OF_MANY
                .replace("<of_users>", text.fewUsers() ? "r.usuario_id = ANY(:users)" : ANY_USER)
                .replace("<of_products>", text.fewProducts() ? "r.producto_id = ANY(:products)" : ANY_PRODUCT));
        if (text != null) {
            query.bind("number", text.number());
            if (text.fewUsers()) {
                query.bindArray("users", Integer.class, text.users().toArray());
            }
            if (text.fewProducts()) {
                query.bindArray("products", Long.class, text.products().toArray());
            }
            if (!text.few()) {
                SearchSql.bindPatterns(query, "textPatterns", text.text());
            }
        }
    }

    private static void user(Query query, SearchSql.@Nullable Found user, boolean looksUp) {
        query.define("user", user == null || looksUp ? "" : user.fewUsers() ? "AND r.usuario_id = ANY(:buyers)" : USER_OF_MANY);
        if (user != null) {
            if (user.fewUsers()) {
                query.bindArray(looksUp ? "those" : "buyers", Integer.class, user.users().toArray());
            } else {
                SearchSql.bindPatterns(query, "userPatterns", user.text());
            }
        }
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
