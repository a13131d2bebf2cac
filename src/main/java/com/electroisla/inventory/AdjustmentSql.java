package com.electroisla.inventory;

import com.electroisla.database.Rows;
import com.electroisla.database.StockFigures;
import com.electroisla.inventory.AdjustStock.Figures;
import java.time.Instant;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/** The statements of an adjustment. */
final class AdjustmentSql {
    /** @param initialised false: the figures are those that it would have, and a list shows none */
    record Product(long id, String name, Figures figures, boolean initialised) {}

    private AdjustmentSql() {}

    /**
     * Locks the product. If it is not initialised, its {@code stock} counts as its total, as in step 3 of the guide.
     */
    static Optional<Product> lock(Handle handle, long id) {
        return handle.createQuery("""
                        SELECT id, nombre, stock_reservado, stock_vendido,
                               CASE WHEN""" + StockFigures.NOT_INITIALISED + """
                                THEN stock ELSE stock_total END AS stock_total,
                               NOT""" + StockFigures.NOT_INITIALISED + """
                                AS iniciado
                          FROM productos WHERE id = :id FOR NO KEY UPDATE
                        """)
                .bind("id", id)
                .map((row, context) -> new Product(
                        row.getLong("id"),
                        row.getString("nombre"),
                        new Figures(
                                row.getInt("stock_total"), row.getInt("stock_reservado"), row.getInt("stock_vendido")),
                        row.getBoolean("iniciado")))
                .findOne();
    }

    /** Writes the new total and sold figures, and the movement; the figure for held units changes with its holds. */
    static void apply(
            Handle handle,
            long id,
            Figures after,
            Adjustment adjustment,
            Adjustment.Deltas deltas,
            int userId,
            Instant now) {
        handle.createUpdate("UPDATE productos SET stock_total = :total, stock_vendido = :sold, stock = "
                        + StockFigures.free(":total", "stock_reservado", ":sold") + " WHERE id = :id")
                .bind("total", after.total())
                .bind("sold", after.sold())
                .bind("id", id)
                .execute();
        handle.createUpdate("""
                        INSERT INTO movimientos_stock (producto_id, tipo, delta_total, delta_vendido, motivo, pedido_id,
                            usuario_id, created_at)
                        VALUES (:id, :kind, :total, :sold, :reason, :order, :user, :now)
                        """)
                .bind("id", id)
                .bind("kind", adjustment.kind().word())
                .bind("total", deltas.total())
                .bind("sold", deltas.sold())
                .bind("reason", adjustment.reason())
                .bind("order", adjustment.orderId())
                .bind("user", userId)
                .bind("now", Rows.timestamp(now))
                .execute();
    }
}
