package com.electroisla.shopfront;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.electroisla.ShopFixture;
import com.electroisla.http.Answer;
import com.electroisla.http.ErrorCode;
import com.electroisla.http.Language;
import com.electroisla.http.Problem;
import com.electroisla.live.StockNews;
import com.electroisla.reservation.Reservations;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.Optional;
import org.jdbi.v3.core.JdbiException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class PayOrderIT {
    private static final CardGateway.Card GOOD = new CardGateway.Card(TestCardGateway.GOOD, "12/30", "123");
    private static final PaymentForm BY_CARD = new PaymentForm("una-clave-de-veinte-letras", "tarjeta", "Calle 23", "555-0100", "");

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

    private static CancelOrder.Buyer buyer(int user) {
        return new CancelOrder.Buyer(user, Language.SPANISH);
    }

    private PayOrder paying(Reservations reservations, CardGateway gateway) {
        return new PayOrder(reservations, given.shop.reservationHistory(), gateway,
                new CancelOrder(given.shop.cartTransaction(), given.shop.orders(), StockNews.NONE));
    }

    /** The bank, with one thing different. */
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

    /** A bank that something happens at while it thinks. */
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

    /** A bank that something happens at while it thinks, and that cannot be reached when money is to be given back. */
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
    void when_the_holds_cost_more_than_was_set_aside_nothing_is_sold_and_the_money_is_given_back() {
        long fan = given.product("Ventilador", "10", 5);
        int user = holding(fan, 1);
        CardGateway slow = whileItThinks(() -> holdThree(user, fan));
        assertInstanceOf(PaymentOutcome.AmountChanged.class, paying(given.shop.reservations(), slow).pay(buyer(user), BY_CARD, GOOD));
        assertEquals("5/0/0", given.figures(fan));
        assertEquals("cancelado", given.text("SELECT estado FROM pedidos WHERE usuario_id = ?", user));
        assertEquals(BigDecimal.ZERO, bank.taken());
        assertEquals(BigDecimal.ZERO, bank.setAside());
        assertTrue(given.differences().isEmpty());
        same_form_again_says_that_the_order_is_cancelled_and_takes_nothing(user);

        given.inCart(user, fan, 4);
        given.checkout(user);
        same_form_again_says_that_the_order_is_cancelled_and_takes_nothing(user);
        assertEquals("5/4/0", given.figures(fan));
    }

    private void same_form_again_says_that_the_order_is_cancelled_and_takes_nothing(int user) {
        var again = assertInstanceOf(PaymentOutcome.OrderCancelled.class, paying(given.shop.reservations(), bank).pay(buyer(user), BY_CARD, GOOD));
        assertEquals(given.number("SELECT id FROM pedidos WHERE usuario_id = ?", user), again.order());
        assertEquals(BigDecimal.ZERO, bank.taken());
        assertEquals(BigDecimal.ZERO, bank.setAside());
    }

    @Test
    void a_paid_order_that_its_buyer_cancelled_is_not_thanked_for_when_the_form_comes_again() {
        long fan = given.product("Ventilador devuelto", "10", 5);
        int user = holding(fan, 1);
        var paid = assertInstanceOf(PaymentOutcome.Paid.class, paying(given.shop.reservations(), bank).pay(buyer(user), BY_CARD, GOOD));
        new CancelOrder(given.shop.cartTransaction(), given.shop.orders(), StockNews.NONE).cancel(buyer(user), paid.order());
        assertInstanceOf(PaymentOutcome.OrderCancelled.class, paying(given.shop.reservations(), bank).pay(buyer(user), BY_CARD, GOOD));
        assertEquals("5/0/0", given.figures(fan));
    }

    @Test
    void when_the_time_runs_out_while_the_bank_thinks_the_money_is_given_back() {
        long fan = given.product("Ventilador lento", "10", 5);
        int user = holding(fan, 2);
        CardGateway slow = whileItThinks(() -> given.clock.advance(Duration.ofMinutes(16)));
        assertInstanceOf(PaymentOutcome.HoldsOver.class, paying(given.shop.reservations(), slow).pay(buyer(user), BY_CARD, GOOD));
        assertEquals(BigDecimal.ZERO, bank.taken());
        assertEquals(BigDecimal.ZERO, bank.setAside());
    }

    /** Sells, and cannot say so. */
    private Reservations unheard() {
        return (request, key, language, answer) -> {
            given.shop.reservations().submit(request, key, language, answer);
            return Problem.of(ErrorCode.OUTCOME_UNKNOWN).answer(language);
        };
    }

    @Test
    void while_the_sale_is_unknown_the_money_stays_set_aside_and_the_same_form_again_takes_it_once() {
        long fan = given.product("Ventilador dudoso", "10", 5);
        int user = holding(fan, 2);
        assertInstanceOf(PaymentOutcome.Failed.class, paying(unheard(), bank).pay(buyer(user), BY_CARD, GOOD));
        assertEquals(new BigDecimal("20.00"), bank.setAside());
        for (int i = 0; i < 2; i++) {
            assertInstanceOf(PaymentOutcome.Paid.class, paying(given.shop.reservations(), bank).pay(buyer(user), BY_CARD, GOOD));
            assertEquals(new BigDecimal("20.00"), bank.taken());
            assertEquals(BigDecimal.ZERO, bank.setAside());
        }
        assertEquals("5/0/2", given.figures(fan));
    }

    @Test
    void when_the_shop_has_no_answer_nothing_is_sold_and_the_same_form_again_pays() {
        long fan = given.product("Ventilador ocupado", "10", 5);
        int user = holding(fan, 1);
        Reservations busy = (_, _, language, _) -> Problem.of(ErrorCode.BUSY).answer(language);
        assertInstanceOf(PaymentOutcome.Failed.class, paying(busy, bank).pay(buyer(user), BY_CARD, GOOD));
        assertEquals("5/1/0", given.figures(fan));
        assertInstanceOf(PaymentOutcome.Paid.class, paying(given.shop.reservations(), bank).pay(buyer(user), BY_CARD, GOOD));
        assertEquals(new BigDecimal("10.00"), bank.taken());
    }

    private void assertMoney(String taken, String setAside) {
        assertEquals(0, new BigDecimal(taken).compareTo(bank.taken()), () -> "taken: " + bank.taken());
        assertEquals(0, new BigDecimal(setAside).compareTo(bank.setAside()), () -> "set aside: " + bank.setAside());
    }

    @Test
    void an_order_that_could_not_be_cancelled_keeps_its_money_set_aside_until_the_same_form_cancels_it() {
        long fan = given.product("Ventilador terco", "10", 5);
        int user = buyerWhoseOrderCannotBeCancelled(fan);
        assertEquals("5/0/3", given.figures(fan));
        assertMoney("0", "10");

        assertInstanceOf(PaymentOutcome.AmountChanged.class, paying(given.shop.reservations(), bank).pay(buyer(user), BY_CARD, GOOD));
        assertEquals("5/0/0", given.figures(fan));
        assertMoney("0", "0");
        assertTrue(given.differences().isEmpty());
    }

    @Test
    void of_an_order_that_was_sent_before_it_could_be_cancelled_what_was_set_aside_is_taken() {
        long fan = given.product("Ventilador enviado", "10", 5);
        int user = buyerWhoseOrderCannotBeCancelled(fan);
        given.sql("UPDATE pedidos SET estado = 'en_camino' WHERE usuario_id = ?", user);

        for (int i = 0; i < 2; i++) {
            var paid = assertInstanceOf(PaymentOutcome.Paid.class, paying(given.shop.reservations(), bank).pay(buyer(user), BY_CARD, GOOD));
            assertEquals(given.number("SELECT id FROM pedidos WHERE usuario_id = ?", user), paid.order());
            assertEquals("5/0/3", given.figures(fan));
            assertMoney("10", "0");
        }
    }

    /** One unit was set aside for and three were ordered; the database does not let the order be cancelled. */
    private int buyerWhoseOrderCannotBeCancelled(long product) {
        int user = holding(product, 1);
        CardGateway slow = whileItThinks(() -> holdThree(user, product));
        given.sql("ALTER TABLE pedidos ADD CONSTRAINT nadie_cancela CHECK (estado <> 'cancelado') NOT VALID");
        try {
            PayOrder paying = paying(given.shop.reservations(), slow);
            assertThrows(JdbiException.class, () -> paying.pay(buyer(user), BY_CARD, GOOD));
        } finally {
            given.sql("ALTER TABLE pedidos DROP CONSTRAINT nadie_cancela");
        }
        return user;
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
    void money_of_a_cancelled_order_that_the_bank_did_not_give_back_is_given_back_by_the_same_form() {
        long fan = given.product("Ventilador sin banco", "10", 5);
        int user = holding(fan, 1);
        PayOrder paying = paying(given.shop.reservations(), goneAfter(() -> holdThree(user, fan)));
        assertThrows(IllegalStateException.class, () -> paying.pay(buyer(user), BY_CARD, GOOD));
        assertEquals("5/0/0", given.figures(fan));
        assertMoney("0", "10");

        same_form_again_says_that_the_order_is_cancelled_and_takes_nothing(user);
    }

    @Test
    void money_of_holds_that_ran_out_and_that_the_bank_did_not_give_back_is_given_back_by_the_same_form() {
        long fan = given.product("Ventilador tardío", "10", 5);
        int user = holding(fan, 1);
        PayOrder paying = paying(given.shop.reservations(), goneAfter(() -> given.clock.advance(Duration.ofMinutes(16))));
        assertThrows(IllegalStateException.class, () -> paying.pay(buyer(user), BY_CARD, GOOD));
        assertMoney("0", "10");

        assertInstanceOf(PaymentOutcome.HoldsOver.class, paying(given.shop.reservations(), bank).pay(buyer(user), BY_CARD, GOOD));
        assertMoney("0", "0");
    }

    @Test
    void the_same_form_with_another_address_leaves_the_money_to_the_order_that_was_made() {
        long fan = given.product("Ventilador mudado", "10", 5);
        int user = holding(fan, 1);
        assertInstanceOf(PaymentOutcome.Failed.class, paying(unheard(), bank).pay(buyer(user), BY_CARD, GOOD));

        PaymentForm elsewhere = new PaymentForm(BY_CARD.key(), BY_CARD.method(), "Calle 24", BY_CARD.phone(), BY_CARD.notes());
        assertInstanceOf(PaymentOutcome.FormUsed.class, paying(given.shop.reservations(), bank).pay(buyer(user), elsewhere, GOOD));
        assertMoney("0", "10");

        assertInstanceOf(PaymentOutcome.Paid.class, paying(given.shop.reservations(), bank).pay(buyer(user), BY_CARD, GOOD));
        assertMoney("10", "0");
    }
}
