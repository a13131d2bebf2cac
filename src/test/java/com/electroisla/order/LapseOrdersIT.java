package com.electroisla.order;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.electroisla.ShopFixture;
import com.electroisla.accounts.Role;
import com.electroisla.audit.Actor;
import com.electroisla.order.Orders.Viewer;
import com.electroisla.reservation.ReservationRequest;
import com.electroisla.settings.Setting;
import com.electroisla.wiring.Shop;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Orders whose money does not come: they lapse at their time and not before, once, and their buyers know. */
class LapseOrdersIT {
    private static final Instant NOON = Instant.parse("2027-03-01T12:00:00Z");

    private final ShopFixture fixture = new ShopFixture(Map.of(Setting.TRANSFER_WINDOW, "PT48H"));
    private final long lamp = fixture.product("Lámpara", "10.00", 100);

    LapseOrdersIT() {
        fixture.clock.stopAt(NOON);
    }

    @AfterEach
    void figures_and_rows_agree() {
        try (fixture) {
            assertEquals(List.of(), fixture.differences());
        }
    }

    private long order(PaymentMethod method, int units) {
        return order(fixture.shop, method, units);
    }

    private long order(Shop shop, PaymentMethod method, int units) {
        int buyer = fixture.buyerWith(lamp, units);
        fixture.checkout(buyer);
        ShopFixture.submit(
                shop,
                new ReservationRequest.PlaceOrder(
                        buyer, new OrderDetails(method, "Calle 23", "555-0100", null, Locale.of("es")), null));
        return fixture.number("SELECT max(id) FROM pedidos WHERE usuario_id = ?", buyer);
    }

    private String state(long order) {
        return fixture.text("SELECT estado FROM pedidos WHERE id = ?", order);
    }

    private int lapse() {
        return fixture.shop.lapseOrders().run();
    }

    private List<String> letters() {
        fixture.shop.distributeEvents().run();
        return fixture.texts("SELECT tipo FROM correos WHERE tipo <> 'pedido_creado' ORDER BY id");
    }

    private Order seen(long order) {
        return fixture.shop
                .orders()
                .find(new Viewer(fixture.person("admin"), Role.ADMIN), order)
                .orElseThrow();
    }

    @Test
    void a_transfer_that_nobody_confirms_lapses_at_its_time_and_its_units_come_back() {
        long order = order(PaymentMethod.TRANSFER, 3);
        assertEquals(NOON.plus(Duration.ofHours(48)), seen(order).lapsesAt());
        assertEquals("100/0/3", fixture.figures(lamp));

        fixture.clock.advance(Duration.ofHours(48).minusSeconds(1));
        assertEquals(0, lapse());
        assertEquals("pendiente", state(order));

        fixture.clock.advance(Duration.ofSeconds(1));
        assertEquals(1, lapse());
        assertEquals("cancelado", state(order));
        assertEquals("100/0/0", fixture.figures(lamp));
        assertEquals(fixture.clock.present(), seen(order).lapsedAt());
        assertNull(seen(order).lapsesAt());
        assertEquals(
                "pedido vencido sin pago",
                fixture.text("SELECT motivo FROM movimientos_stock WHERE pedido_id = ?", order));
        assertEquals(0, fixture.number("SELECT count(*) FROM reembolsos"));
        assertEquals(0, lapse());
        assertEquals(1, fixture.shop.lapseOrders().count());
    }

    @Test
    void cash_has_no_window_unless_one_is_set_and_an_order_from_before_has_none_ever() {
        long cash = order(PaymentMethod.CASH, 1);
        long old = order(PaymentMethod.TRANSFER, 1);
        fixture.sql("UPDATE pedidos SET vence = NULL WHERE id = ?", old);
        fixture.clock.advance(Duration.ofDays(400));
        assertEquals(0, lapse());
        assertEquals("pendiente pendiente", state(cash) + " " + state(old));
    }

    @Test
    void a_window_is_a_promise_that_another_setting_does_not_change() {
        Shop hurried = fixture.openInstance(Map.of(Setting.TRANSFER_WINDOW, "PT1H", Setting.CASH_WINDOW, "PT2H"));
        Shop patient = fixture.openInstance(Map.of(Setting.TRANSFER_WINDOW, "off"));
        long before = order(PaymentMethod.TRANSFER, 1);
        long short_ = order(hurried, PaymentMethod.TRANSFER, 1);
        long cash = order(hurried, PaymentMethod.CASH, 1);
        long never = order(patient, PaymentMethod.TRANSFER, 1);
        fixture.clock.advance(Duration.ofHours(1));
        assertEquals(1, patient.lapseOrders().run());
        assertEquals("cancelado pendiente", state(short_) + " " + state(before));
        fixture.clock.advance(Duration.ofHours(1));
        assertEquals(1, patient.lapseOrders().run());
        assertEquals("cancelado", state(cash));
        fixture.clock.advance(Duration.ofHours(46));
        assertEquals(1, hurried.lapseOrders().run());
        assertEquals("cancelado pendiente", state(before) + " " + state(never));
    }

    @Test
    void the_buyer_is_warned_once_when_a_quarter_is_left_and_at_most_twelve_hours_before_and_told_afterwards() {
        long order = order(PaymentMethod.TRANSFER, 1);
        fixture.clock.advance(Duration.ofHours(36).minusSeconds(1));
        lapse();
        assertEquals(List.of(), letters());
        fixture.clock.advance(Duration.ofSeconds(1));
        lapse();
        fixture.openInstance().lapseOrders().run();
        assertEquals(List.of("pedido_por_vencer"), letters());
        assertEquals(1, fixture.number("SELECT count(*) FROM eventos WHERE tipo = 'pedido.por_vencer'"));
        String warning = text("pedido_por_vencer");
        assertTrue(warning.contains("hasta el 3 mar 2027, 08:00"), warning);
        fixture.clock.advance(Duration.ofHours(12));
        lapse();
        lapse();
        assertEquals(List.of("pedido_por_vencer", "pedido_vencido"), letters());
        assertTrue(text("pedido_vencido").contains("El pago de tu pedido #" + order + " no llegó a tiempo"));
    }

    @Test
    void a_short_window_is_warned_of_in_its_last_quarter() {
        Shop hurried = fixture.openInstance(Map.of(Setting.TRANSFER_WINDOW, "PT4H"));
        order(hurried, PaymentMethod.TRANSFER, 1);
        fixture.clock.advance(Duration.ofHours(3).minusSeconds(1));
        lapse();
        assertEquals(List.of(), letters());
        fixture.clock.advance(Duration.ofSeconds(1));
        lapse();
        assertEquals(List.of("pedido_por_vencer"), letters());
    }

    @Test
    void the_receipt_says_until_when_the_order_waits() {
        order(PaymentMethod.TRANSFER, 1);
        order(PaymentMethod.CASH, 1);
        fixture.shop.distributeEvents().run();
        List<Long> ids = fixture.shop
                .database()
                .read(handle -> handle.select("SELECT id FROM correos ORDER BY id")
                        .mapTo(Long.class)
                        .list());
        List<Boolean> say = ids.stream()
                .map(id -> fixture.shop.mailbox().open(id, false).orElseThrow().text())
                .map(text -> text.contains("Te lo guardamos hasta el 3 mar 2027, 08:00"))
                .toList();
        assertEquals(List.of(true, false), say);
    }

    @Test
    void an_order_that_somebody_cancelled_has_not_lapsed() {
        long order = order(PaymentMethod.TRANSFER, 1);
        Viewer admin = new Viewer(fixture.person("admin"), Role.ADMIN);
        fixture.shop
                .moveOrders()
                .move(order, OrderState.PENDING, OrderState.CANCELLED, admin, new Actor(admin.userId(), null, null));
        fixture.clock.advance(Duration.ofHours(50));
        assertEquals(0, lapse());
        assertNull(seen(order).lapsedAt());
        assertEquals(List.of("pedido_cancelado"), letters());
    }

    @Test
    void many_orders_lapse_on_two_servers_at_once_while_somebody_sits_on_a_product_and_each_once() throws Exception {
        long busy = fixture.product("Nevera", "100.00", 10);
        List<Long> orders = new ArrayList<>();
        for (int i = 0; i < 3 * LapseOrders.AT_ONCE / 2; i++) {
            orders.add(order(PaymentMethod.TRANSFER, 1));
        }
        int buyer = fixture.buyerWith(busy, 1);
        fixture.checkout(buyer);
        ShopFixture.submit(
                fixture.shop,
                new ReservationRequest.PlaceOrder(
                        buyer, new OrderDetails(PaymentMethod.TRANSFER, "Calle 23", "555-0100", null), null));
        fixture.clock.advance(Duration.ofHours(49));
        Shop other = fixture.openInstance();
        int lapsed = fixture.shop.database().inTransaction(handle -> {
            handle.execute("SELECT id FROM productos WHERE id = ? FOR NO KEY UPDATE", busy);
            var start = new CyclicBarrier(2);
            int sum = 0;
            try (ExecutorService threads = Executors.newFixedThreadPool(2)) {
                List<Callable<Integer>> both = List.of(
                        () -> {
                            start.await();
                            return lapse();
                        },
                        () -> {
                            start.await();
                            return other.lapseOrders().run();
                        });
                for (Future<Integer> each : threads.invokeAll(both)) {
                    sum += each.get();
                }
            }
            return sum;
        });
        assertEquals(orders.size(), lapsed, "all but the one whose product is locked");
        assertEquals("100/0/0", fixture.figures(lamp));
        assertEquals("10/0/1", fixture.figures(busy));
        assertEquals(1, lapse());
        assertEquals("10/0/0", fixture.figures(busy));
    }

    @Test
    void of_a_confirmation_and_the_lapse_at_the_same_moment_one_wins_and_the_other_changes_nothing() throws Exception {
        Viewer admin = new Viewer(fixture.person("admin"), Role.ADMIN);
        Actor actor = new Actor(admin.userId(), null, null);
        for (int round = 0; round < 8; round++) {
            long order = order(PaymentMethod.TRANSFER, 1);
            fixture.clock.advance(Duration.ofHours(48));
            var start = new CyclicBarrier(2);
            boolean confirmed;
            try (ExecutorService threads = Executors.newFixedThreadPool(2)) {
                Future<MoveOrders.Outcome> staff = threads.submit(() -> {
                    start.await();
                    return fixture.shop
                            .moveOrders()
                            .move(order, OrderState.PENDING, OrderState.CONFIRMED, admin, actor);
                });
                Future<Integer> sweep = threads.submit(() -> {
                    start.await();
                    return lapse();
                });
                confirmed = staff.get() == MoveOrders.Outcome.DONE;
                assertEquals(confirmed ? 0 : 1, sweep.get());
            }
            assertEquals(confirmed ? "confirmado" : "cancelado", state(order));
            assertEquals(
                    confirmed ? 0 : 1,
                    fixture.number("SELECT count(*) FROM movimientos_stock WHERE pedido_id = ?", order));
        }
    }

    private String text(String kind) {
        long id = fixture.number("SELECT max(id) FROM correos WHERE tipo = ?", kind);
        return fixture.shop.mailbox().open(id, false).orElseThrow().text();
    }
}
