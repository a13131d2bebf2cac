package com.electroisla.shopfront;

import com.electroisla.database.Rows;
import java.util.List;
import org.jdbi.v3.core.Handle;

/** The statement that reads what became of the goods and the money of an order. */
final class OrderNewsSql {
    private OrderNewsSql() {}

    /** Units of a product that came back, then money that is owed or was given back, the oldest first. */
    static List<OrderNews.Item> of(Handle handle, long order) {
        return handle.createQuery("""
                        SELECT 1 AS parte, min(m.id) AS n, p.nombre, sum(m.delta_total - m.delta_vendido) AS unidades,
                               NULL AS importe, CAST(NULL AS timestamptz) AS hecho_at
                          FROM movimientos_stock m JOIN productos p ON p.id = m.producto_id
                         WHERE m.pedido_id = :order AND m.tipo = 'devolucion' GROUP BY p.id, p.nombre
                        UNION ALL
                        SELECT 2, r.id, '', 0, r.importe, r.hecho_at FROM reembolsos r WHERE r.pedido_id = :order
                         ORDER BY parte, n
                        """)
                .bind("order", order)
                .map((row, context) -> new OrderNews.Item(
                        row.getString("nombre"),
                        row.getInt("unidades"),
                        Rows.nullableAmount(row, "importe"),
                        Rows.nullableInstant(row, "hecho_at")))
                .list();
    }
}
