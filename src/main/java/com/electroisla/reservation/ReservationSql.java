package com.electroisla.reservation;

import com.electroisla.database.Column;
import com.electroisla.database.Rows;
import com.electroisla.database.Script;
import com.electroisla.database.StockFigures;
import com.electroisla.groupcommit.Opening;
import com.electroisla.reservation.ReservationOutcome.LostHold;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.argument.Argument;

/**
 * Every statement of a batch. Lock order, here and everywhere: the users' carts, then products, then reservations,
 * each in id order; the input of the decision is read after the locks.
 *
 * <p>{@code FOR NO KEY UPDATE}, because {@code FOR UPDATE} would stop every insert whose foreign key points at the
 * row.
 */
final class ReservationSql {
    private ReservationSql() {}

    /**
     * The lines of the carts; for a checkout each with a new id for the hold that it may become. A refusal leaves a
     * gap in the ids.
     */
    private static final String LINES = """
            SELECT id, cart_id, product_id, quantity, precio_guardado(price_at_addition) AS price_at_addition,
                   CASE WHEN :reserving > 0 THEN nextval('stock_reservations_id_seq') END AS reserva
              FROM cart_items
             WHERE cart_id = ANY(ARRAY(SELECT id FROM carts WHERE user_id = ANY(:users))) AND quantity > 0
             ORDER BY id
            """;

    private static final String LOCK_PRODUCTS = """
            SELECT id, nombre, precio_final(precio, descuento) AS precio_final, activo,
                   stock_total, stock_reservado, stock_vendido
              FROM productos
             WHERE id = ANY(ARRAY(
                       SELECT product_id FROM cart_items
                        WHERE cart_id = ANY(ARRAY(SELECT id FROM carts WHERE user_id = ANY(:reservers)))
                            AND quantity > 0
                        UNION
                       SELECT r.producto_id
                         FROM unnest(:users) AS u(id) CROSS JOIN LATERAL (
                              SELECT producto_id FROM stock_reservations
                               WHERE usuario_id = u.id AND status = 'pending' OFFSET 0) r))
             ORDER BY id
               FOR NO KEY UPDATE
            """;

    private static final String LOCK_HOLDS = """
            SELECT id, usuario_id, producto_id, cantidad, precio_guardado(precio_unitario) AS precio_unitario,
                   expires_at
              FROM stock_reservations
             WHERE id = ANY(ARRAY(
                       SELECT r.id
                         FROM unnest(:users) AS u(id) CROSS JOIN LATERAL (
                              SELECT id FROM stock_reservations
                               WHERE usuario_id = u.id AND status = 'pending' OFFSET 0) r))
               AND status = 'pending'
             ORDER BY id
               FOR NO KEY UPDATE
            """;

    /**
     * Holds of the paying users' last checkouts that a sweep or the staff has already ended. A cancelled hold beside a
     * pending one of the same checkout was released by the staff: a buyer gives up all of them at once.
     */
    private static final String LOST = """
            SELECT u.id AS user_id, r.producto_id, p.nombre, r.cantidad
            """ + LastCheckoutSql.LAST_CHECKOUTS + """
             CROSS JOIN LATERAL (
                   SELECT id, producto_id, cantidad, status FROM stock_reservations
                    WHERE usuario_id = u.id AND checkout_terminado = c.id AND status <> 'pending' OFFSET 0) r
             CROSS JOIN LATERAL (SELECT nombre FROM productos WHERE id = r.producto_id OFFSET 0) p
             WHERE r.status = 'expired' OR r.status = 'cancelled' AND a.pendientes > 0
             ORDER BY r.id
            """;

    private static final String FIGURES =
            """
            UPDATE productos p SET stock_reservado = v.reservado, stock_vendido = v.vendido, stock = <free>
              FROM unnest(:stockIds, :reserved, :sold) AS v(id, reservado, vendido)
             WHERE p.id = v.id
            """.replace("<free>", StockFigures.free("p.stock_total", "v.reservado", "v.vendido"));

    private static final String OTHER_IDS = """
            SELECT ARRAY(SELECT nextval('checkouts_id_seq') FROM generate_series(1, :reserving)) AS checkouts,
                   ARRAY(SELECT nextval('pedidos_id_seq') FROM generate_series(1, :orders)) AS pedidos
            """;

    /** Ids drawn for this batch: one for each line, each checkout and each payment. */
    record FreshIds(List<Long> holds, List<Long> checkouts, List<Long> orders) {}

    /**
     * The rows read and locked for the requests.
     *
     * @param lines of the carts, by cart, in the order they were added
     * @param products by id: all that are held by the users, or in the carts of users who reserve
     * @param pending the users' holds, oldest first; locked against the old shop, which locks no products
     * @param lost by paying user
     * @param ids for the new rows of the batch
     */
    record Shelf(
            Map<Long, List<Snapshot.Line>> lines,
            Map<Long, Snapshot.Product> products,
            List<Snapshot.PendingHold> pending,
            Map<Integer, List<LostHold>> lost,
            FreshIds ids) {}

    /**
     * @param reserving the users with a checkout
     * @param checkouts their number
     * @param paying the user of each payment
     */
    record Wanted(Set<Integer> reserving, int checkouts, List<Integer> paying) {}

    /**
     * Opens the batch, locks and reads. Only wanted or held products are locked, because a locked product blocks every
     * request that needs it. While the carts are locked their lines stay, and only the old shop can add to the users'
     * pending holds: apart from these, one statement locks exactly the products of the holds that the next one reads.
     * Users who need an avoided product are known after the first trip.
     */
    static Shelf lock(Handle handle, Opening opening, Wanted requests) {
        int reserving = requests.checkouts;
        var shelf = new Shelf(
                new HashMap<>(),
                new HashMap<>(),
                new ArrayList<>(),
                new HashMap<>(),
                new FreshIds(new ArrayList<>(), new ArrayList<>(), new ArrayList<>()));
        var wanted = new Script()
                .add(LINES, row -> {
                    shelf.lines
                            .computeIfAbsent(row.getLong("cart_id"), cart -> new ArrayList<>())
                            .add(line(row));
                    if (reserving > 0) {
                        shelf.ids.holds.add(row.getLong("reserva"));
                    }
                })
                .add(OTHER_IDS, row -> {
                    shelf.ids.checkouts.addAll(
                            List.of((Long[]) row.getArray("checkouts").getArray()));
                    shelf.ids.orders.addAll(
                            List.of((Long[]) row.getArray("pedidos").getArray()));
                })
                .bind("reserving", reserving)
                .bind("orders", requests.paying.size());
        LockedRowsSql.leaveOutHolders(wanted, opening);
        opening.run(handle, Opening.Users.KEPT, wanted, () -> {
            leaveOutByLines(opening, requests.reserving, shelf.lines);
            return locks(opening, requests, shelf);
        });
        return shelf;
    }

    private static void leaveOutByLines(Opening opening, Set<Integer> reserving, Map<Long, List<Snapshot.Line>> lines) {
        if (opening.avoided().isEmpty()) {
            return;
        }
        opening.carts().values().stream()
                .filter(cart -> reserving.contains(cart.userId()))
                .forEach(cart -> lines.getOrDefault(cart.id(), List.of()).stream()
                        .map(Snapshot.Line::productId)
                        .filter(opening.avoided()::contains)
                        .forEach(product -> opening.leaveOut(cart.userId(), product)));
    }

    /** The statements that lock products and holds of the users who are served. */
    private static Script locks(Opening opening, Wanted requests, Shelf shelf) {
        var locks = new Script()
                .add(LOCK_PRODUCTS, row -> shelf.products.put(row.getLong("id"), product(row)))
                .add(LOCK_HOLDS, row -> shelf.pending.add(pendingHold(row)))
                .bind("reservers", served(opening, requests.reserving));
        if (!requests.paying.isEmpty()) {
            locks.add(
                            LOST,
                            row -> shelf.lost
                                    .computeIfAbsent(row.getInt("user_id"), user -> new ArrayList<>())
                                    .add(new LostHold(
                                            row.getLong("producto_id"),
                                            row.getString("nombre"),
                                            row.getInt("cantidad"))))
                    .bind("lastOf", served(opening, requests.paying));
        }
        return locks;
    }

    private static Argument served(Opening opening, Collection<Integer> users) {
        return Column.ints(users.stream().filter(opening::serves).collect(Collectors.toCollection(TreeSet::new)));
    }

    /**
     * Locks other users' expired holds, the longest due first, on products of which more units are wanted than are
     * free. They are found by {@code revisar_desde}, which is never after {@code expires_at}.
     *
     * @param missing by product, how many more units; as many holds suffice, because each has at least one unit
     */
    static List<Snapshot.PendingHold> overdueOn(
            Handle handle, Map<Long, Long> missing, Collection<Integer> exceptUsers, Instant now) {
        return handle.createQuery("""
                        SELECT id, usuario_id, producto_id, cantidad,
                               precio_guardado(precio_unitario) AS precio_unitario, expires_at
                          FROM stock_reservations
                         WHERE id = ANY(ARRAY(
                                   SELECT r.id
                                     FROM unnest(:products, :missing) AS p(id, faltan) CROSS JOIN LATERAL (
                                          SELECT id FROM stock_reservations
                                           WHERE producto_id = p.id AND status = 'pending'
                                             AND revisar_desde <= :now AND expires_at <= :now
                                             AND usuario_id <> ALL(:users) AND cantidad > 0
                                           ORDER BY revisar_desde LIMIT p.faltan) r))
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

    private static Snapshot.Line line(ResultSet row) throws SQLException {
        return new Snapshot.Line(
                row.getLong("id"),
                row.getLong("product_id"),
                row.getInt("quantity"),
                row.getBigDecimal("price_at_addition"));
    }

    private static Snapshot.Product product(ResultSet row) throws SQLException {
        return new Snapshot.Product(
                row.getLong("id"),
                row.getString("nombre"),
                row.getBigDecimal("precio_final"),
                row.getBoolean("activo"),
                StockFigures.of(row));
    }

    private static Snapshot.PendingHold pendingHold(ResultSet row) throws SQLException {
        return new Snapshot.PendingHold(
                row.getLong("id"),
                row.getInt("usuario_id"),
                row.getLong("producto_id"),
                row.getInt("cantidad"),
                row.getBigDecimal("precio_unitario"),
                Rows.instant(row, "expires_at"));
    }

    /** Draws ids besides those that came with the lines. */
    static List<Long> drawHoldIds(Handle handle, int count) {
        return handle.createQuery("SELECT nextval('stock_reservations_id_seq') FROM generate_series(1, :count)")
                .bind("count", count)
                .mapTo(Long.class)
                .list();
    }

    /**
     * Writes {@code stock} as the trigger does for other programs: these connections fire no triggers. A product with
     * a hold or a sale is initialised.
     */
    static void writeStock(Script updates, List<Decision.Stock> stock) {
        if (stock.isEmpty()) {
            return;
        }
        updates.add(FIGURES)
                .bind("stockIds", Column.longs(stock, each -> each.id))
                .bind("reserved", Column.ints(stock, each -> each.reserved))
                .bind("sold", Column.ints(stock, each -> each.sold));
    }

    /** Inserts holds. Holds of one checkout expire together. */
    static void insertHolds(Script updates, List<Hold> holds, Instant now) {
        if (holds.isEmpty()) {
            return;
        }
        updates.add("""
                        INSERT INTO stock_reservations (id, usuario_id, producto_id, cantidad, status, created_at,
                               expires_at,
                               confirmed_at, cancelled_at, ip_address, user_agent, precio_unitario, checkout_id,
                               pedido_id)
                        SELECT id, usuario, producto, cantidad, status, :now, :expires,
                               CASE WHEN status = 'confirmed' THEN :now END, CASE WHEN status = 'cancelled' THEN :now
                                   END,
                               ip::inet, COALESCE(agente, ''), precio, checkout, pedido
                          FROM unnest(:newHolds, :users, :products, :quantities, :statuses, :addresses, :agents,
                            :prices, :newCheckouts, :newOrders)
                            AS v(id, usuario, producto, cantidad, status, ip, agente, precio, checkout, pedido)
                        """)
                .bind("now", Rows.timestamp(now))
                .bind("expires", Rows.timestamp(holds.getFirst().expiresAt))
                .bind("newHolds", Column.longs(holds, hold -> hold.id))
                .bind("users", Column.ints(holds, hold -> hold.userId))
                .bind("products", Column.longs(holds, hold -> hold.productId))
                .bind("quantities", Column.ints(holds, hold -> hold.quantity))
                .bind("statuses", Column.strings(holds, hold -> hold.status.word()))
                .bind("addresses", Column.strings(holds, hold -> hold.address))
                .bind("agents", Column.strings(holds, hold -> hold.userAgent))
                .bind("prices", Column.numerics(holds, hold -> hold.price))
                .bind("newCheckouts", Column.longs(holds, hold -> hold.checkout))
                .bind("newOrders", Column.longs(holds, hold -> hold.order));
    }

    /**
     * Updates holds. A renewed one keeps {@code revisar_desde} while that has not passed, so that no index has to
     * learn of the renewal (docs/decisions/0019-renewals.md).
     */
    static void updateHolds(Script updates, List<Hold> holds, Instant now) {
        if (holds.isEmpty()) {
            return;
        }
        updates.add("""
                        UPDATE stock_reservations r
                           SET status = v.status, expires_at = v.expira::timestamptz, precio_unitario = v.precio,
                               vencia_at = CASE WHEN v.status = 'pending' AND r.revisar_desde > :now
                                   THEN r.revisar_desde END,
                               checkout_id = COALESCE(v.checkout, r.checkout_id), pedido_id = v.pedido,
                               confirmed_at = CASE WHEN v.status = 'confirmed' THEN :now END,
                               cancelled_at = CASE WHEN v.status = 'cancelled' THEN :now END
                          FROM unnest(:holdIds, :holdStatuses, :holdExpires, :holdPrices, :holdCheckouts, :holdOrders)
                            AS v(id, status, expira, precio, checkout, pedido)
                         WHERE r.id = v.id AND r.status = 'pending'
                        """)
                .bind("now", Rows.timestamp(now))
                .bind("holdIds", Column.longs(holds, hold -> hold.id))
                .bind("holdStatuses", Column.strings(holds, hold -> hold.status.word()))
                .bind("holdExpires", Column.strings(holds, hold -> hold.expiresAt.toString()))
                .bind("holdPrices", Column.numerics(holds, hold -> hold.price))
                .bind("holdCheckouts", Column.longs(holds, hold -> hold.checkout))
                .bind("holdOrders", Column.longs(holds, hold -> hold.order));
    }

    /**
     * Writes removed and changed cart lines. A price that follows the product's does not count as a change of the
     * cart.
     */
    static void writeCarts(Script updates, List<Decision.CartState> carts, Instant now) {
        List<Decision.CartState> bought =
                carts.stream().filter(cart -> cart.linesBought).toList();
        if (!bought.isEmpty()) {
            updates.add("UPDATE carts SET updated_at = :now WHERE id = ANY(:carts)")
                    .bind("now", Rows.timestamp(now))
                    .bind("carts", Column.longs(bought, cart -> cart.id));
        }
        List<Decision.CartLine> removed =
                carts.stream().flatMap(cart -> cart.removed.stream()).toList();
        if (!removed.isEmpty()) {
            updates.add("DELETE FROM cart_items WHERE id = ANY(:removedLines)")
                    .bind("removedLines", Column.longs(removed, line -> line.id));
        }
        List<Decision.CartLine> changed = carts.stream()
                .flatMap(cart -> cart.lines.values().stream())
                .filter(line -> line.changed)
                .toList();
        if (!changed.isEmpty()) {
            updates.add("""
                            UPDATE cart_items i SET quantity = v.cantidad, price_at_addition = v.precio,
                              updated_at = :now
                              FROM unnest(:changedLines, :changedQuantities, :changedPrices) AS v(id, cantidad, precio)
                             WHERE i.id = v.id
                            """)
                    .bind("now", Rows.timestamp(now))
                    .bind("changedLines", Column.longs(changed, line -> line.id))
                    .bind("changedQuantities", Column.ints(changed, line -> line.quantity))
                    .bind("changedPrices", Column.numerics(changed, line -> line.price));
        }
    }
}
