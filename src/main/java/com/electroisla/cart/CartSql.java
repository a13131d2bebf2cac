package com.electroisla.cart;

import com.electroisla.cart.CartDecision.AuditRow;
import com.electroisla.cart.CartDecision.Contents;
import com.electroisla.cart.CartDecision.HeldBy;
import com.electroisla.cart.CartDecision.Offer;
import com.electroisla.database.Column;
import com.electroisla.database.Rows;
import com.electroisla.groupcommit.LockedCart;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/** Every statement on {@code carts}, {@code cart_items} and {@code cart_audit_logs}, except the engine's set-based ones. */
final class CartSql {
    private CartSql() {}

    /** The user's cart as it was last committed. */
    static Optional<Cart> find(Handle handle, int userId) {
        Optional<LockedCart> cart = handle.createQuery("SELECT id, created_at, updated_at FROM carts WHERE user_id = :user")
                .bind("user", userId)
                .map((row, context) -> new LockedCart(row.getLong("id"), userId, Rows.instant(row, "created_at"), Rows.instant(row, "updated_at")))
                .findOne();
        return cart.map(it -> new Cart(it.id(), lines(handle, List.of(it.id())).getOrDefault(it.id(), List.of()), it.createdAt(), it.updatedAt()));
    }

    /** The lines of many carts, by cart, in the order they were added. */
    static Map<Long, List<Cart.Item>> lines(Handle handle, Collection<Long> carts) {
        Map<Long, List<Cart.Item>> lines = new HashMap<>();
        handle.createQuery("""
                        SELECT i.cart_id, i.id, i.quantity, i.price_at_addition, i.created_at, i.updated_at,
                               p.id AS product_id, p.nombre, p.categoria,
                               COALESCE(NULLIF(p.imagen_url, ''), '/media/' || NULLIF(p.imagen, '')) AS imagen_url
                          FROM cart_items i JOIN productos p ON p.id = i.product_id
                         WHERE i.cart_id = ANY(:carts) ORDER BY i.id
                        """)
                .bind("carts", Column.longs(carts))
                .map((row, context) -> lines.computeIfAbsent(row.getLong("cart_id"), cart -> new ArrayList<>()).add(new Cart.Item(
                        row.getLong("id"), product(row), row.getInt("quantity"), row.getBigDecimal("price_at_addition"),
                        Rows.instant(row, "created_at"), Rows.instant(row, "updated_at"))))
                .list();
        return lines;
    }

    /** The products, those that exist, with what lies free and what nobody holds any more. */
    static Map<Long, Offer> offers(Handle handle, Collection<Long> products, Instant now) {
        Map<Long, Offer> offers = new HashMap<>();
        handle.createQuery("""
                        SELECT p.id AS product_id, p.nombre, p.categoria, p.activo,
                               COALESCE(NULLIF(p.imagen_url, ''), '/media/' || NULLIF(p.imagen, '')) AS imagen_url,
                               round(p.precio * (100 - p.descuento) / 100, 2) AS precio_final,
                               p.stock_total - p.stock_reservado - p.stock_vendido
                               + COALESCE((SELECT sum(r.cantidad) FROM stock_reservations r
                                            WHERE r.producto_id = p.id AND r.status = 'pending' AND r.expires_at <= :now), 0) AS libre
                          FROM productos p WHERE p.id = ANY(:products)
                        """)
                .bind("products", Column.longs(products))
                .bind("now", Rows.timestamp(now))
                .map((row, context) -> offers.put(row.getLong("product_id"),
                        new Offer(product(row), row.getBoolean("activo"), row.getBigDecimal("precio_final"), row.getInt("libre"))))
                .list();
        return offers;
    }

    private static Cart.ItemProduct product(ResultSet row) throws SQLException {
        return new Cart.ItemProduct(row.getLong("product_id"), row.getString("nombre"), row.getString("imagen_url"), row.getString("categoria"));
    }

    /** How many units of the products the users hold now. */
    static Map<HeldBy, Integer> held(Handle handle, Collection<Integer> users, Collection<Long> products, Instant now) {
        Map<HeldBy, Integer> held = new HashMap<>();
        handle.createQuery("""
                        SELECT u.id AS usuario_id, r.producto_id, sum(r.cantidad)::int AS cantidad
                          FROM unnest(:users) AS u(id) CROSS JOIN LATERAL (
                               SELECT producto_id, cantidad, expires_at FROM stock_reservations
                                WHERE usuario_id = u.id AND status = 'pending' OFFSET 0) r
                         WHERE r.producto_id = ANY(:products) AND r.expires_at > :now
                         GROUP BY u.id, r.producto_id
                        """)
                .bind("users", Column.ints(users))
                .bind("products", Column.longs(products))
                .bind("now", Rows.timestamp(now))
                .map((row, context) -> held.put(new HeldBy(row.getInt("usuario_id"), row.getLong("producto_id")), row.getInt("cantidad")))
                .list();
        return held;
    }

    static List<Long> drawLineIds(Handle handle, int count) {
        return handle.createQuery("SELECT nextval('cart_items_id_seq') FROM generate_series(1, :count)")
                .bind("count", count)
                .mapTo(Long.class)
                .list();
    }

    /** Brings the rows to where the carts are now. A line that was there keeps its price until checkout. */
    static void write(Handle handle, List<Contents> carts, Instant now) {
        if (carts.isEmpty()) {
            return;
        }
        handle.createUpdate("UPDATE carts SET updated_at = :now WHERE id = ANY(:carts)")
                .bind("now", Rows.timestamp(now))
                .bind("carts", Column.longs(carts, contents -> contents.cart.id()))
                .execute();
        List<Long> removed = carts.stream().flatMap(contents -> contents.removed().stream()).toList();
        if (!removed.isEmpty()) {
            handle.createUpdate("DELETE FROM cart_items WHERE id = ANY(:ids)").bind("ids", Column.longs(removed)).execute();
        }
        setQuantities(handle, carts.stream().flatMap(contents -> contents.changed().stream()).toList(), now);
        insertLines(handle, carts, now);
    }

    private static void setQuantities(Handle handle, List<Cart.Item> changed, Instant now) {
        if (changed.isEmpty()) {
            return;
        }
        handle.createUpdate("""
                        UPDATE cart_items i SET quantity = v.cantidad, updated_at = :now
                          FROM unnest(:ids, :quantities) AS v(id, cantidad) WHERE i.id = v.id
                        """)
                .bind("now", Rows.timestamp(now))
                .bind("ids", Column.longs(changed, Cart.Item::id))
                .bind("quantities", Column.ints(changed, Cart.Item::quantity))
                .execute();
    }

    private static void insertLines(Handle handle, List<Contents> carts, Instant now) {
        List<Long> cartOfEach = new ArrayList<>();
        List<Cart.Item> added = new ArrayList<>();
        for (Contents contents : carts) {
            for (Cart.Item item : contents.added()) {
                cartOfEach.add(contents.cart.id());
                added.add(item);
            }
        }
        if (added.isEmpty()) {
            return;
        }
        handle.createUpdate("""
                        INSERT INTO cart_items (id, cart_id, product_id, quantity, price_at_addition, created_at, updated_at)
                        SELECT id, carrito, producto, cantidad, precio, :now, :now
                          FROM unnest(:ids, :carts, :products, :quantities, :prices) AS v(id, carrito, producto, cantidad, precio)
                        """)
                .bind("now", Rows.timestamp(now))
                .bind("ids", Column.longs(added, Cart.Item::id))
                .bind("carts", Column.longs(cartOfEach))
                .bind("products", Column.longs(added, item -> item.product().id()))
                .bind("quantities", Column.ints(added, Cart.Item::quantity))
                .bind("prices", Column.numerics(added, Cart.Item::priceAtAddition))
                .execute();
    }

    /** The old table keeps a product's id in 32 bits; a larger one is left out. */
    static void audit(Handle handle, List<AuditRow> rows, Instant now) {
        if (rows.isEmpty()) {
            return;
        }
        handle.createUpdate("""
                        INSERT INTO cart_audit_logs (action, product_id, product_name, quantity_before, quantity_after, price,
                               ip_address, user_agent, "timestamp", user_id)
                        SELECT accion, producto, nombre, antes, despues, precio, ip::inet, agente, :now, usuario
                          FROM unnest(:actions, :products, :names, :before, :after, :prices, :addresses, :agents, :users)
                            AS v(accion, producto, nombre, antes, despues, precio, ip, agente, usuario)
                        """)
                .bind("now", Rows.timestamp(now))
                .bind("actions", Column.strings(rows, AuditRow::action))
                .bind("products", Column.ints(rows, row ->
                        row.productId() == null || row.productId() > Integer.MAX_VALUE ? null : row.productId().intValue()))
                .bind("names", Column.strings(rows, AuditRow::productName))
                .bind("before", Column.ints(rows, AuditRow::before))
                .bind("after", Column.ints(rows, AuditRow::after))
                .bind("prices", Column.numerics(rows, AuditRow::price))
                .bind("addresses", Column.strings(rows, row -> row.caller().address()))
                .bind("agents", Column.strings(rows, row -> row.caller().userAgent()))
                .bind("users", Column.ints(rows, row -> row.caller().userId()))
                .execute();
    }
}
