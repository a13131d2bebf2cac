package com.electroisla.shopfront;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.electroisla.ShopFixture;
import com.electroisla.groupcommit.Reply;
import com.electroisla.live.StockNews;
import com.electroisla.reservation.Reservations;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class PayOrderIT {
    private static final CardGateway.Card GOOD = new CardGateway.Card(TestCardGateway.GOOD, "12/30", "123");

    private final ShopFixture given = new ShopFixture();
    private TestCardGateway bank;

    @BeforeEach
    void an_empty_bank() {
        bank = new TestCardGateway();
    }

    @AfterAll
    void close() {
        given.close();
    }

    /** The form as the page shows it now. */
    private PaymentForm shown(int user) {
        return shown(user, "tarjeta");
    }

    private PaymentForm shown(int user, String method) {
        return new PaymentForm(
                "una-clave-de-veinte-letras",
                Optional.of(given.shop.reservationHistory().lastCheckout(user).agreed()),
                method,
                "Calle 23",
                "555-0100",
                "");
    }

    private static CancelOrder.Buyer buyer(int user) {
        return new CancelOrder.Buyer(user, Locale.of("es"));
    }

    private PayOrder paying(Reservations reservations, CardGateway gateway) {
        return new PayOrder(
                reservations,
                given.shop.reservationHistory(),
                gateway,
                new CancelOrder(given.shop.cartTransaction(), given.shop.orders(), StockNews.NONE));
    }

    /** The gateway, with one difference. */
    private class Behind implements CardGateway {
        @Override
        public Answer authorise(BigDecimal amount, Card card, String reference) {
            return bank.authorise(amount, card, reference);
        }

        @Override
        public Optional<Answer.Authorised> find(String reference) {
            return bank.find(reference);
        }

        @Override
        public void capture(String authorisation, BigDecimal amount) {
            bank.capture(authorisation, amount);
        }

        @Override
        public void release(String authorisation) {
            bank.release(authorisation);
        }

        @Override
        public boolean isTest() {
            return true;
        }
    }

    /** A gateway during whose call something happens. */
    private CardGateway whileItThinks(Runnable meanwhile) {
        return new Behind() {
            @Override
            public Answer authorise(BigDecimal amount, Card card, String reference) {
                Answer answer = super.authorise(amount, card, reference);
                meanwhile.run();
                return answer;
            }
        };
    }

    /** A gateway during whose call something happens, and that cannot be reached when money is to be released. */
    private CardGateway goneAfter(Runnable meanwhile) {
        return new Behind() {
            @Override
            public Answer authorise(BigDecimal amount, Card card, String reference) {
                return whileItThinks(meanwhile).authorise(amount, card, reference);
            }

            @Override
            public void release(String authorisation) {
                throw new IllegalStateException("the bank does not answer");
            }
        };
    }

    @Test
    void what_was_reserved_in_another_tab_while_the_bank_thought_is_not_charged_and_the_money_is_given_back() {
        long fan = given.product("Ventilador", "10", 5);
        int user = holding(fan, 1);
        CardGateway slow = whileItThinks(() -> holdThree(user, fan));
        var refused = assertInstanceOf(
                PaymentOutcome.NotAgreed.class,
                paying(given.shop.reservations(), slow).pay(buyer(user), shown(user), GOOD));
        assertEquals(new BigDecimal("30.00"), refused.total());
        assertEquals("5/3/0", given.figures(fan));
        assertEquals(0, given.number("SELECT count(*) FROM pedidos WHERE usuario_id = ?", user));
        assertMoney("0", "0");

        assertInstanceOf(
                PaymentOutcome.Paid.class,
                paying(given.shop.reservations(), bank)
                        .pay(buyer(user), shown(user).anew("otra-clave-de-veinte-letras"), GOOD));
        assertMoney("30", "0");
        assertTrue(given.differences().isEmpty());
    }

    @Test
    void an_old_button_never_charges_what_its_page_did_not_show_whatever_the_method() {
        for (String method : new String[] {"tarjeta", "efectivo", "transferencia"}) {
            long fan = given.product("Ventilador viejo", "10", 50);
            int user = holding(fan, 2);
            PaymentForm old = shown(user, method);
            given.sql("UPDATE productos SET precio = 160 WHERE id = ?", fan);
            given.checkout(user);
            var refused = assertInstanceOf(
                    PaymentOutcome.NotAgreed.class,
                    paying(given.shop.reservations(), bank).pay(buyer(user), old, GOOD),
                    method);
            assertEquals(new BigDecimal("320.00"), refused.total());
            assertEquals("50/2/0", given.figures(fan));
            assertMoney("0", "0");
        }
    }

    @Test
    void the_same_sum_for_other_things_is_not_what_was_agreed_to() {
        long fan = given.product("Ventilador blanco", "10", 5);
        long other = given.product("Ventilador negro", "10", 5);
        int user = holding(fan, 1);
        PaymentForm old = shown(user, "efectivo");
        given.sql("DELETE FROM cart_items WHERE product_id = ?", fan);
        given.inCart(user, other, 1);
        given.checkout(user);
        assertInstanceOf(
                PaymentOutcome.NotAgreed.class,
                paying(given.shop.reservations(), bank).pay(buyer(user), old, GOOD));
        assertEquals("5/0/0", given.figures(fan));
        assertEquals("5/1/0", given.figures(other));
    }

    @Test
    void a_form_that_says_no_sum_buys_nothing() {
        int user = holding(given.product("Ventilador callado", "10", 5), 1);
        PaymentForm silent =
                new PaymentForm("una-clave-de-veinte-letras", Optional.empty(), "efectivo", "Calle 23", "555-0100", "");
        assertInstanceOf(
                PaymentOutcome.NothingAgreed.class,
                paying(given.shop.reservations(), bank).pay(buyer(user), silent, GOOD));
    }

    @Test
    void a_form_whose_sum_was_changed_by_hand_does_not_get_away_with_the_smaller_one() {
        long fan = given.product("Ventilador barato", "10", 5);
        int user = holding(fan, 1);
        PaymentForm first = shown(user);
        Reservations busy = (_, _) -> new Reply.Busy<>();
        assertInstanceOf(PaymentOutcome.Failed.class, paying(busy, bank).pay(buyer(user), first, GOOD));
        holdThree(user, fan);
        assertInstanceOf(
                PaymentOutcome.FormUsed.class,
                paying(given.shop.reservations(), bank).pay(buyer(user), shown(user), GOOD));
        assertEquals("5/3/0", given.figures(fan));
    }

    @Test
    void a_paid_order_that_its_buyer_cancelled_is_not_thanked_for_when_the_form_comes_again() {
        long fan = given.product("Ventilador devuelto", "10", 5);
        int user = holding(fan, 1);
        PaymentForm form = shown(user);
        var paid = assertInstanceOf(
                PaymentOutcome.Paid.class,
                paying(given.shop.reservations(), bank).pay(buyer(user), form, GOOD));
        new CancelOrder(given.shop.cartTransaction(), given.shop.orders(), StockNews.NONE)
                .cancel(buyer(user), paid.order());
        assertInstanceOf(
                PaymentOutcome.OrderCancelled.class,
                paying(given.shop.reservations(), bank).pay(buyer(user), form, GOOD));
        assertEquals("5/0/0", given.figures(fan));
    }

    @Test
    void when_the_time_runs_out_while_the_bank_thinks_the_money_is_given_back() {
        long fan = given.product("Ventilador lento", "10", 5);
        int user = holding(fan, 2);
        PaymentForm form = shown(user);
        CardGateway slow = whileItThinks(() -> given.clock.advance(Duration.ofMinutes(16)));
        assertInstanceOf(
                PaymentOutcome.HoldsOver.class,
                paying(given.shop.reservations(), slow).pay(buyer(user), form, GOOD));
        assertEquals(BigDecimal.ZERO, bank.taken());
        assertEquals(BigDecimal.ZERO, bank.setAside());
    }

    /** Reservations that sell without a reply. */
    private Reservations unheard() {
        return (request, keeping) -> {
            given.shop.reservations().submit(request, keeping);
            return new Reply.Unknown<>();
        };
    }

    @Test
    void while_the_sale_is_unknown_the_money_stays_set_aside_and_the_same_form_again_takes_it_once() {
        long fan = given.product("Ventilador dudoso", "10", 5);
        int user = holding(fan, 2);
        PaymentForm form = shown(user);
        assertInstanceOf(PaymentOutcome.Failed.class, paying(unheard(), bank).pay(buyer(user), form, GOOD));
        assertEquals(new BigDecimal("20.00"), bank.setAside());
        for (int i = 0; i < 2; i++) {
            assertInstanceOf(
                    PaymentOutcome.Paid.class,
                    paying(given.shop.reservations(), bank).pay(buyer(user), form, GOOD));
            assertEquals(new BigDecimal("20.00"), bank.taken());
            assertEquals(BigDecimal.ZERO, bank.setAside());
        }
        assertEquals("5/0/2", given.figures(fan));
    }

    @Test
    void when_the_shop_has_no_answer_nothing_is_sold_and_the_same_form_again_pays() {
        long fan = given.product("Ventilador ocupado", "10", 5);
        int user = holding(fan, 1);
        PaymentForm form = shown(user);
        Reservations busy = (_, _) -> new Reply.Busy<>();
        assertInstanceOf(PaymentOutcome.Failed.class, paying(busy, bank).pay(buyer(user), form, GOOD));
        assertEquals("5/1/0", given.figures(fan));
        assertInstanceOf(
                PaymentOutcome.Paid.class,
                paying(given.shop.reservations(), bank).pay(buyer(user), form, GOOD));
        assertEquals(new BigDecimal("10.00"), bank.taken());
    }

    private void assertMoney(String taken, String setAside) {
        assertEquals(0, new BigDecimal(taken).compareTo(bank.taken()), () -> "taken: " + bank.taken());
        assertEquals(0, new BigDecimal(setAside).compareTo(bank.setAside()), () -> "set aside: " + bank.setAside());
    }

    private int holding(long product, int units) {
        int user = given.buyerWith(product, units);
        given.checkout(user);
        return user;
    }

    private void holdThree(int user, long product) {
        given.inCart(user, product, 3);
        given.checkout(user);
    }

    @Test
    void money_of_a_refused_sum_that_the_bank_did_not_give_back_is_given_back_by_the_same_form() {
        long fan = given.product("Ventilador sin banco", "10", 5);
        int user = holding(fan, 1);
        PaymentForm form = shown(user);
        PayOrder paying = paying(given.shop.reservations(), goneAfter(() -> holdThree(user, fan)));
        assertThrows(IllegalStateException.class, () -> paying.pay(buyer(user), form, GOOD));
        assertEquals("5/3/0", given.figures(fan));
        assertMoney("0", "10");

        assertInstanceOf(
                PaymentOutcome.NotAgreed.class,
                paying(given.shop.reservations(), bank).pay(buyer(user), form, GOOD));
        assertMoney("0", "0");
    }

    @Test
    void money_of_holds_that_ran_out_and_that_the_bank_did_not_give_back_is_given_back_by_the_same_form() {
        long fan = given.product("Ventilador tardío", "10", 5);
        int user = holding(fan, 1);
        PaymentForm form = shown(user);
        PayOrder paying =
                paying(given.shop.reservations(), goneAfter(() -> given.clock.advance(Duration.ofMinutes(16))));
        assertThrows(IllegalStateException.class, () -> paying.pay(buyer(user), form, GOOD));
        assertMoney("0", "10");

        assertInstanceOf(
                PaymentOutcome.HoldsOver.class,
                paying(given.shop.reservations(), bank).pay(buyer(user), form, GOOD));
        assertMoney("0", "0");
    }

    @Test
    void the_same_form_with_another_address_leaves_the_money_to_the_order_that_was_made() {
        long fan = given.product("Ventilador mudado", "10", 5);
        int user = holding(fan, 1);
        PaymentForm form = shown(user);
        assertInstanceOf(PaymentOutcome.Failed.class, paying(unheard(), bank).pay(buyer(user), form, GOOD));

        PaymentForm elsewhere =
                new PaymentForm(form.key(), form.agreed(), form.method(), "Calle 24", form.phone(), form.notes());
        assertInstanceOf(
                PaymentOutcome.FormUsed.class,
                paying(given.shop.reservations(), bank).pay(buyer(user), elsewhere, GOOD));
        assertMoney("0", "10");

        assertInstanceOf(
                PaymentOutcome.Paid.class,
                paying(given.shop.reservations(), bank).pay(buyer(user), form, GOOD));
        assertMoney("10", "0");
    }
}
