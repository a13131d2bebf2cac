package com.electroisla.order;

import com.electroisla.database.Column;
import com.electroisla.database.Rows;
import java.time.Instant;
import java.util.Collection;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/** Every statement on {@code enlaces_pedido}. */
final class OrderLinkSql {
    private OrderLinkSql() {}

    static void insert(Handle handle, byte[] hash, long order, Instant now, Instant until) {
        handle.createUpdate("""
                        INSERT INTO enlaces_pedido (huella, pedido_id, created_at, vence)
                        VALUES (:hash, :order, :now, :until)
                        """)
                .bind("hash", hash)
                .bind("order", order)
                .bind("now", Rows.timestamp(now))
                .bind("until", Rows.timestamp(until))
                .execute();
    }

    /** The order of a buyer who is a guest still. */
    static Optional<OrderLinks.Opened> find(Handle handle, byte[] hash, Instant now) {
        return handle.createQuery("""
                        SELECT o.id, o.usuario_id, i.email
                          FROM enlaces_pedido e JOIN pedidos o ON o.id = e.pedido_id
                          JOIN invitados i ON i.usuario_id = o.usuario_id
                         WHERE e.huella = :hash AND e.vence > :now AND i.email IS NOT NULL
                        """)
                .bind("hash", hash)
                .bind("now", Rows.timestamp(now))
                .map((row, context) ->
                        new OrderLinks.Opened(row.getLong("id"), row.getInt("usuario_id"), row.getString("email")))
                .findOne();
    }

    static void revoke(Handle handle, Collection<Long> orders) {
        handle.createUpdate("DELETE FROM enlaces_pedido WHERE pedido_id = ANY(:orders)")
                .bind("orders", Column.longs(orders))
                .execute();
    }

    static int deleteEnded(Handle handle, Instant now, int most) {
        return handle.createUpdate("""
                        DELETE FROM enlaces_pedido WHERE huella = ANY(ARRAY(
                            SELECT huella FROM enlaces_pedido WHERE vence <= :now
                            ORDER BY vence LIMIT :most FOR UPDATE SKIP LOCKED))
                        """)
                .bind("now", Rows.timestamp(now))
                .bind("most", most)
                .execute();
    }
}
