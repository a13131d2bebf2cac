package com.electroisla.reservation;

import com.electroisla.database.DatabaseClock;
import com.electroisla.database.Column;
import com.electroisla.database.Results;
import com.electroisla.database.Rows;
import com.electroisla.groupcommit.LockedCart;
import com.electroisla.reservation.ReservationOutcome.LostHold;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jdbi.v3.core.Handle;

/**
 * Every statement of a batch, and the reading of what was held. Lock order, here and everywhere: the users' carts, then products, then reservations, each
 * in id order; what is decided on is read after the locks.
 *
 * <p>{@code FOR NO KEY UPDATE}, because {@code FOR UPDATE} would stop every insert whose foreign key points at the row.
 */
final class ReservationSql {
    private ReservationSql() {}

    /**
     * What the users want and what they may hold.
     *
     * @param lines of the locked carts, by cart, in the order they were added
     * @param pending the product of each hold, by the hold's id; while the carts are locked it can only become less
     */
    record Wanted(Map<Long, List<Snapshot.Line>> lines, Map<Long, Long> pending) {}

    static Wanted readWanted(Handle handle, Map<Integer, LockedCart> carts) {
        Wanted wanted = new Wanted(new HashMap<>(), new HashMap<>());
        handle.createQuery("""
                        SELECT id, cart_id, product_id, quantity, price_at_addition
                          FROM cart_items WHERE cart_id = ANY(:carts) AND quantity > 0 ORDER BY id;
                        SELECT r.id, r.producto_id
                          FROM unnest(:users) AS u(id) CROSS JOIN LATERAL (
                               SELECT id, producto_id FROM stock_reservations
                                WHERE usuario_id = u.id AND status = 'pending' OFFSET 0) r
                        """)
                .bind("carts", Column.longs(carts.values(), LockedCart::id))
                .bind("users", Column.ints(carts.keySet()))
                .execute(Results.of(
                        row -> wanted.lines.computeIfAbsent(row.getLong("cart_id"), cart -> new ArrayList<>()).add(new Snapshot.Line(
                                row.getLong("id"), row.getLong("product_id"), row.getInt("quantity"), row.getBigDecimal("price_at_addition"))),
                        row -> wanted.pending.put(row.getLong("id"), row.getLong("producto_id"))));
        return wanted;
    }

    /**
     * What lies on the shelf, locked.
     *
     * @param products by id
     * @param databaseTime read after the locks
     */
    record Shelf(Map<Long, Snapshot.Product> products, Instant databaseTime) {}

    static Shelf lockProducts(Handle handle, Collection<Long> ids) {
        Map<Long, Snapshot.Product> products = new HashMap<>();
        List<Instant> time = new ArrayList<>();
        handle.createQuery("""
                        SELECT id, nombre, round(precio * (100 - descuento) / 100, 2) AS precio_final, activo,
                               stock_total, stock_reservado, stock_vendido
                          FROM productos WHERE id = ANY(:ids) ORDER BY id
                           FOR NO KEY UPDATE;
                        """ + DatabaseClock.DATABASE_TIME)
                .bind("ids", Column.longs(ids))
                .execute(Results.of(
                        row -> products.put(row.getLong("id"), new Snapshot.Product(
                                row.getLong("id"), row.getString("nombre"), row.getBigDecimal("precio_final"), row.getBoolean("activo"),
                                row.getInt("stock_total"), row.getInt("stock_reservado"), row.getInt("stock_vendido"))),
                        row -> time.add(row.getObject(1, OffsetDateTime.class).toInstant())));
        return new Shelf(products, time.getFirst());
    }

    /** Locks those of the holds that are still pending, oldest first; against the old shop, which locks no products. */
    static List<Snapshot.PendingHold> lockPending(Handle handle, Collection<Long> ids) {
        return handle.createQuery("""
                        SELECT id, usuario_id, producto_id, cantidad, precio_unitario, expires_at
                          FROM stock_reservations
                         WHERE id = ANY(:ids) AND status = 'pending'
                         ORDER BY id
                           FOR NO KEY UPDATE
                        """)
                .bind("ids", Column.longs(ids))
                .map((row, context) -> pendingHold(row))
                .list();
    }

    /**
     * Locks other people's holds that are past their time, the oldest first, on products that are wanted more than they lie free.
     *
     * @param missing by product, how many units more; as many holds are enough, for each has a unit at least
     */
    static List<Snapshot.PendingHold> overdueOn(Handle handle, Map<Long, Long> missing, Collection<Integer> exceptUsers, Instant now) {
        return handle.createQuery("""
                        SELECT id, usuario_id, producto_id, cantidad, precio_unitario, expires_at
                          FROM stock_reservations
                         WHERE id = ANY(ARRAY(
                                   SELECT r.id
                                     FROM unnest(:products, :missing) AS p(id, faltan) CROSS JOIN LATERAL (
                                          SELECT id FROM stock_reservations
                                           WHERE producto_id = p.id AND status = 'pending' AND expires_at <= :now
                                             AND usuario_id <> ALL(:users) AND cantidad > 0
                                           ORDER BY expires_at LIMIT p.faltan) r))
                           AND status = 'pending'
                         ORDER BY id
                           FOR NO KEY UPDATE
                        """)
                .bind("products", Column.longs(missing.keySet()))
                .bind("missing", Column.longs(missing.values()))
                .bind("users", Column.ints(exceptUsers))
                .bind("now", Rows.timestamp(now))
                .map((row, context) -> pendingHold(row))
                .list();
    }

    private static Snapshot.PendingHold pendingHold(java.sql.ResultSet row) throws java.sql.SQLException {
        return new Snapshot.PendingHold(row.getLong("id"), row.getInt("usuario_id"), row.getLong("producto_id"), row.getInt("cantidad"),
                row.getBigDecimal("precio_unitario"), Rows.instant(row, "expires_at"));
    }

    /**
     * What a sweep or the staff has already ended of the users' last checkouts. Looks only where lines are missing. Beside
     * a pending hold of the same checkout a cancelled one was released by the staff: a buyer gives up all of them at once.
     */
    static Map<Integer, List<LostHold>> lostOf(Handle handle, Collection<Integer> users) {
        Map<Integer, List<LostHold>> lost = new HashMap<>();
        handle.createQuery("""
                        SELECT c.user_id, r.producto_id, p.nombre, r.cantidad
                          FROM (SELECT user_id, checkout_id, pendientes
                                  FROM carts CROSS JOIN LATERAL (
                                       SELECT count(*) AS pendientes FROM stock_reservations s
                                        WHERE s.usuario_id = carts.user_id AND s.checkout_id = carts.checkout_id AND s.status = 'pending') s
                                 WHERE user_id = ANY(:users) AND checkout_lineas > pendientes OFFSET 0) c
                         CROSS JOIN LATERAL (
                               SELECT id, producto_id, cantidad, status FROM stock_reservations
                                WHERE usuario_id = c.user_id AND checkout_id = c.checkout_id AND status IN ('expired', 'cancelled') OFFSET 0) r
                         CROSS JOIN LATERAL (SELECT nombre FROM productos WHERE id = r.producto_id OFFSET 0) p
                         WHERE r.status = 'expired' OR c.pendientes > 0
                         ORDER BY r.id
                        """)
                .bind("users", Column.ints(users))
                .map((row, context) -> lost.computeIfAbsent(row.getInt("user_id"), user -> new ArrayList<>())
                        .add(new LostHold(row.getLong("producto_id"), row.getString("nombre"), row.getInt("cantidad"))))
                .list();
        return lost;
    }

    /** Writes the products' figures, and draws the ids of the new rows, no more than there are. */
    static void writeStockAndDrawIds(Handle handle, Writes writes) {
        List<Hold> holds = writes.newHolds();
        List<Hold.Checkout> checkouts = writes.checkouts();
        if (writes.stock.isEmpty() && holds.isEmpty() && checkouts.isEmpty() && writes.orders.isEmpty()) {
            return;
        }
        handle.createQuery("""
                        SELECT ARRAY(SELECT nextval('stock_reservations_id_seq') FROM generate_series(1, :holds)) AS holds,
                               ARRAY(SELECT nextval('checkouts_id_seq') FROM generate_series(1, :checkouts)) AS checkouts,
                               ARRAY(SELECT nextval('pedidos_id_seq') FROM generate_series(1, :orders)) AS orders;
                        UPDATE productos p SET stock_reservado = v.reservado, stock_vendido = v.vendido
                          FROM unnest(:ids, :reserved, :sold) AS v(id, reservado, vendido)
                         WHERE p.id = v.id
                        """)
                .bind("holds", holds.size())
                .bind("checkouts", checkouts.size())
                .bind("orders", writes.orders.size())
                .bind("ids", Column.longs(writes.stock, stock -> stock.id))
                .bind("reserved", Column.ints(writes.stock, stock -> stock.reserved))
                .bind("sold", Column.ints(writes.stock, stock -> stock.sold))
                .execute(Results.of(row -> {
                    Long[] holdIds = (Long[]) row.getArray("holds").getArray();
                    Long[] checkoutIds = (Long[]) row.getArray("checkouts").getArray();
                    Long[] orderIds = (Long[]) row.getArray("orders").getArray();
                    for (int i = 0; i < holdIds.length; i++) {
                        holds.get(i).id = holdIds[i];
                    }
                    for (int i = 0; i < checkoutIds.length; i++) {
                        checkouts.get(i).id = checkoutIds[i];
                    }
                    for (int i = 0; i < orderIds.length; i++) {
                        writes.orders.get(i).id = orderIds[i];
                    }
                }));
    }

    /** Inserts the new holds, and remembers which checkout each cart is on. Holds that are made together run out together. */
    static void insertHoldsAndMarkCarts(Handle handle, List<Hold> holds, List<Decision.CartState> carts, Instant now) {
        if (holds.isEmpty() && carts.isEmpty()) {
            return;
        }
        handle.createUpdate("""
                        INSERT INTO stock_reservations (id, usuario_id, producto_id, cantidad, status, created_at, expires_at,
                               confirmed_at, cancelled_at, ip_address, user_agent, precio_unitario, checkout_id, pedido_id)
                        SELECT id, usuario, producto, cantidad, status, :now, :expires,
                               CASE WHEN status = 'confirmed' THEN :now END, CASE WHEN status = 'cancelled' THEN :now END,
                               ip::inet, agente, precio, checkout, pedido
                          FROM unnest(:ids, :users, :products, :quantities, :statuses, :addresses, :agents, :prices, :checkouts, :orders)
                            AS v(id, usuario, producto, cantidad, status, ip, agente, precio, checkout, pedido);
                        UPDATE carts c SET checkout_id = v.checkout, checkout_lineas = v.lineas,
                               updated_at = CASE WHEN v.cambia THEN :now ELSE c.updated_at END
                          FROM unnest(:cartIds, :cartCheckouts, :cartLines, :cartChanged) AS v(id, checkout, lineas, cambia)
                         WHERE c.id = v.id
                        """)
                .bind("now", Rows.timestamp(now))
                .bind("ids", Column.longs(holds, hold -> hold.id))
                .bind("users", Column.ints(holds, hold -> hold.userId))
                .bind("products", Column.longs(holds, hold -> hold.productId))
                .bind("quantities", Column.ints(holds, hold -> hold.quantity))
                .bind("expires", Rows.timestamp(holds.isEmpty() ? now : holds.getFirst().expiresAt))
                .bind("statuses", Column.strings(holds, hold -> hold.status.word()))
                .bind("addresses", Column.strings(holds, hold -> hold.address))
                .bind("agents", Column.strings(holds, hold -> hold.userAgent))
                .bind("prices", Column.numerics(holds, hold -> hold.price))
                .bind("checkouts", Column.longs(holds, hold -> checkoutId(hold.checkout)))
                .bind("orders", Column.longs(holds, hold -> orderId(hold.order)))
                .bind("cartIds", Column.longs(carts, cart -> cart.id))
                .bind("cartCheckouts", Column.longs(carts, cart -> checkoutId(cart.checkout)))
                .bind("cartLines", Column.ints(carts, cart -> cart.checkoutLines))
                .bind("cartChanged", Column.booleans(carts, cart -> cart.linesChanged))
                .execute();
    }

    static void updateHolds(Handle handle, List<Hold> holds, Instant now) {
        if (holds.isEmpty()) {
            return;
        }
        handle.createUpdate("""
                        UPDATE stock_reservations r
                           SET status = v.status, expires_at = v.expira::timestamptz, precio_unitario = v.precio,
                               checkout_id = COALESCE(v.checkout, r.checkout_id), pedido_id = v.pedido,
                               confirmed_at = CASE WHEN v.status = 'confirmed' THEN :now END,
                               cancelled_at = CASE WHEN v.status = 'cancelled' THEN :now END
                          FROM unnest(:ids, :statuses, :expires, :prices, :checkouts, :orders)
                            AS v(id, status, expira, precio, checkout, pedido)
                         WHERE r.id = v.id AND r.status = 'pending'
                        """)
                .bind("now", Rows.timestamp(now))
                .bind("ids", Column.longs(holds, hold -> hold.id))
                .bind("statuses", Column.strings(holds, hold -> hold.status.word()))
                .bind("expires", Column.strings(holds, hold -> hold.expiresAt.toString()))
                .bind("prices", Column.numerics(holds, hold -> hold.price))
                .bind("checkouts", Column.longs(holds, hold -> checkoutId(hold.checkout)))
                .bind("orders", Column.longs(holds, hold -> orderId(hold.order)))
                .execute();
    }

    /** What left the carts or changed in them. */
    static void writeCartLines(Handle handle, List<Decision.CartState> carts, Instant now) {
        List<Decision.CartLine> removed = carts.stream().flatMap(cart -> cart.removed.stream()).toList();
        if (!removed.isEmpty()) {
            handle.createUpdate("DELETE FROM cart_items WHERE id = ANY(:ids)")
                    .bind("ids", Column.longs(removed, line -> line.id))
                    .execute();
        }
        List<Decision.CartLine> changed = carts.stream().flatMap(cart -> cart.lines.values().stream()).filter(line -> line.changed).toList();
        if (!changed.isEmpty()) {
            handle.createUpdate("""
                            UPDATE cart_items i SET quantity = v.cantidad, price_at_addition = v.precio, updated_at = :now
                              FROM unnest(:ids, :quantities, :prices) AS v(id, cantidad, precio)
                             WHERE i.id = v.id
                            """)
                    .bind("now", Rows.timestamp(now))
                    .bind("ids", Column.longs(changed, line -> line.id))
                    .bind("quantities", Column.ints(changed, line -> line.quantity))
                    .bind("prices", Column.numerics(changed, line -> line.price))
                    .execute();
        }
    }

    private static Long checkoutId(Hold.Checkout checkout) {
        return checkout == null ? null : checkout.id;
    }

    private static Long orderId(PlacedOrder order) {
        return order == null ? null : order.id;
    }

    /** What the user has held, newest first, as it stands at {@code now}. */
    static List<ReservationView> history(Handle handle, int userId, Instant now, int limit, long offset) {
        return handle.createQuery("""
                        SELECT r.id, r.producto_id, p.nombre, r.cantidad, r.status, r.created_at, r.expires_at
                          FROM stock_reservations r JOIN productos p ON p.id = r.producto_id
                         WHERE r.usuario_id = :user ORDER BY r.id DESC LIMIT :limit OFFSET :offset
                        """)
                .bind("user", userId)
                .bind("limit", limit)
                .bind("offset", offset)
                .map((row, context) -> new ReservationView(row.getLong("id"), row.getLong("producto_id"), row.getString("nombre"),
                        row.getInt("cantidad"), ReservationStatus.of(row.getString("status")), Rows.instant(row, "created_at"),
                        Rows.instant(row, "expires_at"), now))
                .list();
    }

    /** The holds of the user's last checkout that are pending, or whose time was up. */
    static List<CheckoutHolds.Line> lastCheckout(Handle handle, int userId) {
        return handle.createQuery("""
                        SELECT r.producto_id, p.nombre, r.cantidad, COALESCE(r.precio_unitario, round(p.precio * (100 - p.descuento) / 100, 2)) AS precio,
                               r.expires_at, r.status = 'pending' AS viva
                          FROM carts c
                          JOIN stock_reservations r ON r.usuario_id = c.user_id AND r.checkout_id = c.checkout_id
                          JOIN productos p ON p.id = r.producto_id
                         WHERE c.user_id = :user AND r.status IN ('pending', 'expired')
                         ORDER BY r.id
                        """)
                .bind("user", userId)
                .map((row, context) -> new CheckoutHolds.Line(row.getLong("producto_id"), row.getString("nombre"), row.getInt("cantidad"),
                        row.getBigDecimal("precio"), Rows.instant(row, "expires_at"), row.getBoolean("viva")))
                .list();
    }

    /** The users whose last checkout holds something of which nothing has run out. */
    static Set<Integer> holding(Handle handle, Collection<Integer> users, Instant now) {
        return handle.createQuery("""
                        SELECT c.user_id
                          FROM carts c
                          JOIN stock_reservations r ON r.usuario_id = c.user_id AND r.checkout_id = c.checkout_id
                         WHERE c.user_id = ANY(:users) AND r.status IN ('pending', 'expired')
                         GROUP BY c.user_id
                        HAVING bool_and(r.status = 'pending' AND r.expires_at > :now)
                        """)
                .bind("users", Column.ints(users))
                .bind("now", Rows.timestamp(now))
                .mapTo(Integer.class)
                .set();
    }
}
