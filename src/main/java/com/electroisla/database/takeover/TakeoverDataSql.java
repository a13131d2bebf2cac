package com.electroisla.database.takeover;

import com.electroisla.database.Rows;
import com.electroisla.database.StockFigures;
import com.electroisla.database.takeover.TakeoverSchemaSql.Counted;
import java.time.Instant;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/** The statements that find violations of each {@link DataRule}. They change nothing. */
final class TakeoverDataSql {
    private TakeoverDataSql() {}

    /** @param now the time that decides which holds are overdue */
    static Counted count(Handle handle, DataRule rule, Instant now) {
        var query = handle.createQuery(statement(rule).orElseThrow());
        if (rule == DataRule.OVERDUE) {
            query.bind("now", Rows.timestamp(now));
        }
        return query.map((row, context) -> Counted.of(row)).one();
    }

    /** Whether the rule is about figures and reservations, which {@link #figures} answers together. */
    static boolean isAboutFigures(DataRule rule) {
        return statement(rule).isEmpty();
    }

    private static Optional<String> statement(DataRule rule) {
        return Optional.ofNullable(
                switch (rule) {
                    case NEGATIVE_PRICE ->
                        "SELECT count(*), (array_agg(id::text ORDER BY id))[1 : 5] FROM productos WHERE "
                                + "precio < 0";
                    // The rule of es_precio, a function that exists only from 0031 on; NaN sorts above every number.
                    case NO_PRICE ->
                        "SELECT count(*), (array_agg(id::text ORDER BY id))[1 : 5] FROM productos WHERE precio "
                                + ">= 100000000";
                    case LINE_PRICE -> """
                    SELECT count(*), (array_agg(id::text ORDER BY id))[1 : 5] FROM cart_items
                     WHERE NOT (price_at_addition >= 0 AND price_at_addition < 100000000)""";
                    case NEGATIVE_STOCK ->
                        "SELECT count(*), (array_agg(id::text ORDER BY id))[1 : 5] FROM productos WHERE stock < 0";
                    case NEGATIVE_UNCOUNTED_STOCK -> """
                    SELECT count(*), (array_agg(id::text ORDER BY id))[1 : 5] FROM productos
                     WHERE stock < 0 AND""" + StockFigures.uncounted("");
                    case DISCOUNT -> """
                    SELECT count(*), (array_agg(id::text ORDER BY id))[1 : 5] FROM productos
                    WHERE descuento NOT BETWEEN 0 AND 100""";
                    case SHARED_EMAIL -> """
                    SELECT count(*), (array_agg(username::text ORDER BY correo, id))[1 : 5]
                      FROM (SELECT id, username, lower(email) AS correo,
                              count(*) OVER (PARTITION BY lower(email)) AS cuentas
                              FROM auth_user WHERE email <> '') AS con_correo
                     WHERE cuentas > 1""";
                    case NO_PROFILE -> """
                    SELECT count(*), (array_agg(username::text ORDER BY id))[1 : 5] FROM auth_user u
                     WHERE NOT EXISTS (SELECT FROM user_profiles p WHERE p.user_id = u.id)""";
                    case ROLE -> """
                    SELECT count(*), (array_agg(id::text ORDER BY id))[1 : 5] FROM user_profiles
                     WHERE rol NOT IN ('cliente', 'mensajero', 'trabajador', 'admin')""";
                    case EMPTY_LINE ->
                        "SELECT count(*), (array_agg(id::text ORDER BY id))[1 : 5] FROM cart_items WHERE "
                                + "quantity <= 0";
                    case ORDER_STATE -> """
                    SELECT count(*), (array_agg(id::text ORDER BY id))[1 : 5] FROM pedidos
                     WHERE estado NOT IN ('pendiente', 'confirmado', 'en_preparacion', 'en_camino', 'entregado',
                         'cancelado')""";
                    case PAYMENT -> """
                    SELECT count(*), (array_agg(id::text ORDER BY id))[1 : 5] FROM pedidos
                     WHERE metodo_pago NOT IN ('efectivo', 'tarjeta', 'transferencia')""";
                    case ORDER_TOTAL -> """
                    SELECT count(*), (array_agg(p.id::text ORDER BY p.id))[1 : 5]
                      FROM pedidos p LEFT JOIN (SELECT pedido_id, sum(subtotal) AS suma FROM detalles_pedido
                        GROUP BY pedido_id) d
                        ON d.pedido_id = p.id
                     WHERE p.total <> COALESCE(d.suma, 0)""";
                    case SUBTOTAL -> """
                    SELECT count(*), (array_agg(id::text ORDER BY id))[1 : 5] FROM detalles_pedido
                     WHERE subtotal <> cantidad * precio_unitario""";
                    case STOCK_DIFFERS -> """
                    SELECT count(*), (array_agg(id::text ORDER BY id))[1 : 5] FROM productos
                     WHERE stock <>""" + StockFigures.FREE + " AND NOT " + StockFigures.uncounted("");
                    case NEGATIVE_HOLD ->
                        "SELECT count(*), (array_agg(id::text ORDER BY id))[1 : 5] FROM "
                                + "stock_reservations WHERE cantidad < 0";
                    case HOLD_STATE -> """
                    SELECT count(*), (array_agg(id::text ORDER BY id))[1 : 5] FROM stock_reservations
                     WHERE status NOT IN ('pending', 'confirmed', 'cancelled', 'expired')""";
                    case EMPTY_HOLD -> """
                    SELECT count(*), (array_agg(id::text ORDER BY id))[1 : 5] FROM stock_reservations
                     WHERE status = 'pending' AND cantidad = 0""";
                    case OVERDUE -> """
                    SELECT count(*), (array_agg(id::text ORDER BY id))[1 : 5] FROM stock_reservations
                     WHERE status = 'pending' AND expires_at <= :now""";
                    case REPEATED -> """
                    SELECT count(*), (array_agg(id::text ORDER BY id))[1 : 5]
                      FROM (SELECT id, row_number() OVER (PARTITION BY usuario_id, producto_id
                              ORDER BY created_at DESC, id DESC) AS puesto
                              FROM stock_reservations WHERE status = 'pending') AS pendientes
                     WHERE puesto > 1""";
                    case IMPOSSIBLE,
                            IMPOSSIBLE_BUT_COUNTED,
                            OVERPROMISED,
                            HELD_BY_NOBODY,
                            RESERVED_DIFFERS,
                            SOLD_LESS,
                            SOLD_MORE -> null;
                });
    }

    /** Compares the figures of every product with its reservations, in one pass; at 0019 only. */
    static Map<DataRule, Counted> figures(Handle handle) {
        Map<DataRule, Counted> found = new EnumMap<>(DataRule.class);
        handle.createQuery(COUNTED.formatted(explained(handle)) + """
                        SELECT count(*), (array_agg(id::text ORDER BY id))[1 : 5], regla
                          FROM cuentas CROSS JOIN LATERAL (VALUES
                               ('IMPOSSIBLE', imposible AND NOT cabe),
                               ('IMPOSSIBLE_BUT_COUNTED', imposible AND cabe),
                               ('OVERPROMISED', NOT imposible AND NOT cabe),
                               ('HELD_BY_NOBODY', NOT imposible AND cabe AND pendientes = 0 AND reservado > 0),
                               ('RESERVED_DIFFERS', NOT imposible AND cabe AND pendientes > 0
                                   AND reservado <> pendientes),
                               ('SOLD_LESS', NOT imposible AND cabe AND vendido < confirmadas),
                               ('SOLD_MORE', NOT imposible AND vendido > confirmadas)) AS r(regla, rota)
                         -- Only for what can be wrong: the list of rules costs 45 microseconds a product.
                         WHERE rota AND (imposible OR NOT cabe OR reservado <> pendientes OR vendido <> confirmadas)
                         GROUP BY regla
                        """)
                .map((row, context) -> Map.entry(DataRule.valueOf(row.getString("regla")), Counted.of(row)))
                .forEach(entry -> found.put(entry.getKey(), entry.getValue()));
        return found;
    }

    /**
     * Each product's figures and the counts from its rows. The units sold never become fewer: their reservation may
     * have been deleted with its user by the old shop. {@code cabe}: the counts from the rows, with that minimum,
     * break no rule.
     */
    static final String COUNTED = """
            WITH cuentas AS (
                SELECT *, GREATEST(vendido, confirmadas) AS vendido_contado,
                       reservado < 0 OR vendido < 0 OR reservado + vendido > total AS imposible,
                       confirmadas >= 0 AND pendientes + GREATEST(vendido, confirmadas) <= total AS cabe
                  FROM (SELECT p.id, p.nombre, p.stock, p.stock_total AS total, p.stock_reservado AS reservado,
                               p.stock_vendido AS vendido,
                               COALESCE(r.pendientes, 0) AS pendientes,
                               COALESCE(r.confirmadas, 0) + COALESCE(e.vendido, 0) AS confirmadas
                          FROM productos p
                          LEFT JOIN (SELECT producto_id, sum(cantidad) FILTER (WHERE status = 'pending') AS pendientes,
                                            sum(cantidad) FILTER (WHERE status = 'confirmed') AS confirmadas
                                       FROM stock_reservations GROUP BY producto_id) AS r ON r.producto_id = p.id
                          LEFT JOIN (%s) AS e ON e.producto_id = p.id) AS comparadas
            )
            """;

    /** Returns and corrections that are not reservations: in the archive after a step back to 0019, otherwise none. */
    static String explained(Handle handle) {
        boolean archived = handle.createQuery("SELECT to_regclass('archivo_movimientos') IS NOT NULL")
                .mapTo(Boolean.class)
                .one();
        return archived ? """
                  SELECT producto_id, sum(delta_vendido) AS vendido
                    FROM (SELECT producto_id, delta_vendido FROM archivo_movimientos
                          UNION ALL SELECT producto_id, delta_vendido FROM archivo_ajustes) AS anotados
                   GROUP BY producto_id""" : "SELECT NULL::bigint AS producto_id, NULL::bigint AS vendido WHERE false";
    }
}
