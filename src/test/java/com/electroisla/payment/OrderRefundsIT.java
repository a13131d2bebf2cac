package com.electroisla.payment;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.electroisla.ShopFixture;
import com.electroisla.accounts.Role;
import com.electroisla.audit.Actor;
import com.electroisla.order.MoveOrders;
import com.electroisla.order.OrderDetails;
import com.electroisla.order.OrderState;
import com.electroisla.order.Orders.Viewer;
import com.electroisla.order.PaymentMethod;
import com.electroisla.reservation.ReservationRequest;
import com.electroisla.shopfront.CancelOrder;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A cancelled order owes the money that came for it, once, whoever cancels; one whose money never came owes none. */
class OrderRefundsIT {
    private final ShopFixture fixture = new ShopFixture();
    private final int clerk = fixture.person("trabajador");
    private final Viewer staff = new Viewer(clerk, Role.TRABAJADOR);
    private final Actor actor = new Actor(clerk, "127.0.0.1", "prueba");
    private final long lamp = fixture.product("Lámpara", "10.00", 100);

    @AfterEach
    void figures_and_rows_agree() {
        try (fixture) {
            assertEquals(List.of(), fixture.differences());
        }
    }

    private long order(int buyer, PaymentMethod method) {
        fixture.inCart(buyer, lamp, 2);
        fixture.checkout(buyer);
        ShopFixture.submit(
                fixture.shop,
                new ReservationRequest.PlaceOrder(buyer, new OrderDetails(method, "Calle 23", "555-0100", null), null));
        return fixture.number("SELECT max(id) FROM pedidos WHERE usuario_id = ?", buyer);
    }

    private long charged(int buyer) {
        long order = order(buyer, PaymentMethod.CASH);
        fixture.charged(order);
        return order;
    }

    private MoveOrders.Outcome move(long order, OrderState from, OrderState to) {
        return fixture.shop.moveOrders().move(order, from, to, staff, actor);
    }

    private List<String> refunds() {
        return fixture.texts("""
                SELECT r.motivo || ' ' || r.importe || ' ' || r.estado || ' '
                           || (r.usuario_id = o.usuario_id) || ' ' || COALESCE(c.cobro = 'cobro-' || r.pago_id, false)
                  FROM reembolsos r JOIN pedidos o ON o.id = r.pedido_id LEFT JOIN cobros c ON c.id = r.cobro_id
                 ORDER BY r.id
                """);
    }

    @Test
    void the_buyer_who_cancels_a_charged_order_is_owed_its_total_once() {
        int buyer = fixture.anyBuyer();
        long order = charged(buyer);
        var own = new CancelOrder.Buyer(buyer, Locale.of("es"));
        fixture.shop.cancelOrder().cancel(own, order);
        fixture.shop.cancelOrder().cancel(own, order);
        assertEquals(List.of("pedido_cancelado 20.00 debido true true"), refunds());
        assertEquals(
                "reembolso.debido pedido/" + order,
                fixture.text("SELECT tipo || ' ' || sujeto FROM eventos WHERE tipo = 'reembolso.debido'"));
        assertEquals("pagado", fixture.text("SELECT estado FROM pagos"), "its money bought an order");
    }

    @Test
    void the_staff_that_cancels_a_charged_order_owes_its_total_and_what_was_owed_before_is_not_owed_again() {
        long order = charged(fixture.anyBuyer());
        fixture.sql("""
                INSERT INTO reembolsos (pedido_id, usuario_id, importe, motivo, estado, debido_at)
                SELECT id, usuario_id, 7.50, 'devolucion', 'debido', now() FROM pedidos WHERE id = ?
                """, order);
        move(order, OrderState.CONFIRMED, OrderState.CANCELLED);
        assertEquals(
                List.of("devolucion 7.50 debido true false", "pedido_cancelado 12.50 debido true true"), refunds());
    }

    @Test
    void a_transfer_that_the_staff_confirmed_is_owed_and_one_that_waits_or_cash_is_not() {
        long confirmed = order(fixture.anyBuyer(), PaymentMethod.TRANSFER);
        move(confirmed, OrderState.PENDING, OrderState.CONFIRMED);
        move(confirmed, OrderState.CONFIRMED, OrderState.CANCELLED);
        long waiting = order(fixture.anyBuyer(), PaymentMethod.TRANSFER);
        move(waiting, OrderState.PENDING, OrderState.CANCELLED);
        long cash = order(fixture.anyBuyer(), PaymentMethod.CASH);
        move(cash, OrderState.PENDING, OrderState.CONFIRMED);
        move(cash, OrderState.CONFIRMED, OrderState.CANCELLED);
        assertEquals(List.of("pedido_cancelado 20.00 debido true false"), refunds());
    }

    @Test
    void two_who_cancel_at_once_owe_it_once() throws Exception {
        for (int round = 0; round < 5; round++) {
            int buyer = fixture.anyBuyer();
            long order = charged(buyer);
            var own = new CancelOrder.Buyer(buyer, Locale.of("es"));
            var start = new CyclicBarrier(2);
            try (ExecutorService threads = Executors.newFixedThreadPool(2)) {
                List<Callable<Object>> both = List.of(
                        () -> {
                            start.await();
                            return fixture.shop.cancelOrder().cancel(own, order);
                        },
                        () -> {
                            start.await();
                            return move(order, OrderState.CONFIRMED, OrderState.CANCELLED);
                        });
                for (Future<Object> each : threads.invokeAll(both)) {
                    each.get();
                }
            }
            assertEquals(1, fixture.number("SELECT count(*) FROM reembolsos WHERE pedido_id = ?", order));
        }
        assertEquals("100/0/0", fixture.figures(lamp));
    }

    @Test
    void a_guest_whose_orders_an_account_takes_over_is_owed_in_that_account() {
        int guest = fixture.guest("ana@example.com");
        long order = charged(guest);
        move(order, OrderState.CONFIRMED, OrderState.CANCELLED);
        int account = fixture.anyBuyer();
        fixture.shop
                .database()
                .useTransaction(handle -> fixture.shop.guestBuyers().takeOverAll(handle, account, "ana@example.com"));
        assertEquals(account, fixture.number("SELECT usuario_id FROM reembolsos WHERE pedido_id = ?", order));
    }
}
