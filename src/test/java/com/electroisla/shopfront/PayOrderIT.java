package com.electroisla.shopfront;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.electroisla.ShopFixture;
import com.electroisla.http.Answer;
import com.electroisla.http.ErrorCode;
import com.electroisla.http.Language;
import com.electroisla.http.Problem;
import com.electroisla.live.StockNews;
import com.electroisla.reservation.Reservations;
import java.math.BigDecimal;
import java.util.Optional;
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

    /** A bank that something happens at while it thinks. */
    private CardGateway whileItThinks(Runnable meanwhile) {
        return new CardGateway() {
            @Override
            public Answer authorise(BigDecimal amount, Card card, String reference) {
                Answer answer = bank.authorise(amount, card, reference);
                meanwhile.run();
                return answer;
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
        };
    }

    @Test
    void when_the_holds_cost_more_than_was_set_aside_nothing_is_sold_and_the_money_is_given_back() {
        long fan = given.product("Ventilador", "10", 5);
        int user = given.buyerWith(fan, 1);
        given.checkout(user);
        CardGateway slow = whileItThinks(() -> {
            given.inCart(user, fan, 3);
            given.checkout(user);
        });
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
        int user = given.buyerWith(fan, 1);
        given.checkout(user);
        var paid = assertInstanceOf(PaymentOutcome.Paid.class, paying(given.shop.reservations(), bank).pay(buyer(user), BY_CARD, GOOD));
        new CancelOrder(given.shop.cartTransaction(), given.shop.orders(), StockNews.NONE).cancel(buyer(user), paid.order());
        assertInstanceOf(PaymentOutcome.OrderCancelled.class, paying(given.shop.reservations(), bank).pay(buyer(user), BY_CARD, GOOD));
        assertEquals("5/0/0", given.figures(fan));
    }

    @Test
    void when_the_time_runs_out_while_the_bank_thinks_the_money_is_given_back() {
        long fan = given.product("Ventilador lento", "10", 5);
        int user = given.buyerWith(fan, 2);
        given.checkout(user);
        CardGateway slow = whileItThinks(() -> given.clock.advance(java.time.Duration.ofMinutes(16)));
        assertInstanceOf(PaymentOutcome.HoldsOver.class, paying(given.shop.reservations(), slow).pay(buyer(user), BY_CARD, GOOD));
        assertEquals(BigDecimal.ZERO, bank.taken());
        assertEquals(BigDecimal.ZERO, bank.setAside());
    }

    @Test
    void while_the_sale_is_unknown_the_money_stays_set_aside_and_the_same_form_again_takes_it_once() {
        long fan = given.product("Ventilador dudoso", "10", 5);
        int user = given.buyerWith(fan, 2);
        given.checkout(user);
        Reservations unheard = (request, key, language, answer) -> {
            given.shop.reservations().submit(request, key, language, answer);
            return Problem.of(ErrorCode.OUTCOME_UNKNOWN).answer(language);
        };
        assertInstanceOf(PaymentOutcome.Failed.class, paying(unheard, bank).pay(buyer(user), BY_CARD, GOOD));
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
        int user = given.buyerWith(fan, 1);
        given.checkout(user);
        Reservations busy = (_, _, language, _) -> Problem.of(ErrorCode.BUSY).answer(language);
        assertInstanceOf(PaymentOutcome.Failed.class, paying(busy, bank).pay(buyer(user), BY_CARD, GOOD));
        assertEquals("5/1/0", given.figures(fan));
        assertInstanceOf(PaymentOutcome.Paid.class, paying(given.shop.reservations(), bank).pay(buyer(user), BY_CARD, GOOD));
        assertEquals(new BigDecimal("10.00"), bank.taken());
    }
}
