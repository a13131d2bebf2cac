package com.electroisla.admin;

import com.electroisla.accounts.Role;
import com.electroisla.database.Fragment;
import com.electroisla.database.Rows;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jdbi.v3.core.Handle;

/** The statements of the pages about users, carts and the audit log. */
final class PeopleSql {
    /** The values as {@code rol: cliente, is_active: true}; JSON that is no object is shown as it is. */
    private static final String VALUES = """
            COALESCE(CASE WHEN jsonb_typeof(a.detalles -> '%1$s') = 'object'
                          THEN (SELECT string_agg(v.key || ': ' || v.value, ', ')
                              FROM jsonb_each_text(a.detalles -> '%1$s') v)
                          ELSE a.detalles ->> '%1$s' END, '')""";

    private PeopleSql() {}

    /** @param kind one of {@link People#KINDS} */
    static List<PeopleView.User> users(Handle handle, String search, String kind, long beforeId, int most) {
        Fragment sought = SearchSql.words("texto_buscable(u.username || chr(10) || u.email)", "words", search);
        Fragment shown = Fragment.of("u.id < :before")
                .with("before", beforeId)
                .and(
                        search.contains("@")
                                ? Fragment.joined(
                                                " OR ",
                                                List.of(
                                                        sought,
                                                        Fragment.of("lower(i.email) = lower(:guest)")
                                                                .with("guest", search)))
                                        .inside("(", ")")
                                : sought);
        if (!kind.equals(People.EVERYBODY)) {
            shown = shown.and(kind.equals(People.GUESTS) ? "i.usuario_id IS NOT NULL" : "i.usuario_id IS NULL");
        }
        return shown.in(handle.createQuery("""
                        SELECT u.id, u.username, COALESCE(i.email, u.email) AS email,
                               i.usuario_id IS NOT NULL AS invitado,
                               u.first_name, COALESCE(p.rol, 'cliente') AS rol, u.is_active,
                               u.is_superuser OR u.is_staff AS privilegiado,
                               u.last_login, (SELECT count(*) FROM sesiones_web s WHERE s.usuario_id = u.id) AS sesiones
                          FROM auth_user u LEFT JOIN user_profiles p ON p.user_id = u.id
                          LEFT JOIN invitados i ON i.usuario_id = u.id
                         WHERE <condition>
                         ORDER BY u.id DESC LIMIT :most
                        """))
                .bind("most", most)
                .map((row, context) -> new PeopleView.User(
                        row.getInt("id"),
                        row.getString("username"),
                        row.getString("email"),
                        row.getBoolean("invitado") ? row.getString("first_name") : null,
                        row.getBoolean("privilegiado") ? Role.ADMIN.text() : row.getString("rol"),
                        row.getBoolean("is_active"),
                        row.getBoolean("privilegiado"),
                        row.getLong("sesiones"),
                        Rows.nullableInstant(row, "last_login")))
                .list();
    }

    /** Carts that are not empty, with their lines: two statements. */
    static List<PeopleView.Cart> carts(Handle handle, String search, long beforeId, int most) {
        Fragment shown = Fragment.of("c.id < :before")
                .with("before", beforeId)
                .and("EXISTS (SELECT FROM cart_items i WHERE i.cart_id = c.id)")
                .and(SearchSql.words("texto_buscable(u.username)", "words", search));
        List<PeopleView.Cart> carts = shown.in(handle.createQuery("""
                        SELECT c.id, u.username, c.updated_at FROM carts c JOIN auth_user u ON u.id = c.user_id
                         WHERE <condition>
                         ORDER BY c.id DESC LIMIT :most
                        """))
                .bind("most", most)
                .map((row, context) -> new PeopleView.Cart(
                        row.getLong("id"),
                        row.getString("username"),
                        Rows.instant(row, "updated_at"),
                        BigDecimal.ZERO,
                        List.of()))
                .list();
        Map<Long, List<PeopleView.Line>> lines =
                lines(handle, carts.stream().map(PeopleView.Cart::id).toList());
        return carts.stream()
                .map(cart -> filled(cart, lines.getOrDefault(cart.id(), List.of())))
                .toList();
    }

    private static PeopleView.Cart filled(PeopleView.Cart cart, List<PeopleView.Line> lines) {
        BigDecimal total = lines.stream()
                .map(line -> line.price().multiply(BigDecimal.valueOf(line.quantity())))
                .reduce(BigDecimal.ZERO, BigDecimal::add);
        return new PeopleView.Cart(cart.id(), cart.username(), cart.updatedAt(), total, lines);
    }

    private static Map<Long, List<PeopleView.Line>> lines(Handle handle, List<Long> carts) {
        Map<Long, List<PeopleView.Line>> lines = new LinkedHashMap<>();
        handle.createQuery("""
                        SELECT i.cart_id, i.product_id, p.nombre, i.quantity, i.price_at_addition
                          FROM cart_items i JOIN productos p ON p.id = i.product_id WHERE i.cart_id = ANY(:carts)
                          ORDER BY i.id
                        """)
                .bindArray("carts", Long.class, carts.toArray())
                .map((row, context) -> lines.computeIfAbsent(row.getLong("cart_id"), cart -> new ArrayList<>())
                        .add(new PeopleView.Line(
                                row.getLong("product_id"),
                                row.getString("nombre"),
                                row.getInt("quantity"),
                                Rows.amount(row, "price_at_addition"))))
                .list();
        return lines;
    }

    static List<PeopleView.Change> audit(Handle handle, String module, String user, long beforeId, int most) {
        Fragment shown = Fragment.of("a.id < :before").with("before", beforeId);
        if (!module.isEmpty()) {
            shown = shown.and("a.modulo = :module").with("module", module);
        }
        if (!user.isEmpty()) {
            shown = shown.and(SearchSql.usersByName("words", user)
                    .inside("a.usuario_id IN (SELECT id FROM auth_user WHERE ", ")"));
        }
        return shown.in(handle.createQuery("""
                        SELECT a.id, a."timestamp" AS cuando, COALESCE(u.username, '') AS quien, a.accion, a.modulo,
                               a.objeto_repr,
                               <before> AS antes,
                               COALESCE(NULLIF(<after>, ''), CASE WHEN a.detalles -> 'antes' IS NULL
                                   THEN a.detalles::text END, '') AS despues,
                               COALESCE(host(a.ip_address), '') AS ip
                          FROM audit_logs a LEFT JOIN auth_user u ON u.id = a.usuario_id
                         WHERE <condition>
                         ORDER BY a.id DESC LIMIT :most
                        """))
                .define("before", VALUES.formatted("antes"))
                .define("after", VALUES.formatted("despues"))
                .bind("most", most)
                .map((row, context) -> new PeopleView.Change(
                        row.getLong("id"),
                        Rows.instant(row, "cuando"),
                        row.getString("quien"),
                        row.getString("accion"),
                        row.getString("modulo"),
                        row.getString("objeto_repr"),
                        row.getString("antes"),
                        row.getString("despues"),
                        row.getString("ip")))
                .list();
    }
}
