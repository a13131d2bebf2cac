package com.electroisla.payment;

import com.electroisla.database.Column;
import com.electroisla.database.Script;
import java.util.Collection;
import java.util.List;
import org.jdbi.v3.core.Handle;

/** Every statement on {@code reembolsos}. */
public final class RefundSql {
    /** The condition of refunds that are not given yet. */
    public static final String OPEN = "estado <> 'hecho'";

    private RefundSql() {}

    static long nextId(Handle handle) {
        return handle.createQuery("SELECT nextval('reembolsos_id_seq')")
                .mapTo(Long.class)
                .one();
    }

    /** Gives the refunds of the new user's payments and of these orders to that user. */
    static void give(Handle handle, Collection<Integer> from, int to, Collection<Long> orders) {
        handle.createUpdate("""
                        UPDATE reembolsos SET usuario_id = :to
                         WHERE id = ANY(ARRAY(
                               SELECT id FROM reembolsos
                                WHERE usuario_id = ANY(:from)
                                  AND (pago_id = ANY(ARRAY(SELECT id FROM pagos WHERE usuario_id = :to))
                                       OR pedido_id = ANY(:orders))
                                ORDER BY id FOR NO KEY UPDATE))
                        """)
                .bind("from", Column.ints(from))
                .bind("to", to)
                .bind("orders", Column.longs(orders))
                .execute();
    }

    /** Inserts refunds that are owed, whose ids are drawn already. */
    public static void insertAll(Script updates, List<Refund> refunds) {
        if (refunds.isEmpty()) {
            return;
        }
        updates.add("""
                        INSERT INTO reembolsos (id, pago_id, cobro_id, pedido_id, usuario_id, importe, motivo, estado,
                               debido_at)
                        SELECT id, pago, cobro, pedido, usuario, importe, motivo, estado, desde::timestamptz
                          FROM unnest(:refundIds, :refundPayments, :refundCharges, :refundOrders, :refundUsers,
                            :refundAmounts, :refundReasons, :refundStates, :refundsSince)
                            AS v(id, pago, cobro, pedido, usuario, importe, motivo, estado, desde)
                        """)
                .bind("refundIds", Column.longs(refunds, Refund::id))
                .bind("refundPayments", Column.longs(refunds, Refund::payment))
                .bind("refundCharges", Column.longs(refunds, Refund::charge))
                .bind("refundOrders", Column.longs(refunds, Refund::order))
                .bind("refundUsers", Column.ints(refunds, Refund::userId))
                .bind("refundAmounts", Column.numerics(refunds, Refund::amount))
                .bind(
                        "refundReasons",
                        Column.strings(refunds, refund -> refund.reason().word()))
                .bind(
                        "refundStates",
                        Column.strings(refunds, refund -> refund.state().word()))
                .bind(
                        "refundsSince",
                        Column.strings(refunds, refund -> refund.owedAt().toString()));
    }
}
