package com.electroisla.inventory;

import com.electroisla.database.Rows;
import com.electroisla.database.StockFigures;
import com.electroisla.database.takeover.TakenOverSql;
import com.electroisla.inventory.RepairInventory.Counts;
import com.electroisla.inventory.RepairInventory.Repair;
import java.time.Instant;
import java.util.List;
import org.jdbi.v3.core.Handle;

/** The statement that sets figures from their rows and records the change. */
final class RepairSql {
    private RepairSql() {}

    /**
     * Counts the locked products again and mends those that still differ and whose count breaks no rule.
     * {@code sin_fila}: units that the old shop sold and none of its rows explains any more, because their buyer was
     * deleted; they are never put on sale again.
     */
    static List<Repair> repair(Handle handle, List<Long> products, Instant now) {
        // A generic plan expects ten ids, and loops: 20 s for a batch instead of 0.3.
        handle.execute("SET LOCAL plan_cache_mode = force_custom_plan");
        boolean ours = InventorySql.hasMovements(handle);
        return handle.createQuery("""
                        WITH cuentas AS (
                            SELECT producto_id, COALESCE(sum(cantidad) FILTER (WHERE status = 'pending'),
                                   0) AS pendientes,
                                   COALESCE(sum(cantidad) FILTER (WHERE status = 'confirmed'), 0) AS confirmadas
                              FROM %s GROUP BY producto_id
                        ), anotadas AS (SELECT * FROM (%s) AS todas WHERE producto_id = ANY(:ids)), contadas AS (
                            SELECT p.id, p.nombre, p.stock, p.stock_total, p.stock_reservado, p.stock_vendido,
                                   COALESCE(c.pendientes, 0) AS pendientes,
                                   COALESCE(c.confirmadas, 0) + COALESCE(a.vendido, 0) AS con_fila,
                                   CASE WHEN :djangos THEN p.stock_vendido ELSE COALESCE(x.diferencia, 0)
                                       END AS heredadas,
                                   p.stock <> %s
                                       AND NOT %s AS stock_difiere
                              FROM productos p
                              LEFT JOIN cuentas c ON c.producto_id = p.id
                              LEFT JOIN anotadas a ON a.producto_id = p.id
                              LEFT JOIN (%s) AS x ON x.producto_id = p.id AND x.clase = 'vendido'
                             WHERE p.id = ANY(:ids)
                        ), cifras AS (
                            SELECT *, con_fila + sin_fila AS vendidas
                              FROM (SELECT *, CASE WHEN con_fila < 0 THEN 0
                                      ELSE GREATEST(LEAST(stock_vendido - con_fila, heredadas), 0) END AS sin_fila
                                      FROM contadas) AS separadas
                        ), distintas AS (
                            SELECT * FROM cifras WHERE stock_reservado <> pendientes OR stock_vendido <> con_fila
                                   OR stock_difiere
                        ), hechas AS (
                            UPDATE productos p SET stock_reservado = d.pendientes, stock_vendido = d.vendidas,
                                   stock = CASE WHEN d.stock_total = 0 THEN p.stock ELSE %s END
                              FROM distintas d
                             WHERE p.id = d.id AND d.vendidas >= 0 AND d.pendientes + d.vendidas <= d.stock_total
                                 AND (%s)
                            RETURNING p.id, p.stock
                        )%s%s, escritas AS (
                            INSERT INTO audit_logs (accion, modulo, objeto_id, objeto_repr, detalles, "timestamp")
                            SELECT 'reparar', 'inventario', (d.id %% 2147483648)::integer, d.nombre, jsonb_build_object(
                                       'motivo', 'verificar_inventario',
                                       'producto_id', d.id,
                                       'antes', jsonb_build_object('stock', d.stock, 'stock_reservado',
                                           d.stock_reservado, 'stock_vendido', d.stock_vendido),
                                       'despues', jsonb_strip_nulls(jsonb_build_object('stock', h.stock,
                                           'stock_reservado', d.pendientes,
                                           'stock_vendido', d.vendidas, 'ajuste', NULLIF(d.sin_fila, 0)))),
                                   :now
                              FROM distintas d JOIN hechas h ON h.id = d.id
                        )
                        SELECT d.id, d.nombre, d.stock, d.stock_total, d.stock_reservado, d.stock_vendido, d.pendientes,
                               d.vendidas, d.sin_fila,
                               h.id IS NOT NULL AS hecha
                          FROM distintas d LEFT JOIN hechas h ON h.id = d.id ORDER BY d.id
                        """.formatted(
                                InventorySql.OF_A_FEW,
                                InventorySql.explained(handle),
                                StockFigures.free("p."),
                                StockFigures.uncounted("p."),
                                TakenOverSql.inherited(handle),
                                COUNTED_FREE,
                                ours ? "true" : ONLY_BY_ROWS,
                                ours ? EXPLAINED_FROM_NOW_ON : "",
                                TakenOverSql.hasInherited(handle) ? NOT_INHERITED_ANY_MORE : ""))
                .bindArray("ids", Long.class, products.toArray())
                .bind("djangos", TakenOverSql.whose(handle) == TakenOverSql.Whose.DJANGOS_NOW)
                .bind("now", Rows.timestamp(now))
                .map((row, context) -> new Repair(
                        row.getLong("id"),
                        row.getString("nombre"),
                        row.getInt("stock_total"),
                        row.getInt("stock"),
                        new Counts(row.getLong("stock_reservado"), row.getLong("stock_vendido")),
                        new Counts(row.getLong("pendientes"), row.getLong("vendidas")),
                        row.getLong("sin_fila"),
                        row.getBoolean("hecha")))
                .list();
    }

    /** The free units by the counts. */
    private static final String COUNTED_FREE = StockFigures.free("d.stock_total", "d.pendientes", "d.vendidas");

    /**
     * At 0019, where no trigger maintains {@code stock}: a {@code stock} that agrees with neither count was set on
     * purpose. Nor is there a table for the explanation of a sale; the takeover's mending creates one.
     */
    private static final String ONLY_BY_ROWS =
            "d.sin_fila = 0 AND (NOT d.stock_difiere OR d.stock = " + COUNTED_FREE + ")";

    private static final String EXPLAINED_FROM_NOW_ON = """
            , explicadas AS (
                INSERT INTO movimientos_stock (producto_id, tipo, delta_total, delta_vendido, motivo, created_at)
                SELECT d.id, 'ajuste', 0, d.sin_fila, 'Venta de la tienda antigua sin reserva', :now
                  FROM distintas d JOIN hechas h ON h.id = d.id WHERE d.sin_fila > 0
            )""";

    private static final String NOT_INHERITED_ANY_MORE = """
            , olvidadas AS (DELETE FROM electro_isla_diferencias e USING hechas h WHERE e.producto_id = h.id)""";
}
