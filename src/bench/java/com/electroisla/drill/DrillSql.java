package com.electroisla.drill;

import com.electroisla.database.Rows;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jdbi.v3.core.Handle;

/** Creates the drill's shop and reads it afterwards. */
final class DrillSql {
    /** With the buyer's number in the place of {@code #}. */
    private static final String ADDRESS = "comprador#@example.com";

    private DrillSql() {}

    static String address(int buyer) {
        return ADDRESS.replace("#", Integer.toString(buyer));
    }

    /** Inserts buyers 1 to {@code count}; they sign in by token only. */
    static void insertBuyers(Handle handle, int count) {
        handle.createUpdate("""
                        INSERT INTO auth_user (id, password, is_superuser, username, first_name, last_name, email,
                            is_staff, is_active, date_joined)
                        SELECT n, '!', false, 'comprador' || n, '', '', replace(:address, '#', n::text), false, true,
                               clock_timestamp()
                          FROM generate_series(1, :count) n
                        """).bind("count", count).bind("address", ADDRESS).execute();
        handle.execute("SELECT setval('auth_user_id_seq', (SELECT max(id) FROM auth_user))");
    }

    static void insertProduct(Handle handle, long id, String name, int units) {
        handle.createUpdate("""
                        INSERT INTO productos (id, nombre, descripcion, precio, descuento, stock, stock_total,
                               categoria, activo,
                               en_carrusel, en_carousel_card, en_all_products, created_at, updated_at)
                        VALUES (:id, :name, '', 10.00, 0, 0, :units, 'simulacro', true, false, false, true,
                            clock_timestamp(), clock_timestamp())
                        """)
                .bind("id", id)
                .bind("name", name)
                .bind("units", units)
                .execute();
    }

    static Facts read(Handle handle, Instant now) {
        return new Facts(
                now,
                products(handle),
                cartLines(handle),
                holds(handle),
                orders(handle),
                returns(handle),
                letters(handle));
    }

    static MoneyFacts readMoney(Handle handle) {
        return new MoneyFacts(payments(handle), charges(handle), refunds(handle), totals(handle));
    }

    private static List<MoneyFacts.PaymentRow> payments(Handle handle) {
        return handle.createQuery("SELECT id, usuario_id, estado, importe, pedido_id FROM pagos ORDER BY id")
                .map((row, context) -> new MoneyFacts.PaymentRow(
                        row.getLong(1),
                        row.getInt(2),
                        row.getString(3),
                        row.getBigDecimal(4),
                        row.getObject(5, Long.class)))
                .list();
    }

    private static List<MoneyFacts.ChargeRow> charges(Handle handle) {
        return handle.createQuery("SELECT id, cobro, pago_id, importe, resultado FROM cobros ORDER BY id")
                .map((row, context) -> new MoneyFacts.ChargeRow(
                        row.getLong(1),
                        row.getString(2),
                        row.getObject(3, Long.class),
                        row.getBigDecimal(4),
                        row.getString(5)))
                .list();
    }

    private static List<MoneyFacts.RefundRow> refunds(Handle handle) {
        return handle.createQuery("SELECT id, usuario_id, cobro_id, pedido_id, importe, motivo, estado FROM "
                        + "reembolsos ORDER BY id")
                .map((row, context) -> new MoneyFacts.RefundRow(
                        row.getLong(1),
                        row.getObject(2, Integer.class),
                        row.getObject(3, Long.class),
                        row.getObject(4, Long.class),
                        row.getBigDecimal(5),
                        row.getString(6),
                        row.getString(7)))
                .list();
    }

    private static List<MoneyFacts.OrderTotal> totals(Handle handle) {
        return handle.createQuery("SELECT id, usuario_id, estado, total FROM pedidos ORDER BY id")
                .map((row, context) -> new MoneyFacts.OrderTotal(
                        row.getLong(1), row.getInt(2), row.getString(3), row.getBigDecimal(4)))
                .list();
    }

    private static List<Facts.ProductRow> products(Handle handle) {
        return handle.createQuery("SELECT id, stock_total, stock_reservado, stock_vendido FROM productos ORDER BY id")
                .map((row, context) ->
                        new Facts.ProductRow(row.getLong(1), row.getInt(2), row.getInt(3), row.getInt(4)))
                .list();
    }

    private static List<Facts.CartRow> cartLines(Handle handle) {
        return handle.createQuery("SELECT c.user_id, i.product_id, i.quantity FROM cart_items i JOIN carts c ON "
                        + "c.id = i.cart_id")
                .map((row, context) -> new Facts.CartRow(row.getInt(1), row.getLong(2), row.getInt(3)))
                .list();
    }

    private static List<Facts.HoldRow> holds(Handle handle) {
        return handle.createQuery("""
                        SELECT id, usuario_id, producto_id, cantidad, status, created_at, expires_at, confirmed_at,
                               cancelled_at, pedido_id
                          FROM stock_reservations ORDER BY id
                        """)
                .map((row, context) -> new Facts.HoldRow(
                        row.getLong("id"),
                        row.getInt("usuario_id"),
                        row.getLong("producto_id"),
                        row.getInt("cantidad"),
                        row.getString("status"),
                        Rows.instant(row, "created_at"),
                        Rows.instant(row, "expires_at"),
                        Rows.nullableInstant(row, "confirmed_at"),
                        Rows.nullableInstant(row, "cancelled_at"),
                        row.getObject("pedido_id", Long.class)))
                .list();
    }

    private static List<Facts.OrderRow> orders(Handle handle) {
        Map<Long, Map<Long, Integer>> lines = new HashMap<>();
        handle.createQuery("SELECT pedido_id, producto_id, cantidad FROM detalles_pedido")
                .map((row, context) -> lines.computeIfAbsent(row.getLong(1), order -> new TreeMap<>())
                        .merge(row.getLong(2), row.getInt(3), Integer::sum))
                .list();
        List<Facts.OrderRow> orders = new ArrayList<>();
        handle.createQuery("SELECT id, usuario_id, estado FROM pedidos ORDER BY id")
                .map((row, context) -> orders.add(new Facts.OrderRow(
                        row.getLong(1), row.getInt(2), row.getString(3), lines.getOrDefault(row.getLong(1), Map.of()))))
                .list();
        return orders;
    }

    private static List<Facts.ReturnRow> returns(Handle handle) {
        return handle.createQuery("SELECT pedido_id, producto_id, -delta_vendido AS unidades, created_at FROM "
                        + "movimientos_stock WHERE pedido_id IS NOT NULL")
                .map((row, context) -> new Facts.ReturnRow(
                        row.getLong(1), row.getLong(2), row.getInt(3), Rows.instant(row, "created_at")))
                .list();
    }

    private static List<Facts.LetterRow> letters(Handle handle) {
        return handle.createQuery("SELECT id, clave, para, estado FROM correos ORDER BY id")
                .map((row, context) ->
                        new Facts.LetterRow(row.getLong(1), row.getString(2), row.getString(3), row.getString(4)))
                .list();
    }

    /** The events and letters that a living server has to see to now; not those that wait for a time to be over. */
    static long due(Handle handle) {
        return handle.createQuery("""
                        SELECT (SELECT count(*) FROM eventos e WHERE e.repartido_at IS NULL
                                   AND NOT EXISTS (SELECT FROM eventos a WHERE a.sujeto = e.sujeto AND a.id <= e.id
                                          AND a.repartido_at IS NULL AND a.aplazado_at > clock_timestamp()))
                               + (SELECT count(*) FROM correos
                                   WHERE estado = 'pendiente' AND siguiente_at <= clock_timestamp())
                        """).mapTo(Long.class).one();
    }
}
