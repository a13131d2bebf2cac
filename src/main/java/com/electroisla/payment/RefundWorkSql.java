package com.electroisla.payment;

import com.electroisla.database.Rows;
import com.electroisla.database.Script;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/** The statements on single refunds: how they come to be owed outside of a batch, and how they are given. */
final class RefundWorkSql {
    private RefundWorkSql() {}

    /** The charge that sold the order; of several the first. */
    static Optional<Charge> soldCharge(Handle handle, long order) {
        return handle.createQuery("""
                        SELECT c.id, c.proveedor, c.cobro, c.pago_id, c.importe, c.recibido_at, c.resultado
                          FROM pagos p JOIN cobros c ON c.pago_id = p.id
                         WHERE p.pedido_id = :order AND c.resultado IN ('vendido', 'vendido_tarde')
                         ORDER BY c.id LIMIT 1
                        """)
                .bind("order", order)
                .map((row, context) -> ChargeSql.charge(row))
                .findOne();
    }

    /** All that is owed of an order, or was paid back. */
    static BigDecimal sumOf(Handle handle, long order) {
        return handle.createQuery("SELECT COALESCE(sum(importe), 0.00) FROM reembolsos WHERE pedido_id = :order")
                .bind("order", order)
                .mapTo(BigDecimal.class)
                .one();
    }

    static void insert(Handle handle, Refund refund) {
        var script = new Script();
        RefundSql.insertAll(script, List.of(refund));
        script.run(handle);
    }

    static Optional<Refund> find(Handle handle, long id) {
        return handle.createQuery("SELECT " + RefundSql.COLUMNS + " FROM reembolsos WHERE id = :id")
                .bind("id", id)
                .map((row, context) -> RefundSql.refund(row))
                .findOne();
    }

    /**
     * Locks a refund, and before it the payment whose state it decides: whoever gives payments and their refunds to
     * another user, or keeps another charge, locks them in this order too.
     */
    static Optional<Refund> lock(Handle handle, long id) {
        handle.createQuery("""
                        SELECT id FROM pagos
                         WHERE id = (SELECT pago_id FROM reembolsos WHERE id = :id AND pedido_id IS NULL)
                           FOR NO KEY UPDATE
                        """).bind("id", id).mapTo(Long.class).list();
        return handle.createQuery("SELECT " + RefundSql.COLUMNS + " FROM reembolsos WHERE id = :id FOR NO KEY UPDATE")
                .bind("id", id)
                .map((row, context) -> RefundSql.refund(row))
                .findOne();
    }

    static Refunds.Owed owed(Handle handle) {
        return handle.createQuery("""
                        SELECT count(*) AS cuantos, COALESCE(sum(importe), 0.00) AS importe
                          FROM reembolsos WHERE <open>
                        """)
                .define("open", RefundSql.OPEN)
                .map((row, context) -> new Refunds.Owed(row.getLong("cuantos"), row.getBigDecimal("importe")))
                .one();
    }

    /** @param reference the provider's own name for it; null keeps the one that is there */
    static void setState(Handle handle, long id, RefundState state, @Nullable String reference) {
        handle.createUpdate("""
                        UPDATE reembolsos SET estado = :state, referencia = COALESCE(:reference, referencia)
                         WHERE id = :id
                        """)
                .bind("state", state.word())
                .bind("reference", reference)
                .bind("id", id)
                .execute();
    }

    static void setDone(
            Handle handle, long id, String how, @Nullable String reference, @Nullable Integer by, Instant now) {
        handle.createUpdate("""
                        UPDATE reembolsos SET estado = 'hecho', hecho_at = :now, como = :how,
                               referencia = COALESCE(:reference, referencia), hecho_por = :by
                         WHERE id = :id
                        """)
                .bind("now", Rows.timestamp(now))
                .bind("how", how)
                .bind("reference", reference)
                .bind("by", by)
                .bind("id", id)
                .execute();
    }

    /**
     * Marks a payment whose money sold nothing as refunded, when none of it is owed any more. {@link #lock} has locked
     * its row, under which another charge of it would be kept.
     */
    static void refundPayment(Handle handle, long payment, Instant now) {
        handle.createUpdate("""
                        UPDATE pagos SET estado = 'reembolsado', actualizado_at = :now
                         WHERE id = :payment AND estado = 'reembolso_debido'
                           AND NOT EXISTS (SELECT FROM reembolsos
                                            WHERE pago_id = :payment AND pedido_id IS NULL AND estado <> 'hecho')
                        """)
                .bind("payment", payment)
                .bind("now", Rows.timestamp(now))
                .execute();
    }
}
