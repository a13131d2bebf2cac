package com.electroisla.shopfront;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.electroisla.ShopFixture;
import com.electroisla.groupcommit.Reply;
import com.electroisla.live.StockNews;
import com.electroisla.purchase.Purchases;
import com.electroisla.reservation.Reservations;
import java.math.BigDecimal;
import java.net.URI;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class PayOrderIT {
    private static final URI SHOP = URI.create("http://localhost");

    private final ShopFixture given = new ShopFixture();

    @AfterAll
    void close() {
        given.close();
    }

    private PaymentForm shown(int user, String method) {
        return new PaymentForm(
                "una-clave-de-veinte-letras",
                Optional.of(given.shop.reservationHistory().lastCheckout(user).agreed()),
                method,
                "",
                "Calle 23",
                "555-0100",
                "");
    }

    private static CancelOrder.Buyer buyer(int user) {
        return new CancelOrder.Buyer(user, Locale.of("es"));
    }

    private PaymentOutcome pay(int user, PaymentForm form) {
        return given.shop.payOrder().pay(buyer(user), form, SHOP);
    }

    /** The same with other reservations, for orders and for payments. */
    private PayOrder paying(Reservations reservations) {
        return new PayOrder(
                reservations,
                new Purchases(
                        given.shop.database(),
                        given.clock,
                        reservations,
                        given.shop.paymentProviders(),
                        Duration.ofMinutes(35)),
                given.shop.offeredMethods(),
                new CancelOrder(given.shop.cartTransaction(), given.shop.orders(), StockNews.NONE));
    }

    private int holding(long product, int units) {
        int user = given.buyerWith(product, units);
        given.checkout(user);
        return user;
    }

    @Test
    void an_old_button_never_charges_what_its_page_did_not_show_whatever_the_method() {
        for (String method : new String[] {"tarjeta", "efectivo", "transferencia"}) {
            long fan = given.product("Ventilador viejo", "10", 50);
            int user = holding(fan, 2);
            PaymentForm old = shown(user, method);
            given.sql("UPDATE productos SET precio = 160 WHERE id = ?", fan);
            given.checkout(user);
            var refused = assertInstanceOf(PaymentOutcome.NotAgreed.class, pay(user, old), method);
            assertEquals(new BigDecimal("320.00"), refused.total());
            assertEquals("50/2/0", given.figures(fan));
            assertEquals(0, given.number("SELECT count(*) FROM pagos WHERE usuario_id = ?", user));
        }
    }

    @Test
    void the_same_sum_for_other_things_is_not_what_was_agreed_to() {
        for (String method : new String[] {"tarjeta", "efectivo"}) {
            long fan = given.product("Ventilador blanco", "10", 5);
            long other = given.product("Ventilador negro", "10", 5);
            int user = holding(fan, 1);
            PaymentForm old = shown(user, method);
            given.sql("DELETE FROM cart_items WHERE product_id = ?", fan);
            given.inCart(user, other, 1);
            given.checkout(user);
            assertInstanceOf(PaymentOutcome.NotAgreed.class, pay(user, old));
            assertEquals("5/0/0", given.figures(fan));
            assertEquals("5/1/0", given.figures(other));
        }
    }

    @Test
    void a_form_that_says_no_sum_buys_nothing() {
        int user = holding(given.product("Ventilador callado", "10", 5), 1);
        PaymentForm silent = new PaymentForm(
                "una-clave-de-veinte-letras", Optional.empty(), "efectivo", "", "Calle 23", "555-0100", "");
        assertInstanceOf(PaymentOutcome.NothingAgreed.class, pay(user, silent));
    }

    @Test
    void a_second_click_on_a_card_is_the_same_payment_and_a_changed_form_is_none() {
        long fan = given.product("Ventilador con tarjeta", "10", 5);
        int user = holding(fan, 1);
        PaymentForm form = shown(user, "tarjeta");
        var first = assertInstanceOf(PaymentOutcome.Begun.class, pay(user, form));
        assertEquals(first, pay(user, form));
        PaymentForm elsewhere =
                new PaymentForm(form.key(), form.agreed(), form.method(), "", "Calle 24", form.phone(), form.notes());
        assertInstanceOf(PaymentOutcome.FormUsed.class, pay(user, elsewhere));
        assertEquals(new PaymentOutcome.UnderWay(first.payment()), pay(user, form.anew("otra-clave-de-veinte-letras")));
        assertEquals(1, given.number("SELECT count(*) FROM pagos WHERE usuario_id = ?", user));
        assertTrue(given.differences().isEmpty());
    }

    @Test
    void a_card_where_nobody_charges_it_is_refused_before_anything_is_begun() {
        int user = holding(given.product("Ventilador sin banco", "10", 5), 1);
        PaymentForm form = shown(user, "tarjeta");
        PaymentForm other = new PaymentForm(
                form.key(), form.agreed(), form.method(), "stripe", form.address(), form.phone(), form.notes());
        assertInstanceOf(PaymentOutcome.MethodUnavailable.class, pay(user, other));
        assertEquals(0, given.number("SELECT count(*) FROM pagos WHERE usuario_id = ?", user));
    }

    @Test
    void an_order_that_its_buyer_cancelled_is_not_thanked_for_when_the_form_comes_again() {
        long fan = given.product("Ventilador devuelto", "10", 5);
        int user = holding(fan, 1);
        PaymentForm form = shown(user, "efectivo");
        var paid = assertInstanceOf(PaymentOutcome.Paid.class, pay(user, form));
        given.shop.cancelOrder().cancel(buyer(user), paid.order());
        assertInstanceOf(PaymentOutcome.OrderCancelled.class, pay(user, form));
        assertEquals("5/0/0", given.figures(fan));
    }

    @Test
    void when_the_time_is_up_nothing_is_sold_or_begun() {
        for (String method : new String[] {"tarjeta", "transferencia"}) {
            int user = holding(given.product("Ventilador lento", "10", 5), 2);
            PaymentForm form = shown(user, method);
            given.clock.advance(Duration.ofMinutes(16));
            assertInstanceOf(PaymentOutcome.HoldsOver.class, pay(user, form));
        }
    }

    /** Reservations that decide without a reply. */
    private Reservations unheard() {
        return (request, keeping) -> {
            given.shop.reservations().submit(request, keeping);
            return new Reply.Unknown<>();
        };
    }

    @Test
    void while_the_outcome_is_unknown_the_same_form_again_finds_what_was_done_and_another_one_does_nothing() {
        for (String method : new String[] {"tarjeta", "efectivo"}) {
            long fan = given.product("Ventilador dudoso", "10", 5);
            int user = holding(fan, 2);
            PaymentForm form = shown(user, method);
            assertInstanceOf(PaymentOutcome.Failed.class, paying(unheard()).pay(buyer(user), form, SHOP));
            PaymentForm elsewhere = new PaymentForm(
                    form.key(), form.agreed(), form.method(), "", "Calle 24", form.phone(), form.notes());
            assertInstanceOf(PaymentOutcome.FormUsed.class, pay(user, elsewhere));
            PaymentOutcome found = pay(user, form);
            Class<? extends PaymentOutcome> done =
                    method.equals("tarjeta") ? PaymentOutcome.Begun.class : PaymentOutcome.Paid.class;
            assertInstanceOf(done, found);
            assertEquals(found, pay(user, form));
        }
    }

    @Test
    void when_the_shop_has_no_answer_nothing_is_sold_and_the_same_form_again_pays() {
        long fan = given.product("Ventilador ocupado", "10", 5);
        int user = holding(fan, 1);
        PaymentForm form = shown(user, "efectivo");
        Reservations busy = (_, _) -> new Reply.Busy<>();
        assertInstanceOf(PaymentOutcome.Failed.class, paying(busy).pay(buyer(user), form, SHOP));
        assertEquals("5/1/0", given.figures(fan));
        assertInstanceOf(PaymentOutcome.Paid.class, pay(user, form));
    }
}
