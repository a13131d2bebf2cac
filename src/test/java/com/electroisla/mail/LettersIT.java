package com.electroisla.mail;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.electroisla.ShopFixture;
import com.electroisla.accounts.Role;
import com.electroisla.audit.Actor;
import com.electroisla.idempotency.IdempotencyKey;
import com.electroisla.order.OrderDetails;
import com.electroisla.order.OrderState;
import com.electroisla.order.Orders;
import com.electroisla.order.PaymentMethod;
import com.electroisla.reservation.ReservationOutcome;
import com.electroisla.reservation.ReservationRequest;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The letters that follow from what happens in the shop, as rows. */
class LettersIT {
    private static final Actor STAFF = new Actor(0, null, null);
    private static final Locale SPANISH = Locale.of("es");

    private final ShopFixture fixture = new ShopFixture();

    @AfterEach
    void close() {
        fixture.close();
    }

    private void write(Letter letter) {
        fixture.shop.database().useTransaction(handle -> Letters.write(handle, letter, fixture.clock.now(handle)));
    }

    private Instant now() {
        return fixture.shop.database().read(fixture.clock::now);
    }

    private int endLapsed() {
        return fixture.shop
                .database()
                .inTransaction(handle -> Letters.endLapsed(handle, fixture.clock.now(handle), 100));
    }

    /** A letter's text, newest first. */
    private String text(LetterKind kind) {
        long id = fixture.number("SELECT max(id) FROM correos WHERE tipo = ?", kind.word());
        return fixture.shop.mailbox().open(id, true).orElseThrow().text();
    }

    private List<String> kinds() {
        return fixture.texts("SELECT tipo FROM correos ORDER BY id");
    }

    @Test
    void an_order_has_a_receipt_and_a_letter_for_each_step_to_its_buyer_and_none_for_the_steps_between() {
        long fan = fixture.product("Ventilador <de techo>", "1250.50", 10);
        int buyer = fixture.buyerWith(fan, 2);
        fixture.inCart(buyer, fixture.product("Bombilla", "3", 10), 1);
        fixture.checkout(buyer);
        fixture.pay(buyer);
        fixture.shop.distributeEvents().run();

        long order = fixture.number("SELECT id FROM pedidos");
        String receipt = text(LetterKind.ORDER_PLACED);
        for (String each : List.of(
                "pedido #" + order,
                "2 x Ventilador <de techo> ($1.250,50): $2.501,00",
                "1 x Bombilla ($3,00): $3,00",
                "Total: $2.504,00",
                "Pago: Tarjeta",
                "Dirección de entrega: Calle 23",
                "Teléfono: 555-0100")) {
            assertTrue(receipt.contains(each), () -> each + " in\n" + receipt);
        }
        assertEquals("cliente1@example.com", fixture.text("SELECT para FROM correos"));

        var staff = new Orders.Viewer(fixture.person("admin"), Role.ADMIN);
        OrderState from = OrderState.CONFIRMED;
        for (OrderState to : List.of(OrderState.PREPARING, OrderState.ON_THE_WAY, OrderState.DELIVERED)) {
            fixture.shop.moveOrders().move(order, from, to, staff, STAFF);
            from = to;
        }
        fixture.shop.distributeEvents().run();
        assertEquals(List.of("pedido_creado", "pedido_en_camino", "pedido_entregado"), kinds());
        assertTrue(text(LetterKind.ORDER_ON_THE_WAY).contains("Dirección de entrega: Calle 23"));
    }

    @Test
    void an_order_that_is_cancelled_by_whomever_has_a_letter_and_no_second_one() {
        int buyer = fixture.buyerWith(fixture.product("Nevera", "100", 5), 1);
        fixture.checkout(buyer);
        fixture.pay(buyer);
        long order = fixture.number("SELECT id FROM pedidos");
        var own = new com.electroisla.shopfront.CancelOrder.Buyer(buyer, SPANISH);
        fixture.shop.cancelOrder().cancel(own, order);
        fixture.shop.cancelOrder().cancel(own, order);
        fixture.shop.distributeEvents().run();
        assertEquals(List.of("pedido_creado", "pedido_cancelado"), kinds());
        assertTrue(text(LetterKind.ORDER_CANCELLED).contains("1 x Nevera ($100,00): $100,00"));
    }

    @Test
    void a_buyer_is_told_when_money_comes_to_be_owed_and_when_it_was_given() {
        int buyer = fixture.buyerWith(fixture.product("Nevera", "100", 5), 1);
        fixture.checkout(buyer);
        fixture.pay(buyer);
        long order = fixture.number("SELECT id FROM pedidos");
        if (fixture.number("SELECT count(*) FROM cobros") == 0) {
            fixture.charged(order);
        }
        fixture.shop.cancelOrder().cancel(new com.electroisla.shopfront.CancelOrder.Buyer(buyer, SPANISH), order);
        fixture.shop.distributeEvents().run();
        assertEquals(List.of("pedido_creado", "pedido_cancelado", "reembolso_debido"), kinds());
        String owed = text(LetterKind.REFUND_OWED);
        assertTrue(owed.contains("Te debemos $100,00 de tu pedido #" + order), owed);
        assertTrue(owed.contains("El pedido está cancelado."), owed);
        long refund = fixture.number("SELECT id FROM reembolsos");
        int admin = fixture.person("admin");
        fixture.shop
                .refunds()
                .byHand(
                        refund,
                        com.electroisla.payment.RefundState.OWED,
                        "en mano",
                        new Actor(admin, null, null),
                        IdempotencyKey.of(admin, "FORM", "/prueba", "una-vez", new byte[0]));
        fixture.shop.distributeEvents().run();
        assertTrue(text(LetterKind.REFUND_PAID).contains("Te devolvimos $100,00 de tu pedido #" + order));
        assertEquals(4, kinds().size());
    }

    @Test
    void holds_that_the_staff_releases_together_are_one_letter_to_each_buyer() {
        long fan = fixture.product("Ventilador", "10", 10);
        int first = fixture.buyerWith(fan, 2);
        fixture.inCart(first, fixture.product("Nevera", "100", 5), 1);
        int second = fixture.buyerWith(fan, 1);
        fixture.checkout(first);
        fixture.checkout(second);
        List<Long> holds = fixture.shop
                .database()
                .read(handle -> handle.select("SELECT id FROM stock_reservations ORDER BY id")
                        .mapTo(Long.class)
                        .list());
        assertEquals(3, fixture.shop.releaseHolds().release(holds, STAFF));
        fixture.shop.distributeEvents().run();
        assertEquals(
                List.of("cliente1@example.com", "cliente2@example.com"),
                fixture.texts("SELECT para FROM correos WHERE tipo = 'reserva_liberada' ORDER BY para"));
        long id = fixture.number("SELECT id FROM correos WHERE para = 'cliente1@example.com'");
        String text = fixture.shop.mailbox().open(id, false).orElseThrow().text();
        assertTrue(text.contains("2 x Ventilador") && text.contains("1 x Nevera"), text);
    }

    @Test
    void a_buyer_without_an_address_gets_no_letter_and_stops_no_other() {
        long fan = fixture.productWithStock(10);
        int silent = fixture.buyerWith(fan, 1);
        fixture.sql("UPDATE auth_user SET email = '' WHERE id = ?", silent);
        int buyer = fixture.buyerWith(fan, 1);
        for (int each : List.of(silent, buyer)) {
            fixture.checkout(each);
            fixture.pay(each);
        }
        fixture.shop.distributeEvents().run();
        assertEquals(List.of("cliente2@example.com"), fixture.texts("SELECT para FROM correos"));
    }

    @Test
    void a_buyer_is_written_to_in_the_language_in_which_they_last_asked_for_a_letter() {
        int buyer = fixture.buyerWith(fixture.productWithStock(10), 1);
        write(Letter.signUpCode(
                "Cliente1@example.com", Locale.ENGLISH, "Ana", "482913", now().plusSeconds(600), "registro-1-1"));
        fixture.checkout(buyer);
        fixture.pay(buyer);
        fixture.shop.distributeEvents().run();
        assertTrue(text(LetterKind.ORDER_PLACED).contains("Thank you for your order"));
        assertEquals("en", fixture.text("SELECT idioma FROM correos WHERE tipo = 'pedido_creado'"));
    }

    @Test
    void a_buyer_is_written_to_about_an_order_in_the_language_in_which_they_placed_the_last_one() {
        long fan = fixture.productWithStock(10);
        int buyer = fixture.buyerWith(fan, 1);
        var english = new OrderDetails(PaymentMethod.CASH, "Calle 23", "555-0100", null).in(Locale.ENGLISH);
        fixture.checkout(buyer);
        assertInstanceOf(
                ReservationOutcome.Ordered.class,
                ShopFixture.submit(fixture.shop, new ReservationRequest.PlaceOrder(buyer, english, null)));
        long first = fixture.number("SELECT id FROM pedidos");
        var page = new com.electroisla.shopfront.CancelOrder.Buyer(buyer, SPANISH);
        fixture.shop.cancelOrder().cancel(page, first);
        fixture.shop.distributeEvents().run();
        assertEquals(
                List.of("pedido_creado en", "pedido_cancelado en"),
                fixture.texts("SELECT tipo || ' ' || idioma FROM correos ORDER BY id"));

        fixture.inCart(buyer, fan, 1);
        fixture.checkout(buyer);
        assertInstanceOf(
                ReservationOutcome.Ordered.class,
                ShopFixture.submit(fixture.shop, new ReservationRequest.PlaceOrder(buyer, english.in(SPANISH), null)));
        fixture.shop.distributeEvents().run();
        assertEquals("es", fixture.text("SELECT idioma FROM correos ORDER BY id DESC LIMIT 1"));
        assertTrue(text(LetterKind.ORDER_PLACED).contains("Gracias por tu compra"));
    }

    @Test
    void a_letter_with_the_same_key_is_written_once() {
        Letter letter = Letter.accountExists("ana@example.com", SPANISH, "Ana", "cuenta-1");
        for (boolean first : List.of(true, false)) {
            boolean written = fixture.shop
                    .database()
                    .inTransaction(handle -> Letters.write(handle, letter, fixture.clock.now(handle)));
            assertEquals(first, written);
        }
        assertEquals(1, fixture.number("SELECT count(*) FROM correos"));
    }

    @Test
    void a_code_is_there_until_its_time_is_over_or_it_is_called_back_and_then_nowhere() {
        write(Letter.signUpCode("ana@example.com", SPANISH, "Ana", "482913", now().plusSeconds(600), "registro-1-1"));
        write(Letter.recoveryCode("eva@example.com", SPANISH, "Eva", "551177", now().plusSeconds(900), "clave-2-1"));
        assertEquals("482913", fixture.text("SELECT valores ->> 'codigo' FROM correos WHERE clave = 'registro-1-1'"));
        assertTrue(text(LetterKind.SIGN_UP_CODE).contains("482913"));
        assertTrue(text(LetterKind.SIGN_UP_CODE).contains("Vale durante 10 minutos"));

        fixture.clock.advance(Duration.ofMinutes(10));
        assertEquals(1, endLapsed());
        fixture.shop
                .database()
                .useTransaction(handle -> Letters.cancelCodes(handle, "clave-2-", fixture.clock.now(handle)));
        assertEquals(
                0,
                fixture.number("SELECT count(*) FROM correos WHERE valores::text ~ '482913|551177' OR estado <> "
                        + "'caducado'"));
        assertFalse(text(LetterKind.SIGN_UP_CODE).contains("482913"));
    }

    @Test
    void a_letter_that_failed_is_sent_again_once_for_each_form_and_one_with_a_code_never() {
        write(Letter.accountExists("ana@example.com", SPANISH, "Ana", "cuenta-1"));
        write(Letter.signUpCode("ana@example.com", SPANISH, "Ana", "482913", now().plusSeconds(600), "registro-1-1"));
        fixture.clock.advance(Duration.ofDays(4));
        assertEquals(2, endLapsed());
        int admin = fixture.person("admin");
        for (long id = 1; id <= 2; id++) {
            long letter = id;
            var key = IdempotencyKey.of(admin, "FORM", "/admin/correos/" + id, "una-vez", new byte[0]);
            for (int twice = 1; twice <= 2; twice++) {
                fixture.shop.mailbox().sendAgain(letter, new Actor(admin, null, null), key);
            }
        }
        assertEquals(List.of("pendiente", "caducado"), fixture.texts("SELECT estado FROM correos ORDER BY id"));
        assertEquals(1, fixture.number("SELECT count(*) FROM audit_logs WHERE accion = 'reenviar'"));
    }

    @Test
    void an_address_that_is_none_is_refused_before_it_can_become_a_header() {
        for (String each : List.of(
                "",
                "ana",
                "@example.com",
                "ana@",
                "ana@example.com\nBcc: todos@example.com",
                "a b@example.com",
                "Ana <ana@example.com>",
                "a".repeat(250) + "@example.com")) {
            assertFalse(Letter.isAddress(each), each);
        }
        assertTrue(Letter.isAddress("ana.maria+isla@correo.example.com"));
    }
}
