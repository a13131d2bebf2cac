package com.electroisla.reconciliation;

import java.util.Collection;
import java.util.List;
import org.jdbi.v3.core.Handle;

/**
 * Compares payments with their charges, orders and refunds. Where nothing differs, the money that came for the payments
 * is that of the orders that they sold and that of the refunds of the charges that sold nothing, to the cent.
 */
final class MoneyDifferenceSql {
    private MoneyDifferenceSql() {}

    private static final String COMPARE = """
            WITH suyos AS MATERIALIZED (
                SELECT id, importe, pedido_id FROM pagos WHERE id = ANY(:ids)
            ), cargos AS MATERIALIZED (
                SELECT id, pago_id, importe, resultado IN ('vendido', 'vendido_tarde') AS vendio
                  FROM cobros WHERE pago_id = ANY(:ids)
            ), devuelto AS (
                SELECT cobro_id, sum(importe) AS importe FROM reembolsos
                 WHERE pago_id = ANY(:ids) AND pedido_id IS NULL GROUP BY cobro_id
            )
            SELECT p.id AS pago, NULL::bigint AS cobro, 'pago_pedido' AS aspecto, p.importe AS cifra,
                   COALESCE(o.total, 0) AS esperado
              FROM suyos p LEFT JOIN pedidos o ON o.id = p.pedido_id
             WHERE p.pedido_id IS NOT NULL AND p.importe IS DISTINCT FROM o.total
            UNION ALL
            SELECT p.id, NULL, 'pago_cobros', COALESCE(c.importe, 0), e.importe
              FROM suyos p
              LEFT JOIN (SELECT pago_id, sum(importe) AS importe FROM cargos WHERE vendio GROUP BY pago_id) c
                ON c.pago_id = p.id
             CROSS JOIN LATERAL (SELECT CASE WHEN p.pedido_id IS NULL THEN 0 ELSE p.importe END AS importe) e
             WHERE COALESCE(c.importe, 0) <> e.importe
            UNION ALL
            SELECT c.pago_id, c.id, 'cobro_reembolsado', COALESCE(d.importe, 0), e.importe
              FROM cargos c
              LEFT JOIN devuelto d ON d.cobro_id = c.id
             CROSS JOIN LATERAL (SELECT CASE WHEN c.vendio THEN 0 ELSE c.importe END AS importe) e
             WHERE COALESCE(d.importe, 0) <> e.importe
             ORDER BY 1, 2
            """;

    static List<Suspicion> compare(Handle handle, Collection<Long> payments) {
        if (payments.isEmpty()) {
            return List.of();
        }
        return handle.createQuery(COMPARE)
                .bindArray("ids", Long.class, payments.toArray())
                .map((row, context) -> {
                    long charge = row.getLong("cobro");
                    boolean ofAll = row.wasNull();
                    String payment = "pago/" + row.getLong("pago");
                    return new Suspicion(
                            Aspect.of(row.getString("aspecto")),
                            ofAll ? payment : payment + "/" + charge,
                            null,
                            row.getBigDecimal("cifra"),
                            row.getBigDecimal("esperado"));
                })
                .list();
    }
}
