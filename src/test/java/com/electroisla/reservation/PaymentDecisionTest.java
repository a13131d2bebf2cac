package com.electroisla.reservation;

import static com.electroisla.reservation.DecisionTest.NOW;
import static com.electroisla.reservation.DecisionTest.PRICE;
import static com.electroisla.reservation.DecisionTest.pay;
import static com.electroisla.reservation.DecisionTest.reserve;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.electroisla.database.StockFigures;
import com.electroisla.order.OrderDetails;
import com.electroisla.order.OrderState;
import com.electroisla.order.PaymentMethod;
import com.electroisla.payment.Charge;
import com.electroisla.payment.ChargeResult;
import com.electroisla.payment.LockedPayments;
import com.electroisla.payment.Payment;
import com.electroisla.payment.PaymentLine;
import com.electroisla.payment.PaymentState;
import com.electroisla.payment.ProviderWord;
import com.electroisla.payment.RefundReason;
import com.electroisla.reservation.ReservationOutcome.AlreadySold;
import com.electroisla.reservation.ReservationOutcome.Cancelled;
import com.electroisla.reservation.ReservationOutcome.HoldsExpired;
import com.electroisla.reservation.ReservationOutcome.NotAgreed;
import com.electroisla.reservation.ReservationOutcome.NotThisBuyers;
import com.electroisla.reservation.ReservationOutcome.NothingNew;
import com.electroisla.reservation.ReservationOutcome.Ordered;
import com.electroisla.reservation.ReservationOutcome.PaymentAlreadyPaid;
import com.electroisla.reservation.ReservationOutcome.PaymentBegun;
import com.electroisla.reservation.ReservationOutcome.PaymentCancelled;
import com.electroisla.reservation.ReservationOutcome.PaymentSold;
import com.electroisla.reservation.ReservationOutcome.PaymentTurnedDown;
import com.electroisla.reservation.ReservationOutcome.PaymentUnderWay;
import com.electroisla.reservation.ReservationOutcome.PaymentUnknown;
import com.electroisla.reservation.ReservationOutcome.RefundOwed;
import com.electroisla.reservation.ReservationOutcome.Reserved;
import com.electroisla.reservation.ReservationOutcome.TooManyUnits;
import com.electroisla.reservation.ReservationRequest.BeginPayment;
import com.electroisla.reservation.ReservationRequest.CancelHolds;
import com.electroisla.reservation.ReservationRequest.CancelPayment;
import com.electroisla.reservation.ReservationRequest.HearPayment;
import com.electroisla.reservation.ReservationRequest.PlaceOrder;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class PaymentDecisionTest {
    private static final Duration WINDOW = Duration.ofMinutes(35);
    private static final OrderDetails DETAILS = new OrderDetails(PaymentMethod.CARD, "Calle 23", "555-0100", null);

    private final Map<Integer, Snapshot.Cart> carts = new HashMap<>();
    private final Map<Long, Snapshot.Product> products = new HashMap<>();
    private final List<Snapshot.PendingHold> holds = new ArrayList<>();
    private final LockedPayments payments = new LockedPayments();
    private HoldLimits limits = HoldLimits.NONE;

    @Test
    void a_begun_payment_keeps_the_holds_for_its_window_and_stops_whatever_would_change_them() {
        product(1, 5, 2);
        hold(70, 1, 1, 2, NOW.plusSeconds(60));
        cart(1, line(1, 2));

        var decided = decide(begin(), reserve(1), new CancelHolds(1), pay(1), begin());

        Payment payment = assertInstanceOf(
                        PaymentBegun.class, decided.outcomes().getFirst())
                .payment();
        assertEquals(NOW.plus(WINDOW), payment.expiresAt());
        assertEquals(new BigDecimal("199.98"), payment.amount());
        Hold hold = decided.writes().changedHolds().getFirst();
        assertEquals(NOW.plus(WINDOW), hold.expiresAt);
        assertEquals(payment.id(), hold.payment);
        for (int i = 1; i <= 4; i++) {
            assertEquals(new PaymentUnderWay(payment.id()), decided.outcomes().get(i));
        }
        assertEquals(List.of(new PaymentLine(payment.id(), 70, 1, 2, PRICE)), decided.writes().paymentLines);
    }

    @Test
    void a_payment_of_another_sum_than_the_payer_saw_is_not_begun() {
        product(1, 5, 2);
        hold(70, 1, 1, 2, NOW.plusSeconds(60));
        cart(1);
        var agreed = new Agreed(new BigDecimal("150.00"), null);

        var decided = decide(new BeginPayment(1, DETAILS, agreed, "prueba", WINDOW, null));

        assertEquals(new NotAgreed(new BigDecimal("199.98")), decided.outcomes().getFirst());
        assertTrue(decided.writes().newPayments().isEmpty());
    }

    @Test
    void a_repeated_key_takes_the_same_payment_up_again_whatever_became_of_it() {
        product(1, 5, 2);
        hold(70, 1, 1, 2, NOW.plusSeconds(60));
        cart(1);

        var decided = decide(begin("clave"), begin("clave"));

        assertEquals(decided.outcomes().get(0), decided.outcomes().get(1));
        assertEquals(1, decided.writes().newPayments().size());

        payments.add(begun(9, "clave").in(PaymentState.REFUSED, NOW));
        assertEquals(
                9,
                assertInstanceOf(
                                PaymentBegun.class,
                                decide(begin("clave")).outcomes().getFirst())
                        .payment()
                        .id());
    }

    @Test
    void the_window_is_given_once_and_the_next_payment_for_the_same_holds_has_what_is_left() {
        product(1, 5, 2);
        hold(70, 1, 1, 2, NOW.plusSeconds(90));
        cart(1);
        payments.addHoldOnceKept(70);

        var payment = assertInstanceOf(
                        PaymentBegun.class, decide(begin()).outcomes().getFirst())
                .payment();

        assertEquals(NOW.plusSeconds(90), payment.expiresAt());
    }

    @Test
    void a_refused_payment_leaves_its_holds_to_their_buyer() {
        payment(9, 70, 1, NOW.plusSeconds(60));
        cart(1, line(1, 2));

        var decided = decide(refused(9), refused(9), new CancelHolds(1));

        assertEquals(List.of(new PaymentTurnedDown(), new NothingNew(), new Cancelled(1)), decided.outcomes());
        assertEquals(
                PaymentState.REFUSED,
                decided.writes().changedPayments().getFirst().state());
    }

    @Test
    void money_that_comes_after_all_for_a_refused_payment_buys_the_holds_that_live_on() {
        payment(9, 70, 1, NOW.plusSeconds(60));
        cart(1);

        var decided = decide(refused(9), paid(9, "uno"));

        assertFalse(
                assertInstanceOf(PaymentSold.class, decided.outcomes().get(1)).late());
        assertEquals(
                ReservationStatus.CONFIRMED, decided.writes().changedHolds().getFirst().status);
        assertEquals(
                PaymentState.PAID, decided.writes().changedPayments().getFirst().state());
    }

    @Test
    void money_in_time_sells_the_holds_and_takes_what_was_bought_out_of_the_cart() {
        payment(9, 70, 1, NOW.plusSeconds(60));
        cart(1, line(1, 3));

        var decided = decide(paid(9, "uno"), paid(9, "uno"), new CancelPayment(1, 9));

        var sold = assertInstanceOf(PaymentSold.class, decided.outcomes().getFirst());
        assertEquals(OrderState.CONFIRMED, sold.order().state());
        assertEquals(new AlreadySold(9), decided.outcomes().get(1));
        assertEquals(new PaymentAlreadyPaid(), decided.outcomes().get(2));
        assertEquals(1, decided.writes().carts.getFirst().lines.get(1L).quantity);
        assertEquals(2, decided.writes().stock.getFirst().sold);
        assertEquals(0, decided.writes().stock.getFirst().reserved);
        assertEquals(1, decided.writes().charges.size());
        assertNull(decided.writes().changedHolds().getFirst().payment);
    }

    @Test
    void a_transfer_whose_money_came_is_confirmed_at_once() {
        payment(9, 70, 1, NOW.plusSeconds(60));
        payments.add(Payment.begun(
                9,
                1,
                null,
                "prueba",
                new BigDecimal("199.98"),
                new OrderDetails(PaymentMethod.TRANSFER, "Calle 23", "555-0100", null),
                null,
                NOW.plusSeconds(60),
                NOW));
        cart(1);

        var sold = assertInstanceOf(
                PaymentSold.class, decide(paid(9, "uno")).outcomes().getFirst());

        assertEquals(OrderState.CONFIRMED, sold.order().state());
    }

    @Test
    void late_money_takes_units_anew_and_their_rows_are_sold_from_the_start() {
        payment(9, 70, 1, NOW);
        cart(1, line(1, 2));

        var decided = decide(paid(9, "uno"));

        assertTrue(assertInstanceOf(PaymentSold.class, decided.outcomes().getFirst())
                .late());
        assertEquals(ChargeResult.SOLD_LATE, decided.writes().charges.getFirst().result());
        Hold fresh = decided.writes().newHolds().getFirst();
        assertEquals(ReservationStatus.CONFIRMED, fresh.status);
        assertEquals(PRICE, fresh.price);
        assertTrue(decided.writes().carts.getFirst().lines.isEmpty());
        assertEquals(2, decided.writes().stock.getFirst().sold);
    }

    @Test
    void late_money_takes_free_units_before_those_of_holds() {
        payment(9, 70, 1, NOW);
        products.put(1L, new Snapshot.Product(1, "P1", PRICE, true, new StockFigures(9, 5, 0)));
        hold(80, 2, 1, 1, NOW.minusSeconds(1));
        hold(90, 1, 1, 2, NOW.plusSeconds(60));
        cart(1);

        var decided = decide(paid(9, "uno"));

        assertInstanceOf(PaymentSold.class, decided.outcomes().getFirst());
        assertTrue(decided.writes().changedHolds().stream()
                .allMatch(hold -> hold.status == ReservationStatus.PENDING && hold.id == 70));
    }

    @Test
    void late_money_takes_over_expired_holds_before_the_buyers_own_living_one() {
        payment(9, 70, 1, NOW);
        products.put(1L, new Snapshot.Product(1, "P1", PRICE, true, new StockFigures(4, 4, 0)));
        hold(90, 1, 1, 2, NOW.plusSeconds(60));
        cart(1);

        var decided = decide(paid(9, "uno"));

        assertInstanceOf(PaymentSold.class, decided.outcomes().getFirst());
        assertEquals(ReservationStatus.EXPIRED, status(decided, 70));
        assertEquals(List.of(70L), changed(decided));
        assertEquals(2, decided.writes().stock.getFirst().reserved);
    }

    @Test
    void late_money_takes_the_buyers_own_living_hold_last_and_no_order_sells_the_rest_of_that_checkout() {
        payment(9, 70, 1, NOW);
        products.put(1L, new Snapshot.Product(1, "P1", PRICE, true, new StockFigures(2, 2, 0)));
        holds.clear();
        product(2, 1, 1);
        hold(90, 1, 1, 2, NOW.plusSeconds(60));
        hold(91, 1, 2, 1, NOW.plusSeconds(60));
        cart(1);

        var decided = decide(paid(9, "uno"), pay(1));

        assertInstanceOf(PaymentSold.class, decided.outcomes().getFirst());
        assertEquals(ReservationStatus.CANCELLED, status(decided, 90));
        assertEquals(
                1L,
                assertInstanceOf(HoldsExpired.class, decided.outcomes().get(1))
                        .lost()
                        .getFirst()
                        .productId());
    }

    @Test
    void late_money_never_takes_units_that_another_payment_keeps() {
        payment(9, 70, 1, NOW);
        products.put(1L, new Snapshot.Product(1, "P1", PRICE, true, new StockFigures(2, 2, 0)));
        holds.clear();
        holds.add(new Snapshot.PendingHold(90, 1, 1, 2, PRICE, NOW.plusSeconds(60), NOW, null, 10L));
        payments.add(begun(10, null));
        payments.add(new PaymentLine(10, 90, 1, 2, PRICE));
        cart(1);

        var decided = decide(paid(9, "uno"), paid(10, "dos"));

        assertEquals(
                new RefundOwed(9, RefundReason.LATE_WITHOUT_UNITS),
                decided.outcomes().getFirst());
        assertInstanceOf(PaymentSold.class, decided.outcomes().get(1));
    }

    @Test
    void late_money_for_one_unit_too_many_buys_none_and_is_owed_back() {
        payment(9, 70, 1, NOW);
        product(2, 0, 0);
        payments.add(new PaymentLine(9, 71, 2, 1, PRICE));
        cart(1);

        var decided = decide(paid(9, "uno"));

        assertEquals(
                new RefundOwed(9, RefundReason.LATE_WITHOUT_UNITS),
                decided.outcomes().getFirst());
        assertTrue(decided.writes().orders.isEmpty());
        assertTrue(decided.writes().stock.isEmpty());
        assertEquals(1, decided.writes().refunds.size());
        assertEquals(
                PaymentState.REFUND_OWED,
                decided.writes().changedPayments().getFirst().state());
    }

    @Test
    void late_money_buys_nothing_of_a_product_that_is_off_sale_or_gone() {
        payment(9, 70, 1, NOW);
        products.put(1L, new Snapshot.Product(1, "P1", PRICE, false, new StockFigures(5, 2, 0)));
        cart(1);
        assertInstanceOf(RefundOwed.class, decide(paid(9, "uno")).outcomes().getFirst());

        products.clear();
        holds.clear();
        assertInstanceOf(RefundOwed.class, decide(paid(9, "uno")).outcomes().getFirst());
    }

    @Test
    void money_in_time_sells_held_units_of_a_product_that_went_off_sale() {
        payment(9, 70, 1, NOW.plusSeconds(60));
        products.put(1L, new Snapshot.Product(1, "P1", null, false, new StockFigures(5, 2, 0)));
        cart(1);

        assertInstanceOf(PaymentSold.class, decide(paid(9, "uno")).outcomes().getFirst());
    }

    @Test
    void money_for_held_units_that_the_figures_do_not_have_is_owed_back() {
        payment(9, 70, 1, NOW.plusSeconds(60));
        products.put(1L, new Snapshot.Product(1, "P1", PRICE, true, new StockFigures(5, 0, 4)));
        cart(1);

        var decided = decide(paid(9, "uno"));

        assertInstanceOf(RefundOwed.class, decided.outcomes().getFirst());
        assertTrue(decided.writes().stock.isEmpty());
    }

    @Test
    void of_two_late_buyers_of_one_last_unit_the_first_has_it_and_the_other_is_owed_the_money() {
        products.put(1L, new Snapshot.Product(1, "P1", PRICE, true, new StockFigures(1, 0, 0)));
        for (int buyer = 1; buyer <= 2; buyer++) {
            payments.add(Payment.begun(buyer, buyer, null, "prueba", PRICE, DETAILS, null, NOW, NOW));
            payments.add(new PaymentLine(buyer, 70 + buyer, 1, 1, PRICE));
            cart(buyer);
        }

        var decided = decide(
                new HearPayment(2, 2, new ProviderWord.Paid(2, "dos", PRICE)),
                new HearPayment(1, 1, new ProviderWord.Paid(1, "uno", PRICE)));

        assertInstanceOf(PaymentSold.class, decided.outcomes().getFirst());
        assertEquals(
                new RefundOwed(1, RefundReason.LATE_WITHOUT_UNITS),
                decided.outcomes().get(1));
    }

    @Test
    void a_cancelled_payment_gives_its_holds_up_and_its_money_is_owed_back() {
        payment(9, 70, 1, NOW.plusSeconds(60));
        cart(1);

        var decided = decide(new CancelPayment(1, 9), new CancelPayment(1, 9), paid(9, "uno"), reserve(1));

        assertInstanceOf(PaymentCancelled.class, decided.outcomes().get(0));
        assertInstanceOf(PaymentCancelled.class, decided.outcomes().get(1));
        assertEquals(
                new RefundOwed(9, RefundReason.PAYMENT_CANCELLED),
                decided.outcomes().get(2));
        assertEquals(ReservationStatus.CANCELLED, status(decided, 70));
        assertEquals(0, decided.writes().stock.getFirst().reserved);
    }

    @Test
    void a_lapsed_payment_that_is_given_up_buys_nothing_any_more() {
        payment(9, 70, 1, NOW);
        cart(1);

        assertEquals(
                new RefundOwed(9, RefundReason.PAYMENT_CANCELLED),
                decide(new CancelPayment(1, 9), paid(9, "uno")).outcomes().get(1));
    }

    @Test
    void each_further_charge_of_a_paid_payment_is_owed_back_and_the_order_stays() {
        payment(9, 70, 1, NOW.plusSeconds(60));
        cart(1);

        var decided = decide(paid(9, "uno"), paid(9, "dos"), paid(9, "tres"), paid(9, "dos"));

        assertInstanceOf(PaymentSold.class, decided.outcomes().getFirst());
        assertEquals(
                new RefundOwed(9, RefundReason.CHARGED_TWICE),
                decided.outcomes().get(1));
        assertEquals(
                new RefundOwed(9, RefundReason.CHARGED_TWICE),
                decided.outcomes().get(2));
        assertEquals(new NothingNew(), decided.outcomes().get(3));
        assertEquals(
                PaymentState.PAID, decided.writes().changedPayments().getFirst().state());
        assertEquals(2, decided.writes().refunds.size());
    }

    @Test
    void a_charge_that_was_kept_before_changes_nothing() {
        payment(9, 70, 1, NOW.plusSeconds(60));
        payments.add(new Charge(3, "prueba", "uno", 9L, PRICE, NOW, ChargeResult.REFUND));
        cart(1);

        var decided = decide(paid(9, "uno"));

        assertEquals(new NothingNew(), decided.outcomes().getFirst());
        assertTrue(decided.writes().charges.isEmpty());
    }

    @Test
    void another_sum_than_was_asked_sells_nothing_and_the_holds_live_on_for_another_payment() {
        payment(9, 70, 1, NOW.plusSeconds(60));
        cart(1);

        var decided = decide(new HearPayment(1, 9, new ProviderWord.Paid(9, "uno", new BigDecimal("199.97"))), begin());

        assertEquals(
                new RefundOwed(9, RefundReason.OTHER_AMOUNT), decided.outcomes().getFirst());
        assertInstanceOf(PaymentBegun.class, decided.outcomes().get(1));
        assertEquals(
                new BigDecimal("199.97"), decided.writes().refunds.getFirst().amount());
    }

    @Test
    void a_payment_of_somebody_else_is_nobodys_here() {
        payment(9, 70, 1, NOW.plusSeconds(60));
        cart(2);

        var decided = decide(new HearPayment(2, 9, new ProviderWord.Paid(9, "uno", PRICE)), new CancelPayment(2, 9));

        assertEquals(List.of(new NotThisBuyers(), new PaymentUnknown()), decided.outcomes());
    }

    @Test
    void a_payment_begun_and_paid_in_one_batch_is_written_once_as_paid() {
        product(1, 5, 0);
        cart(1, line(1, 2));
        long payment = assertInstanceOf(
                        PaymentBegun.class,
                        decide(reserve(1), begin()).outcomes().get(1))
                .payment()
                .id();

        var decided = decide(reserve(1), begin(), paid(payment, "uno"));

        assertInstanceOf(PaymentSold.class, decided.outcomes().get(2));
        assertEquals(
                PaymentState.PAID, decided.writes().newPayments().getFirst().state());
        assertTrue(decided.writes().changedPayments().isEmpty());
        assertEquals(ReservationStatus.CONFIRMED, decided.writes().newHolds().getFirst().status);
    }

    @Test
    void an_order_that_was_charged_at_once_has_its_payment_and_its_charge() {
        product(1, 5, 2);
        hold(70, 1, 1, 2, NOW.plusSeconds(60));
        cart(1);

        var decided = decide(new PlaceOrder(1, DETAILS, null, "prueba"));

        var order =
                assertInstanceOf(Ordered.class, decided.outcomes().getFirst()).order();
        Payment payment = decided.writes().newPayments().getFirst();
        assertEquals(PaymentState.PAID, payment.state());
        assertEquals(order.id(), payment.order());
        Charge charge = decided.writes().charges.getFirst();
        assertEquals(Charge.onlyOneOf(payment.id()), charge.name());
        assertEquals(order.total(), charge.amount());
    }

    @Test
    void a_hold_past_its_age_keeps_the_end_that_it_has_also_with_another_quantity() {
        limits = new HoldLimits(Duration.ofMinutes(45), Integer.MAX_VALUE);
        product(1, 5, 2);
        product(2, 5, 2);
        Instant since = NOW.minus(Duration.ofMinutes(44));
        holds.add(new Snapshot.PendingHold(70, 1, 1, 2, PRICE, NOW.plusSeconds(30), since, null, null));
        holds.add(new Snapshot.PendingHold(71, 1, 2, 2, PRICE, NOW.plusSeconds(200), since, null, null));
        cart(1, line(1, 2), line(2, 3));

        var decided = decide(reserve(1));

        var lines =
                assertInstanceOf(Reserved.class, decided.outcomes().getFirst()).lines();
        assertEquals(NOW.plusSeconds(60), lines.get(0).expiresAt(), "a minute is left of its age");
        assertEquals(NOW.plusSeconds(200), lines.get(1).expiresAt(), "no limit makes a hold shorter");
        assertEquals(since, decided.writes().newHolds().getFirst().since);
    }

    @Test
    void a_hold_after_a_break_is_a_new_one() {
        limits = new HoldLimits(Duration.ofMinutes(45), Integer.MAX_VALUE);
        product(1, 5, 2);
        holds.add(new Snapshot.PendingHold(70, 1, 1, 2, PRICE, NOW, NOW.minus(Duration.ofHours(2)), null, null));
        cart(1, line(1, 2));

        var reserved =
                assertInstanceOf(Reserved.class, decide(reserve(1)).outcomes().getFirst());

        assertEquals(
                NOW.plus(DecisionTest.FIFTEEN_MINUTES),
                reserved.lines().getFirst().expiresAt());
    }

    @Test
    void more_units_than_a_buyer_may_hold_are_refused_with_the_cap() {
        limits = new HoldLimits(null, 3);
        product(1, 9, 0);
        cart(1, line(1, 4));
        assertEquals(new TooManyUnits("P1", 3), decide(reserve(1)).outcomes().getFirst());

        cart(1, line(1, 3));
        assertInstanceOf(Reserved.class, decide(reserve(1)).outcomes().getFirst());
    }

    private Decision.Decided decide(ReservationRequest... requests) {
        return Decision.decide(
                new Snapshot(NOW, DecisionTest.FIFTEEN_MINUTES, limits, carts, products, holds, Map.of(), payments),
                new CountedIds(),
                List.of(requests));
    }

    private void product(long id, int total, int reserved) {
        products.put(id, new Snapshot.Product(id, "P" + id, PRICE, true, new StockFigures(total, reserved, 0)));
    }

    private void hold(long id, int user, long product, int quantity, Instant expiresAt) {
        holds.add(new Snapshot.PendingHold(id, user, product, quantity, PRICE, expiresAt, NOW, null, null));
    }

    /** A payment of user 1 for two units of product 1, of which there are five, and its hold. */
    private void payment(long id, long hold, long product, Instant end) {
        product(product, 5, 2);
        holds.add(new Snapshot.PendingHold(hold, 1, product, 2, PRICE, end, NOW, null, id));
        payments.add(Payment.begun(id, 1, null, "prueba", new BigDecimal("199.98"), DETAILS, null, end, NOW));
        payments.add(new PaymentLine(id, hold, product, 2, PRICE));
    }

    private static Payment begun(long id, @Nullable String key) {
        return Payment.begun(id, 1, null, "prueba", new BigDecimal("199.98"), DETAILS, key, NOW.plusSeconds(60), NOW);
    }

    private void cart(int user, Snapshot.Line... lines) {
        carts.put(user, new Snapshot.Cart(user, user, List.of(lines)));
    }

    private static Snapshot.Line line(long product, int quantity) {
        return new Snapshot.Line(product * 100, product, quantity, PRICE);
    }

    private static BeginPayment begin() {
        return begin(null);
    }

    private static BeginPayment begin(@Nullable String key) {
        return new BeginPayment(1, DETAILS, null, "prueba", WINDOW, key);
    }

    private static HearPayment paid(long payment, String charge) {
        return new HearPayment(1, payment, new ProviderWord.Paid(payment, charge, new BigDecimal("199.98")));
    }

    private static HearPayment refused(long payment) {
        return new HearPayment(1, payment, new ProviderWord.Refused(payment));
    }

    private static ReservationStatus status(Decision.Decided decided, long hold) {
        return decided.writes().holds.stream()
                .filter(each -> each.id == hold)
                .findFirst()
                .orElseThrow()
                .status;
    }

    private static List<Long> changed(Decision.Decided decided) {
        return decided.writes().changedHolds().stream().map(hold -> hold.id).toList();
    }
}
