package com.electroisla.bench.shop;

import org.jdbi.v3.core.Handle;

/** The statements of the ways over HTTP and of the oversell drill. */
public final class BenchHttpSql {
    private BenchHttpSql() {}

    public static void emptyCarts(Handle handle, int firstBuyer, int lastBuyer) {
        handle.createUpdate("DELETE FROM cart_items WHERE cart_id BETWEEN :first AND :last")
                .bind("first", firstBuyer)
                .bind("last", lastBuyer)
                .execute();
    }

    /** Units that were paid for, by the reservations and by the orders. */
    public static Sold sold(Handle handle) {
        return handle.createQuery("""
                        SELECT (SELECT COALESCE(sum(cantidad), 0) FROM stock_reservations
                               WHERE status = 'confirmed') AS reservas,
                               (SELECT COALESCE(sum(cantidad), 0) FROM detalles_pedido) AS pedidos
                        """)
                .map((row, context) -> new Sold(row.getLong("reservas"), row.getLong("pedidos")))
                .one();
    }

    public record Sold(long confirmed, long ordered) {}

    public static void insertScarceProduct(Handle handle, long id, int units) {
        handle.createUpdate("""
                        INSERT INTO productos (id, nombre, descripcion, precio, descuento, stock, stock_total,
                                               stock_reservado, stock_vendido, categoria,
                                               activo, en_carrusel, en_carousel_card, en_all_products, created_at,
                                               updated_at)
                        VALUES (:id, 'Producto escaso ' || :id, '', 10.00, 0, 0, :units, 0, 0, 'escasos', true, false,
                            false, true, clock_timestamp(), clock_timestamp())
                        """).bind("id", id).bind("units", units).execute();
    }

    /** The database's figures of a product that was sold out. */
    public static Scarce scarce(Handle handle, long id) {
        return handle.createQuery("""
                        SELECT stock_total, stock_reservado, stock_vendido,
                               (SELECT COALESCE(sum(cantidad), 0) FROM stock_reservations
                                       WHERE producto_id = p.id AND status = 'confirmed') AS pagadas
                          FROM productos p WHERE id = :id
                        """)
                .bind("id", id)
                .map((row, context) -> new Scarce(
                        row.getInt("stock_total"),
                        row.getInt("stock_reservado"),
                        row.getInt("stock_vendido"),
                        row.getInt("pagadas")))
                .one();
    }

    public record Scarce(int total, int reserved, int sold, int confirmed) {}
}
