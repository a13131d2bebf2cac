package com.electroisla.order;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import com.electroisla.ShopFixture;
import com.electroisla.accounts.Role;
import com.electroisla.audit.Actor;
import com.electroisla.idempotency.Applied;
import com.electroisla.idempotency.IdempotencyKey;
import com.electroisla.order.Orders.Viewer;
import com.electroisla.order.ReturnLines.Chosen;
import com.electroisla.order.ReturnLines.Outcome;
import com.electroisla.order.ReturnLines.Wish;
import com.electroisla.reservation.ReservationRequest;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Lines of an order that come back: never more units than left, and never more money than came. */
class ReturnLinesIT {
    private final ShopFixture fixture = new ShopFixture();
    private final ReturnLines returns = fixture.shop.returnLines();
    private final int clerk = fixture.person("trabajador");
    private final Viewer staff = new Viewer(clerk, Role.TRABAJADOR);
    private final Actor actor = new Actor(clerk, "127.0.0.1", "prueba");
    private final long lamp = fixture.product("Lámpara", "10.00", 10);
    private final long fan = fixture.product("Ventilador", "25.00", 10);

    @AfterEach
    void figures_and_rows_agree() {
        try (fixture) {
            assertEquals(List.of(), fixture.differences());
        }
    }

    /** A charged order of three lamps and two fans: 80.00. */
    private long order() {
        long order = placed(PaymentMethod.CASH);
        fixture.charged(order);
        return order;
    }

    private long placed(PaymentMethod method) {
        int buyer = fixture.buyerWith(lamp, 3);
        fixture.inCart(buyer, fan, 2);
        fixture.checkout(buyer);
        ShopFixture.submit(
                fixture.shop,
                new ReservationRequest.PlaceOrder(buyer, new OrderDetails(method, "Calle 23", "555-0100", null), null));
        return fixture.number("SELECT max(id) FROM pedidos WHERE usuario_id = ?", buyer);
    }

    private int lineOf(long order, long product) {
        List<Order.Line> lines =
                fixture.shop.orders().find(staff, order).orElseThrow().lines();
        for (int i = 0; i < lines.size(); i++) {
            if (lines.get(i).productId() == product) {
                return i;
            }
        }
        throw new AssertionError(product);
    }

    private Chosen back(long order, long product, int units) {
        return new Chosen(lineOf(order, product), units, false);
    }

    private Chosen scrap(long order, long product, int units) {
        return new Chosen(lineOf(order, product), units, true);
    }

    private Outcome give(long order, @Nullable String amount, Chosen... chosen) {
        Applied<Outcome> applied = give(order, key(), amount, chosen);
        if (applied instanceof Applied.Now<Outcome>(Outcome outcome)) {
            return outcome;
        }
        throw new AssertionError(applied);
    }

    private Applied<Outcome> give(long order, IdempotencyKey form, @Nullable String amount, Chosen... chosen) {
        return returns.run(
                order,
                new Wish(List.of(chosen), amount == null ? null : new BigDecimal(amount), "no funciona"),
                staff,
                actor,
                form);
    }

    private IdempotencyKey key() {
        return Applied.key(clerk, "/prueba", UUID.randomUUID().toString(), "");
    }

    private List<String> refunds(long order) {
        return fixture.texts(
                "SELECT motivo || ' ' || importe || ' ' || estado || ' ' || (cobro_id IS NOT NULL) FROM reembolsos "
                        + "WHERE pedido_id = ? ORDER BY id",
                order);
    }

    private List<String> movements(long order) {
        return fixture.texts(
                "SELECT tipo || ' ' || delta_total || ' ' || delta_vendido FROM movimientos_stock WHERE pedido_id = ? "
                        + "ORDER BY id",
                order);
    }

    private static Outcome.Done done(int units, String amount) {
        return new Outcome.Done(units, new BigDecimal(amount));
    }

    @Test
    void units_come_back_on_sale_or_are_written_off_and_their_price_is_owed() {
        long order = order();
        assertEquals("10/0/3 10/0/2", fixture.figures(lamp) + " " + fixture.figures(fan));

        assertEquals(done(3, "45.00"), give(order, null, back(order, lamp, 2), scrap(order, fan, 1)));

        assertEquals("10/0/1 9/0/1", fixture.figures(lamp) + " " + fixture.figures(fan));
        assertEquals(List.of("devolucion 0 -2", "devolucion 0 -1", "merma -1 0"), movements(order));
        assertEquals(List.of("devolucion 45.00 debido true"), refunds(order));
        assertEquals(
                "devolver 45.00 no funciona",
                fixture.text("SELECT accion || ' ' || (detalles->>'importe') || ' ' || (detalles->>'motivo') "
                        + "FROM audit_logs WHERE modulo = 'pedido'"));
    }

    @Test
    void a_product_that_changed_in_one_return_is_told_once_with_all_its_causes() {
        long order = order();
        List<String> heard = new ArrayList<>();
        var told = fixture.openInstance(new com.electroisla.event.Listener() {
            @Override
            public java.util.Set<com.electroisla.event.EventKind> kinds() {
                return java.util.Set.of(com.electroisla.event.EventKind.STOCK_CHANGED);
            }

            @Override
            public void hear(
                    org.jdbi.v3.core.Handle handle,
                    List<com.electroisla.event.StoredEvent> events,
                    java.time.Instant now) {
                events.forEach(event -> heard.add(event.data()));
            }
        });
        told.returnLines().run(order, new Wish(List.of(scrap(order, lamp, 1)), null, ""), staff, actor, key());
        told.distributeEvents().run();
        assertEquals(1, heard.size(), heard::toString);
        assertEquals(
                "[\"devolucion\", \"merma\"] 9",
                fixture.text(
                        "SELECT (CAST(? AS jsonb) ->> 'causas') || ' ' || (CAST(? AS jsonb) ->> 'stock_total')",
                        heard.getFirst(),
                        heard.getFirst()));
    }

    @Test
    void the_amount_can_be_lowered_to_nothing_and_never_raised() {
        long order = order();
        assertEquals(new Outcome.TooMuch(new BigDecimal("10.00")), give(order, "10.01", back(order, lamp, 1)));
        assertEquals("10/0/3", fixture.figures(lamp), "a refused return changes nothing");
        assertEquals(done(1, "4.50"), give(order, "4.50", back(order, lamp, 1)));
        assertEquals(done(1, "0.00"), give(order, "0.00", back(order, lamp, 1)));
        assertEquals(List.of("devolucion 4.50 debido true"), refunds(order));
    }

    @Test
    void no_more_comes_back_than_was_bought_and_has_not_come_back() {
        long order = order();
        assertEquals(done(2, "20.00"), give(order, null, back(order, lamp, 2)));
        assertEquals(new Outcome.MoreThanLeft("Lámpara", 1), give(order, null, back(order, lamp, 2)));
        assertEquals(new Outcome.MoreThanLeft("Ventilador", 2), give(order, null, back(order, fan, 3)));
        assertEquals(new Outcome.NothingChosen(), give(order, null, new Chosen(7, 1, false)));
        assertEquals(new Outcome.NothingChosen(), give(order, null));
        assertEquals(done(1, "10.00"), give(order, null, scrap(order, lamp, 1)));
        assertEquals("9/0/0", fixture.figures(lamp));
    }

    @Test
    void one_form_takes_back_once_and_a_buyer_or_a_courier_takes_nothing_back() {
        long order = order();
        IdempotencyKey form = key();
        assertEquals(new Applied.Now<>(done(1, "10.00")), give(order, form, null, back(order, lamp, 1)));
        assertEquals(new Applied.Before<>(true, ""), give(order, form, null, back(order, lamp, 1)));
        assertEquals(1, refunds(order).size());
        for (Role role : List.of(Role.CLIENTE, Role.MENSAJERO)) {
            assertEquals(
                    new Applied.Now<>(new Outcome.NotAllowed()),
                    returns.run(
                            order,
                            new Wish(List.of(back(order, lamp, 1)), null, ""),
                            new Viewer(fixture.person(role.text()), role),
                            actor,
                            key()));
        }
    }

    @Test
    void an_order_that_waits_for_its_money_or_is_cancelled_gives_nothing_back() {
        long waiting = placed(PaymentMethod.TRANSFER);
        assertEquals(new Outcome.NotReturnable(OrderState.PENDING), give(waiting, null, back(waiting, lamp, 1)));
        assertFalse(returns.offer(fixture.shop.orders().find(staff, waiting).orElseThrow())
                .isOpen());
        move(waiting, OrderState.PENDING, OrderState.CANCELLED);
        assertEquals(new Outcome.NotReturnable(OrderState.CANCELLED), give(waiting, null, back(waiting, lamp, 1)));
        assertEquals(List.of(), refunds(waiting));
    }

    @Test
    void an_order_that_was_paid_by_hand_owes_money_that_is_given_by_hand() {
        long order = placed(PaymentMethod.TRANSFER);
        move(order, OrderState.PENDING, OrderState.CONFIRMED);
        assertEquals(done(1, "25.00"), give(order, null, back(order, fan, 1)));
        assertEquals(List.of("devolucion 25.00 debido false"), refunds(order));
    }

    @Test
    void an_order_from_before_stock_was_counted_raises_the_total_or_is_written_off() {
        long order = fixture.number("""
                INSERT INTO pedidos (estado, metodo_pago, total, direccion_entrega, telefono, created_at, updated_at,
                    usuario_id)
                VALUES ('entregado', 'efectivo', 50, 'x', 'x', now(), now(), ?) RETURNING id
                """, fixture.anyBuyer());
        fixture.sql(
                "INSERT INTO detalles_pedido (cantidad, precio_unitario, subtotal, pedido_id, producto_id) "
                        + "VALUES (5, 10, 50, ?, ?)",
                order,
                lamp);
        assertEquals(done(2, "20.00"), give(order, null, back(order, lamp, 2)));
        assertEquals("12/0/0", fixture.figures(lamp));
        assertEquals(done(1, "10.00"), give(order, null, scrap(order, lamp, 1)));
        assertEquals("12/0/0", fixture.figures(lamp));
        assertEquals(new Outcome.MoreThanLeft("Lámpara", 2), give(order, null, back(order, lamp, 3)));
    }

    @Test
    void an_order_that_is_cancelled_after_a_return_owes_the_rest_and_its_other_units_come_back() {
        long order = order();
        give(order, "5.00", scrap(order, lamp, 1));
        move(order, OrderState.CONFIRMED, OrderState.CANCELLED);
        assertEquals(List.of("devolucion 5.00 debido true", "pedido_cancelado 75.00 debido true"), refunds(order));
        assertEquals("9/0/0 10/0/0", fixture.figures(lamp) + " " + fixture.figures(fan));
    }

    @Test
    void two_returns_and_a_cancelling_at_once_give_no_unit_and_no_cent_twice() throws Exception {
        for (int round = 0; round < 5; round++) {
            long order = order();
            var start = new CyclicBarrier(3);
            try (ExecutorService threads = Executors.newFixedThreadPool(3)) {
                List<Callable<Object>> three = List.of(
                        () -> {
                            start.await();
                            return give(order, null, back(order, lamp, 2));
                        },
                        () -> {
                            start.await();
                            return give(order, null, back(order, lamp, 2), scrap(order, fan, 1));
                        },
                        () -> {
                            start.await();
                            return move(order, OrderState.CONFIRMED, OrderState.CANCELLED);
                        });
                for (Future<Object> each : threads.invokeAll(three)) {
                    each.get();
                }
            }
            assertEquals("cancelado", fixture.text("SELECT estado FROM pedidos WHERE id = ?", order));
            assertEquals("80.00 -3 -2", fixture.text("""
                            SELECT (SELECT sum(importe) FROM reembolsos WHERE pedido_id = ?) || ' '
                                || (SELECT sum(delta_vendido) FROM movimientos_stock WHERE pedido_id = ?
                                       AND producto_id = ?) || ' '
                                || (SELECT sum(delta_vendido) FROM movimientos_stock WHERE pedido_id = ?
                                       AND producto_id = ?)
                            """, order, order, lamp, order, fan));
        }
        assertEquals(0, fixture.number("SELECT stock_vendido FROM productos WHERE id = ?", lamp));
    }

    private MoveOrders.Outcome move(long order, OrderState from, OrderState to) {
        return fixture.shop.moveOrders().move(order, from, to, staff, actor);
    }
}
