package com.electroisla.reservation;

import com.electroisla.database.Column;
import com.electroisla.database.Rows;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import org.jdbi.v3.core.Handle;

/** The statements that give holds to another user, whose cart is locked like the other's. */
final class HandOverSql {
    private HandOverSql() {}

    static void lockPending(Handle handle, Collection<Integer> users) {
        handle.createQuery("""
                        SELECT id FROM stock_reservations
                         WHERE id = ANY(ARRAY(
                               SELECT r.id
                                 FROM unnest(:users) AS u(id) CROSS JOIN LATERAL (
                                      SELECT id FROM stock_reservations
                                       WHERE usuario_id = u.id AND status = 'pending' OFFSET 0) r))
                         ORDER BY id FOR NO KEY UPDATE
                        """)
                .bind("users", Column.ints(users))
                .mapTo(Long.class)
                .list();
    }

    static boolean isHolding(Handle handle, int user, Instant now) {
        return handle.createQuery("""
                        SELECT EXISTS (SELECT FROM stock_reservations
                                        WHERE usuario_id = :user AND status = 'pending' AND expires_at > :now)
                        """)
                .bind("user", user)
                .bind("now", Rows.timestamp(now))
                .mapTo(Boolean.class)
                .one();
    }

    /** Makes the living holds of both users one checkout of the second, the newest. */
    static int give(Handle handle, int from, int to, Instant now) {
        long checkout = handle.createQuery("SELECT nextval('checkouts_id_seq')")
                .mapTo(Long.class)
                .one();
        return handle.createUpdate("""
                        UPDATE stock_reservations r SET usuario_id = :to, checkout_id = :checkout
                         WHERE r.usuario_id IN (:from, :to) AND r.status = 'pending' AND r.expires_at > :now
                        """)
                .bind("from", from)
                .bind("to", to)
                .bind("checkout", checkout)
                .bind("now", Rows.timestamp(now))
                .execute();
    }

    /** Gives the sold holds behind these orders to the orders' new buyer. */
    static void giveSold(Handle handle, Collection<Integer> from, int to, List<Long> orders) {
        handle.createUpdate("""
                        UPDATE stock_reservations SET usuario_id = :to
                         WHERE usuario_id = ANY(:from) AND status = 'confirmed'
                           AND pedido_id = ANY(:orders)
                        """)
                .bind("from", Column.ints(from))
                .bind("to", to)
                .bind("orders", Column.longs(orders))
                .execute();
    }
}
