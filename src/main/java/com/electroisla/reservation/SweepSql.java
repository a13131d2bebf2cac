package com.electroisla.reservation;

import com.electroisla.database.Column;
import com.electroisla.database.Rows;
import com.electroisla.event.Event;
import com.electroisla.event.EventKind;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/**
 * The statements of the sweep: products first, then their reservations. Holds are found by {@code revisar_desde}, which
 * is never after {@code expires_at}; whether one is over, {@code expires_at} alone tells.
 */
final class SweepSql {
    private SweepSql() {}

    /** A product and the number of its expired holds. */
    record Overdue(long product, long holds) {}

    /**
     * @param bound the {@code revisar_desde} by which it was found
     * @param drifted the product of a hold that was ended, if the figure for held units was lower than the ended
     *     units; else null
     */
    record Released(
            long id,
            long product,
            Instant expiresAt,
            Instant bound,
            @Nullable Long drifted) {}

    /** The next {@code most} products with expired holds after {@code after}, by id; locks nothing. */
    static List<Overdue> overdue(Handle handle, Instant now, long after, int most) {
        return handle.createQuery("""
                        SELECT producto_id, count(*) AS reservas FROM stock_reservations
                         WHERE status = 'pending' AND revisar_desde >= '-infinity' AND revisar_desde <= :now
                             AND expires_at <= :now AND producto_id > :after
                         GROUP BY producto_id ORDER BY producto_id LIMIT :most
                        """)
                .bind("now", Rows.timestamp(now))
                .bind("after", after)
                .bind("most", most)
                .map((row, context) -> new Overdue(row.getLong(1), row.getLong(2)))
                .list();
    }

    /** Locks those of the products that nobody else has locked. */
    static List<Long> lockFree(Handle handle, Collection<Long> products) {
        return handle.createQuery("SELECT id FROM productos WHERE id = ANY(:products) ORDER BY id FOR NO KEY UPDATE "
                        + "SKIP LOCKED")
                .bindArray("products", Long.class, products.toArray())
                .mapTo(Long.class)
                .list();
    }

    /**
     * Ends up to {@code most} expired holds of the locked products, the longest due first, and frees their units. A
     * figure below its holds, left by the old shop, stops at 0 instead of stopping the sweep;
     * {@code verificar_inventario} reports it.
     *
     * @param from the bound of the last one that a batch before ended: earlier index entries need not be scanned again
     * @param passingOver whether locked holds are skipped; it costs one more lock for each
     */
    static List<Released> expire(
            Handle handle, List<Long> products, Instant from, Instant now, int most, boolean passingOver) {
        return handle.createQuery("""
                        WITH vencidas AS (
                            UPDATE stock_reservations SET status = 'expired', pago_id = NULL
                             WHERE id IN (SELECT id FROM stock_reservations
                                           WHERE producto_id = ANY(:products) AND status = 'pending'
                                               AND revisar_desde BETWEEN :from AND :now AND expires_at <= :now
                                           ORDER BY revisar_desde, id LIMIT :most %s)
                               AND status = 'pending'
                            RETURNING id, producto_id, cantidad, expires_at, LEAST(expires_at, vencia_at) AS desde
                        ), libres AS (
                            UPDATE productos p SET stock_reservado = GREATEST(p.stock_reservado - v.cantidad, 0)
                              FROM (SELECT producto_id, sum(cantidad) AS cantidad FROM vencidas GROUP BY producto_id) v
                              JOIN productos antes ON antes.id = v.producto_id
                             WHERE p.id = v.producto_id
                            RETURNING p.id, antes.stock_reservado < v.cantidad AS corto
                        )
                        SELECT v.id, v.producto_id, v.expires_at, v.desde, l.id AS corto
                          FROM vencidas v LEFT JOIN libres l ON l.id = v.producto_id AND l.corto ORDER BY v.desde
                        """.formatted(passingOver ? "FOR NO KEY UPDATE SKIP LOCKED" : ""))
                .bindArray("products", Long.class, products.toArray())
                .bind("from", Rows.timestamp(from))
                .bind("now", Rows.timestamp(now))
                .bind("most", most)
                .map((row, context) -> new Released(
                        row.getLong("id"),
                        row.getLong("producto_id"),
                        Rows.instant(row, "expires_at"),
                        Rows.instant(row, "desde"),
                        row.getObject("corto", Long.class)))
                .list();
    }

    /** The events of holds that have expired. */
    static List<Event> events(Handle handle, List<Released> holds) {
        return handle.createQuery("""
                        SELECT id, usuario_id, producto_id, cantidad FROM stock_reservations
                         WHERE id = ANY(:ids) ORDER BY id
                        """)
                .bind("ids", Column.longs(holds, Released::id))
                .map((row, context) -> Event.ofHold(
                        EventKind.HOLD_EXPIRED,
                        row.getLong("id"),
                        row.getInt("usuario_id"),
                        row.getLong("producto_id"),
                        row.getInt("cantidad")))
                .list();
    }

    /**
     * Moves the bounds of up to {@code most} holds forward that live on after theirs, because they were renewed, and
     * returns of how many. No lock is waited for: a locked hold is left to the next run, which costs it one more look.
     */
    static int moveBounds(Handle handle, Instant now, int most) {
        return handle.createUpdate("""
                        UPDATE stock_reservations SET vencia_at = NULL
                         WHERE id = ANY(ARRAY(
                                   SELECT id FROM stock_reservations
                                    WHERE status = 'pending' AND revisar_desde >= '-infinity'
                                      AND revisar_desde <= :now AND expires_at > :now
                                    ORDER BY revisar_desde LIMIT :most FOR NO KEY UPDATE SKIP LOCKED))
                        """)
                .bind("now", Rows.timestamp(now))
                .bind("most", most)
                .execute();
    }

    /** The descriptions of holds for a report. */
    static List<ExpiredHold> describe(Handle handle, List<Long> ids) {
        return handle.createQuery("""
                        SELECT r.id, u.username, p.nombre, r.cantidad
                          FROM stock_reservations r JOIN auth_user u ON u.id = r.usuario_id
                          JOIN productos p ON p.id = r.producto_id
                         WHERE r.id = ANY(:ids) ORDER BY r.id
                        """)
                .bindArray("ids", Long.class, ids.toArray())
                .map((row, context) -> new ExpiredHold(
                        row.getLong("id"), row.getString("username"), row.getString("nombre"), row.getInt("cantidad")))
                .list();
    }
}
