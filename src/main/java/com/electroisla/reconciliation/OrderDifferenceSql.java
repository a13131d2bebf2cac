package com.electroisla.reconciliation;

import java.util.Collection;
import java.util.List;
import org.jdbi.v3.core.Handle;

/** Compares orders with what was sold for them and paid back. */
final class OrderDifferenceSql {
    private OrderDifferenceSql() {}

    /**
     * The differences of these orders, in one statement, so that all it reads was committed together. What was sold
     * for an order are its confirmed reservations, and the movements that stand for those that went with their user.
     * An order of the old shop's, of which nothing was sold that we know of, is not compared. The user and
     * {@code created_at} are named because the index of ended reservations has them.
     */
    private static final String COMPARE = """
            WITH suyos AS MATERIALIZED (
                SELECT id, usuario_id, estado, total FROM pedidos WHERE id = ANY(:ids)
            ), lineas AS (
                SELECT pedido_id, producto_id, sum(cantidad) AS cantidad, sum(subtotal) AS subtotal
                  FROM detalles_pedido WHERE pedido_id = ANY(:ids) GROUP BY pedido_id, producto_id
            ), ventas AS MATERIALIZED (
                SELECT pedido_id, producto_id, sum(cantidad) AS cantidad
                  FROM (SELECT o.id AS pedido_id, r.producto_id, r.cantidad
                          FROM suyos o CROSS JOIN LATERAL (
                               SELECT producto_id, cantidad FROM stock_reservations
                                WHERE usuario_id = o.usuario_id AND status <> 'pending' AND created_at >= '-infinity'
                                  AND status = 'confirmed' AND pedido_id = o.id OFFSET 0) r
                        UNION ALL
                        SELECT pedido_id, producto_id, delta_vendido FROM movimientos_stock
                         WHERE pedido_id = ANY(:ids) AND delta_vendido > 0) v
                 GROUP BY pedido_id, producto_id
            ), vueltas AS (
                SELECT pedido_id, producto_id, -sum(delta_vendido) AS cantidad FROM movimientos_stock
                 WHERE pedido_id = ANY(:ids) AND delta_vendido < 0 GROUP BY pedido_id, producto_id
            )
            SELECT pedido_id, producto_id, 'pedido_unidades' AS aspecto,
                   COALESCE(l.cantidad, 0) AS cifra, COALESCE(v.cantidad, 0) AS esperado
              FROM lineas l FULL JOIN ventas v USING (pedido_id, producto_id)
             WHERE l.cantidad IS DISTINCT FROM v.cantidad AND pedido_id IN (SELECT pedido_id FROM ventas)
            UNION ALL
            SELECT o.id, NULL, 'pedido_total', o.total, l.suma
              FROM suyos o JOIN (SELECT pedido_id, sum(subtotal) AS suma FROM lineas GROUP BY pedido_id) l
                ON l.pedido_id = o.id
             WHERE o.total <> l.suma AND o.id IN (SELECT pedido_id FROM ventas)
            UNION ALL
            SELECT v.pedido_id, v.producto_id, 'pedido_devuelto', COALESCE(b.cantidad, 0), v.cantidad
              FROM ventas v JOIN suyos o ON o.id = v.pedido_id
              LEFT JOIN vueltas b ON b.pedido_id = v.pedido_id AND b.producto_id = v.producto_id
             WHERE b.cantidad > v.cantidad OR o.estado = 'cancelado' AND COALESCE(b.cantidad, 0) < v.cantidad
            UNION ALL
            SELECT o.id, NULL, 'pedido_reembolsado', COALESCE(r.importe, 0), o.total
              FROM suyos o
              LEFT JOIN (SELECT pedido_id, sum(importe) AS importe FROM reembolsos
                          WHERE pedido_id = ANY(:ids) GROUP BY pedido_id) r ON r.pedido_id = o.id
             WHERE r.importe > o.total
                OR o.estado = 'cancelado' AND COALESCE(r.importe, 0) < o.total
                   AND EXISTS (SELECT FROM pagos p JOIN cobros c ON c.pago_id = p.id
                                WHERE p.pedido_id = o.id AND c.resultado IN ('vendido', 'vendido_tarde'))
             ORDER BY 1, 2
            """;

    static List<Suspicion> compare(Handle handle, Collection<Long> orders) {
        if (orders.isEmpty()) {
            return List.of();
        }
        return handle.createQuery(COMPARE)
                .bindArray("ids", Long.class, orders.toArray())
                .map((row, context) -> {
                    long product = row.getLong("producto_id");
                    boolean ofAll = row.wasNull();
                    String order = "pedido/" + row.getLong("pedido_id");
                    return new Suspicion(
                            Aspect.of(row.getString("aspecto")),
                            ofAll ? order : order + "/" + product,
                            ofAll ? null : (Long) product,
                            row.getBigDecimal("cifra"),
                            row.getBigDecimal("esperado"));
                })
                .list();
    }
}
