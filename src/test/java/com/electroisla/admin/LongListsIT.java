package com.electroisla.admin;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.electroisla.ShopFixture;
import com.electroisla.accounts.Role;
import com.electroisla.http.ProblemException;
import com.electroisla.http.QueryParameters;
import com.electroisla.order.Orders.Viewer;
import com.electroisla.reservation.history.ReservationHistory;
import com.electroisla.reservation.history.ReservationView;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * Lists that are longer than a page: every row is on exactly one page, with any filter, and searches find their rows.
 */
class LongListsIT {
    private static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");
    private static ShopFixture given;
    private static ReservationList reservations;
    private static OrderList orders;
    private static Kardex kardex;
    private static long drill;
    private static long saw;
    private static int ana;
    private static int courier;

    @BeforeAll
    static void a_shop_where_much_happened() {
        given = new ShopFixture();
        given.clock.stopAt(NOW);
        reservations = new ReservationList(given.shop.database(), given.shop.clock());
        orders = new OrderList(given.shop.database(), given.shop.returnLines());
        kardex = new Kardex(given.shop.database(), given.shop.clock(), ZoneOffset.UTC);
        drill = given.product("Taladro ÑANDÚ 100%", "10", 100_000);
        saw = given.product("Sierra", "10", 100_000);
        given.takeOffSale(saw);
        ana = buyer("ana", "Compras@Ferretería.example");
        int luis = buyer("luis", "luis@example.com");
        courier = given.person("mensajero");
        // Three every minute, so that events share instants; of each ten, four are paid, three cancelled, two expire
        // and one is held.
        given.sql("""
                INSERT INTO stock_reservations (id, usuario_id, producto_id, cantidad, status, created_at, expires_at,
                    confirmed_at, cancelled_at, pedido_id)
                SELECT n, CASE WHEN n % 3 = 0 THEN ? ELSE ? END, CASE WHEN n % 7 = 0 THEN ? ELSE ? END, 1 + n % 4, como,
                       creada, creada + interval '15 minutes',
                       CASE WHEN como = 'confirmed' THEN creada + interval '3 minutes' END, CASE WHEN como = 'cancelled'
                           THEN creada + interval '3 minutes' END,
                       CASE WHEN como = 'confirmed' THEN n END
                  FROM generate_series(1, 600) n,
                       LATERAL (SELECT CAST(? AS timestamptz) - (600 - n) / 3 * interval '1 minute' - interval
                                       '16 minutes' AS creada,
                                       CASE WHEN n % 10 < 4 THEN 'confirmed' WHEN n % 10 < 7 THEN 'cancelled'
                                           WHEN n % 10 < 9 THEN 'expired' ELSE 'pending' END AS como) c
                """, ana, luis, saw, drill, NOW.toString());
        given.sql("""
                UPDATE productos p SET stock_reservado = r.reservado, stock_vendido = r.vendido
                  FROM (SELECT producto_id, sum(cantidad) FILTER (WHERE status = 'pending') AS reservado,
                          sum(cantidad) FILTER (WHERE status = 'confirmed') AS vendido
                          FROM stock_reservations GROUP BY producto_id) r WHERE r.producto_id = p.id
                """);
        given.sql("""
                INSERT INTO movimientos_stock (producto_id, tipo, delta_total, delta_vendido, motivo, created_at)
                SELECT ?, 'entrada', 10, 0, 'Compra ' || n, CAST(? AS timestamptz) - n * interval '7 minutes'
                FROM generate_series(1, 30) n
                """, drill, NOW.toString());
        given.sql("""
                INSERT INTO pedidos (id, usuario_id, estado, metodo_pago, total, direccion_entrega, telefono,
                    mensajero_id, created_at, updated_at)
                SELECT n, CASE WHEN n % 3 = 0 THEN ? ELSE ? END, CASE WHEN n % 2 = 0 THEN 'pendiente' ELSE 'entregado'
                       END, 'efectivo', 10, 'Calle 23', '555',
                       CASE WHEN n % 4 = 0 THEN ? END, now(), now() FROM generate_series(1, 300) n
                """, ana, luis, courier);
    }

    @AfterAll
    static void close() {
        given.close();
    }

    private static int buyer(String name, String email) {
        int id = given.anyBuyer();
        given.sql("UPDATE auth_user SET username = ?, email = ? WHERE id = ?", name, email, id);
        return id;
    }

    /** The ids on all pages of the list, in their order. */
    private static List<Long> walk(String query) {
        List<Long> found = new ArrayList<>();
        int pages = 0;
        for (@Nullable String next = query; next != null; pages++) {
            ReservationsView view = reservations.page(QueryParameters.parse(next));
            assertEquals(pages == 0, view.first());
            view.rows().forEach(row -> found.add(row.id()));
            next = view.next() == null
                    ? null
                    : view.next().substring(view.next().indexOf('?') + 1);
        }
        if (!reservations.page(QueryParameters.parse(query)).uncounted()) {
            assertEquals(
                    found.size(),
                    reservations.page(QueryParameters.parse(query)).count(),
                    query);
        }
        return found;
    }

    private static List<Long> ids(String condition, Object... arguments) {
        return given
                .texts("SELECT id FROM stock_reservations r WHERE " + condition + " ORDER BY id DESC", arguments)
                .stream()
                .map(Long::valueOf)
                .toList();
    }

    @Test
    void every_reservation_is_on_one_page_whatever_the_list_is_filtered_by() {
        assertEquals(ids("true"), walk(""));
        assertEquals(12, walk("").size() / 50);
        for (String status : List.of("pending", "confirmed", "cancelled", "expired")) {
            assertEquals(ids("status = ?", status), walk("estado=" + status));
            assertEquals(
                    ids("status = ? AND producto_id = ?", status, saw), walk("estado=" + status + "&producto=" + saw));
            assertEquals(ids("status = ? AND usuario_id = ?", status, ana), walk("usuario=ANA&estado=" + status));
        }
        assertEquals(ids("producto_id = ?", saw), walk("producto=" + saw));
        assertEquals(ids("usuario_id = ?", ana), walk("usuario=ana"));
        assertEquals(ids("usuario_id = ? AND producto_id = ?", ana, drill), walk("usuario=ana&producto=" + drill));
        assertEquals(List.of(), walk("usuario=nadie"));
    }

    @Test
    void what_a_buyer_held_comes_newest_first_over_all_pages_whether_it_is_over_or_not() {
        var history = new ReservationHistory(given.shop.database(), given.shop.clock());
        List<Long> seen = new ArrayList<>();
        for (List<ReservationView> page = history.page(ana, 30, 0);
                !page.isEmpty();
                page = history.page(ana, 30, seen.size())) {
            page.forEach(reservation -> seen.add(reservation.id()));
        }
        assertEquals(ids("usuario_id = ?", ana), seen);
    }

    @Test
    void holds_about_to_end_come_soonest_first_over_all_pages() {
        given.sql(
                "UPDATE stock_reservations SET expires_at = CAST(? AS timestamptz) + (1 + id % "
                        + "7) * interval '30 seconds' WHERE status = 'pending'",
                NOW.toString());
        List<Long> soonest =
                given
                        .texts("SELECT id FROM stock_reservations WHERE status = 'pending' ORDER BY expires_at, id")
                        .stream()
                        .map(Long::valueOf)
                        .toList();
        assertTrue(soonest.size() > 50);
        assertEquals(soonest, walk("estado=por_expirar"));
        List<Long> anas =
                soonest.stream().filter(ids("usuario_id = ?", ana)::contains).toList();
        assertEquals(anas, walk("estado=por_expirar&usuario=ana"));
        assertEquals(anas, walk("estado=por_expirar&q=ana"));
    }

    @Test
    void a_search_finds_reservations_by_product_buyer_address_and_number_whatever_the_case() {
        assertEquals(ids("producto_id = ?", drill), walk("q=%C3%B1and%C3%BA"));
        assertEquals(ids("producto_id = ?", saw), walk("q=SIERRA"));
        assertEquals(ids("usuario_id = ?", ana), walk("q=compras@ferreter%C3%8DA"));
        assertEquals(ids("usuario_id = ?", ana), walk("q=ferreteria"), "without its accent");
        assertEquals(
                ids("producto_id = ? AND usuario_id = ? AND status = 'expired'", saw, ana),
                walk("q=sierra&usuario=ana&estado=expired"));
        assertEquals(List.of(555L), walk("q=555"));
        assertEquals(
                List.of(),
                walk("q=555&producto="
                        + (given.number("SELECT producto_id FROM stock_reservations WHERE id = 555") == saw
                                ? drill
                                : saw)));
        assertEquals(ids("producto_id = ?", drill), walk("q=100%25"));
        assertEquals(List.of(), walk("q=1%2500"));
        assertEquals(List.of(), walk("q=_"));
    }

    @Test
    void what_a_search_finds_in_thousands_of_buyers_is_listed_but_not_counted() {
        given.sql("""
                INSERT INTO auth_user (password, is_superuser, username, first_name, last_name, email, is_staff,
                    is_active, date_joined)
                SELECT '!', false, 'multitud' || n, '', '', 'm' || n || '@ana.example', false, true, now()
                FROM generate_series(1, 5001) n
                """);
        assertEquals(ids("usuario_id = ?", ana), walk("q=ana"));
        assertTrue(reservations.page(QueryParameters.parse("q=ana")).uncounted());
        assertFalse(reservations.page(QueryParameters.parse("q=ana")).many());
        assertEquals(
                ids("usuario_id = ? AND producto_id = ? AND status = 'cancelled'", ana, drill),
                walk("usuario=ana&q=taladro&estado=cancelled"));
        assertEquals(ids("usuario_id = ?", ana), walk("usuario=ana"));
        assertEquals(100, orderIds("q=ana", Role.ADMIN).size());
        given.sql("DELETE FROM auth_user WHERE username LIKE 'multitud%'");
        assertFalse(reservations.page(QueryParameters.parse("q=ana")).uncounted());
    }

    private static List<Long> orderIds(String query, Role role) {
        List<Long> found = new ArrayList<>();
        for (@Nullable String next = query; next != null; ) {
            OrdersView view = orders.page(QueryParameters.parse(next), new Viewer(courier, role));
            view.rows().forEach(row -> found.add(row.id()));
            next = view.next() == null
                    ? null
                    : view.next().substring(view.next().indexOf('?') + 1);
        }
        assertEquals(found.stream().sorted(Comparator.reverseOrder()).toList(), found);
        return found;
    }

    @Test
    void orders_are_found_by_buyer_address_and_number_and_a_courier_finds_his_own_only() {
        assertEquals(300, orderIds("", Role.ADMIN).size());
        assertEquals(100, orderIds("q=ANA", Role.ADMIN).size());
        assertEquals(100, orderIds("q=compras@", Role.TRABAJADOR).size());
        assertEquals(50, orderIds("q=ana&estado=pendiente", Role.ADMIN).size());
        assertEquals(List.of(77L), orderIds("q=77", Role.ADMIN));
        assertEquals(25, orderIds("q=ana", Role.MENSAJERO).size());
        assertEquals(List.of(), orderIds("q=77", Role.MENSAJERO));
        assertEquals(List.of(76L), orderIds("q=76", Role.MENSAJERO));
        assertEquals(List.of(), orderIds("q=nadie", Role.ADMIN));
    }

    private static KardexView history(String from, String to, @Nullable String cursor) {
        return kardex.of(drill, from, to, "", cursor).orElseThrow();
    }

    @Test
    void the_pages_of_a_kardex_are_the_whole_history_and_each_figure_follows_from_the_one_before() {
        List<KardexView.Row> rows = new ArrayList<>();
        int pages = 0;
        for (@Nullable String cursor = null; pages == 0 || cursor != null; pages++) {
            KardexView view = history("", "", cursor);
            assertEquals(cursor == null, view.first());
            rows.addAll(view.rows());
            cursor = view.next();
        }
        assertEquals(6, pages);
        List<KardexView.Row> exported = new ArrayList<>();
        given.shop.database().useTransaction(handle -> kardex.forEach(handle, drill, "", "", exported::add));
        assertEquals(exported.reversed(), rows);
        KardexView.Row newest = rows.getFirst();
        assertEquals(given.figures(drill), newest.total() + "/" + newest.reserved() + "/" + newest.sold());
        for (int i = 1; i < rows.size(); i++) {
            KardexView.Row after = rows.get(i - 1);
            KardexView.Row row = rows.get(i);
            assertFalse(row.at().isAfter(after.at()));
            assertEquals(after.total() - after.deltaTotal(), row.total());
            assertEquals(after.reserved() - after.deltaReserved(), row.reserved());
            assertEquals(after.sold() - after.deltaSold(), row.sold());
        }
        KardexView.Row sale = rows.stream()
                .filter(row -> row.kind().equals("venta"))
                .findFirst()
                .orElseThrow();
        assertEquals(sale.hold(), sale.order());
        assertTrue(rows.stream()
                .anyMatch(
                        row -> row.kind().equals("entrada") && row.reason().equals("Compra 30") && row.hold() == null));
        assertEquals(
                rows.size(),
                rows.stream()
                        .map(row -> row.kind() + row.hold() + row.at())
                        .distinct()
                        .count());
    }

    @Test
    void a_page_of_a_range_begins_with_the_figures_of_its_end_and_a_cursor_of_another_range_is_refused() {
        KardexView today = history("2026-03-01", "2026-03-01", null);
        assertEquals(history("", "", null).rows(), today.rows());
        assertNotNull(today.next());
        assertThrows(ProblemException.class, () -> history("", "", today.next()));
        assertThrows(ProblemException.class, () -> history("", "", "basura"));
        assertNull(history("2026-02-01", "2026-02-28", null).next());
        assertEquals(List.of(), history("2026-02-01", "2026-02-28", null).rows());
    }

    @Test
    void a_past_moment_has_the_figures_that_the_history_had_then_and_what_made_them() {
        List<KardexView.Row> rows = new ArrayList<>();
        given.shop.database().useTransaction(handle -> kardex.forEach(handle, drill, "", "", rows::add));
        KardexView.Row last = rows.get(rows.size() / 2);
        Instant at = last.at();
        KardexView.Row standing = rows.stream()
                .filter(row -> !row.at().isAfter(at))
                .reduce((_, later) -> later)
                .orElseThrow();
        KardexView.Past past = kardex.of(drill, "", "", at.toString().substring(0, 19), null)
                .orElseThrow()
                .past();
        assertNotNull(past);
        assertEquals(
                standing.total() + "/" + standing.reserved() + "/" + standing.sold(),
                past.total() + "/" + past.reserved() + "/" + past.sold());
        assertEquals(
                past.reserved(),
                past.holds().stream().mapToInt(KardexView.Row::total).sum());
        assertEquals(50, past.sales().size());
    }
}
