package com.electroisla.mail;

import com.electroisla.database.Column;
import com.electroisla.database.Rows;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jdbi.v3.core.Handle;

/** Reads the receivers and contents of letters, after the events that they are about. */
final class OrderLettersSql {
    private OrderLettersSql() {}

    /**
     * The receiver of a letter.
     *
     * @param language of the last letter that this address got because its owner caused it; {@code es} otherwise. Of a
     *     guest, that of the checkout
     * @param guest whether the orders are in no account
     */
    record Buyer(String name, String address, String language, boolean guest) {}

    /**
     * The users who are there, by id.
     *
     * @param asked the kinds of letters whose language is that of the reader's own request
     */
    static Map<Integer, Buyer> buyers(Handle handle, Collection<Integer> users, Set<LetterKind> asked) {
        Map<Integer, Buyer> buyers = new HashMap<>();
        handle.createQuery("""
                        SELECT u.id, COALESCE(NULLIF(u.first_name, ''), u.username) AS nombre,
                               COALESCE(i.email, u.email) AS email, i.usuario_id IS NOT NULL AS invitado,
                               COALESCE(i.idioma, (SELECT c.idioma FROM correos c
                                          WHERE lower(c.para) = lower(u.email) AND c.tipo = ANY(:asked)
                                          ORDER BY c.id DESC LIMIT 1), 'es') AS idioma
                          FROM auth_user u LEFT JOIN invitados i ON i.usuario_id = u.id
                         WHERE u.id = ANY(:users)
                        """)
                .bind("users", Column.ints(users))
                .bind("asked", Column.strings(asked, LetterKind::word))
                .map((row, context) -> buyers.put(
                        row.getInt("id"),
                        new Buyer(
                                row.getString("nombre"),
                                row.getString("email"),
                                row.getString("idioma"),
                                row.getBoolean("invitado"))))
                .list();
        return buyers;
    }

    /** The values of the orders' receipts that are there, by order. */
    static Map<Long, Map<String, Object>> receipts(Handle handle, Collection<Long> orders) {
        Map<Long, Map<String, Object>> receipts = new HashMap<>();
        handle.createQuery("""
                        SELECT id, total, metodo_pago, direccion_entrega, telefono,
                               CASE WHEN estado = 'pendiente' THEN vence END AS vence
                          FROM pedidos WHERE id = ANY(:orders)
                        """)
                .bind("orders", Column.longs(orders))
                .map((row, context) -> {
                    Map<String, Object> receipt = new LinkedHashMap<>();
                    receipt.put(OrderLetters.ORDER, row.getLong("id"));
                    receipt.put(OrderLetters.TOTAL, Rows.amount(row, "total").toPlainString());
                    receipt.put(OrderLetters.PAYMENT, row.getString("metodo_pago"));
                    receipt.put(OrderLetters.ADDRESS, row.getString("direccion_entrega"));
                    receipt.put(OrderLetters.PHONE, row.getString("telefono"));
                    Instant lapses = Rows.nullableInstant(row, "vence");
                    if (lapses != null) {
                        receipt.put(OrderLetters.LAPSES, lapses.toString());
                    }
                    return receipts.put(row.getLong("id"), receipt);
                })
                .list();
        Map<Long, List<Map<String, Object>>> lines = new HashMap<>();
        handle.createQuery("""
                        SELECT d.pedido_id, p.nombre, d.cantidad, d.precio_unitario, d.subtotal
                          FROM detalles_pedido d JOIN productos p ON p.id = d.producto_id
                         WHERE d.pedido_id = ANY(:orders) ORDER BY d.id
                        """)
                .bind("orders", Column.longs(orders))
                .map((row, context) -> lines.computeIfAbsent(row.getLong("pedido_id"), _ -> new ArrayList<>())
                        .add(Map.of(
                                OrderLetters.PRODUCT,
                                row.getString("nombre"),
                                OrderLetters.QUANTITY,
                                row.getInt("cantidad"),
                                OrderLetters.PRICE,
                                Rows.amount(row, "precio_unitario").toPlainString(),
                                OrderLetters.AMOUNT,
                                Rows.amount(row, "subtotal").toPlainString())))
                .list();
        receipts.forEach((order, receipt) -> receipt.put(OrderLetters.LINES, lines.getOrDefault(order, List.of())));
        return receipts;
    }

    /** The names of products, by id. */
    static Map<Long, String> products(Handle handle, Collection<Long> ids) {
        Map<Long, String> names = new HashMap<>();
        handle.createQuery("SELECT id, nombre FROM productos WHERE id = ANY(:ids)")
                .bind("ids", Column.longs(ids))
                .map((row, context) -> names.put(row.getLong("id"), row.getString("nombre")))
                .list();
        return names;
    }
}
