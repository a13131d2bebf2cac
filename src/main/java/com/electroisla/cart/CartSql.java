package com.electroisla.cart;

import com.electroisla.database.DatabaseClock;
import com.electroisla.database.Rows;
import java.math.BigDecimal;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/** Every statement on {@code carts}, {@code cart_items} and {@code cart_audit_logs}, except the engine's set-based ones. */
final class CartSql {
    private CartSql() {}

    record Line(long id, long productId, String productName, int quantity, BigDecimal price) {}

    /** @param available what lies free, what nobody holds any more, and what this buyer holds */
    record Offer(long productId, String name, boolean active, BigDecimal price, int available) {}

    /** Locks the user's cart, making it when it is missing; empty when the user does not exist. */
    static OptionalLong lockOrMake(Handle handle, int userId, DatabaseClock clock) {
        OptionalLong cart = lock(handle, userId);
        if (cart.isPresent()) {
            return cart;
        }
        handle.createUpdate("""
                        INSERT INTO carts (user_id, created_at, updated_at) SELECT id, :now, :now FROM auth_user WHERE id = :user
                        ON CONFLICT (user_id) DO NOTHING
                        """)
                .bind("user", userId)
                .bind("now", Rows.timestamp(clock.now(handle)))
                .execute();
        return lock(handle, userId);
    }

    private static OptionalLong lock(Handle handle, int userId) {
        return handle.createQuery("SELECT id FROM carts WHERE user_id = :user FOR NO KEY UPDATE")
                .bind("user", userId)
                .mapTo(Long.class)
                .findOne()
                .map(OptionalLong::of)
                .orElse(OptionalLong.empty());
    }

    static Cart read(Handle handle, long cartId) {
        List<Cart.Item> items = handle.createQuery("""
                        SELECT i.id, i.quantity, i.price_at_addition, i.created_at, i.updated_at,
                               p.id AS product_id, p.nombre, p.categoria,
                               COALESCE(NULLIF(p.imagen_url, ''), '/media/' || NULLIF(p.imagen, '')) AS imagen_url
                          FROM cart_items i JOIN productos p ON p.id = i.product_id
                         WHERE i.cart_id = :cart ORDER BY i.id
                        """)
                .bind("cart", cartId)
                .map((row, context) -> new Cart.Item(
                        row.getLong("id"),
                        new Cart.ItemProduct(row.getLong("product_id"), row.getString("nombre"), row.getString("imagen_url"), row.getString("categoria")),
                        row.getInt("quantity"), row.getBigDecimal("price_at_addition"),
                        Rows.instant(row, "created_at"), Rows.instant(row, "updated_at")))
                .list();
        return handle.createQuery("SELECT created_at, updated_at FROM carts WHERE id = :cart")
                .bind("cart", cartId)
                .map((row, context) -> new Cart(cartId, items, Rows.instant(row, "created_at"), Rows.instant(row, "updated_at")))
                .one();
    }

    static Optional<Offer> offer(CartChange change, long productId) {
        return change.handle().createQuery("""
                        SELECT p.id, p.nombre, p.activo, round(p.precio * (100 - p.descuento) / 100, 2) AS precio_final,
                               p.stock_total - p.stock_reservado - p.stock_vendido
                               + COALESCE((SELECT sum(r.cantidad) FROM stock_reservations r
                                            WHERE r.producto_id = p.id AND r.status = 'pending' AND r.expires_at <= :now), 0)
                               + COALESCE((SELECT sum(r.cantidad) FROM stock_reservations r
                                            WHERE r.usuario_id = :user AND r.producto_id = p.id AND r.status = 'pending'
                                              AND r.expires_at > :now), 0) AS disponible
                          FROM productos p WHERE p.id = :product
                        """)
                .bind("product", productId)
                .bind("user", change.userId())
                .bind("now", Rows.timestamp(change.now()))
                .map((row, context) -> new Offer(row.getLong("id"), row.getString("nombre"), row.getBoolean("activo"),
                        row.getBigDecimal("precio_final"), row.getInt("disponible")))
                .findOne();
    }

    static Optional<Line> lineOfProduct(CartChange change, long productId) {
        return change.handle().createQuery("""
                        SELECT i.id, i.product_id, p.nombre, i.quantity, i.price_at_addition
                          FROM cart_items i JOIN productos p ON p.id = i.product_id
                         WHERE i.cart_id = :cart AND i.product_id = :product
                        """)
                .bind("cart", change.cartId())
                .bind("product", productId)
                .map((row, context) -> line(row))
                .findOne();
    }

    /** The line, if it is in this cart; another user's is not found. */
    static Optional<Line> line(CartChange change, long lineId) {
        return change.handle().createQuery("""
                        SELECT i.id, i.product_id, p.nombre, i.quantity, i.price_at_addition
                          FROM cart_items i JOIN productos p ON p.id = i.product_id
                         WHERE i.cart_id = :cart AND i.id = :line
                        """)
                .bind("cart", change.cartId())
                .bind("line", lineId)
                .map((row, context) -> line(row))
                .findOne();
    }

    private static Line line(ResultSet row) throws SQLException {
        return new Line(row.getLong("id"), row.getLong("product_id"), row.getString("nombre"), row.getInt("quantity"), row.getBigDecimal("price_at_addition"));
    }

    static int lineCount(CartChange change) {
        return change.handle().createQuery("SELECT count(*) FROM cart_items WHERE cart_id = :cart")
                .bind("cart", change.cartId())
                .mapTo(Integer.class)
                .one();
    }

    /** Sets the quantity of the product's line, or makes the line; a line that is there keeps its price until checkout. */
    static void put(CartChange change, long productId, int quantity, BigDecimal price) {
        change.handle().createUpdate("""
                        INSERT INTO cart_items (cart_id, product_id, quantity, price_at_addition, created_at, updated_at)
                        VALUES (:cart, :product, :quantity, :price, :now, :now)
                        ON CONFLICT (cart_id, product_id) DO UPDATE SET quantity = excluded.quantity, updated_at = excluded.updated_at
                        """)
                .bind("cart", change.cartId())
                .bind("product", productId)
                .bind("quantity", quantity)
                .bind("price", price)
                .bind("now", Rows.timestamp(change.now()))
                .execute();
    }

    static void setQuantity(CartChange change, long lineId, int quantity) {
        change.handle().createUpdate("UPDATE cart_items SET quantity = :quantity, updated_at = :now WHERE id = :line AND cart_id = :cart")
                .bind("quantity", quantity)
                .bind("now", Rows.timestamp(change.now()))
                .bind("line", lineId)
                .bind("cart", change.cartId())
                .execute();
    }

    static void deleteLine(CartChange change, long lineId) {
        change.handle().createUpdate("DELETE FROM cart_items WHERE id = :line AND cart_id = :cart")
                .bind("line", lineId)
                .bind("cart", change.cartId())
                .execute();
    }

    static int deleteLines(CartChange change) {
        return change.handle().createUpdate("DELETE FROM cart_items WHERE cart_id = :cart").bind("cart", change.cartId()).execute();
    }

    static void touch(CartChange change) {
        change.handle().createUpdate("UPDATE carts SET updated_at = :now WHERE id = :cart")
                .bind("now", Rows.timestamp(change.now()))
                .bind("cart", change.cartId())
                .execute();
    }

    static void audit(CartChange change, String action, @Nullable Long productId, String productName, @Nullable Integer before,
            @Nullable Integer after, @Nullable BigDecimal price) {
        change.handle().createUpdate("""
                        INSERT INTO cart_audit_logs (action, product_id, product_name, quantity_before, quantity_after, price,
                               ip_address, user_agent, "timestamp", user_id)
                        VALUES (:action, CAST(:product AS int), :name, :before, :after, :price, CAST(:address AS inet), :agent, :now, :user)
                        """)
                .bind("action", action)
                .bind("product", productId == null || productId > Integer.MAX_VALUE ? null : productId.intValue())
                .bind("name", productName)
                .bind("before", before)
                .bind("after", after)
                .bind("price", price)
                .bind("address", change.address())
                .bind("agent", change.userAgent())
                .bind("now", Rows.timestamp(change.now()))
                .bind("user", change.userId())
                .execute();
    }
}
