package com.electroisla.inventory;

import com.electroisla.database.Database;
import com.electroisla.database.Rows;
import com.electroisla.database.SessionSettings;
import com.electroisla.database.StockFigures;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/**
 * The statements by which other code than the engine changes the stock figures, and the movements that explain the
 * changes.
 */
public final class StockSql {
    private StockSql() {}

    /**
     * The cause of units that come back with a whole order.
     *
     * @param reason in the shop's words
     * @param userId the person who cancelled it; null when nobody did
     */
    public record CameBack(
            long orderId, String reason, @Nullable Integer userId) {}

    /** Locks those of the products that nobody else has locked, in id order. */
    public static Set<Long> lockFree(Handle handle, Collection<Long> products) {
        return new TreeSet<>(handle.createQuery("""
                        SELECT id FROM productos WHERE id = ANY(:ids) ORDER BY id FOR NO KEY UPDATE SKIP LOCKED
                        """)
                .bindArray("ids", Long.class, new TreeSet<>(products).toArray())
                .mapTo(Long.class)
                .list());
    }

    /**
     * Locks the products in id order; before reservations and orders, after carts. While it waits for one product it
     * holds the locks of others, so it waits only briefly: {@link Database#inTransactionOfManyLocks} begins it again.
     */
    public static void lock(Handle handle, Collection<Long> products) {
        SessionSettings.waitForLocksOnlyAMoment(handle);
        handle.createQuery("SELECT id FROM productos WHERE id = ANY(:ids) ORDER BY id FOR NO KEY UPDATE")
                .bindArray("ids", Long.class, new TreeSet<>(products).toArray())
                .mapTo(Long.class)
                .list();
    }

    /**
     * The units on the shelf. Sold units of orders that have not been sent are still there; those of them that were
     * given back are counted once.
     */
    public static Shelf shelf(Handle handle, long product) {
        return handle.createQuery("""
                        SELECT CASE WHEN <not_initialised> THEN p.stock
                                    ELSE p.stock_total - p.stock_vendido + LEAST(p.stock_vendido,
                                        GREATEST(en_casa.unidades - devueltas.unidades, 0)) END AS unidades,
                               (SELECT COALESCE(max(id), 0) FROM movimientos_stock m
                                       WHERE m.producto_id = p.id) AS movimientos
                          FROM productos p,
                               LATERAL (SELECT COALESCE(sum(r.cantidad), 0) AS unidades
                                          FROM stock_reservations r JOIN pedidos o ON o.id = r.pedido_id
                                         WHERE r.producto_id = p.id AND r.status = 'confirmed'
                                             AND o.estado IN ('pendiente', 'confirmado', 'en_preparacion')) en_casa,
                               LATERAL (SELECT COALESCE(-sum(m.delta_vendido), 0) AS unidades
                                          FROM movimientos_stock m JOIN pedidos o ON o.id = m.pedido_id
                                         WHERE m.producto_id = p.id AND m.delta_vendido <= -1
                                             AND o.estado IN ('pendiente', 'confirmado', 'en_preparacion')) devueltas
                         WHERE p.id = :product
                        """)
                .define("not_initialised", StockFigures.notInitialised("p."))
                .bind("product", product)
                .map((row, context) -> new Shelf(row.getLong("unidades"), row.getString("movimientos")))
                .findOne()
                .orElse(new Shelf(0, "0"));
    }

    /**
     * Takes sold units back: they become free. The product is locked. A figure below the sum of its orders stops at 0;
     * together with the movement, which has all units, figures and rows agree again.
     */
    public static void returnSold(Handle handle, long productId, int quantity, CameBack cause, Instant now) {
        handle.createUpdate("UPDATE productos SET stock_vendido = GREATEST(stock_vendido - :quantity, 0) WHERE id "
                        + "= :product")
                .bind("quantity", quantity)
                .bind("product", productId)
                .execute();
        move(handle, productId, 0, -quantity, cause, now);
    }

    /**
     * Takes back units that were sold before stock was counted: the total grows. A product that is not initialised
     * keeps its figures at 0 and gets the units in {@code stock}, where step 3 of the guide finds them.
     */
    public static void returnUncounted(Handle handle, long productId, int quantity, CameBack cause, Instant now) {
        boolean initialised = handle.createQuery("""
                        UPDATE productos
                           SET stock_total = CASE WHEN nuevo THEN stock_total ELSE stock_total + :quantity END,
                               stock = CASE WHEN nuevo THEN stock + :quantity ELSE stock END
                          FROM (SELECT id AS producto,""" + StockFigures.NOT_INITIALISED + """
                                        AS nuevo
                                  FROM productos WHERE id = :product) AS antes
                         WHERE id = antes.producto
                        RETURNING NOT nuevo
                        """)
                .bind("quantity", quantity)
                .bind("product", productId)
                .mapTo(Boolean.class)
                .one();
        if (initialised) {
            move(handle, productId, quantity, 0, cause, now);
        }
    }

    /** The units of an order that came back already, by product, by cancelling or by a manual return. */
    public static Map<Long, OrderedUnits.Left> cameBack(Handle handle, long orderId) {
        Map<Long, OrderedUnits.Left> back = new HashMap<>();
        handle.createQuery("""
                        SELECT producto_id, -sum(delta_vendido)::int AS contadas, sum(delta_total)::int AS sin_contar
                          FROM movimientos_stock WHERE pedido_id = :order AND tipo = 'devolucion' GROUP BY producto_id
                        """)
                .bind("order", orderId)
                .map((row, context) -> back.put(
                        row.getLong("producto_id"),
                        new OrderedUnits.Left(row.getInt("contadas"), row.getInt("sin_contar"))))
                .list();
        return back;
    }

    private static void move(
            Handle handle, long productId, int deltaTotal, int deltaSold, CameBack cause, Instant now) {
        handle.createUpdate("""
                        INSERT INTO movimientos_stock (producto_id, tipo, delta_total, delta_vendido, motivo, pedido_id,
                            usuario_id, created_at)
                        VALUES (:product, 'devolucion', :total, :sold, :reason, :order, :user, :now)
                        """)
                .bind("product", productId)
                .bind("total", deltaTotal)
                .bind("sold", deltaSold)
                .bind("reason", cause.reason())
                .bind("order", cause.orderId())
                .bind("user", cause.userId())
                .bind("now", Rows.timestamp(now))
                .execute();
    }
}
