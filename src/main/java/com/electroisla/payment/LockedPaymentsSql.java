package com.electroisla.payment;

import com.electroisla.database.Column;
import com.electroisla.database.Script;
import com.electroisla.payment.LockedPayments.Asked;
import com.electroisla.payment.LockedPayments.Beginner;
import com.electroisla.payment.LockedPayments.Paid;
import java.util.List;

/** The statements that lock and read payments in a batch, after its carts, products and holds. */
public final class LockedPaymentsSql {
    private LockedPaymentsSql() {}

    /** Payments of others than the batch's users are left out: those have changed hands. */
    private static final String LOCK_PAYMENTS = """
            SELECT <columns> FROM pagos p
             WHERE p.id = ANY(ARRAY(
                       SELECT q.id FROM unnest(:askedPayments) AS q(id)
                        UNION
                       SELECT k.id
                         FROM unnest(:beginners, :beginnersKeys) AS b(usuario, clave) CROSS JOIN LATERAL (
                              SELECT id FROM pagos WHERE usuario_id = b.usuario AND clave = b.clave OFFSET 0) k))
               AND p.usuario_id = ANY(:users)
             ORDER BY p.id
               FOR NO KEY UPDATE
            """.replace("<columns>", PaymentSql.COLUMNS);

    private static final String LINES = """
            SELECT pago_id, reserva_id, producto_id, cantidad, precio_unitario FROM lineas_pago
             WHERE pago_id = ANY(:askedPayments) ORDER BY pago_id, reserva_id
            """;

    private static final String CHARGES = """
            SELECT c.id, c.proveedor, c.cobro, c.pago_id, c.importe, c.recibido_at, c.resultado
              FROM unnest(:chargedPayments, :cameAs) AS v(pago, cobro) CROSS JOIN LATERAL (
                   SELECT proveedor FROM pagos WHERE id = v.pago OFFSET 0) p CROSS JOIN LATERAL (
                   SELECT * FROM cobros WHERE proveedor = p.proveedor AND cobro = v.cobro OFFSET 0) c
            """;

    /** Holds of payments that are over while their holds may live on. */
    private static final String ONCE_KEPT = """
            SELECT l.reserva_id
              FROM unnest(:beginners) AS b(usuario) CROSS JOIN LATERAL (
                   SELECT id FROM pagos WHERE usuario_id = b.usuario
                      AND estado IN ('rechazado', 'reembolso_debido', 'reembolsado') OFFSET 0) p
              JOIN lineas_pago l ON l.pago_id = p.id
            """;

    /** Adds the statements whose rows fill {@code read}; none where nothing is asked. */
    public static void add(Script locks, Asked asked, LockedPayments read) {
        if (asked.isNothing()) {
            return;
        }
        locks.add(LOCK_PAYMENTS, row -> read.add(PaymentSql.payment(row)))
                .add(LINES, row -> read.add(PaymentSql.line(row)))
                .bind("askedPayments", Column.longs(asked.payments()))
                .bind("beginners", Column.ints(asked.beginners(), Beginner::user))
                .bind("beginnersKeys", Column.strings(asked.beginners(), Beginner::key));
        List<Paid> paid = asked.paid();
        if (!paid.isEmpty()) {
            locks.add(CHARGES, row -> read.add(ChargeSql.charge(row)))
                    .bind("chargedPayments", Column.longs(paid, Paid::payment))
                    .bind("cameAs", Column.strings(paid, Paid::charge));
        }
        if (!asked.beginners().isEmpty()) {
            locks.add(ONCE_KEPT, row -> read.addHoldOnceKept(row.getLong("reserva_id")));
        }
    }
}
