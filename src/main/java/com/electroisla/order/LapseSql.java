package com.electroisla.order;

import com.electroisla.database.Column;
import com.electroisla.database.Rows;
import com.electroisla.event.Event;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.jdbi.v3.core.Handle;

/** The statements on orders whose money does not come: products first, then the orders, as for every cancelling. */
final class LapseSql {
    private LapseSql() {}

    /** A place in the list of what is due. */
    record Due(long id, Instant lapsesAt) {}

    /** Whether orders lapse in this database: not at an earlier level, on which the release command works too. */
    static boolean isThere(Handle handle) {
        return handle.createQuery("""
                        SELECT count(*) FROM information_schema.columns
                         WHERE table_schema = current_schema() AND table_name = 'pedidos' AND column_name = 'vence'
                        """).mapTo(Integer.class).one() == 1;
    }

    /** The next orders whose time is over, the longest due first; locks nothing. */
    static List<Due> due(Handle handle, Instant now, Optional<Due> after, int most) {
        return handle.createQuery("""
                        SELECT id, vence FROM pedidos
                         WHERE estado = 'pendiente' AND vence IS NOT NULL AND vence <= :now
                           AND (vence, id) > (:afterEnd, :afterId)
                         ORDER BY vence, id LIMIT :most
                        """)
                .bind("now", Rows.timestamp(now))
                .bind("afterEnd", Rows.timestamp(after.map(Due::lapsesAt).orElse(Instant.EPOCH)))
                .bind("afterId", after.map(Due::id).orElse(0L))
                .bind("most", most)
                .map((row, context) -> new Due(row.getLong("id"), Rows.instant(row, "vence")))
                .list();
    }

    /** The products of each order. */
    static Map<Long, Set<Long>> products(Handle handle, Collection<Long> orders) {
        Map<Long, Set<Long>> products = new HashMap<>();
        orders.forEach(order -> products.put(order, new TreeSet<>()));
        handle.createQuery("SELECT pedido_id, producto_id FROM detalles_pedido WHERE pedido_id = ANY(:orders)")
                .bind("orders", Column.longs(orders))
                .map((row, context) -> products.computeIfAbsent(row.getLong("pedido_id"), _ -> new TreeSet<>())
                        .add(row.getLong("producto_id")))
                .list();
        return products;
    }

    /** Locks those of the orders that still wait for money whose time is over, and that nobody else has locked. */
    static List<Order> lock(Handle handle, Collection<Long> orders, Instant now) {
        List<Order> locked = handle.createQuery("""
                        SELECT id, usuario_id, estado, metodo_pago, total, direccion_entrega, telefono, notas,
                               mensajero_id,
                               created_at, updated_at, fecha_entrega, vence
                          FROM pedidos
                         WHERE id = ANY(:orders) AND estado = 'pendiente' AND vence <= :now
                         ORDER BY id FOR NO KEY UPDATE SKIP LOCKED
                        """)
                .bind("orders", Column.longs(orders))
                .bind("now", Rows.timestamp(now))
                .map((row, context) -> OrderSql.order(row))
                .list();
        return OrderSql.withLines(handle, locked);
    }

    /**
     * Marks the orders whose buyers are to be warned now as warned, those that somebody has locked passed over, and
     * returns the events that tell of them.
     *
     * @param longest the longest time before the end; of a short window it is a quarter
     */
    static List<Event> warn(Handle handle, Instant now, Duration longest, int most) {
        return handle.createQuery("""
                        UPDATE pedidos SET avisado_at = :now
                         WHERE id = ANY(ARRAY(
                                   SELECT id FROM pedidos
                                    WHERE estado = 'pendiente' AND vence IS NOT NULL AND avisado_at IS NULL
                                      AND vence > :now
                                      AND vence <= CAST(:now AS timestamptz) + :longest * interval '1 second'
                                      AND vence - (vence - created_at) / 4 <= :now
                                    ORDER BY vence, id LIMIT :most FOR NO KEY UPDATE SKIP LOCKED))
                           AND estado = 'pendiente' AND avisado_at IS NULL
                        RETURNING id, usuario_id, vence
                        """)
                .bind("now", Rows.timestamp(now))
                .bind("longest", longest.toSeconds())
                .bind("most", most)
                .map((row, context) ->
                        OrderEvents.lapsesSoon(row.getLong("id"), row.getInt("usuario_id"), Rows.instant(row, "vence")))
                .list();
    }
}
