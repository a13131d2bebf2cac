package com.electroisla.reservation;

import com.electroisla.database.JdbcTarget;
import com.electroisla.database.SqlStates;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;
import org.jdbi.v3.core.Handle;

/** Checks whether a batch's own locks may replace PostgreSQL's triggers (docs/decisions/0010-foreign-keys.md). */
final class ReferencesSql {
    private ReferencesSql() {}

    /**
     * Whether the role may have connections without triggers (superusers may, and since PostgreSQL 15 roles with a
     * grant of the parameter), and the tables that a batch writes have no trigger, rule or foreign key except those
     * whose work the batch does. The only rows that a batch deletes are cart lines, so no foreign key may refer to
     * those.
     */
    static boolean maySkipTriggers(Handle handle) {
        return answer(handle, "SELECT current_setting('server_version_num')::int >= 150000")
                && answer(handle, "SELECT has_parameter_privilege('session_replication_role', 'SET')")
                && answer(handle, """
                        WITH escritas AS (
                            SELECT to_regclass(t) AS tabla
                                   FROM unnest(ARRAY['carts', 'cart_items', 'productos', 'stock_reservations',
                                   'pedidos',
                                                                             'detalles_pedido', 'idempotencia',
                                                                             'lotes_confirmados', 'eventos', 'pagos',
                                                                             'lineas_pago', 'cobros',
                                                                             'reembolsos']) AS t)
                        SELECT NOT EXISTS (
                                   SELECT FROM pg_trigger JOIN escritas ON tgrelid = tabla
                                    WHERE NOT tgisinternal AND tgname NOT IN ('productos_stock_sigue_al_disponible',
                                          'productos_texto_nuevo',
                                          'productos_texto_cambiado', 'productos_texto_borrado',
                                          'productos_huella_nueva', 'productos_huella_cambiada',
                                          'reservas_borradas_cuadran',
                                          'electro_isla_guardia_cifras', 'electro_isla_guardia_reserva',
                                          'electro_isla_guardia_reserva_nueva'))
                           AND NOT EXISTS (SELECT FROM pg_rewrite JOIN escritas ON ev_class = tabla)
                           AND NOT EXISTS (
                                   SELECT FROM pg_constraint JOIN escritas ON conrelid = tabla
                                    WHERE contype = 'f' AND (conrelid::regclass::text,
                                          confrelid::regclass::text) NOT IN (
                                          ('carts', 'auth_user'), ('cart_items', 'carts'), ('cart_items', 'productos'),
                                              ('productos', 'auth_user'),
                                          ('stock_reservations', 'auth_user'), ('stock_reservations', 'productos'),
                                          ('pedidos', 'auth_user'), ('detalles_pedido', 'pedidos'),
                                              ('detalles_pedido', 'productos')))
                           AND NOT EXISTS (SELECT FROM pg_constraint
                               WHERE contype = 'f' AND confrelid = to_regclass('cart_items'))
                           AND NOT EXISTS (SELECT FROM pg_constraint JOIN escritas ON conrelid = tabla
                               WHERE contype <> 'f' AND condeferrable)
                        """);
    }

    /** Whether such a connection opens and confirms the option: a pooler in between may drop it silently. */
    static boolean opensWithoutTriggers(JdbcTarget target) {
        Map<String, String> options =
                Map.of("options", "-c session_replication_role=replica", "connectTimeout", "5", "socketTimeout", "10");
        try (Connection connection = target.connect(options);
                Statement statement = connection.createStatement();
                ResultSet role = statement.executeQuery("SHOW session_replication_role")) {
            return role.next() && role.getString(1).equals("replica");
        } catch (SQLException refused) {
            if (SqlStates.isForbidden(refused)) {
                return false;
            }
            throw new IllegalStateException(refused);
        }
    }

    private static boolean answer(Handle handle, String question) {
        return handle.createQuery(question).mapTo(boolean.class).one();
    }
}
