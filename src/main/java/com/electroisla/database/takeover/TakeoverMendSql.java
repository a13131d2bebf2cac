package com.electroisla.database.takeover;

import com.electroisla.database.Rows;
import com.electroisla.database.StockFigures;
import java.time.Instant;
import org.jdbi.v3.core.Handle;

/** The statements of {@link TakeoverMend}. Each writes the change and its rows of {@code audit_logs} together. */
final class TakeoverMendSql {
    private TakeoverMendSql() {}

    static void lock(Handle handle, boolean withReservations) {
        handle.execute("LOCK TABLE carts, cart_items, productos IN SHARE ROW EXCLUSIVE MODE");
        if (withReservations) {
            handle.execute("LOCK TABLE stock_reservations IN SHARE ROW EXCLUSIVE MODE");
        }
    }

    /** Checks the deferred foreign keys of the rows changed so far, which would otherwise block an ALTER TABLE. */
    static void settle(Handle handle) {
        handle.execute("SET CONSTRAINTS ALL IMMEDIATE");
    }

    /** Decides for duplicate carts and lines which row stays and with which values. */
    static void groupLines(Handle handle) {
        handle.execute("""
                CREATE TEMPORARY TABLE lineas_unidas ON COMMIT DROP AS
                SELECT i.id, i.cart_id, i.product_id, i.quantity, i.price_at_addition, c.queda AS carrito,
                       min(i.id) OVER linea AS queda,
                       LEAST(999, sum(GREATEST(i.quantity, 0)) OVER linea)::integer AS cantidad,
                       first_value(i.price_at_addition) OVER (PARTITION BY c.queda, i.product_id
                           ORDER BY i.updated_at DESC, i.id DESC) AS precio
                  FROM cart_items i
                  JOIN (SELECT id, min(id) OVER (PARTITION BY user_id) AS queda FROM carts) AS c ON c.id = i.cart_id
                WINDOW linea AS (PARTITION BY c.queda, i.product_id)
                """);
        handle.execute("""
                DELETE FROM lineas_unidas u
                 WHERE u.cart_id = u.carrito
                   AND NOT EXISTS (SELECT FROM lineas_unidas o
                       WHERE (o.carrito, o.product_id) = (u.carrito, u.product_id) AND o.id <> u.id)
                """);
    }

    /** @return how many lines were merged into another */
    static int mergeLines(Handle handle, Instant now) {
        int merged = handle.createUpdate("""
                        WITH quitadas AS (
                            DELETE FROM cart_items i USING lineas_unidas u WHERE i.id = u.id AND u.id <> u.queda
                            RETURNING i.id, to_jsonb(i) AS antes, u.queda
                        )
                        INSERT INTO audit_logs (accion, modulo, objeto_id, objeto_repr, detalles, "timestamp")
                        SELECT 'reparar', 'carrito', (id % 2147483648)::integer, 'cart_items ' || id,
                               jsonb_build_object('motivo', 'lineas_duplicadas', 'antes', antes, 'despues',
                                   jsonb_build_object('unida_a', queda)), :now
                          FROM quitadas
                        """).bind("now", Rows.timestamp(now)).execute();
        handle.createUpdate("""
                        WITH hechas AS (
                            UPDATE cart_items i SET cart_id = u.carrito, quantity = u.cantidad,
                              price_at_addition = u.precio
                              FROM lineas_unidas u WHERE i.id = u.id AND u.id = u.queda
                            RETURNING i.id, u.cart_id, u.quantity, u.price_at_addition, to_jsonb(i) AS despues
                        )
                        INSERT INTO audit_logs (accion, modulo, objeto_id, objeto_repr, detalles, "timestamp")
                        SELECT 'reparar', 'carrito', (id % 2147483648)::integer, 'cart_items ' || id,
                               jsonb_build_object('motivo', 'lineas_duplicadas',
                                   'antes', jsonb_build_object('cart_id', cart_id, 'quantity', quantity,
                                       'price_at_addition', price_at_addition),
                                   'despues', despues), :now
                          FROM hechas
                        """).bind("now", Rows.timestamp(now)).execute();
        return merged;
    }

    static int dropSpareCarts(Handle handle, Instant now) {
        return handle.createUpdate("""
                        WITH quitados AS (
                            DELETE FROM carts c USING (SELECT id, min(id) OVER (PARTITION BY user_id) AS queda
                             FROM carts) AS q
                             WHERE c.id = q.id AND q.id <> q.queda
                            RETURNING c.id, to_jsonb(c) AS antes, q.queda
                        )
                        INSERT INTO audit_logs (accion, modulo, objeto_id, objeto_repr, detalles, "timestamp")
                        SELECT 'reparar', 'carrito', (id % 2147483648)::integer, 'carts ' || id,
                               jsonb_build_object('motivo', 'carritos_duplicados', 'antes', antes, 'despues',
                                   jsonb_build_object('unido_a', queda)), :now
                          FROM quitados
                        """).bind("now", Rows.timestamp(now)).execute();
    }

    static int dropEmptyLines(Handle handle, Instant now) {
        return handle.createUpdate("""
                        WITH quitadas AS (DELETE FROM cart_items i WHERE quantity <= 0
                            RETURNING i.id, to_jsonb(i) AS antes)
                        INSERT INTO audit_logs (accion, modulo, objeto_id, objeto_repr, detalles, "timestamp")
                        SELECT 'reparar', 'carrito', (id % 2147483648)::integer, 'cart_items ' || id,
                               jsonb_build_object('motivo', 'lineas_sin_cantidad', 'antes', antes, 'despues', NULL),
                               :now
                          FROM quitadas
                        """).bind("now", Rows.timestamp(now)).execute();
    }

    /**
     * @param hasFigures whether to change only products whose figures are all 0; the {@code stock} of others follows
     *     their figures
     */
    static int clearNegativeStock(Handle handle, boolean hasFigures, Instant now) {
        String which = hasFigures ? "stock < 0 AND " + StockFigures.uncounted("") : "stock < 0";
        return handle.createUpdate("""
                        WITH negativos AS (SELECT id, stock FROM productos WHERE %s),
                        hechos AS (
                            UPDATE productos p SET stock = 0 FROM negativos n WHERE p.id = n.id
                                RETURNING p.id, p.nombre, n.stock AS antes
                        )
                        INSERT INTO audit_logs (accion, modulo, objeto_id, objeto_repr, detalles, "timestamp")
                        SELECT 'reparar', 'inventario', (id %% 2147483648)::integer, nombre,
                               jsonb_build_object('motivo', 'stock_negativo', 'antes',
                                   jsonb_build_object('stock', antes),
                                   'despues', jsonb_build_object('stock', 0)), :now
                          FROM hechos
                        """.formatted(which))
                .bind("now", Rows.timestamp(now))
                .execute();
    }

    static int expireOverdue(Handle handle, Instant now) {
        return end(handle, """
                SELECT id, 'expired' AS fin, 'reservas_vencidas' AS motivo FROM stock_reservations
                 WHERE status = 'pending' AND expires_at <= :now""", now);
    }

    /** Cancels holds of no units, and all but the newest hold of one user for one product. */
    static int cancelSpareHolds(Handle handle, Instant now) {
        return end(handle, """
                SELECT id, 'cancelled' AS fin, CASE WHEN cantidad = 0 THEN 'reservas_sin_cantidad'
                       ELSE 'reservas_repetidas' END AS motivo
                  FROM (SELECT id, cantidad,
                               row_number() OVER (PARTITION BY usuario_id, producto_id
                                   ORDER BY cantidad > 0 DESC, created_at DESC, id DESC) AS puesto
                          FROM stock_reservations WHERE status = 'pending') AS pendientes
                 WHERE puesto > 1 OR cantidad = 0""", now);
    }

    /** Ends the holds and gives their units back; a figure that did not count them does not fall below 0. */
    private static int end(Handle handle, String which, Instant now) {
        return handle.createUpdate("""
                        WITH sobrantes AS (%s),
                        hechas AS (
                            UPDATE stock_reservations r
                               SET status = s.fin, cancelled_at = CASE WHEN s.fin = 'cancelled' THEN :now
                                   ELSE r.cancelled_at END
                              FROM sobrantes s WHERE r.id = s.id
                            RETURNING r.id, r.producto_id, r.usuario_id, r.cantidad, s.fin, s.motivo
                        ), libres AS (
                            UPDATE productos p SET stock_reservado = GREATEST(p.stock_reservado - h.cantidad,
                              LEAST(p.stock_reservado, 0))
                              FROM (SELECT producto_id, sum(cantidad) AS cantidad FROM hechas GROUP BY producto_id) AS h
                             WHERE p.id = h.producto_id
                        )
                        INSERT INTO audit_logs (accion, modulo, objeto_id, objeto_repr, detalles, "timestamp")
                        SELECT 'reparar', 'reservas', (id %% 2147483648)::integer, 'stock_reservations ' || id,
                               jsonb_build_object('motivo', motivo, 'producto_id', producto_id, 'usuario_id',
                                   usuario_id, 'cantidad', cantidad,
                                   'antes', jsonb_build_object('status', 'pending'), 'despues',
                                   jsonb_build_object('status', fin)), :now
                          FROM hechas
                        """.formatted(which))
                .bind("now", Rows.timestamp(now))
                .execute();
    }

    /**
     * Sets the figures reserved and sold from the rows where that breaks no rule; the units sold never become fewer.
     * At 0019.
     */
    static int countFigures(Handle handle, Instant now) {
        return handle.createUpdate((TakeoverDataSql.COUNTED + """
                        , hechos AS (
                            UPDATE productos p
                               SET stock_reservado = c.pendientes, stock_vendido = c.vendido_contado,
                                   stock = CASE WHEN c.total = 0 AND c.vendido_contado = 0 THEN p.stock ELSE %s END
                              FROM cuentas c
                             WHERE p.id = c.id AND c.cabe AND (c.reservado <> c.pendientes
                                 OR c.vendido <> c.vendido_contado)
                            RETURNING p.id, p.nombre, c.stock, c.reservado, c.vendido, p.stock AS stock_nuevo,
                                p.stock_reservado, p.stock_vendido
                        )
                        INSERT INTO audit_logs (accion, modulo, objeto_id, objeto_repr, detalles, "timestamp")
                        SELECT 'reparar', 'inventario', (id %% 2147483648)::integer, nombre,
                               jsonb_build_object('motivo', 'cifras_distintas',
                                   'antes', jsonb_build_object('stock', stock, 'stock_reservado', reservado,
                                       'stock_vendido', vendido),
                                   'despues', jsonb_build_object('stock', stock_nuevo, 'stock_reservado',
                                       stock_reservado, 'stock_vendido', stock_vendido)), :now
                          FROM hechos
                        """)
                        .formatted(
                                TakeoverDataSql.explained(handle),
                                StockFigures.free("c.total", "c.pendientes", "c.vendido_contado")))
                .bind("now", Rows.timestamp(now))
                .execute();
    }

    /** Leaves a correction for 0020 for sales without a reservation, so that figures and rows agree from then on. */
    static int explainSales(Handle handle, Instant now) {
        return handle.createUpdate((TakeoverDataSql.COUNTED + """
                        , anotados AS (
                            INSERT INTO archivo_ajustes (producto_id, delta_total, delta_vendido)
                            SELECT id, 0, vendido - confirmadas FROM cuentas
                                   WHERE NOT imposible AND vendido > confirmadas
                            RETURNING producto_id, delta_vendido
                        )
                        INSERT INTO audit_logs (accion, modulo, objeto_id, objeto_repr, detalles, "timestamp")
                        SELECT 'reparar', 'inventario', (a.producto_id %% 2147483648)::integer, c.nombre,
                               jsonb_build_object('motivo', 'vendido_de_mas', 'antes',
                                   jsonb_build_object('confirmadas', c.confirmadas),
                                   'despues', jsonb_build_object('ajuste', a.delta_vendido, 'stock_vendido',
                                       c.vendido)), :now
                          FROM anotados a JOIN cuentas c ON c.id = a.producto_id
                        """).formatted(TakeoverDataSql.explained(handle)))
                .bind("now", Rows.timestamp(now))
                .execute();
    }
}
