package com.electroisla.admin;

import com.electroisla.database.Rows;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.Query;
import org.jspecify.annotations.Nullable;

/** The statements of the list of orders. */
final class OrderListSql {
    private static final int MOST_COURIERS = 500;

    private static final String PAGE = """
            SELECT o.id, u.username, o.estado, o.metodo_pago, o.total, COALESCE(m.username, '') AS mensajero, o.created_at
              FROM (<ids>) algunos JOIN pedidos o USING (id) JOIN auth_user u ON u.id = o.usuario_id LEFT JOIN auth_user m ON m.id = o.mensajero_id
             ORDER BY o.id DESC LIMIT :most""";
    private static final String WALK = "SELECT o.id FROM pedidos o WHERE o.id < :before <state> <courier> <text> ORDER BY o.id DESC LIMIT :most";
    /** The orders of a few buyers are looked up buyer by buyer. */
    private static final String LOOK_UP = """
            SELECT uno.id FROM unnest(:users) AS de(quien),
                   LATERAL (SELECT o.id FROM pedidos o WHERE o.usuario_id = de.quien AND o.id < :before <state> <courier> ORDER BY o.id DESC LIMIT :most) uno
            UNION
            SELECT o.id FROM pedidos o WHERE o.id = :number AND o.id < :before <state> <courier>""";

    private OrderListSql() {}

    /**
     * The buyers or the order that the search text means; a courier can search by name only, not by e-mail address.
     */
    static SearchSql.Found sought(Handle handle, String text, @Nullable Integer courier) {
        return SearchSql.users(handle, text, users(courier));
    }

    private static String users(@Nullable Integer courier) {
        return courier == null ? SearchSql.USERS : SearchSql.USERS_BY_NAME;
    }

    /**
     * @param courier the courier whose deliveries are listed; null for all orders
     * @param sought the buyers that were searched for, or the order's number; null for all
     */
    static List<OrdersView.Row> page(Handle handle, String state, @Nullable Integer courier, SearchSql.@Nullable Found sought, long beforeId, int most) {
        boolean looksUp = sought != null && sought.few();
        Query query = handle.createQuery(PAGE.replace("<ids>", looksUp ? LOOK_UP : WALK))
                .define("state", state.isEmpty() ? "" : "AND o.estado = :state")
                .define("courier", courier == null ? "" : "AND o.mensajero_id = :courier")
                .define("text", sought == null || looksUp ? "" : "AND (o.id = :number OR o.usuario_id IN (" + users(courier) + "))")
                .bind("before", beforeId)
                .bind("most", most);
        if (!state.isEmpty()) {
            query.bind("state", state);
        }
        if (courier != null) {
            query.bind("courier", courier);
        }
        if (sought != null) {
            query.bind("number", sought.number());
            if (looksUp) {
                query.bindArray("users", Integer.class, sought.users().toArray());
            } else {
                SearchSql.bindPatterns(query, "textPatterns", sought.text());
            }
        }
        return query.map((row, context) -> row(row)).list();
    }

    static Optional<OrdersView.Row> one(Handle handle, long id) {
        return handle.createQuery("""
                        SELECT o.id, u.username, o.estado, o.metodo_pago, o.total, COALESCE(m.username, '') AS mensajero, o.created_at
                          FROM pedidos o JOIN auth_user u ON u.id = o.usuario_id LEFT JOIN auth_user m ON m.id = o.mensajero_id
                         WHERE o.id = :id
                        """)
                .bind("id", id)
                .map((row, context) -> row(row))
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

    private static OrdersView.Row row(ResultSet row) throws SQLException {
        return new OrdersView.Row(row.getLong("id"), row.getString("username"), row.getString("estado"), row.getString("metodo_pago"),
                Rows.amount(row, "total"), row.getString("mensajero"), Rows.instant(row, "created_at"));
    }
}
