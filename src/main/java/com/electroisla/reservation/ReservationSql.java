package com.electroisla.reservation;

import com.electroisla.database.Column;
import com.electroisla.database.Rows;
import com.electroisla.database.Script;
import com.electroisla.database.StockFigures;
import com.electroisla.groupcommit.Opening;
import com.electroisla.payment.LockedPayments;
import com.electroisla.payment.LockedPaymentsSql;
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
 * The statements with which a batch locks and reads; {@link WritesSql} has those that write. Lock order, here and
 * everywhere: the users' carts, then products, then reservations, then payments, each in id order; the input of the
 * decision is read after the locks.
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
                   cerrado_desde IS NOT NULL AS cerrado,
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
                               WHERE usuario_id = u.id AND status = 'pending' OFFSET 0) r
                       <paid>))
             ORDER BY id
               FOR NO KEY UPDATE
            """;

    /** Money buys what was agreed, also when its holds are over. */
    private static final String PAID_PRODUCTS = """
            UNION
                       SELECT l.producto_id
                         FROM unnest(:paidFor) AS v(id) CROSS JOIN LATERAL (
                              SELECT id FROM pagos WHERE id = v.id AND usuario_id = ANY(:users) OFFSET 0) p
                         CROSS JOIN LATERAL (
                              SELECT producto_id FROM lineas_pago WHERE pago_id = p.id OFFSET 0) l
            """;

    private static final String LOCK_UNPAID_PRODUCTS = LOCK_PRODUCTS.replace("<paid>", "");
    private static final String LOCK_PAID_PRODUCTS = LOCK_PRODUCTS.replace("<paid>", PAID_PRODUCTS);

    private static final String HOLD_COLUMNS =
            "id, usuario_id, producto_id, cantidad, precio_guardado(precio_unitario) AS precio_unitario, expires_at, "
                    + "COALESCE(retenida_desde, created_at) AS desde, checkout_id, pago_id";

    private static final String LOCK_HOLDS = """
            SELECT <columns>
              FROM stock_reservations
             WHERE id = ANY(ARRAY(
                       SELECT r.id
                         FROM unnest(:users) AS u(id) CROSS JOIN LATERAL (
                              SELECT id FROM stock_reservations
                               WHERE usuario_id = u.id AND status = 'pending' OFFSET 0) r))
               AND status = 'pending'
             ORDER BY id
               FOR NO KEY UPDATE
            """.replace("<columns>", HOLD_COLUMNS);

    private static final String LOCK_OVERDUE = """
            SELECT <columns>
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
            """.replace("<columns>", HOLD_COLUMNS);

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

    private static final String OTHER_IDS = """
            SELECT ARRAY(SELECT nextval('checkouts_id_seq') FROM generate_series(1, :checkouts)) AS checkouts,
                   ARRAY(SELECT nextval('pedidos_id_seq') FROM generate_series(1, :orders)) AS pedidos
            """;

    private static final String PAYMENT_IDS = """
            SELECT ARRAY(SELECT nextval('pagos_id_seq') FROM generate_series(1, :payments)) AS pagos,
                   ARRAY(SELECT nextval('cobros_id_seq') FROM generate_series(1, :charges)) AS cobros,
                   ARRAY(SELECT nextval('reembolsos_id_seq') FROM generate_series(1, :charges)) AS reembolsos
            """;

    /** Ids drawn for this batch: one for each line, each checkout, each order, and what payments may need. */
    record FreshIds(
            List<Long> holds,
            List<Long> checkouts,
            List<Long> orders,
            List<Long> payments,
            List<Long> charges,
            List<Long> refunds) {
        FreshIds() {
            this(
                    new ArrayList<>(),
                    new ArrayList<>(),
                    new ArrayList<>(),
                    new ArrayList<>(),
                    new ArrayList<>(),
                    new ArrayList<>());
        }
    }

    /**
     * The rows read and locked for the requests.
     *
     * @param lines of the carts, by cart, in the order they were added
     * @param products by id: all that are held by the users, paid for, or in the carts of users who reserve
     * @param pending the users' holds, oldest first; locked against the old shop, which locks no products
     * @param lost by paying user
     * @param payments that the requests are about
     * @param ids for the new rows of the batch
     */
    record Shelf(
            Map<Long, List<Snapshot.Line>> lines,
            Map<Long, Snapshot.Product> products,
            List<Snapshot.PendingHold> pending,
            Map<Integer, List<LostHold>> lost,
            LockedPayments payments,
            FreshIds ids) {}

    /**
     * Opens the batch, locks and reads. Only wanted or held products are locked, because a locked product blocks every
     * request that needs it. While the carts are locked their lines stay, and only the old shop can add to the users'
     * pending holds: apart from these, one statement locks exactly the products of the holds that the next one reads.
     * Users who need an avoided product are known after the first trip.
     */
    static Shelf lock(Handle handle, Opening opening, Wanted requests) {
        int reserving = requests.checkouts();
        var shelf = new Shelf(
                new HashMap<>(),
                new HashMap<>(),
                new ArrayList<>(),
                new HashMap<>(),
                new LockedPayments(),
                new FreshIds());
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
                .bind("checkouts", reserving + requests.charges())
                .bind("orders", requests.paying().size() + requests.charges());
        drawPaymentIds(wanted, requests, shelf.ids);
        LockedRowsSql.leaveOutHolders(wanted, opening);
        LockedRowsSql.leaveOutPayers(wanted, opening, requests.paidFor());
        opening.run(handle, Opening.Users.KEPT, wanted, () -> {
            leaveOutByLines(opening, requests.reserving(), shelf.lines);
            return locks(opening, requests, shelf);
        });
        return shelf;
    }

    private static void drawPaymentIds(Script wanted, Wanted requests, FreshIds ids) {
        int charges = requests.charges() + requests.chargedAtOnce();
        int payments = requests.begun() + requests.chargedAtOnce();
        if (charges + payments == 0) {
            return;
        }
        wanted.add(PAYMENT_IDS, row -> {
                    ids.payments.addAll(List.of((Long[]) row.getArray("pagos").getArray()));
                    ids.charges.addAll(List.of((Long[]) row.getArray("cobros").getArray()));
                    ids.refunds.addAll(
                            List.of((Long[]) row.getArray("reembolsos").getArray()));
                })
                .bind("payments", payments)
                .bind("charges", charges);
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
        boolean paid = !requests.paidFor().isEmpty();
        var locks = new Script()
                .add(
                        paid ? LOCK_PAID_PRODUCTS : LOCK_UNPAID_PRODUCTS,
                        row -> shelf.products.put(row.getLong("id"), product(row)))
                .add(LOCK_HOLDS, row -> shelf.pending.add(pendingHold(row)))
                .bind("reservers", served(opening, requests.reserving()));
        if (paid) {
            locks.bind("paidFor", Column.longs(requests.paidFor()));
        }
        if (!requests.paying().isEmpty()) {
            locks.add(
                            LOST,
                            row -> shelf.lost
                                    .computeIfAbsent(row.getInt("user_id"), user -> new ArrayList<>())
                                    .add(new LostHold(
                                            row.getLong("producto_id"),
                                            row.getString("nombre"),
                                            row.getInt("cantidad"))))
                    .bind("lastOf", served(opening, requests.paying()));
        }
        LockedPaymentsSql.add(locks, requests.payments(), shelf.payments);
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
        return handle.createQuery(LOCK_OVERDUE)
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
                row.getBoolean("cerrado"),
                StockFigures.of(row));
    }

    private static Snapshot.PendingHold pendingHold(ResultSet row) throws SQLException {
        return new Snapshot.PendingHold(
                row.getLong("id"),
                row.getInt("usuario_id"),
                row.getLong("producto_id"),
                row.getInt("cantidad"),
                row.getBigDecimal("precio_unitario"),
                Rows.instant(row, "expires_at"),
                Rows.instant(row, "desde"),
                row.getObject("checkout_id", Long.class),
                row.getObject("pago_id", Long.class));
    }

    /** Draws ids besides those that came with the lines. */
    static List<Long> drawHoldIds(Handle handle, int count) {
        return handle.createQuery("SELECT nextval('stock_reservations_id_seq') FROM generate_series(1, :count)")
                .bind("count", count)
                .mapTo(Long.class)
                .list();
    }
}
