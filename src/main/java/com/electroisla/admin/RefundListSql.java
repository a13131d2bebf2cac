package com.electroisla.admin;

import com.electroisla.database.Rows;
import com.electroisla.payment.RefundState;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.Query;
import org.jspecify.annotations.Nullable;

/** The statements of the list of refunds. */
final class RefundListSql {
    private static final String ROWS = """
            SELECT r.id, r.estado, r.importe, r.motivo, r.debido_at, r.hecho_at, r.como, r.referencia, r.pedido_id,
                   r.pago_id, c.proveedor, u.username, u.first_name, i.email, i.usuario_id IS NOT NULL AS invitado,
                   h.username AS hecho_por
              FROM (<chosen>) r
              LEFT JOIN pedidos o ON o.id = r.pedido_id
              LEFT JOIN auth_user u ON u.id = COALESCE(o.usuario_id, r.usuario_id)
              LEFT JOIN invitados i ON i.usuario_id = u.id
              LEFT JOIN cobros c ON c.id = r.cobro_id
              LEFT JOIN auth_user h ON h.id = r.hecho_por
             ORDER BY r.id DESC""";

    private RefundListSql() {}

    /** @param state a state's word, {@link RefundList#OPEN} for all that are not given, or empty for all */
    static List<RefundsView.Row> page(Handle handle, String state, long before, int most) {
        String condition =
                state.isEmpty() ? "" : state.equals(RefundList.OPEN) ? "AND estado <> 'hecho'" : "AND estado = :state";
        Query query = handle.createQuery(ROWS)
                .define(
                        "chosen",
                        "SELECT * FROM reembolsos WHERE id < :before " + condition + " ORDER BY id DESC LIMIT :most")
                .bind("before", before)
                .bind("most", most);
        if (condition.contains(":state")) {
            query.bind("state", state);
        }
        return query.map((row, context) -> row(row)).list();
    }

    static Optional<RefundsView.Row> one(Handle handle, long id) {
        return handle.createQuery(ROWS)
                .define("chosen", "SELECT * FROM reembolsos WHERE id = :id")
                .bind("id", id)
                .map((row, context) -> row(row))
                .findOne();
    }

    static List<RefundsView.Row> ofOrder(Handle handle, long order) {
        return handle.createQuery(ROWS)
                .define("chosen", "SELECT * FROM reembolsos WHERE pedido_id = :order")
                .bind("order", order)
                .map((row, context) -> row(row))
                .list();
    }

    private static RefundsView.Row row(ResultSet row) throws SQLException {
        boolean guest = row.getBoolean("invitado");
        return new RefundsView.Row(
                row.getLong("id"),
                RefundState.of(row.getString("estado")),
                Objects.requireNonNullElse(guest ? guest(row) : row.getString("username"), ""),
                guest,
                row.getBigDecimal("importe"),
                row.getString("motivo"),
                Rows.instant(row, "debido_at"),
                row.getObject("pedido_id", Long.class),
                row.getObject("pago_id", Long.class),
                row.getString("proveedor"),
                Rows.nullableInstant(row, "hecho_at"),
                row.getString("como"),
                row.getString("referencia"),
                row.getString("hecho_por"));
    }

    private static @Nullable String guest(ResultSet row) throws SQLException {
        String email = row.getString("email");
        return row.getString("first_name") + (email == null ? "" : " · " + email);
    }
}
