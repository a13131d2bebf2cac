package com.electroisla.payment;

import com.electroisla.database.Column;
import com.electroisla.database.Rows;
import com.electroisla.database.Script;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Collection;
import java.util.List;
import org.jdbi.v3.core.Handle;

/** The row of {@code reembolsos}, and the statements by which a batch and others come to owe. */
public final class RefundSql {
    /** The condition of refunds that are not given yet. */
    public static final String OPEN = "estado <> 'hecho'";

    static final String COLUMNS = "id, pago_id, cobro_id, pedido_id, usuario_id, importe, motivo, estado, debido_at, "
            + "hecho_at, como, referencia, hecho_por";

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

    /** A refund of a row with all {@link #COLUMNS}. */
    static Refund refund(ResultSet row) throws SQLException {
        return new Refund(
                row.getLong("id"),
                row.getObject("pago_id", Long.class),
                row.getObject("cobro_id", Long.class),
                row.getObject("pedido_id", Long.class),
                row.getObject("usuario_id", Integer.class),
                row.getBigDecimal("importe"),
                RefundReason.of(row.getString("motivo")),
                RefundState.of(row.getString("estado")),
                Rows.instant(row, "debido_at"),
                Rows.nullableInstant(row, "hecho_at"),
                row.getString("como"),
                row.getString("referencia"),
                row.getObject("hecho_por", Integer.class));
    }
}
