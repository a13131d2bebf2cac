package com.electroisla.order;

import com.electroisla.catalog.Picture;
import com.electroisla.database.Column;
import com.electroisla.database.Rows;
import com.electroisla.database.Script;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/** Every statement on {@code pedidos} and {@code detalles_pedido}. */
public final class OrderSql {
    private OrderSql() {}

    /**
     * Inserts the orders, whose ids are drawn already, with their lines.
     *
     * @param windows how long those that are not paid yet wait for their money
     */
    public static void insertAll(Script updates, List<Order> orders, PaymentWindows windows, Instant now) {
        if (orders.isEmpty()) {
            return;
        }
        List<OrderLine> lines = orders.stream()
                .flatMap(order -> order.lines().stream().map(line -> new OrderLine(order.id(), line)))
                .toList();
        updates.add("""
                        INSERT INTO pedidos (id, usuario_id, estado, metodo_pago, total, direccion_entrega, telefono,
                            notas, created_at, updated_at, vence)
                        SELECT id, usuario, estado, metodo, total, direccion, telefono, notas, :now, :now,
                               CAST(:now AS timestamptz) + plazo * interval '1 second'
                          FROM unnest(:orderIds, :orderUsers, :orderStates, :orderMethods, :orderTotals,
                            :orderAddresses, :orderPhones, :orderNotes, :orderWindows)
                            AS v(id, usuario, estado, metodo, total, direccion, telefono, notas, plazo)
                        """)
                .add("""
                        INSERT INTO detalles_pedido (pedido_id, producto_id, cantidad, precio_unitario, subtotal)
                        SELECT pedido, producto, cantidad, precio, subtotal
                          FROM unnest(:lineOrders, :lineProducts, :lineQuantities, :linePrices, :lineSubtotals)
                            AS v(pedido, producto, cantidad, precio, subtotal)
                        """)
                .bind("now", Rows.timestamp(now))
                .bind("orderIds", Column.longs(orders, Order::id))
                .bind("orderUsers", Column.ints(orders, Order::userId))
                .bind(
                        "orderStates",
                        Column.strings(orders, order -> order.state().word()))
                .bind("orderMethods", Column.strings(orders, Order::paymentMethod))
                .bind("orderTotals", Column.numerics(orders, Order::total))
                .bind("orderAddresses", Column.strings(orders, Order::address))
                .bind("orderPhones", Column.strings(orders, Order::phone))
                .bind("orderNotes", Column.strings(orders, Order::notes))
                .bind("orderWindows", Column.longs(orders, windows::secondsOf))
                .bind("lineOrders", Column.longs(lines, OrderLine::orderId))
                .bind("lineProducts", Column.longs(lines, line -> line.line().productId()))
                .bind("lineQuantities", Column.ints(lines, line -> line.line().quantity()))
                .bind("linePrices", Column.numerics(lines, line -> line.line().unitPrice()))
                .bind(
                        "lineSubtotals",
                        Column.numerics(lines, line -> line.line().subtotal()));
    }

    /**
     * A page of the orders that the viewer may see, newest first.
     *
     * @param viewer the user whose orders are read; null for all users
     * @param courier the courier whose deliveries are read as well; null for none
     */
    static List<Order> page(
            Handle handle, @Nullable Integer viewer, @Nullable Integer courier, int limit, long offset) {
        List<Order> orders = handle.createQuery("""
                        SELECT id, usuario_id, estado, metodo_pago, total, direccion_entrega, telefono, notas,
                               mensajero_id,
                               created_at, updated_at, fecha_entrega, vence
                          FROM pedidos
                         WHERE (CAST(:viewer AS int) IS NULL OR usuario_id = :viewer OR mensajero_id = :courier)
                         ORDER BY id DESC LIMIT :limit OFFSET :offset
                        """)
                .bind("viewer", viewer)
                .bind("courier", courier)
                .bind("limit", limit)
                .bind("offset", offset)
                .map((row, context) -> order(row))
                .list();
        return withLines(handle, orders);
    }

    /** The newest orders of a user, without their lines in {@link Order#lines}: those come with pictures. */
    static List<PastOrder> history(Handle handle, int user, int most) {
        List<Order> orders = handle.createQuery("""
                        SELECT id, usuario_id, estado, metodo_pago, total, direccion_entrega, telefono, notas,
                               mensajero_id,
                               created_at, updated_at, fecha_entrega, vence
                          FROM pedidos WHERE usuario_id = :user ORDER BY id DESC LIMIT :most
                        """)
                .bind("user", user)
                .bind("most", most)
                .map((row, context) -> order(row))
                .list();
        Map<Long, List<PastOrder.BoughtLine>> lines = new LinkedHashMap<>();
        handle.createQuery("""
                        SELECT d.id, d.pedido_id, d.producto_id, p.nombre, d.cantidad, d.precio_unitario, d.subtotal,
                               <picture>
                          FROM detalles_pedido d JOIN productos p ON p.id = d.producto_id
                         WHERE d.pedido_id = ANY(:orders) ORDER BY d.id
                        """)
                .define("picture", Picture.COLUMNS)
                .bind("orders", Column.longs(orders, Order::id))
                .map((row, context) -> lines.computeIfAbsent(row.getLong("pedido_id"), order -> new ArrayList<>())
                        .add(new PastOrder.BoughtLine(
                                row.getLong("id"), line(row), Picture.address(row.getLong("producto_id"), row))))
                .list();
        return orders.stream()
                .map(order -> new PastOrder(order, lines.getOrDefault(order.id(), List.of())))
                .toList();
    }

    /** One order of any buyer. */
    static Optional<Order> find(Handle handle, long id) {
        return findBy(handle, "", id);
    }

    /** Locks an order against other changes, after its products. */
    static Optional<Order> lock(Handle handle, long id) {
        return findBy(handle, "FOR NO KEY UPDATE OF o", id);
    }

    /** One order with its lines, in one statement. */
    private static Optional<Order> findBy(Handle handle, String condition, long id) {
        return handle.createQuery("""
                        SELECT id, usuario_id, estado, metodo_pago, total, direccion_entrega, telefono, notas,
                               mensajero_id, created_at, updated_at, fecha_entrega, vence,
                               ARRAY(SELECT ARRAY[d.producto_id::text, p.nombre, d.cantidad::text,
                                                  d.precio_unitario::text, d.subtotal::text]
                                       FROM detalles_pedido d JOIN productos p ON p.id = d.producto_id
                                      WHERE d.pedido_id = o.id ORDER BY d.id) AS lineas
                          FROM pedidos o WHERE id = :id <condition>
                        """)
                .define("condition", condition)
                .bind("id", id)
                .map((row, context) -> order(row).withLines(lines(row)))
                .findOne();
    }

    private static List<Order.Line> lines(java.sql.ResultSet row) throws java.sql.SQLException {
        List<Order.Line> lines = new ArrayList<>();
        for (Object each : (Object[]) row.getArray("lineas").getArray()) {
            String[] line = (String[]) each;
            lines.add(new Order.Line(
                    Long.parseLong(line[0]),
                    line[1],
                    Integer.parseInt(line[2]),
                    Rows.amount(line[3]),
                    Rows.amount(line[4])));
        }
        return lines;
    }

    /** Gives the orders of these users to another; returns the orders. */
    static List<Long> give(Handle handle, Collection<Integer> from, int to) {
        return handle.createQuery("""
                        UPDATE pedidos SET usuario_id = :to
                         WHERE id = ANY(ARRAY(SELECT id FROM pedidos WHERE usuario_id = ANY(:from)
                                               ORDER BY id FOR NO KEY UPDATE))
                        RETURNING id
                        """)
                .bind("from", Column.ints(from))
                .bind("to", to)
                .mapTo(Long.class)
                .list();
    }

    /** A cancelled order waits for no money any more. */
    static void setState(Handle handle, long id, OrderState state, Instant now) {
        handle.createUpdate("""
                        UPDATE pedidos SET estado = :state, updated_at = :now,
                               vence = CASE WHEN CAST(:over AS boolean) THEN NULL ELSE vence END
                         WHERE id = :id
                        """)
                .bind("state", state.word())
                .bind("over", state == OrderState.CANCELLED)
                .bind("now", Rows.timestamp(now))
                .bind("id", id)
                .execute();
    }

    /** Cancels an order whose money did not come: a cancelled one that keeps its {@code vence} has lapsed. */
    static void setLapsed(Handle handle, long id, Instant now) {
        handle.createUpdate("UPDATE pedidos SET estado = :state, updated_at = :now WHERE id = :id")
                .bind("state", OrderState.CANCELLED.word())
                .bind("now", Rows.timestamp(now))
                .bind("id", id)
                .execute();
    }

    static void setDelivered(Handle handle, long id, Instant now) {
        handle.createUpdate("UPDATE pedidos SET fecha_entrega = :now WHERE id = :id")
                .bind("now", Rows.timestamp(now))
                .bind("id", id)
                .execute();
    }

    static void setCourier(Handle handle, long id, @Nullable Integer courierId, Instant now) {
        handle.createUpdate("UPDATE pedidos SET mensajero_id = :courier, updated_at = :now WHERE id = :id")
                .bind("courier", courierId)
                .bind("now", Rows.timestamp(now))
                .bind("id", id)
                .execute();
    }

    /**
     * The units of each product that our reservations account for; empty for an order of the old shop. The condition
     * on the time is there for the index by user.
     */
    static Map<Long, Integer> unitsSoldFromReservations(Handle handle, long orderId, int userId) {
        Map<Long, Integer> units = new LinkedHashMap<>();
        handle.createQuery("""
                        SELECT producto_id, sum(cantidad)::int AS cantidad FROM stock_reservations
                         WHERE usuario_id = :user AND pedido_id = :order AND status = 'confirmed'
                             AND created_at >= '-infinity' GROUP BY producto_id
                        """)
                .bind("user", userId)
                .bind("order", orderId)
                .map((row, context) -> units.put(row.getLong("producto_id"), row.getInt("cantidad")))
                .list();
        return units;
    }

    static List<Order> withLines(Handle handle, List<Order> orders) {
        Map<Long, List<Order.Line>> lines =
                linesOf(handle, orders.stream().map(Order::id).toList());
        return orders.stream()
                .map(order -> order.withLines(lines.getOrDefault(order.id(), List.of())))
                .toList();
    }

    private static Map<Long, List<Order.Line>> linesOf(Handle handle, Collection<Long> orders) {
        Map<Long, List<Order.Line>> lines = new LinkedHashMap<>();
        handle.createQuery("""
                        SELECT d.pedido_id, d.producto_id, p.nombre, d.cantidad, d.precio_unitario, d.subtotal
                          FROM detalles_pedido d JOIN productos p ON p.id = d.producto_id
                         WHERE d.pedido_id = ANY(:orders) ORDER BY d.id
                        """)
                .bind("orders", Column.longs(orders))
                .map((row, context) -> lines.computeIfAbsent(row.getLong("pedido_id"), order -> new ArrayList<>())
                        .add(line(row)))
                .list();
        return lines;
    }

    private static Order.Line line(java.sql.ResultSet row) throws java.sql.SQLException {
        return new Order.Line(
                row.getLong("producto_id"),
                row.getString("nombre"),
                row.getInt("cantidad"),
                Rows.amount(row, "precio_unitario"),
                Rows.amount(row, "subtotal"));
    }

    static Order order(java.sql.ResultSet row) throws java.sql.SQLException {
        int courier = row.getInt("mensajero_id");
        Integer courierId = row.wasNull() ? null : courier;
        OrderState state = OrderState.of(row.getString("estado"));
        return new Order(
                row.getLong("id"),
                row.getInt("usuario_id"),
                state,
                row.getString("metodo_pago"),
                Rows.amount(row, "total"),
                row.getString("direccion_entrega"),
                row.getString("telefono"),
                row.getString("notas"),
                courierId,
                Rows.instant(row, "created_at"),
                Rows.instant(row, "updated_at"),
                Rows.nullableInstant(row, "fecha_entrega"),
                state == OrderState.PENDING ? Rows.nullableInstant(row, "vence") : null,
                state == OrderState.CANCELLED && Rows.nullableInstant(row, "vence") != null
                        ? Rows.instant(row, "updated_at")
                        : null,
                List.of());
    }

    private record OrderLine(long orderId, Order.Line line) {}

    /** The newest order of the user that is neither delivered nor cancelled. */
    static Optional<Long> openOrderOf(Handle handle, int userId) {
        return handle.createQuery("""
                        SELECT id FROM pedidos WHERE usuario_id = :userId AND estado <> ALL(:closed)
                         ORDER BY id DESC LIMIT 1
                        """)
                .bind("userId", userId)
                .bindArray("closed", String.class, OrderState.DELIVERED.word(), OrderState.CANCELLED.word())
                .mapTo(Long.class)
                .findOne();
    }

    static void forgetBuyer(Handle handle, int userId) {
        handle.createUpdate("""
                        UPDATE pedidos SET direccion_entrega = '', telefono = '', notas = NULL
                         WHERE usuario_id = :userId
                        """).bind("userId", userId).execute();
    }
}
