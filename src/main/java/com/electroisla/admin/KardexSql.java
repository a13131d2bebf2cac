package com.electroisla.admin;

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

    /** Every event of the product with the figures after it; at one instant movements come first, then holds, then their ends. */
    private static final String EVENTS = """
            WITH reservas AS (
                SELECT id, cantidad, usuario_id, pedido_id, created_at, status,
                       CASE WHEN status = 'confirmed' THEN confirmed_at
                            WHEN status = 'cancelled' THEN cancelled_at
                            WHEN status = 'expired' THEN expires_at END AS fin
                  FROM stock_reservations WHERE producto_id = :product
            ), sucesos AS (
                SELECT created_at AS cuando, 0 AS orden, id, tipo, delta_total AS dt, 0 AS dr, delta_vendido AS dv, usuario_id, motivo,
                       CAST(NULL AS bigint) AS reserva, pedido_id
                  FROM movimientos_stock WHERE producto_id = :product
                UNION ALL
                SELECT created_at, 1, id, 'reserva', 0, cantidad, 0, usuario_id, '', id, CAST(NULL AS bigint) FROM reservas
                UNION ALL
                SELECT fin, 2, id, 'venta', 0, -cantidad, cantidad, usuario_id, '', id, pedido_id FROM reservas WHERE status = 'confirmed'
                UNION ALL
                SELECT fin, 2, id, 'liberacion', 0, -cantidad, 0, usuario_id, '', id, CAST(NULL AS bigint)
                  FROM reservas WHERE status IN ('cancelled', 'expired')
            ), sumas AS (
                SELECT s.*, sum(dt) OVER hasta AS st, sum(dr) OVER hasta AS sr, sum(dv) OVER hasta AS sv,
                       sum(dt) OVER () AS tt, sum(dr) OVER () AS tr, sum(dv) OVER () AS tv
                  FROM sucesos s WINDOW hasta AS (ORDER BY cuando, orden, id ROWS UNBOUNDED PRECEDING)
            ), historia AS (
                SELECT s.cuando, s.orden, s.id, s.tipo, s.dt, s.dr, s.dv, s.usuario_id, s.motivo, s.reserva, s.pedido_id,
                       (p.stock_total - s.tt + s.st)::int AS total, (p.stock_reservado - s.tr + s.sr)::int AS reservado,
                       (p.stock_vendido - s.tv + s.sv)::int AS vendido
                  FROM sumas s, productos p WHERE p.id = :product
            )
            """;
    private static final String ROWS = """
            <events>
            SELECT h.*, COALESCE(u.username, '') AS quien
              FROM historia h LEFT JOIN auth_user u ON u.id = h.usuario_id
             WHERE h.cuando >= :from AND h.cuando < :to AND h.cuando <= :now
             ORDER BY h.cuando <direction>, h.orden <direction>, h.id <direction> <limit>""";

    private KardexSql() {}

    static Optional<String> productName(Handle handle, long productId) {
        return handle.createQuery("SELECT nombre FROM productos WHERE id = :id").bind("id", productId).mapTo(String.class).findOne();
    }

    /** The newest first. */
    static List<KardexView.Row> rows(Handle handle, long productId, Instant from, Instant to, Instant now, int most) {
        return query(handle, productId, from, to, now).define("direction", "DESC").define("limit", "LIMIT :most").bind("most", most)
                .map((row, context) -> row(row)).list();
    }

    /** The oldest first. */
    static void forEach(Handle handle, long productId, Instant from, Instant to, Instant now, Consumer<KardexView.Row> each) {
        query(handle, productId, from, to, now).define("direction", "ASC").define("limit", "").setFetchSize(FETCH_SIZE)
                .map((row, context) -> row(row)).useIterator(rows -> rows.forEachRemaining(each));
    }

    private static Query query(Handle handle, long productId, Instant from, Instant to, Instant now) {
        return handle.createQuery(ROWS.replace("<events>", EVENTS))
                .bind("product", productId)
                .bind("from", Rows.timestamp(from))
                .bind("to", Rows.timestamp(to))
                .bind("now", Rows.timestamp(now));
    }

    /** The figures at a moment; null before anything happened, when nothing is known. */
    static KardexView.@Nullable Past past(Handle handle, long productId, Instant at, Instant now, int most) {
        Optional<KardexView.Row> last = handle.createQuery(EVENTS + """
                        SELECT h.*, '' AS quien FROM historia h WHERE h.cuando <= :at ORDER BY h.cuando DESC, h.orden DESC, h.id DESC LIMIT 1
                        """)
                .bind("product", productId)
                .bind("at", Rows.timestamp(at.isAfter(now) ? now : at))
                .map((row, context) -> row(row))
                .findOne();
        return last.map(row -> new KardexView.Past(at, row.total(), row.reserved(), row.sold(),
                        explaining(handle, productId, at, most, HELD), explaining(handle, productId, at, most, SOLD)))
                .orElse(null);
    }

    private static final String HELD = """
            r.status = 'pending' OR CASE r.status WHEN 'confirmed' THEN r.confirmed_at WHEN 'cancelled' THEN r.cancelled_at ELSE r.expires_at END > :at""";
    private static final String SOLD = "r.status = 'confirmed' AND r.confirmed_at <= :at";

    /** The reservations that held units then, or had sold them. */
    private static List<KardexView.Row> explaining(Handle handle, long productId, Instant at, int most, String condition) {
        return handle.createQuery("""
                        SELECT r.created_at AS cuando, r.status AS tipo, 0 AS dt, 0 AS dr, 0 AS dv, r.cantidad AS total, 0 AS reservado, 0 AS vendido,
                               u.username AS quien, '' AS motivo, r.id AS reserva, r.pedido_id
                          FROM stock_reservations r JOIN auth_user u ON u.id = r.usuario_id
                         WHERE r.producto_id = :product AND r.created_at <= :at AND (<condition>)
                         ORDER BY r.id DESC LIMIT :most
                        """)
                .define("condition", condition)
                .bind("product", productId)
                .bind("at", Rows.timestamp(at))
                .bind("most", most)
                .map((row, context) -> row(row))
                .list();
    }

    static List<ProductView.Movement> lastMovements(Handle handle, long productId, int most) {
        return handle.createQuery("""
                        SELECT m.tipo, m.delta_total, m.delta_vendido, m.motivo, COALESCE(u.username, '') AS quien, m.created_at
                          FROM movimientos_stock m LEFT JOIN auth_user u ON u.id = m.usuario_id
                         WHERE m.producto_id = :product ORDER BY m.id DESC LIMIT :most
                        """)
                .bind("product", productId)
                .bind("most", most)
                .map((row, context) -> new ProductView.Movement(row.getString("tipo"), row.getInt("delta_total"), row.getInt("delta_vendido"),
                        row.getString("motivo"), row.getString("quien"), Rows.instant(row, "created_at")))
                .list();
    }

    private static KardexView.Row row(ResultSet row) throws SQLException {
        return new KardexView.Row(Rows.instant(row, "cuando"), row.getString("tipo"), row.getInt("dt"), row.getInt("dr"), row.getInt("dv"),
                row.getInt("total"), row.getInt("reservado"), row.getInt("vendido"), row.getString("quien"), row.getString("motivo"),
                number(row, "reserva"), number(row, "pedido_id"));
    }

    private static @Nullable Long number(ResultSet row, String column) throws SQLException {
        long number = row.getLong(column);
        return row.wasNull() ? null : number;
    }
}
