package com.electroisla.admin;

import com.electroisla.database.Column;
import com.electroisla.database.Fragment;
import com.electroisla.database.Rows;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/** The statements of the list of orders. */
final class OrderListSql {
    private static final int MOST_COURIERS = 500;
    private static final int MOST_GUESTS = 500;

    private static final String PAGE = """
            SELECT o.id, u.username, o.estado, o.metodo_pago, o.total, COALESCE(m.username, '') AS mensajero,
                   o.created_at, i.usuario_id IS NOT NULL AS invitado, u.first_name, i.email
              FROM (<ids>) algunos JOIN pedidos o USING (id) JOIN auth_user u ON u.id = o.usuario_id
              LEFT JOIN invitados i ON i.usuario_id = u.id
              LEFT JOIN auth_user m ON m.id = o.mensajero_id
             ORDER BY o.id DESC LIMIT :most""";

    private OrderListSql() {}

    /**
     * The buyers or the order that the search text means; a courier can search by name only, not by e-mail address.
     */
    static SearchSql.Found sought(Handle handle, String text, @Nullable Integer courier) {
        SearchSql.Found found = SearchSql.findUsers(handle, text, users(text, courier));
        return courier == null && text.contains("@") ? found.and(guests(handle, text)) : found;
    }

    /** The guests with this address, whole: it is not among those of the accounts. */
    private static List<Integer> guests(Handle handle, String email) {
        return handle.createQuery("SELECT usuario_id FROM invitados WHERE lower(email) = lower(:email) LIMIT :most")
                .bind("email", email)
                .bind("most", MOST_GUESTS)
                .mapTo(Integer.class)
                .list();
    }

    private static Fragment users(String text, @Nullable Integer courier) {
        return courier == null ? SearchSql.users("words", text) : SearchSql.usersByName("words", text);
    }

    /**
     * @param courier the courier whose deliveries are listed; null for all orders
     * @param sought the buyers that were searched for, or the order's number; null for all
     */
    static List<OrdersView.Row> page(
            Handle handle,
            String state,
            @Nullable Integer courier,
            SearchSql.@Nullable Found sought,
            long beforeId,
            int most) {
        Fragment shown = Fragment.of("o.id < :before").with("before", beforeId);
        if (!state.isEmpty()) {
            shown = shown.and("o.estado = :state").with("state", state);
        }
        if (courier != null) {
            shown = shown.and("o.mensajero_id = :courier").with("courier", courier);
        }
        return ids(shown, courier, sought)
                .in(handle.createQuery(PAGE), "ids")
                .bind("most", most)
                .map((row, context) -> row(row, courier == null))
                .list();
    }

    /** The orders of a few buyers are looked up buyer by buyer; others are found by scanning back from the newest. */
    private static Fragment ids(Fragment shown, @Nullable Integer courier, SearchSql.@Nullable Found sought) {
        if (sought == null) {
            return newest(shown);
        }
        Fragment numbered = Fragment.of("o.id = :number").with("number", sought.number());
        if (sought.few()) {
            Fragment ofBuyers = newest(Fragment.of("o.usuario_id = de.quien").and(shown))
                    .inside("SELECT uno.id FROM unnest(:users) AS de(quien), LATERAL (", ") uno")
                    .with("users", Column.ints(sought.users()));
            Fragment itself = numbered.and(shown).inside("SELECT o.id FROM pedidos o WHERE ", "");
            return Fragment.joined(" UNION ", List.of(ofBuyers, itself));
        }
        Fragment ofBuyers =
                users(sought.text(), courier).inside("o.usuario_id IN (SELECT id FROM auth_user WHERE ", ")");
        return newest(
                shown.and(Fragment.joined(" OR ", List.of(numbered, ofBuyers)).inside("(", ")")));
    }

    private static Fragment newest(Fragment condition) {
        return condition.inside("SELECT o.id FROM pedidos o WHERE ", " ORDER BY o.id DESC LIMIT :most");
    }

    /** @param addresses whether the reader may see e-mail addresses */
    static Optional<OrdersView.Row> one(Handle handle, long id, boolean addresses) {
        return handle.createQuery("""
                        SELECT o.id, u.username, o.estado, o.metodo_pago, o.total,
                               COALESCE(m.username, '') AS mensajero, o.created_at,
                               i.usuario_id IS NOT NULL AS invitado, u.first_name, i.email
                          FROM pedidos o JOIN auth_user u ON u.id = o.usuario_id
                          LEFT JOIN invitados i ON i.usuario_id = u.id
                          LEFT JOIN auth_user m ON m.id = o.mensajero_id
                         WHERE o.id = :id
                        """)
                .bind("id", id)
                .map((row, context) -> row(row, addresses))
                .findOne();
    }

    static List<OrdersView.Courier> couriers(Handle handle) {
        return handle.createQuery("""
                        SELECT u.id, u.username FROM user_profiles p JOIN auth_user u ON u.id = p.user_id
                         WHERE p.rol = 'mensajero' AND u.is_active ORDER BY u.username LIMIT :most
                        """)
                .bind("most", MOST_COURIERS)
                .map((row, context) -> new OrdersView.Courier(row.getInt("id"), row.getString("username")))
                .list();
    }

    private static OrdersView.Row row(ResultSet row, boolean addresses) throws SQLException {
        return new OrdersView.Row(
                row.getLong("id"),
                row.getString("username"),
                row.getBoolean("invitado") ? guest(row, addresses) : null,
                row.getString("estado"),
                row.getString("metodo_pago"),
                Rows.amount(row, "total"),
                row.getString("mensajero"),
                Rows.instant(row, "created_at"));
    }

    private static String guest(ResultSet row, boolean addresses) throws SQLException {
        String email = row.getString("email");
        return row.getString("first_name") + (addresses && email != null ? " · " + email : "");
    }
}
