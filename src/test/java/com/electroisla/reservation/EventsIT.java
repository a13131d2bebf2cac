package com.electroisla.reservation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import com.electroisla.ShopFixture;
import com.electroisla.accounts.Role;
import com.electroisla.audit.Actor;
import com.electroisla.database.Database;
import com.electroisla.event.EventKind;
import com.electroisla.event.Outbox;
import com.electroisla.groupcommit.CommitProxy;
import com.electroisla.groupcommit.GroupCommitSettings;
import com.electroisla.order.MoveOrders;
import com.electroisla.order.OrderDetails;
import com.electroisla.order.OrderState;
import com.electroisla.order.Orders;
import com.electroisla.order.PaymentMethod;
import com.electroisla.payment.OrderRefunds;
import com.electroisla.payment.ProviderWord;
import com.electroisla.reservation.ReservationRequest.BeginPayment;
import com.electroisla.reservation.ReservationRequest.HearPayment;
import com.electroisla.reservation.ReservationRequest.PlaceOrder;
import com.electroisla.reservation.ReservationRequest.ReserveCart;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The events that the shop's changes write, in their own transactions. */
class EventsIT {
    private static final Outbox ALL = new Outbox(EnumSet.allOf(EventKind.class));
    private static final GroupCommitSettings ONE =
            new GroupCommitSettings(1, 512, 512, Duration.ofSeconds(30), Duration.ofSeconds(30));
    private static final Actor STAFF = new Actor(0, null, null);

    private final ShopFixture fixture = new ShopFixture();
    private final long product = fixture.productWithStock(10);

    @AfterEach
    void close() {
        fixture.close();
    }

    private ReservationEngine engine(Database batches, Outbox outbox) {
        return new ReservationEngine(
                batches, fixture.clock, new ReservationSettings(Duration.ofMinutes(15), ONE), outbox, () -> {});
    }

    private static PlaceOrder payment(int buyer) {
        return new PlaceOrder(buyer, new OrderDetails(PaymentMethod.CARD, "Calle 23", "555-0100", null), null);
    }

    private void reserve(ReservationEngine engine, int buyer) {
        assertInstanceOf(
                ReservationOutcome.Reserved.class,
                ShopFixture.outcomeOf(engine.submit(new ReserveCart(buyer, null, ""))));
    }

    private List<String> events() {
        return fixture.texts("SELECT tipo || ' ' || sujeto || ' ' || datos FROM eventos WHERE tipo <> 'stock.cambiado' "
                + "ORDER BY id");
    }

    @Test
    void a_reply_comes_to_who_does_not_wait_even_if_nobody_can_be_told_of_the_change() throws Exception {
        int buyer = fixture.buyerWith(product, 1);
        try (var batches = new Database(fixture.target, 1, Database.Purpose.BATCHES);
                var engine = new ReservationEngine(
                        batches,
                        fixture.clock,
                        new ReservationSettings(Duration.ofMinutes(15), ONE),
                        Outbox.UNHEARD,
                        () -> {
                            throw new IllegalStateException("nobody can be told");
                        })) {
            assertInstanceOf(
                    ReservationOutcome.Reserved.class,
                    ShopFixture.outcomeOf(engine.submitLater(new ReserveCart(buyer, null, ""), Optional.empty())
                            .toCompletableFuture()
                            .get(60, TimeUnit.SECONDS)));
        }
    }

    @Test
    void a_payment_whose_events_are_heard_makes_no_trip_more_than_one_whose_event_is_not() throws Exception {
        try (var proxy = new CommitProxy(fixture.target);
                var batches = new Database(proxy.target(), 1, Database.Purpose.RESERVATIONS)) {
            List<Integer> trips = new java.util.ArrayList<>();
            // The first engine is there only to have the driver ask for the types of arrays.
            for (Outbox outbox : List.of(ALL, Outbox.UNHEARD, ALL)) {
                int buyer = fixture.buyerWith(product, 1);
                try (var engine = engine(batches, outbox)) {
                    reserve(engine, buyer);
                    int before = proxy.trips();
                    assertInstanceOf(
                            ReservationOutcome.Ordered.class, ShopFixture.outcomeOf(engine.submit(payment(buyer))));
                    trips.add(proxy.trips() - before);
                }
            }
            assertEquals(trips.get(1), trips.get(2));
        }
        assertEquals(
                List.of("10/1/0 [\"reserva\"]", "10/0/1 [\"venta\"]", "10/1/2 [\"reserva\"]", "10/0/3 [\"venta\"]"),
                fixture.texts("SELECT concat_ws('/', datos ->> 'stock_total', datos ->> 'stock_reservado', "
                        + "datos ->> 'stock_vendido') || ' ' || (datos ->> 'causas') FROM eventos "
                        + "WHERE tipo = 'stock.cambiado' ORDER BY id"));
        long order = fixture.number("SELECT min(id) FROM pedidos");
        assertEquals(2, events().size(), "one for each payment that was heard");
        assertEquals(
                "pedido.creado pedido/" + order + " {\"total\": \"99.99\", \"estado\": \"confirmado\", \"pedido\": "
                        + order + ", \"usuario\": "
                        + fixture.number("SELECT usuario_id FROM pedidos WHERE id = ?", order)
                        + ", \"metodo_pago\": \"tarjeta\"}",
                events().getFirst());
    }

    @Test
    void with_nobody_listening_neither_a_checkout_nor_a_payment_nor_the_end_of_a_hold_writes_an_event() {
        try (var batches = fixture.shop.database().sibling(1, Database.Purpose.BATCHES);
                var engine = engine(batches, Outbox.UNHEARD)) {
            int buyer = fixture.buyerWith(product, 1);
            reserve(engine, buyer);
            engine.submit(payment(buyer));
            reserve(engine, fixture.buyerWith(product, 1));
            fixture.clock.advance(Duration.ofMinutes(16));
            assertEquals(1, new ExpireReservations(fixture.shop.database(), fixture.clock).run());
        }
        assertEquals(List.of(), events());
    }

    @Test
    void a_hold_that_runs_out_is_told_by_the_sweep_or_by_the_buyer_who_takes_its_units_over() {
        int slow = fixture.buyerWith(product, 10);
        int slower = fixture.buyerWith(product, 4);
        try (var batches = fixture.shop.database().sibling(1, Database.Purpose.BATCHES);
                var engine = engine(batches, ALL)) {
            reserve(engine, slow);
            fixture.clock.advance(Duration.ofMinutes(16));
            reserve(engine, slower);
            fixture.clock.advance(Duration.ofMinutes(16));
            assertEquals(1, new ExpireReservations(fixture.shop.database(), fixture.clock, ALL, () -> {}).run());
        }
        assertEquals(List.of(expired(slow, 10), expired(slower, 4)), events());
    }

    private String expired(int user, int quantity) {
        return "reserva.expirada producto/" + product + " {\"reserva\": "
                + fixture.number("SELECT id FROM stock_reservations WHERE usuario_id = ?", user) + ", \"usuario\": "
                + user + ", \"cantidad\": " + quantity + ", \"producto\": " + product + "}";
    }

    @Test
    void a_hold_that_the_staff_ends_is_released_before_its_time_and_expired_after_it() {
        int first = fixture.buyerWith(product, 1);
        int second = fixture.buyerWith(product, 2);
        fixture.checkout(first);
        fixture.checkout(second);
        var release = new ReleaseHolds(fixture.shop.database(), fixture.clock, ALL);
        release.release(List.of(holdOf(first)), STAFF);
        fixture.clock.advance(Duration.ofMinutes(16));
        release.release(List.of(holdOf(second)), STAFF);
        assertEquals(
                List.of("reserva.liberada", "reserva.expirada"),
                fixture.texts("SELECT tipo FROM eventos WHERE tipo <> 'stock.cambiado' ORDER BY id"));
    }

    private long holdOf(int user) {
        return fixture.number("SELECT id FROM stock_reservations WHERE usuario_id = ?", user);
    }

    @Test
    void an_order_tells_of_each_state_that_it_moves_into_and_of_its_cancelling_once() {
        int buyer = fixture.buyerWith(product, 1);
        fixture.checkout(buyer);
        fixture.pay(buyer);
        long order = fixture.number("SELECT id FROM pedidos");
        fixture.sql("DELETE FROM eventos");
        var orders = new Orders(fixture.shop.database(), ALL, new OrderRefunds(ALL));
        var move = new MoveOrders(fixture.shop.database(), fixture.clock, orders);
        var viewer = new Orders.Viewer(fixture.person("admin"), Role.ADMIN);
        assertEquals(
                MoveOrders.Outcome.DONE, move.move(order, OrderState.CONFIRMED, OrderState.PREPARING, viewer, STAFF));
        assertEquals(
                MoveOrders.Outcome.CHANGED_MEANWHILE,
                move.move(order, OrderState.CONFIRMED, OrderState.CANCELLED, viewer, STAFF));
        assertEquals(
                MoveOrders.Outcome.DONE, move.move(order, OrderState.PREPARING, OrderState.CANCELLED, viewer, STAFF));
        assertEquals(
                List.of("confirmado en_preparacion", "en_preparacion cancelado"),
                fixture.texts("SELECT (datos ->> 'antes') || ' ' || (datos ->> 'ahora') FROM eventos WHERE tipo = "
                        + "'pedido.estado' AND sujeto = 'pedido/" + order + "' ORDER BY id"));
    }

    @Test
    void money_tells_what_it_bought_beside_its_order_and_what_is_owed_back_beside_its_payment() {
        try (var batches = new Database(fixture.target, 1, Database.Purpose.RESERVATIONS);
                var engine = engine(batches, ALL)) {
            int buyer = fixture.buyerWith(product, 1);
            reserve(engine, buyer);
            var details = new OrderDetails(PaymentMethod.CARD, "Calle 23", "555-0100", null, Locale.ENGLISH);
            long payment = assertInstanceOf(
                            ReservationOutcome.PaymentBegun.class,
                            ShopFixture.outcomeOf(engine.submit(
                                    new BeginPayment(buyer, details, null, "prueba", Duration.ofMinutes(35), null))))
                    .payment()
                    .id();
            fixture.sql("DELETE FROM eventos");
            for (String charge : List.of("uno", "dos")) {
                ShopFixture.outcomeOf(engine.submit(new HearPayment(
                        buyer, payment, new ProviderWord.Paid(payment, charge, new BigDecimal("99.99")))));
            }
            long order = fixture.number("SELECT id FROM pedidos WHERE usuario_id = ?", buyer);
            assertEquals(
                    List.of(
                            "pedido.creado pedido/" + order + " en",
                            "pago.recibido pedido/" + order + " uno vendido 99.99",
                            "pago.recibido pago/" + payment + " dos reembolso 99.99",
                            "reembolso.debido pago/" + payment + " cobro_repetido 99.99"),
                    fixture.texts("SELECT concat_ws(' ', tipo, sujeto, datos ->> 'idioma', datos ->> 'cobro', "
                            + "datos ->> 'resultado', datos ->> 'motivo', datos ->> 'importe') FROM eventos "
                            + "WHERE tipo <> 'stock.cambiado' ORDER BY id"));
        }
    }

    @Test
    void the_shop_writes_what_its_letters_need_and_no_more() {
        int buyer = fixture.buyerWith(product, 1);
        fixture.checkout(buyer);
        fixture.clock.advance(Duration.ofMinutes(16));
        fixture.shop.expireReservations().run();
        fixture.checkout(buyer);
        fixture.pay(buyer);
        assertEquals(Set.of("pedido.creado"), Set.copyOf(fixture.texts("SELECT tipo FROM eventos")));
    }
}
