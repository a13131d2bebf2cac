package com.electroisla.inventory;

import com.electroisla.database.Fragment;
import com.electroisla.database.Rows;
import com.electroisla.database.StockFigures;
import com.electroisla.database.takeover.TakenOverSql;
import com.electroisla.inventory.InitialiseStock.Initialised;
import com.electroisla.inventory.Inventory.Difference;
import com.electroisla.inventory.Inventory.Figures;
import com.electroisla.inventory.Inventory.HeldBy;
import com.electroisla.inventory.Inventory.Summary;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.Query;
import org.jdbi.v3.core.statement.StatementContext;

/** The statements of the operator's reports and of step 3. Long results are read row by row. */
final class InventorySql {
    private static final int FETCH_SIZE = 1_000;

    /**
     * A condition that every reservation meets; naming the user makes an index of the pending ones usable. Of the
     * columns it is none of ours, because these reports run on the old shop's schema too.
     */
    private static final String PENDING_KEY = "usuario_id >= -2147483648";

    private InventorySql() {}

    static List<Initialised> initialise(Handle handle, long afterId, int most) {
        return handle.createQuery("""
                        WITH nuevos AS (
                            SELECT id FROM productos
                             WHERE id > :after AND""" + StockFigures.NOT_INITIALISED + """
                             ORDER BY id LIMIT :most FOR NO KEY UPDATE
                        ), hechos AS (
                            UPDATE productos p SET stock_total = p.stock FROM nuevos n WHERE p.id = n.id
                            RETURNING p.id, p.nombre, p.stock_total
                        )
                        SELECT id, nombre, stock_total FROM hechos ORDER BY id
                        """)
                .bind("after", afterId)
                .bind("most", most)
                .map((row, context) ->
                        new Initialised(row.getLong("id"), row.getString("nombre"), row.getInt("stock_total")))
                .list();
    }

    static List<Figures> figures(Handle handle, int count) {
        return handle.createQuery("""
                        SELECT id, nombre, stock_total, stock_reservado, stock_vendido FROM productos ORDER BY id
                        LIMIT :count
                        """)
                .bind("count", count)
                .map((row, context) -> {
                    StockFigures stock = StockFigures.of(row);
                    return new Figures(
                            row.getLong("id"),
                            row.getString("nombre"),
                            stock.total(),
                            stock.held(),
                            stock.sold(),
                            stock.free());
                })
                .list();
    }

    static Summary summary(Handle handle) {
        return handle.createQuery("""
                        SELECT COALESCE(sum(stock_total), 0) AS total, COALESCE(sum(stock_reservado), 0) AS reservado,
                               COALESCE(sum(stock_vendido), 0) AS vendido, COALESCE(sum(""" + StockFigures.FREE + """
                               ), 0) AS disponible,
                               (SELECT count(*) FROM stock_reservations
                                       WHERE status = 'pending' AND <key>) AS activas
                          FROM productos
                        """)
                .define("key", PENDING_KEY)
                .map((row, context) -> new Summary(
                        row.getLong("total"),
                        row.getLong("reservado"),
                        row.getLong("vendido"),
                        row.getLong("disponible"),
                        row.getLong("activas")))
                .one();
    }

    /** The condition for a status. */
    private static Fragment with(String status) {
        Fragment its = Fragment.of("r.status = :status").with("status", status);
        return status.equals("pending") ? its.and("r." + PENDING_KEY) : its;
    }

    static long count(Handle handle, String status) {
        return with(status)
                .in(handle.createQuery("SELECT count(*) FROM stock_reservations r WHERE <condition>"))
                .mapTo(Long.class)
                .one();
    }

    static void forEachHeld(Handle handle, String status, Consumer<HeldBy> each) {
        with(status)
                .in(handle.createQuery("""
                        SELECT u.username, p.nombre, r.cantidad
                          FROM stock_reservations r JOIN auth_user u ON u.id = r.usuario_id
                          JOIN productos p ON p.id = r.producto_id
                         WHERE <condition> ORDER BY r.id
                        """))
                .setFetchSize(FETCH_SIZE)
                .map((row, context) ->
                        new HeldBy(row.getString("username"), row.getString("nombre"), row.getInt("cantidad")))
                .useIterator(held -> held.forEachRemaining(each));
    }

    static long runningOut(Handle handle, Instant from, Instant until) {
        return handle.createQuery("""
                        SELECT count(*) FROM stock_reservations
                         WHERE status = 'pending' AND <key> AND expires_at >= :from AND expires_at < :until
                        """)
                .define("key", PENDING_KEY)
                .bind("from", Rows.timestamp(from))
                .bind("until", Rows.timestamp(until))
                .mapTo(Long.class)
                .one();
    }

    static long uninitialised(Handle handle) {
        return handle.createQuery("""
                        SELECT count(*) FROM productos WHERE""" + StockFigures.NOT_INITIALISED)
                .mapTo(Long.class)
                .one();
    }

    static int verify(Handle handle, Optional<Instant> since, Consumer<Difference> each) {
        AtomicInteger count = new AtomicInteger();
        comparing(handle, COUNTED.formatted(LAST_EVENT, "stock_reservations"), "true", "true")
                .bind("since", since.map(Rows::timestamp).orElse(null))
                .setFetchSize(FETCH_SIZE)
                .map(InventorySql::difference)
                .useIterator(differences -> differences.forEachRemaining(difference -> {
                    count.incrementAndGet();
                    each.accept(difference);
                }));
        return count.get();
    }

    /**
     * The same comparison for a few products, by the indexes of their reservations: one statement, so all that it reads
     * was committed together.
     */
    static List<Difference> verify(Handle handle, Collection<Long> products) {
        return comparing(
                        handle,
                        COUNTED.formatted("NULL::timestamptz", OF_A_FEW),
                        "producto_id = ANY(:ids)",
                        "p.id = ANY(:ids)")
                .bind("since", (Object) null)
                .bindArray("ids", Long.class, products.toArray())
                .map(InventorySql::difference)
                .list();
    }

    /**
     * @param counted the statement that counts reservations by product
     * @param movements the condition for the products of movements
     * @param products the condition for the products themselves
     */
    private static Query comparing(Handle handle, String counted, String movements, String products) {
        return handle.createQuery(VERIFY.formatted(
                        counted, explained(handle), movements, products, TakenOverSql.inherited(handle)))
                .bind("before_us", TakenOverSql.onlyDjangoKeptFigures(handle));
    }

    private static Difference difference(ResultSet row, StatementContext context) throws SQLException {
        return new Difference(
                row.getLong("id"),
                row.getString("nombre"),
                Difference.Kind.valueOf(row.getString("clase")),
                row.getLong("cifra"),
                row.getLong("esperado"),
                row.getBoolean("heredada"));
    }

    /** Whether our migrations are applied; before them no trigger maintains {@code stock}. */
    static boolean hasMovements(Handle handle) {
        return isThere(handle, "movimientos_stock");
    }

    /**
     * The statement for the parts of {@code stock_vendido} that are not reservations: the movements, or their archive
     * after a step back to 0019, or no rows.
     */
    static String explained(Handle handle) {
        if (hasMovements(handle)) {
            return "SELECT producto_id, sum(delta_vendido) AS vendido, max(created_at) AS ultima FROM "
                    + "movimientos_stock GROUP BY producto_id";
        }
        return isThere(handle, "archivo_movimientos") ? ARCHIVED : NOTHING;
    }

    private static boolean isThere(Handle handle, String table) {
        return handle.createQuery("SELECT to_regclass(:table) IS NOT NULL")
                .bind("table", table)
                .mapTo(Boolean.class)
                .one();
    }

    private static final String ARCHIVED = """
            SELECT producto_id, sum(delta_vendido) AS vendido, max(created_at) AS ultima
              FROM (SELECT producto_id, delta_vendido, created_at FROM archivo_movimientos
                    UNION ALL SELECT producto_id, delta_vendido, NULL FROM archivo_ajustes) AS guardados
             GROUP BY producto_id""";

    private static final String NOTHING =
            "SELECT NULL::bigint AS producto_id, NULL::bigint AS vendido, NULL::timestamptz AS ultima WHERE false";

    /** Counts the reservations by product; takes the expression of the last event and the rows. */
    private static final String COUNTED = """
            SELECT producto_id,
                   COALESCE(sum(cantidad) FILTER (WHERE status = 'pending'), 0) AS pendientes,
                   COALESCE(sum(cantidad) FILTER (WHERE status = 'confirmed'), 0) AS confirmadas,
                   %s AS ultima
              FROM %s GROUP BY producto_id""";

    private static final String LAST_EVENT = "max(GREATEST(created_at, confirmed_at, cancelled_at, "
            + "CASE WHEN status = 'expired' THEN expires_at END))";

    /** The rows of a few products; each arm has the condition of its index. */
    static final String OF_A_FEW = """
            (SELECT producto_id, cantidad, status FROM stock_reservations
              WHERE status = 'pending' AND producto_id = ANY(:ids)
             UNION ALL
             SELECT producto_id, cantidad, status FROM stock_reservations
              WHERE status <> 'pending' AND producto_id = ANY(:ids)) AS suyas""";

    private static final String VERIFY =
            """
            WITH cuentas AS (%s), anotadas AS (SELECT * FROM (%s) AS todas WHERE %s), cifras AS (
                SELECT p.id, p.nombre, p.stock, p.stock_total, p.stock_reservado, p.stock_vendido,
                       COALESCE(c.pendientes, 0) AS pendientes,
                       COALESCE(c.confirmadas, 0) + COALESCE(a.vendido, 0) AS vendidas,
            """ + StockFigures.notInitialised("p.") + """
                        AS nuevo
                  FROM productos p
                  LEFT JOIN cuentas c ON c.producto_id = p.id
                  LEFT JOIN anotadas a ON a.producto_id = p.id
                 WHERE %s AND (CAST(:since AS timestamptz) IS NULL
                     OR GREATEST(c.ultima, a.ultima, p.updated_at) >= :since)
            )
            SELECT id, nombre, v.clase, cifra, esperado,
                   COALESCE(sign(cifra - esperado) = sign(x.diferencia) AND abs(cifra - esperado) <= abs(x.diferencia),
                            -- Holds that a takeover's mending ended leave stock behind until our 0020:
                            -- that is nobody's fault.
                            :before_us AND v.clase <> 'LEGACY_STOCK') AS heredada
              FROM cifras
             CROSS JOIN LATERAL (VALUES
                       (1, 'RESERVED', stock_reservado, pendientes, 'reservado'),
                       (2, 'SOLD', stock_vendido, vendidas, 'vendido'),
                       (3, 'LEGACY_STOCK', stock, CASE WHEN nuevo THEN stock ELSE (""" + StockFigures.FREE + """
                        ) END, 'stock')
                   ) AS v(n, clase, cifra, esperado, escrita)
              LEFT JOIN (%s) AS x ON x.producto_id = id AND x.clase = escrita
             -- Only for what can be wrong: the list of three costs 40 microseconds a product.
             WHERE cifra <> esperado AND (stock_reservado <> pendientes OR stock_vendido <> vendidas
                 OR stock <>""" + StockFigures.FREE + """
                   )
             ORDER BY id, n
            """;
}
