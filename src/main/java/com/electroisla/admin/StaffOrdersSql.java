package com.electroisla.admin;

import com.electroisla.accounts.Role;
import com.electroisla.catalog.Picture;
import com.electroisla.database.Column;
import com.electroisla.database.Fragment;
import com.electroisla.database.Like;
import com.electroisla.database.Rows;
import com.electroisla.order.Orders.Viewer;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/** The statements of the orders with their lines: three for a page, however many orders it has. */
final class StaffOrdersSql {
    /** A name for people: first and last name, or else the user name. */
    static final String NAME = "COALESCE(NULLIF(btrim(%1$s.first_name || ' ' || %1$s.last_name), ''), %1$s.username)";

    private static final String SELECT =
            """
            SELECT o.id, <buyer> AS comprador, <email> AS correo, o.estado, o.metodo_pago, o.total,
                   o.direccion_entrega, o.telefono, o.notas, o.mensajero_id,
                   CASE WHEN m.id IS NULL THEN '' ELSE <courier> END AS mensajero, o.created_at, o.fecha_entrega
              FROM (<ids>) algunos JOIN pedidos o USING (id) JOIN auth_user u ON u.id = o.usuario_id
              LEFT JOIN auth_user m ON m.id = o.mensajero_id
             ORDER BY o.id DESC""".replace("<buyer>", NAME.formatted("u")).replace("<courier>", NAME.formatted("m"));

    private StaffOrdersSql() {}

    static Listed<StaffOrder> page(Handle handle, StaffOrders.Filter filter, Viewer viewer, int limit, long offset) {
        Fragment shown = shown(handle, filter, viewer);
        long count = shown.in(handle.createQuery("SELECT count(*) FROM pedidos o WHERE <condition>"))
                .mapTo(Long.class)
                .one();
        Fragment ids = shown.inside(
                        "SELECT o.id FROM pedidos o WHERE ", " ORDER BY o.id DESC LIMIT :limit OFFSET :offset")
                .with("limit", limit)
                .with("offset", offset);
        return new Listed<>(count, withLines(handle, read(handle, ids, viewer)));
    }

    static Optional<StaffOrder> one(Handle handle, long id, Viewer viewer) {
        Fragment it = Fragment.of("SELECT CAST(:id AS bigint) AS id").with("id", id);
        return withLines(handle, read(handle, it, viewer)).stream().findFirst();
    }

    private static Fragment shown(Handle handle, StaffOrders.Filter filter, Viewer viewer) {
        Fragment shown = Fragment.ALL;
        if (filter.state() != null) {
            shown = shown.and("o.estado = :state").with("state", filter.state().word());
        }
        if (isCourier(viewer)) {
            shown = shown.and("o.mensajero_id = :courier").with("courier", viewer.userId());
        }
        return filter.text().isEmpty()
                ? shown
                : shown.and(sought(handle, filter.text().text(), viewer));
    }

    /** The orders of some buyers, of the number, or with the telephone number. A courier searches by name only. */
    private static Fragment sought(Handle handle, String text, Viewer viewer) {
        Fragment users = isCourier(viewer) ? SearchSql.usersByName("words", text) : SearchSql.users("words", text);
        SearchSql.Found found = SearchSql.findUsers(handle, text, users);
        List<Fragment> ways = new ArrayList<>();
        ways.add(Fragment.of("o.id = :number").with("number", found.number()));
        ways.add(
                found.fewUsers()
                        ? Fragment.of("o.usuario_id = ANY(:users)").with("users", Column.ints(found.users()))
                        : users.inside("o.usuario_id IN (SELECT id FROM auth_user WHERE ", ")"));
        if (text.matches("[0-9+() -]{3,30}")) {
            ways.add(Fragment.of("o.telefono LIKE :phone").with("phone", Like.containing(text)));
        }
        return Fragment.joined(" OR ", ways).inside("(", ")");
    }

    private static boolean isCourier(Viewer viewer) {
        return viewer.role() == Role.MENSAJERO;
    }

    private static List<StaffOrder> read(Handle handle, Fragment ids, Viewer viewer) {
        return ids.in(handle.createQuery(SELECT), "ids")
                .define(
                        "email",
                        isCourier(viewer)
                                ? "''"
                                : "COALESCE((SELECT i.email FROM invitados i WHERE i.usuario_id = u.id), u.email)")
                .map((row, context) -> order(row))
                .list();
    }

    private static List<StaffOrder> withLines(Handle handle, List<StaffOrder> orders) {
        Map<Long, List<StaffOrder.Line>> lines = new HashMap<>();
        handle.createQuery("""
                        SELECT d.pedido_id, d.id, d.producto_id, p.nombre, d.cantidad, d.precio_unitario, d.subtotal,
                               <picture>
                          FROM detalles_pedido d JOIN productos p ON p.id = d.producto_id
                         WHERE d.pedido_id = ANY(:orders) ORDER BY d.id
                        """)
                .define("picture", Picture.COLUMNS)
                .bind("orders", Column.longs(orders, StaffOrder::id))
                .map((row, context) -> lines.computeIfAbsent(row.getLong("pedido_id"), _ -> new ArrayList<>())
                        .add(line(row)))
                .list();
        return orders.stream()
                .map(order -> order.with(lines.getOrDefault(order.id(), List.of())))
                .toList();
    }

    private static StaffOrder.Line line(ResultSet row) throws SQLException {
        return new StaffOrder.Line(
                row.getLong("id"),
                row.getString("nombre"),
                Picture.address(row.getLong("producto_id"), row),
                row.getInt("cantidad"),
                Rows.amount(row, "precio_unitario"),
                Rows.amount(row, "subtotal"));
    }

    private static StaffOrder order(ResultSet row) throws SQLException {
        int courier = row.getInt("mensajero_id");
        @Nullable Integer courierId = row.wasNull() ? null : (Integer) courier;
        return new StaffOrder(
                row.getLong("id"),
                row.getString("comprador"),
                row.getString("correo"),
                row.getString("estado"),
                row.getString("metodo_pago"),
                Rows.amount(row, "total"),
                row.getString("direccion_entrega"),
                row.getString("telefono"),
                row.getString("notas"),
                courierId,
                row.getString("mensajero"),
                Rows.instant(row, "created_at"),
                Rows.nullableInstant(row, "fecha_entrega"),
                List.of());
    }
}
