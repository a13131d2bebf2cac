package com.electroisla.admin;

import com.electroisla.database.Column;
import com.electroisla.database.Rows;
import com.electroisla.database.StockFigures;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.Query;

/** The statements of the statistics; each reads a table once. */
final class StatisticsSql {
    /** The sum of amounts of which one may be NaN. */
    private static final String SUM = "COALESCE(sum(total) FILTER (WHERE total <> 'NaN'), 0)";

    private StatisticsSql() {}

    record Buyers(long all, long returning) {}

    record Unsold(long without, BigDecimal value) {}

    /** Limits each statement of the transaction from here on. */
    static void giveUpAfter(Handle handle, Duration longest) {
        handle.createQuery("SELECT set_config('statement_timeout', :longest, true)")
                .bind("longest", longest.toMillis() + "ms")
                .mapTo(String.class)
                .one();
    }

    /** @param starts of the months, and of the one after the last */
    static List<Statistics.Totals> ordersByMonth(Handle handle, List<Instant> starts) {
        return inMonths(handle.createQuery("""
                        SELECT width_bucket(created_at, CAST(:starts AS timestamptz[])) AS mes, count(*) AS cuantos,
                               <sum> AS suma
                          FROM pedidos
                         WHERE created_at >= :from AND created_at < :until AND estado <> 'cancelado'
                         GROUP BY 1
                        """).define("sum", SUM), starts);
    }

    static List<Statistics.Totals> accountsByMonth(Handle handle, List<Instant> starts) {
        return inMonths(handle.createQuery("""
                        SELECT width_bucket(date_joined, CAST(:starts AS timestamptz[])) AS mes, count(*) AS cuantos,
                               0 AS suma
                          FROM auth_user WHERE date_joined >= :from AND date_joined < :until
                           AND NOT EXISTS (SELECT FROM invitados i WHERE i.usuario_id = auth_user.id)
                         GROUP BY 1
                        """), starts);
    }

    private static List<Statistics.Totals> inMonths(Query query, List<Instant> starts) {
        return query.bind("starts", Column.strings(starts, Instant::toString))
                .bind("from", Rows.timestamp(starts.getFirst()))
                .bind("until", Rows.timestamp(starts.getLast()))
                .map((row, context) ->
                        new Statistics.Totals(row.getInt("mes"), row.getLong("cuantos"), Rows.amount(row, "suma")))
                .list();
    }

    static List<Statistics.Sold> best(Handle handle, int most) {
        return handle.createQuery("""
                        WITH vendidos AS (
                            SELECT d.producto_id, sum(d.cantidad) AS unidades,
                                   COALESCE(sum(d.subtotal) FILTER (WHERE d.subtotal <> 'NaN'), 0) AS ingresos
                              FROM detalles_pedido d JOIN pedidos o ON o.id = d.pedido_id
                             WHERE o.estado <> 'cancelado'
                             GROUP BY d.producto_id ORDER BY 2 DESC, 1 LIMIT :most
                        )
                        SELECT p.nombre, p.categoria, v.unidades, v.ingresos
                          FROM vendidos v JOIN productos p ON p.id = v.producto_id
                         ORDER BY v.unidades DESC, p.id
                        """)
                .bind("most", most)
                .map((row, context) -> new Statistics.Sold(
                        row.getString("nombre"),
                        row.getString("categoria"),
                        row.getLong("unidades"),
                        Rows.amount(row, "ingresos")))
                .list();
    }

    static List<Statistics.Method> methods(Handle handle) {
        return handle.createQuery("""
                        SELECT metodo_pago AS metodo, count(*) AS cuantos, <sum> AS suma
                          FROM pedidos WHERE estado <> 'cancelado' GROUP BY 1 ORDER BY 2 DESC, 1
                        """)
                .define("sum", SUM)
                .map((row, context) -> new Statistics.Method(
                        row.getString("metodo"), row.getLong("cuantos"), Rows.amount(row, "suma")))
                .list();
    }

    /** How many accounts have each role. */
    static Map<String, Long> roles(Handle handle) {
        Map<String, Long> roles = new LinkedHashMap<>();
        handle.createQuery("""
                        SELECT <role> AS papel, count(*) AS cuantas
                          FROM auth_user u LEFT JOIN user_profiles p ON p.user_id = u.id
                         WHERE NOT EXISTS (SELECT FROM invitados i WHERE i.usuario_id = u.id)
                         GROUP BY 1 ORDER BY 2 DESC, 1
                        """)
                .define("role", StaffPeopleSql.ROLE)
                .map((row, context) -> roles.put(row.getString("papel"), row.getLong("cuantas")))
                .list();
        return roles;
    }

    static List<Statistics.Active> mostActive(Handle handle, int most) {
        return handle.createQuery("""
                        WITH compran AS (
                            SELECT usuario_id, count(*) AS pedidos FROM pedidos WHERE estado <> 'cancelado'
                             GROUP BY usuario_id ORDER BY 2 DESC, 1 LIMIT :most
                        )
                        SELECT u.username, c.pedidos FROM compran c JOIN auth_user u ON u.id = c.usuario_id
                         ORDER BY c.pedidos DESC, u.id
                        """)
                .bind("most", most)
                .map((row, context) -> new Statistics.Active(row.getString("username"), row.getLong("pedidos")))
                .list();
    }

    static Buyers buyers(Handle handle) {
        return handle.createQuery("""
                        SELECT count(*) AS todos, count(*) FILTER (WHERE pedidos > 1) AS vuelven
                          FROM (SELECT count(*) AS pedidos FROM pedidos WHERE estado <> 'cancelado'
                                 GROUP BY usuario_id) compran
                        """)
                .map((row, context) -> new Buyers(row.getLong("todos"), row.getLong("vuelven")))
                .one();
    }

    static List<Statistics.Shelf> categories(Handle handle) {
        return handle.createQuery("""
                        SELECT categoria, count(*) AS cuantos, sum(<free>) AS libres
                          FROM productos GROUP BY 1 ORDER BY 2 DESC, 1 LIMIT 200
                        """)
                .define("free", StockFigures.FREE)
                .map((row, context) ->
                        new Statistics.Shelf(row.getString("categoria"), row.getLong("cuantos"), row.getLong("libres")))
                .list();
    }

    static List<Statistics.Scarce> scarce(Handle handle, int below, int most) {
        return handle.createQuery("""
                        SELECT id, nombre, <free> AS libres, categoria FROM productos
                         WHERE activo AND <free> > 0 AND <free> < :below ORDER BY 3, id LIMIT :most
                        """)
                .define("free", StockFigures.FREE)
                .bind("below", below)
                .bind("most", most)
                .map((row, context) -> new Statistics.Scarce(
                        row.getLong("id"), row.getString("nombre"), row.getInt("libres"), row.getString("categoria")))
                .list();
    }

    static Unsold unsold(Handle handle) {
        return handle.createQuery("""
                        SELECT count(*) FILTER (WHERE activo AND <free> = 0) AS agotados,
                               COALESCE(sum(precio_final(precio, descuento) * (<free> + stock_reservado)), 0) AS valor
                          FROM productos
                        """)
                .define("free", StockFigures.FREE)
                .map((row, context) -> new Unsold(row.getLong("agotados"), Rows.amount(row, "valor")))
                .one();
    }

    static Statistics.Report report(Handle handle, Instant month, Instant now) {
        return handle.createQuery("""
                        SELECT (SELECT count(*) FROM auth_user) - (SELECT count(*) FROM invitados) AS cuentas,
                               (SELECT count(*) FROM productos WHERE activo) AS productos,
                               count(*) AS pedidos, <sum> AS ingresos,
                               count(*) FILTER (WHERE created_at >= :month) AS del_mes,
                               COALESCE(sum(total) FILTER (WHERE created_at >= :month AND total <> 'NaN'), 0)
                                   AS ingresos_mes
                          FROM pedidos WHERE estado <> 'cancelado'
                        """)
                .define("sum", SUM)
                .bind("month", Rows.timestamp(month))
                .map((row, context) -> new Statistics.Report(
                        row.getLong("cuentas"),
                        row.getLong("productos"),
                        row.getLong("pedidos"),
                        Rows.amount(row, "ingresos"),
                        row.getLong("del_mes"),
                        Rows.amount(row, "ingresos_mes"),
                        now))
                .one();
    }
}
