package com.electroisla.admin;

import com.electroisla.database.Fragment;
import com.electroisla.database.Rows;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.Query;
import org.jspecify.annotations.Nullable;

/** The statements of a product's history. */
final class KardexSql {
    private static final int FETCH_SIZE = 1_000;

    /**
     * All of a product's reservations: pending ones and ended ones are in an index each. For the latter only columns
     * of their index, {@code reservas_terminadas_kardex}, are read, where {@code revisar_desde} is the
     * {@code expires_at} of what is over; a page looks up the other columns by id.
     */
    private static final String HOLDS = """
            SELECT id, cantidad, created_at, status, CAST(NULL AS timestamptz) AS fin FROM stock_reservations
            WHERE producto_id = :product AND status = 'pending'
            UNION ALL
            SELECT id, cantidad, created_at, status,
                   CASE status WHEN 'confirmed' THEN confirmed_at WHEN 'cancelled' THEN cancelled_at WHEN 'expired'
                       THEN revisar_desde END
              FROM stock_reservations WHERE producto_id = :product AND status <> 'pending'""";

    /** Every event of the product; at one instant movements come first, then the start of holds, then their ends. */
    private static final String EVENTS = """
            WITH reservas AS MATERIALIZED (
                <holds>
            ), sucesos AS NOT MATERIALIZED (
                SELECT created_at AS cuando, 0 AS orden, id, delta_total AS dt, 0 AS dr, delta_vendido AS dv
                  FROM movimientos_stock WHERE producto_id = :product
                UNION ALL
                SELECT created_at, 1, id, 0, cantidad, 0 FROM reservas
                UNION ALL
                SELECT fin, 2, id, 0, -cantidad, CASE status WHEN 'confirmed' THEN cantidad ELSE 0 END FROM reservas
                       WHERE fin IS NOT NULL
            )
            """.replace("<holds>", HOLDS);

    /**
     * The figures are computed backwards from the product's present ones: the events after the page are summed up, and
     * only the events of the page are sorted and looked up.
     */
    private static final String ROWS = """
            <events>, despues AS MATERIALIZED (
                SELECT COALESCE(sum(dt), 0) AS dt, COALESCE(sum(dr), 0) AS dr, COALESCE(sum(dv), 0) AS dv
                  FROM sucesos WHERE cuando >= :to OR cuando > :now OR <shown>
            ), mostrados AS MATERIALIZED (
                SELECT * FROM sucesos WHERE cuando >= :from AND cuando < :to AND cuando <= :now AND NOT <shown>
                 ORDER BY cuando DESC, orden DESC, id DESC <limit>
            ), historia AS (
                SELECT m.cuando, m.orden, m.id, m.dt, m.dr, m.dv,
                       (p.stock_total - d.dt - COALESCE(sum(m.dt) OVER nuevos, 0))::int AS total,
                       (p.stock_reservado - d.dr - COALESCE(sum(m.dr) OVER nuevos, 0))::int AS reservado,
                       (p.stock_vendido - d.dv - COALESCE(sum(m.dv) OVER nuevos, 0))::int AS vendido
                  FROM mostrados m, despues d, productos p WHERE p.id = :product
                WINDOW nuevos AS (ORDER BY m.cuando DESC, m.orden DESC,
                    m.id DESC ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING)
            )
            SELECT h.cuando, h.orden, h.id, h.dt, h.dr, h.dv, h.total, h.reservado, h.vendido,
                   CASE WHEN h.orden = 0 THEN m.tipo WHEN h.orden = 1 THEN 'reserva' WHEN r.status = 'confirmed'
                       THEN 'venta' ELSE 'liberacion' END AS tipo,
                   COALESCE(m.motivo, '') AS motivo, r.id AS reserva, COALESCE(u.username, '') AS quien,
                   CASE WHEN h.orden = 0 THEN m.pedido_id WHEN h.orden = 2 AND r.status = 'confirmed' THEN r.pedido_id
                       END AS pedido_id
              FROM historia h
              LEFT JOIN movimientos_stock m ON h.orden = 0 AND m.id = h.id
              LEFT JOIN stock_reservations r ON h.orden > 0 AND r.id = h.id
              LEFT JOIN auth_user u ON u.id = COALESCE(m.usuario_id, r.usuario_id)
             ORDER BY h.cuando <direction>, h.orden <direction>, h.id <direction>""".replace("<events>", EVENTS);

    private static final Fragment NOTHING = Fragment.of("false");

    /** A position in the history: the last event of a page. */
    record Place(Instant at, int order, long id) {
        static Place of(ResultSet row) throws SQLException {
            return new Place(Rows.instant(row, "cuando"), row.getInt("orden"), row.getLong("id"));
        }

        /** The condition of this event and the newer ones. */
        Fragment andNewer() {
            return Fragment.of("(cuando, orden, id) >= (:lastAt, :lastOrder, :lastId)")
                    .with("lastAt", Rows.timestamp(at))
                    .with("lastOrder", order)
                    .with("lastId", id);
        }
    }

    /** An event and its position. */
    record Placed(KardexView.Row row, Place place) {}

    private KardexSql() {}

    static Optional<String> productName(Handle handle, long productId) {
        return handle.createQuery("SELECT nombre FROM productos WHERE id = :id")
                .bind("id", productId)
                .mapTo(String.class)
                .findOne();
    }

    /**
     * The events, newest first.
     *
     * @param last the position of the last event of the page before; null for the first page
     */
    static List<Placed> rows(
            Handle handle, long productId, Instant from, Instant to, Instant now, @Nullable Place last, int most) {
        Fragment shown = last == null ? NOTHING : last.andNewer();
        return query(handle, productId, from, to, now, shown)
                .define("direction", "DESC")
                .define("limit", "LIMIT :most")
                .bind("most", most)
                .map((row, context) -> new Placed(row(row), Place.of(row)))
                .list();
    }

    static long count(Handle handle, long productId, Instant from, Instant to, Instant now) {
        return handle.createQuery(EVENTS + "SELECT count(*) FROM sucesos WHERE cuando >= :from AND cuando < :to AND "
                        + "cuando <= :now")
                .bind("product", productId)
                .bind("from", Rows.timestamp(from))
                .bind("to", Rows.timestamp(to))
                .bind("now", Rows.timestamp(now))
                .mapTo(Long.class)
                .one();
    }

    /** Passes on the events, oldest first. */
    static void forEach(
            Handle handle, long productId, Instant from, Instant to, Instant now, Consumer<KardexView.Row> each) {
        query(handle, productId, from, to, now, NOTHING)
                .define("direction", "ASC")
                .define("limit", "")
                .setFetchSize(FETCH_SIZE)
                .map((row, context) -> row(row))
                .useIterator(rows -> rows.forEachRemaining(each));
    }

    /** @param shown the condition of the events of earlier pages */
    private static Query query(Handle handle, long productId, Instant from, Instant to, Instant now, Fragment shown) {
        return shown.in(handle.createQuery(ROWS), "shown")
                .bind("product", productId)
                .bind("from", Rows.timestamp(from))
                .bind("to", Rows.timestamp(to))
                .bind("now", Rows.timestamp(now));
    }

    /** The figures at a moment; null before the first event. */
    static KardexView.@Nullable Past past(Handle handle, long productId, Instant at, Instant now, int most) {
        return handle.createQuery(EVENTS + """
                        SELECT p.stock_total - COALESCE(sum(s.dt) FILTER (WHERE s.cuando > :at), 0) AS total,
                               p.stock_reservado - COALESCE(sum(s.dr) FILTER (WHERE s.cuando > :at), 0) AS reservado,
                               p.stock_vendido - COALESCE(sum(s.dv) FILTER (WHERE s.cuando > :at), 0) AS vendido
                          FROM productos p, sucesos s WHERE p.id = :product
                         GROUP BY p.id HAVING bool_or(s.cuando <= :at)
                        """)
                .bind("product", productId)
                .bind("at", Rows.timestamp(at.isAfter(now) ? now : at))
                .map((row, context) -> new KardexView.Past(
                        at,
                        row.getInt("total"),
                        row.getInt("reservado"),
                        row.getInt("vendido"),
                        explaining(handle, productId, at, most, HELD),
                        explaining(handle, productId, at, most, SOLD)))
                .findOne()
                .orElse(null);
    }

    private static final String HELD = "(status = 'pending' OR fin > :at)";
    private static final String SOLD = "status = 'confirmed' AND fin <= :at";

    /** The reservations that held units at that moment, or had sold them. */
    private static List<KardexView.Row> explaining(
            Handle handle, long productId, Instant at, int most, String condition) {
        return handle.createQuery("""
                        SELECT r.created_at AS cuando, r.status AS tipo, 0 AS dt, 0 AS dr, 0 AS dv, r.cantidad AS total,
                               0 AS reservado, 0 AS vendido,
                               u.username AS quien, '' AS motivo, r.id AS reserva, r.pedido_id
                          FROM (SELECT id FROM (<holds>) h WHERE created_at <= :at AND <condition> ORDER BY id DESC
                              LIMIT :most) algunas
                          JOIN stock_reservations r USING (id)
                          JOIN auth_user u ON u.id = r.usuario_id
                         ORDER BY r.id DESC
                        """)
                .define("holds", HOLDS)
                .define("condition", condition)
                .bind("product", productId)
                .bind("at", Rows.timestamp(at))
                .bind("most", most)
                .map((row, context) -> row(row))
                .list();
    }

    static List<ProductView.Movement> lastMovements(Handle handle, long productId, int most) {
        return handle.createQuery("""
                        SELECT m.tipo, m.delta_total, m.delta_vendido, m.motivo, COALESCE(u.username, '') AS quien,
                               m.created_at
                          FROM movimientos_stock m LEFT JOIN auth_user u ON u.id = m.usuario_id
                         WHERE m.producto_id = :product ORDER BY m.id DESC LIMIT :most
                        """)
                .bind("product", productId)
                .bind("most", most)
                .map((row, context) -> new ProductView.Movement(
                        row.getString("tipo"),
                        row.getInt("delta_total"),
                        row.getInt("delta_vendido"),
                        row.getString("motivo"),
                        row.getString("quien"),
                        Rows.instant(row, "created_at")))
                .list();
    }

    private static KardexView.Row row(ResultSet row) throws SQLException {
        return new KardexView.Row(
                Rows.instant(row, "cuando"),
                row.getString("tipo"),
                row.getInt("dt"),
                row.getInt("dr"),
                row.getInt("dv"),
                row.getInt("total"),
                row.getInt("reservado"),
                row.getInt("vendido"),
                row.getString("quien"),
                row.getString("motivo"),
                number(row, "reserva"),
                number(row, "pedido_id"));
    }

    private static @Nullable Long number(ResultSet row, String column) throws SQLException {
        long number = row.getLong(column);
        return row.wasNull() ? null : number;
    }
}
