package com.electroisla.admin;

import com.electroisla.database.Column;
import com.electroisla.database.Fragment;
import com.electroisla.database.Rows;
import com.electroisla.http.Cursor;
import java.math.BigDecimal;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/**
 * The statements of the list of reservations. The ids of a page are found first, from columns of its indexes: pending
 * reservations by their partial indexes, searched ones from the buyers and products that the text means, and all
 * others by scanning back from the newest.
 */
final class ReservationListSql {
    record Found(
            ReservationsView.Row row,
            @Nullable BigDecimal unitPrice,
            @Nullable Long checkout,
            @Nullable Long order,
            String address,
            String userAgent,
            Optional<ReservationsView.Event> ended) {}

    private static final String PAGE = """
            SELECT r.id, r.producto_id, p.nombre, r.usuario_id, u.username, r.cantidad, r.status, r.created_at,
                   r.expires_at
              FROM (SELECT id FROM (<ids>) halladas ORDER BY clave <direction>, id <direction> LIMIT :limit) algunas
              JOIN stock_reservations r USING (id)
              JOIN productos p ON p.id = r.producto_id
              JOIN auth_user u ON u.id = r.usuario_id
             ORDER BY <key> <direction>, r.id <direction>""";
    private static final String COUNT = "SELECT count(*) FROM (SELECT id FROM (<ids>) halladas LIMIT :limit) contadas";

    private static final Fragment PENDING = Fragment.of("r.status = 'pending'");
    /** The condition of the partial indexes of ended reservations. */
    private static final Fragment ENDED = Fragment.of("r.status <> 'pending'");
    /** The condition that makes the index by time usable. */
    private static final Fragment BY_TIME = Fragment.of("r.revisar_desde >= '-infinity'");
    /** A condition on the user. The time is in it for the index of ended reservations. */
    private static final Fragment OF_USER = Fragment.of("r.usuario_id = de.quien AND r.created_at >= '-infinity'");

    private static final Fragment OF_PRODUCT = Fragment.of("r.producto_id = de.que");
    private static final String EACH_USER = "SELECT una.* FROM unnest(:eachUser) AS de(quien), LATERAL ";
    private static final String EACH_PRODUCT = "SELECT una.* FROM unnest(:eachProduct) AS de(que), LATERAL ";

    /** The meaning of the filter's search texts; null for empty ones. */
    record Sought(SearchSql.@Nullable Found text, SearchSql.@Nullable Found user) {
        static Sought of(Handle handle, ReservationsView.Filter filter) {
            return new Sought(
                    filter.text().isEmpty() ? null : SearchSql.findUsersAndProducts(handle, filter.text()),
                    filter.user().isEmpty()
                            ? null
                            : SearchSql.findUsers(handle, filter.user(), SearchSql.users("words", filter.user())));
        }

        /** Whether the text means so many rows that they are not counted. */
        boolean isTooMuch() {
            return text != null && !text.few() || user != null && !user.few();
        }
    }

    /** The order of a page; a count has none. */
    private enum Sorting {
        NEWEST("r.id", " ORDER BY r.id DESC"),
        SOONEST("r.expires_at", " ORDER BY r.expires_at, r.id"),
        NONE("r.id", "");

        private final String key;
        private final String sorted;

        Sorting(String key, String sorted) {
            this.key = key;
            this.sorted = sorted;
        }

        /** The ids of the first rows that meet the condition, in this order. */
        Fragment first(Fragment condition) {
            return condition.inside(
                    "(SELECT r.id, " + key + " AS clave FROM stock_reservations r WHERE ", sorted + " LIMIT :limit)");
        }
    }

    private ReservationListSql() {}

    static List<ReservationsView.Row> page(
            Handle handle,
            ReservationsView.Filter filter,
            Sought sought,
            Instant now,
            Instant soon,
            @Nullable Cursor cursor,
            int limit) {
        Sorting sorting = filter.status().equals("por_expirar") ? Sorting.SOONEST : Sorting.NEWEST;
        Fragment shown = status(filter, now, soon);
        if (cursor != null) {
            shown = sorting == Sorting.SOONEST
                    ? shown.and("(r.expires_at, r.id) > (CAST(:afterKey AS timestamptz), :afterId)")
                            .with("afterKey", cursor.key())
                            .with("afterId", cursor.id())
                    : shown.and("r.id < :afterId").with("afterId", cursor.id());
        }
        return ids(filter, sought, shown, sorting)
                .in(handle.createQuery(PAGE), "ids")
                .define("key", sorting.key)
                .define("direction", sorting == Sorting.SOONEST ? "ASC" : "DESC")
                .bind("limit", limit)
                .map((row, context) -> row(row, now))
                .list();
    }

    /** The number of matches, counted up to one more than the limit. */
    static long count(Handle handle, ReservationsView.Filter filter, Sought sought, Instant now, Instant soon) {
        return ids(filter, sought, status(filter, now, soon), Sorting.NONE)
                .in(handle.createQuery(COUNT), "ids")
                .bind("limit", ReservationsView.COUNTED + 1)
                .mapTo(Long.class)
                .one();
    }

    static Optional<Found> find(Handle handle, long id, Instant now) {
        return handle.createQuery("""
                        SELECT r.id, r.producto_id, p.nombre, r.usuario_id, u.username, r.cantidad, r.status,
                               r.created_at, r.expires_at,
                               r.confirmed_at, r.cancelled_at, r.precio_unitario, r.checkout_id, r.pedido_id,
                               COALESCE(host(r.ip_address), '') AS ip, COALESCE(r.user_agent, '') AS programa
                          FROM stock_reservations r
                          JOIN productos p ON p.id = r.producto_id
                          JOIN auth_user u ON u.id = r.usuario_id
                         WHERE r.id = :id
                        """)
                .bind("id", id)
                .map((row, context) -> new Found(
                        row(row, now),
                        Rows.nullableAmount(row, "precio_unitario"),
                        number(row, "checkout_id"),
                        number(row, "pedido_id"),
                        row.getString("ip"),
                        row.getString("programa"),
                        ended(row)))
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
                .map((row, context) -> new ReservationsView.Event(
                        "suceso_liberada", Rows.instant(row, "cuando"), row.getString("quien")))
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

    private static Fragment status(ReservationsView.Filter filter, Instant now, Instant soon) {
        return switch (filter.status()) {
            case "" -> Fragment.ALL;
            case "por_expirar" ->
                PENDING.and(BY_TIME)
                        .and("r.revisar_desde < :soon AND r.expires_at > :now AND r.expires_at < :soon")
                        .with("now", Rows.timestamp(now))
                        .with("soon", Rows.timestamp(soon));
            case "pending" -> PENDING.and(BY_TIME);
            default -> ENDED.and("r.status = :status").with("status", filter.status());
        };
    }

    /** The ids of a page or a count, each way by an index. */
    private static Fragment ids(ReservationsView.Filter filter, Sought sought, Fragment shown, Sorting sorting) {
        SearchSql.Found text = fewOf(sought.text());
        SearchSql.Found user = text == null ? fewOf(sought.user()) : null;
        Fragment product = product(filter, "r.producto_id");
        Fragment rest = shown.and(sought.text() == null || text != null ? Fragment.ALL : ofMany(sought.text()))
                .and(sought.user() == null || user != null ? Fragment.ALL : ofUser(sought.user()));
        // Without a status, the rows of a product or a user are in two indexes.
        boolean inTwo = filter.status().isEmpty() && (text != null || user != null || filter.byProduct());
        List<Fragment> ways = new ArrayList<>();
        for (Fragment state : inTwo ? List.of(PENDING, ENDED) : List.of(Fragment.ALL)) {
            if (text != null || user != null) {
                // The sum keeps the planner from looking for a buyer's few reservations among all of a product's.
                Fragment productOfUser = product(filter, "r.producto_id + 0");
                ways.add(sorting.first(OF_USER.and(state).and(productOfUser).and(rest))
                        .inside(EACH_USER, " una"));
            } else {
                ways.add(sorting.first(state.and(product).and(rest)));
            }
            if (text != null) {
                ways.add(sorting.first(OF_PRODUCT.and(state).and(product).and(rest))
                        .inside(EACH_PRODUCT, " una"));
            }
        }
        if (text != null) {
            ways.add(sorting.first(numbered(text).and(product).and(rest)));
            return Fragment.joined(" UNION ", ways)
                    .with("eachUser", Column.ints(text.users()))
                    .with("eachProduct", Column.longs(text.products()));
        }
        Fragment ids = Fragment.joined(" UNION ALL ", ways);
        return user == null ? ids : ids.with("eachUser", Column.ints(user.users()));
    }

    private static SearchSql.@Nullable Found fewOf(SearchSql.@Nullable Found found) {
        return found != null && found.few() ? found : null;
    }

    private static Fragment product(ReservationsView.Filter filter, String id) {
        return filter.byProduct()
                ? Fragment.of(id + " = :product").with("product", Long.parseLong(filter.product()))
                : Fragment.ALL;
    }

    private static Fragment numbered(SearchSql.Found text) {
        return Fragment.of("r.id = :number").with("number", text.number());
    }

    private static Fragment ofUser(SearchSql.Found user) {
        return user.fewUsers()
                ? Fragment.of("r.usuario_id = ANY(:buyers)").with("buyers", Column.ints(user.users()))
                : anyUser("userWords", user.text());
    }

    /** The condition that a reservation is of one of the users or products, or is the one with the number. */
    private static Fragment ofMany(SearchSql.Found text) {
        Fragment ofUsers = text.fewUsers()
                ? Fragment.of("r.usuario_id = ANY(:users)").with("users", Column.ints(text.users()))
                : anyUser("textOfUser", text.text());
        Fragment ofProducts = text.fewProducts()
                ? Fragment.of("r.producto_id = ANY(:products)").with("products", Column.longs(text.products()))
                : anyProduct("textOfProduct", text.text());
        return Fragment.joined(" OR ", List.of(numbered(text), ofUsers, ofProducts))
                .inside("(", ")");
    }

    /**
     * Checked for each scanned row, because enough rows match soon; {@code OFFSET 0} keeps the planner from finding
     * all matches first.
     */
    private static Fragment anyUser(String parameter, String text) {
        return SearchSql.users(parameter, text)
                .inside("EXISTS (SELECT FROM auth_user WHERE ", " AND id = r.usuario_id OFFSET 0)");
    }

    private static Fragment anyProduct(String parameter, String text) {
        return SearchSql.products(parameter, text)
                .inside("EXISTS (SELECT FROM textos_productos WHERE ", " AND producto_id = r.producto_id OFFSET 0)");
    }

    private static ReservationsView.Row row(ResultSet row, Instant now) throws SQLException {
        Instant end = Rows.instant(row, "expires_at");
        String status = row.getString("status");
        long left = status.equals("pending") && end.isAfter(now)
                ? Duration.between(now, end).toSeconds()
                : 0;
        return new ReservationsView.Row(
                row.getLong("id"),
                row.getLong("producto_id"),
                row.getString("nombre"),
                row.getInt("usuario_id"),
                row.getString("username"),
                row.getInt("cantidad"),
                status,
                row.getObject("created_at", OffsetDateTime.class).toInstant(),
                end,
                left);
    }

    private static @Nullable Long number(ResultSet row, String column) throws SQLException {
        long number = row.getLong(column);
        return row.wasNull() ? null : number;
    }
}
