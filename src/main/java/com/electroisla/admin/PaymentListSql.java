package com.electroisla.admin;

import com.electroisla.database.Rows;
import com.electroisla.payment.PaymentState;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/** The statements of the list of payments. */
final class PaymentListSql {
    private PaymentListSql() {}

    /** @param state empty for all; a payment whose time is over counts as lapsed, written or not */
    static List<PaymentsView.Row> page(Handle handle, String state, long beforeId, Instant now, int most) {
        return handle.createQuery("""
                        SELECT p.id, COALESCE(u.username, '') AS username, e.estado, p.proveedor, p.importe,
                               p.pedido_id, p.creado_at, p.vence
                          FROM pagos p LEFT JOIN auth_user u ON u.id = p.usuario_id
                         CROSS JOIN LATERAL (SELECT CASE WHEN p.estado = 'iniciado' AND p.vence <= :now
                               THEN 'vencido' ELSE p.estado END AS estado) e
                         WHERE p.id < :before AND (:state = '' OR e.estado = :state)
                         ORDER BY p.id DESC LIMIT :most
                        """)
                .bind("state", state)
                .bind("before", beforeId)
                .bind("now", Rows.timestamp(now))
                .bind("most", most)
                .map((row, context) -> row(row))
                .list();
    }

    static Optional<PaymentsView.Row> one(Handle handle, long id, Instant now) {
        return handle.createQuery("""
                        SELECT p.id, COALESCE(u.username, '') AS username,
                               CASE WHEN p.estado = 'iniciado' AND p.vence <= :now THEN 'vencido' ELSE p.estado END
                                   AS estado,
                               p.proveedor, p.importe, p.pedido_id, p.creado_at, p.vence
                          FROM pagos p LEFT JOIN auth_user u ON u.id = p.usuario_id WHERE p.id = :id
                        """)
                .bind("id", id)
                .bind("now", Rows.timestamp(now))
                .map((row, context) -> row(row))
                .findOne();
    }

    /** The payment that bought the order. */
    static Optional<PaymentsView.Row> ofOrder(Handle handle, long order) {
        return handle.createQuery("""
                        SELECT p.id, '' AS username, p.estado, p.proveedor, p.importe, p.pedido_id, p.creado_at, p.vence
                          FROM pagos p WHERE p.pedido_id = :order ORDER BY p.id LIMIT 1
                        """)
                .bind("order", order)
                .map((row, context) -> row(row))
                .findOne();
    }

    /** The charges of payments that nobody knows, the newest first. */
    static List<Long> strays(Handle handle, int most) {
        return handle.createQuery("SELECT id FROM cobros WHERE pago_id IS NULL ORDER BY id DESC LIMIT :most")
                .bind("most", most)
                .mapTo(Long.class)
                .list();
    }

    private static PaymentsView.Row row(ResultSet row) throws SQLException {
        return new PaymentsView.Row(
                row.getLong("id"),
                row.getString("username"),
                PaymentState.of(row.getString("estado")),
                row.getString("proveedor"),
                row.getBigDecimal("importe"),
                row.getObject("pedido_id", Long.class),
                Rows.instant(row, "creado_at"),
                Rows.instant(row, "vence"));
    }
}
