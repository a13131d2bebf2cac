package com.electroisla.payment;

import com.electroisla.database.Column;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jdbi.v3.core.Handle;

/** Reads what people see of a payment. */
public final class PaymentViewSql {
    private PaymentViewSql() {}

    /** @param product its name; empty for one that was deleted */
    public record Bought(long productId, String product, int quantity, BigDecimal unitPrice) {
        public BigDecimal subtotal() {
            return unitPrice.multiply(BigDecimal.valueOf(quantity));
        }
    }

    /**
     * The payment of an order, as its buyer is told of it.
     *
     * @param late whether its money came when its time was over
     * @param owes whether something is or was owed back that is not of the order
     */
    public record OfOrder(long payment, int userId, boolean late, boolean owes) {}

    /** The units that the payments are about, by payment. */
    public static Map<Long, List<Bought>> lines(Handle handle, Collection<Long> payments) {
        Map<Long, List<Bought>> lines = new HashMap<>();
        handle.createQuery("""
                        SELECT l.pago_id, l.producto_id, COALESCE(p.nombre, '') AS nombre, l.cantidad, l.precio_unitario
                          FROM lineas_pago l LEFT JOIN productos p ON p.id = l.producto_id
                         WHERE l.pago_id = ANY(:payments) ORDER BY l.pago_id, l.reserva_id
                        """)
                .bind("payments", Column.longs(payments))
                .map((row, context) -> lines.computeIfAbsent(row.getLong("pago_id"), _ -> new ArrayList<>())
                        .add(new Bought(
                                row.getLong("producto_id"),
                                row.getString("nombre"),
                                row.getInt("cantidad"),
                                row.getBigDecimal("precio_unitario"))))
                .list();
        return lines;
    }

    /** The refunds of the payments, in the order in which they became due. */
    public static List<Refund> refunds(Handle handle, Collection<Long> payments) {
        return handle.createQuery(
                        "SELECT " + RefundSql.COLUMNS + " FROM reembolsos WHERE pago_id = ANY(:payments) ORDER BY id")
                .bind("payments", Column.longs(payments))
                .map((row, context) -> RefundSql.refund(row))
                .list();
    }

    /** The payments among these whose money came late and sold. */
    public static Set<Long> soldLate(Handle handle, Collection<Long> payments) {
        return handle.createQuery("""
                        SELECT pago_id FROM cobros WHERE pago_id = ANY(:payments) AND resultado = 'vendido_tarde'
                        """)
                .bind("payments", Column.longs(payments))
                .mapTo(Long.class)
                .set();
    }

    /** The payment that sold the order. */
    public static Optional<OfOrder> ofOrder(Handle handle, long order) {
        return handle.createQuery("""
                        SELECT p.id, p.usuario_id, EXISTS (SELECT FROM cobros c
                               WHERE c.pago_id = p.id AND c.resultado = 'vendido_tarde') AS tarde,
                               EXISTS (SELECT FROM reembolsos r WHERE r.pago_id = p.id AND r.pedido_id IS NULL) AS debe
                          FROM pagos p WHERE p.pedido_id = :order ORDER BY p.id LIMIT 1
                        """)
                .bind("order", order)
                .map((row, context) -> new OfOrder(
                        row.getLong("id"), row.getInt("usuario_id"), row.getBoolean("tarde"), row.getBoolean("debe")))
                .findOne();
    }
}
