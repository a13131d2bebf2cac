package com.electroisla.cart;

import com.electroisla.cart.CartDecision.AuditRow;
import com.electroisla.cart.CartDecision.Contents;
import com.electroisla.cart.CartDecision.HeldBy;
import com.electroisla.cart.CartDecision.Offer;
import com.electroisla.catalog.Picture;
import com.electroisla.database.Column;
import com.electroisla.database.Rows;
import com.electroisla.database.Script;
import com.electroisla.database.StockFigures;
import com.electroisla.groupcommit.LockedCart;
import com.electroisla.groupcommit.Opening;
import com.electroisla.limits.Counting;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jdbi.v3.core.Handle;

/**
 * Every statement on {@code carts}, {@code cart_items} and {@code cart_audit_logs}, except the engine's set-based
 * ones.
 */
final class CartSql {
    private CartSql() {}

    private static final String LINES = """
            SELECT i.cart_id, i.id, i.quantity, i.created_at, i.updated_at,
                   precio_mostrado(i.price_at_addition, p.precio, p.descuento) AS price_at_addition,
                   p.id AS product_id, p.nombre, p.categoria,
                   <picture>
              FROM cart_items i JOIN productos p ON p.id = i.product_id
             WHERE i.cart_id = ANY(ARRAY(SELECT id FROM carts WHERE user_id = ANY(:users)))
             ORDER BY i.id
            """.replace("<picture>", Picture.COLUMNS);

    /** The user's cart as it was last committed. */
    static Optional<Cart> find(Handle handle, int userId) {
        Optional<LockedCart> cart = handle.createQuery(
                        "SELECT id, created_at, updated_at FROM carts WHERE user_id = :user")
                .bind("user", userId)
                .map((row, context) -> new LockedCart(
                        row.getLong("id"), userId, Rows.instant(row, "created_at"), Rows.instant(row, "updated_at")))
                .findOne();
        if (cart.isEmpty()) {
            return Optional.empty();
        }
        Map<Long, List<Cart.Item>> lines = linesOf(handle, List.of(userId));
        return cart.map(
                it -> new Cart(it.id(), lines.getOrDefault(it.id(), List.of()), it.createdAt(), it.updatedAt()));
    }

    /** The lines of the users' carts, by cart, in the order they were added. */
    static Map<Long, List<Cart.Item>> linesOf(Handle handle, Collection<Integer> users) {
        Map<Long, List<Cart.Item>> lines = new HashMap<>();
        new Script()
                .add(LINES, linesInto(lines))
                .bind("users", Column.ints(users))
                .run(handle);
        return lines;
    }

    /** Empties a locked cart whose lines are in another. */
    static void empty(Script updates, LockedCart cart, Instant now) {
        updates.add("DELETE FROM cart_items WHERE cart_id = :emptied")
                .add("UPDATE carts SET updated_at = :now WHERE id = :emptied")
                .bind("emptied", cart.id())
                .bind("now", Rows.timestamp(now));
    }

    static void forget(Handle handle, Collection<Integer> users) {
        handle.createQuery("SELECT id FROM carts WHERE user_id = ANY(:users) ORDER BY id FOR UPDATE")
                .bind("users", Column.ints(users))
                .mapTo(Long.class)
                .list();
        new Script()
                .add("""
                        DELETE FROM cart_items
                         WHERE cart_id = ANY(ARRAY(SELECT id FROM carts WHERE user_id = ANY(:users)))
                        """)
                .add("DELETE FROM carts WHERE user_id = ANY(:users)")
                .add("DELETE FROM cart_audit_logs WHERE user_id = ANY(:users)")
                .bind("users", Column.ints(users))
                .run(handle);
    }

    /** The lines of the users' carts, by cart, in the order they were added. */
    private static Script.RowReader linesInto(Map<Long, List<Cart.Item>> lines) {
        return row -> lines.computeIfAbsent(row.getLong("cart_id"), cart -> new ArrayList<>())
                .add(new Cart.Item(
                        row.getLong("id"),
                        product(row),
                        row.getInt("quantity"),
                        row.getBigDecimal("price_at_addition"),
                        Rows.instant(row, "created_at"),
                        Rows.instant(row, "updated_at")));
    }

    /**
     * Opens the batch, locks the limit's windows and reads the carts' lines, in one trip.
     *
     * @return the lines by cart, in the order they were added
     */
    static Map<Long, List<Cart.Item>> open(Handle handle, Opening opening, Counting counting) {
        Map<Long, List<Cart.Item>> lines = new HashMap<>();
        var script = new Script();
        counting.lock(script);
        opening.run(handle, Opening.Users.READ, script.add(LINES, linesInto(lines)));
        return lines;
    }

    static void lockWith(Handle handle, long productId) {
        handle.createQuery("""
                        SELECT id FROM carts
                         WHERE id = ANY(ARRAY(SELECT cart_id FROM cart_items WHERE product_id = :product))
                         ORDER BY id FOR NO KEY UPDATE
                        """).bind("product", productId).mapTo(Long.class).list();
    }

    static void takeOut(Handle handle, long productId) {
        handle.createUpdate("DELETE FROM cart_items WHERE product_id = :product")
                .bind("product", productId)
                .execute();
    }

    /** The products that another transaction has locked against new foreign keys; waits for none. */
    static Set<Long> lockedProducts(Handle handle, Collection<Long> products) {
        return handle.createQuery("""
                        WITH libres AS MATERIALIZED (SELECT id FROM productos WHERE id = ANY(:products)
                            ORDER BY id FOR KEY SHARE SKIP LOCKED)
                        SELECT id FROM productos WHERE id = ANY(:products) AND id <> ALL(ARRAY(SELECT id FROM libres))
                        """)
                .bind("products", Column.longs(products))
                .mapTo(Long.class)
                .set();
    }

    /**
     * The rows read without a lock. A hold that ends between two reads counts as held and as free: then a cart takes
     * units that checkout will refuse, and never the other way round.
     *
     * @param offers the products that exist
     * @param held how many units of the products the users hold now
     * @param newLineIds drawn from the sequence
     */
    record Look(Map<Long, Offer> offers, Map<HeldBy, Integer> held, List<Long> newLineIds) {}

    static Look look(Handle handle, Collection<Integer> users, Collection<Long> products, int newLines, Instant now) {
        var look = new Look(new HashMap<>(), new HashMap<>(), new ArrayList<>(newLines));
        new Script()
                .add(
                        """
                        SELECT u.id AS usuario_id, r.producto_id, sum(r.cantidad)::int AS cantidad
                          FROM unnest(:users) AS u(id) CROSS JOIN LATERAL (
                               SELECT producto_id, cantidad, expires_at FROM stock_reservations
                                WHERE usuario_id = u.id AND status = 'pending' OFFSET 0) r
                         WHERE r.producto_id = ANY(:products) AND r.expires_at > :now
                         GROUP BY u.id, r.producto_id
                        """,
                        row -> look.held.put(
                                new HeldBy(row.getInt("usuario_id"), row.getLong("producto_id")),
                                row.getInt("cantidad")))
                .add(
                        """
                        SELECT p.id AS product_id, p.nombre, p.categoria, p.activo,
                               <picture>,
                               CASE WHEN p.cerrado_desde IS NULL THEN precio_final(p.precio, p.descuento)
                                   END AS precio_final,
                               p.stock_total, p.stock_reservado, p.stock_vendido,
                               COALESCE((SELECT sum(r.cantidad) FROM stock_reservations r
                                          WHERE r.producto_id = p.id AND r.status = 'pending'
                                            AND r.revisar_desde <= :now AND r.expires_at <= :now), 0) AS vencidas
                          FROM productos p WHERE p.id = ANY(:products)
                        """.replace("<picture>", Picture.COLUMNS),
                        row -> look.offers.put(row.getLong("product_id"), offer(row)))
                .add(
                        "SELECT nextval('cart_items_id_seq') FROM generate_series(1, :newLines)",
                        row -> look.newLineIds.add(row.getLong(1)))
                .bind("users", Column.ints(users))
                .bind("products", Column.longs(products))
                .bind("newLines", newLines)
                .bind("now", Rows.timestamp(now))
                .run(handle);
        return look;
    }

    private static Offer offer(ResultSet row) throws SQLException {
        return new Offer(
                product(row),
                row.getBoolean("activo"),
                row.getBigDecimal("precio_final"),
                StockFigures.of(row),
                row.getLong("vencidas"));
    }

    private static Cart.ItemProduct product(ResultSet row) throws SQLException {
        return new Cart.ItemProduct(
                row.getLong("product_id"),
                row.getString("nombre"),
                Picture.address(row.getLong("product_id"), row),
                row.getString("categoria"));
    }

    /** Writes the carts' present state. An existing line keeps its price until checkout. */
    static void write(Script updates, List<Contents> carts, Instant now) {
        if (carts.isEmpty()) {
            return;
        }
        updates.add("UPDATE carts SET updated_at = :now WHERE id = ANY(:touched)")
                .bind("now", Rows.timestamp(now))
                .bind("touched", Column.longs(carts, contents -> contents.cart.id()));
        List<Long> removed =
                carts.stream().flatMap(contents -> contents.removed().stream()).toList();
        if (!removed.isEmpty()) {
            updates.add("DELETE FROM cart_items WHERE id = ANY(:removed)").bind("removed", Column.longs(removed));
        }
        setQuantities(
                updates,
                carts.stream().flatMap(contents -> contents.changed().stream()).toList());
        insertLines(updates, carts);
    }

    private static void setQuantities(Script updates, List<Cart.Item> changed) {
        if (changed.isEmpty()) {
            return;
        }
        updates.add("""
                        UPDATE cart_items i SET quantity = v.cantidad, updated_at = :now
                          FROM unnest(:changed, :changedTo) AS v(id, cantidad) WHERE i.id = v.id
                        """)
                .bind("changed", Column.longs(changed, Cart.Item::id))
                .bind("changedTo", Column.ints(changed, Cart.Item::quantity));
    }

    private static void insertLines(Script updates, List<Contents> carts) {
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
        updates.add("""
                        INSERT INTO cart_items (id, cart_id, product_id, quantity, price_at_addition, created_at,
                            updated_at)
                        SELECT id, carrito, producto, cantidad, precio, :now, :now
                          FROM unnest(:addedIds, :addedTo, :addedProducts, :addedQuantities, :addedPrices) AS v(id,
                              carrito, producto, cantidad, precio)
                        """)
                .bind("addedIds", Column.longs(added, Cart.Item::id))
                .bind("addedTo", Column.longs(cartOfEach))
                .bind(
                        "addedProducts",
                        Column.longs(added, item -> item.product().id()))
                .bind("addedQuantities", Column.ints(added, Cart.Item::quantity))
                .bind("addedPrices", Column.numerics(added, Cart.Item::priceAtAddition));
    }

    /**
     * Writes the audit rows. The old table has 32-bit product ids, so a larger one is left out, and a name that is too
     * long is cut.
     */
    static void audit(Script updates, List<AuditRow> rows, Instant now) {
        if (rows.isEmpty()) {
            return;
        }
        updates.add("""
                        INSERT INTO cart_audit_logs (action, product_id, product_name, quantity_before, quantity_after,
                               price,
                               ip_address, user_agent, "timestamp", user_id)
                        SELECT accion, producto, left(nombre, 255), antes, despues, precio, ip::inet, agente, :now,
                               usuario
                          FROM unnest(:actions, :actionProducts, :actionNames, :before, :after, :actionPrices,
                            :addresses, :agents, :actors)
                            AS v(accion, producto, nombre, antes, despues, precio, ip, agente, usuario)
                        """)
                .bind("now", Rows.timestamp(now))
                .bind("actions", Column.strings(rows, AuditRow::action))
                .bind(
                        "actionProducts",
                        Column.ints(
                                rows,
                                row -> row.productId() == null || row.productId() > Integer.MAX_VALUE
                                        ? null
                                        : row.productId().intValue()))
                .bind("actionNames", Column.strings(rows, AuditRow::productName))
                .bind("before", Column.ints(rows, AuditRow::before))
                .bind("after", Column.ints(rows, AuditRow::after))
                .bind("actionPrices", Column.numerics(rows, AuditRow::price))
                .bind("addresses", Column.strings(rows, row -> row.caller().address()))
                .bind("agents", Column.strings(rows, row -> row.caller().userAgent()))
                .bind("actors", Column.ints(rows, row -> row.caller().userId()));
    }

    /** Deletes the oldest entries before the instant, by their ids, which are in order of time. */
    static int deleteAuditBefore(Handle handle, Instant before, int most) {
        return handle.createUpdate("""
                        DELETE FROM cart_audit_logs WHERE "timestamp" < :before
                            AND id = ANY(ARRAY(SELECT id FROM cart_audit_logs ORDER BY id LIMIT :most))
                        """)
                .bind("before", Rows.timestamp(before))
                .bind("most", most)
                .execute();
    }

    /** Empties the user's cart and deletes its log. */
    static void forget(Handle handle, int userId) {
        handle.createUpdate("""
                        DELETE FROM cart_items WHERE cart_id IN (SELECT id FROM carts WHERE user_id = :userId)
                        """).bind("userId", userId).execute();
        handle.createUpdate("DELETE FROM cart_audit_logs WHERE user_id = :userId")
                .bind("userId", userId)
                .execute();
    }
}
