package com.electroisla.reservation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.electroisla.database.StockFigures;
import com.electroisla.order.OrderDetails;
import com.electroisla.order.PaymentMethod;
import com.electroisla.payment.LockedPayments;
import com.electroisla.reservation.ReservationOutcome.Cancelled;
import com.electroisla.reservation.ReservationOutcome.HoldsExpired;
import com.electroisla.reservation.ReservationOutcome.NotAgreed;
import com.electroisla.reservation.ReservationOutcome.NotEnoughStock;
import com.electroisla.reservation.ReservationOutcome.NotForSale;
import com.electroisla.reservation.ReservationOutcome.Ordered;
import com.electroisla.reservation.ReservationOutcome.Reserved;
import com.electroisla.reservation.ReservationOutcome.UnitsMissing;
import com.electroisla.reservation.ReservationOutcome.Unsaleable;
import com.electroisla.reservation.ReservationRequest.CancelHolds;
import com.electroisla.reservation.ReservationRequest.PlaceOrder;
import com.electroisla.reservation.ReservationRequest.ReserveCart;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class DecisionTest {
    static final Instant NOW = Instant.parse("2026-11-24T12:00:00Z");
    static final Duration FIFTEEN_MINUTES = Duration.ofMinutes(15);
    static final BigDecimal PRICE = new BigDecimal("99.99");

    private final Map<Integer, Snapshot.Cart> carts = new HashMap<>();
    private final Map<Long, Snapshot.Product> products = new HashMap<>();
    private final List<Snapshot.PendingHold> holds = new ArrayList<>();

    @Test
    void the_first_buyers_in_line_get_the_last_units() {
        product(1, 2, 0, 0);
        cart(1, line(1, 1));
        cart(2, line(1, 1));
        cart(3, line(1, 1));

        var decided = decide(reserve(1), reserve(2), reserve(3));

        assertInstanceOf(Reserved.class, decided.outcomes().get(0));
        assertInstanceOf(Reserved.class, decided.outcomes().get(1));
        assertInstanceOf(NotEnoughStock.class, decided.outcomes().get(2));
    }

    @Test
    void an_outcome_names_the_rows_that_are_written() {
        product(1, 5, 0, 0);
        product(2, 5, 0, 0);
        cart(1, line(1, 1), line(2, 1));

        var decided = decide(reserve(1), pay(1));

        var reserved = assertInstanceOf(Reserved.class, decided.outcomes().get(0));
        List<Hold> written = decided.writes().newHolds();
        assertEquals(
                written.stream().map(hold -> hold.id).toList(),
                reserved.lines().stream()
                        .map(ReservationOutcome.ReservedLine::id)
                        .toList());
        assertEquals(1, written.stream().map(hold -> hold.checkout).distinct().count(), "one checkout");
        var ordered = assertInstanceOf(Ordered.class, decided.outcomes().get(1));
        assertEquals(List.of(ordered.order()), decided.writes().orders);
        assertTrue(
                written.stream().allMatch(hold -> hold.order == ordered.order().id()));
    }

    @Test
    void one_line_too_many_reserves_nothing_of_the_cart() {
        product(1, 5, 0, 0);
        product(2, 0, 0, 0);
        cart(1, line(1, 3), line(2, 1));

        var decided = decide(reserve(1));

        var refused = assertInstanceOf(NotEnoughStock.class, decided.outcomes().getFirst());
        assertEquals(
                List.of(2L),
                refused.shortages().stream()
                        .map(ReservationOutcome.Shortage::productId)
                        .toList());
        assertTrue(decided.writes().newHolds().isEmpty());
        assertTrue(decided.writes().stock.isEmpty());
    }

    @Test
    void a_hold_exactly_at_its_end_is_free_for_the_next_buyer() {
        product(1, 1, 1, 0);
        hold(70, 1, 1, 1, NOW);
        cart(2, line(1, 1));

        var decided = decide(reserve(2));

        assertInstanceOf(Reserved.class, decided.outcomes().getFirst());
        assertEquals(ReservationStatus.EXPIRED, decided.writes().changedHolds().getFirst().status);
        assertTrue(decided.writes().stock.isEmpty(), "one unit left, one unit taken: the figure stays");
    }

    @Test
    void a_hold_one_microsecond_before_its_end_is_not() {
        product(1, 1, 1, 0);
        hold(70, 1, 1, 1, NOW.plusNanos(1000));
        cart(2, line(1, 1));

        assertInstanceOf(NotEnoughStock.class, decide(reserve(2)).outcomes().getFirst());
    }

    @Test
    void a_second_checkout_keeps_the_row_of_an_unchanged_line_and_replaces_a_changed_one() {
        product(1, 5, 2, 0);
        product(2, 5, 3, 0);
        hold(70, 1, 1, 2, NOW.plusSeconds(60));
        hold(71, 1, 2, 3, NOW.plusSeconds(60));
        cart(1, line(1, 2), line(2, 5));

        var decided = decide(reserve(1));

        var reserved = assertInstanceOf(Reserved.class, decided.outcomes().getFirst());
        assertEquals(70, reserved.lines().getFirst().id());
        assertEquals(NOW.plus(FIFTEEN_MINUTES), reserved.lines().getFirst().expiresAt());
        assertEquals(1, decided.writes().newHolds().size());
        assertEquals(5, decided.writes().stock.getFirst().reserved);
        assertEquals(
                List.of(ReservationStatus.PENDING, ReservationStatus.CANCELLED),
                decided.writes().changedHolds().stream()
                        .map(hold -> hold.status)
                        .toList());
    }

    @Test
    void an_expired_hold_of_ones_own_is_taken_anew_and_never_renewed() {
        product(1, 2, 2, 0);
        hold(70, 1, 1, 2, NOW.minusSeconds(1));
        cart(1, line(1, 2));

        var decided = decide(reserve(1));

        assertInstanceOf(Reserved.class, decided.outcomes().getFirst());
        assertEquals(ReservationStatus.EXPIRED, decided.writes().changedHolds().getFirst().status);
        assertEquals(1, decided.writes().newHolds().size());
    }

    @Test
    void a_refused_checkout_leaves_the_earlier_holds_as_they_were() {
        product(1, 2, 2, 0);
        hold(70, 1, 1, 2, NOW.plusSeconds(60));
        cart(1, line(1, 3));

        var decided = decide(reserve(1));

        assertInstanceOf(NotEnoughStock.class, decided.outcomes().getFirst());
        assertTrue(decided.writes().changedHolds().isEmpty());
    }

    @Test
    void checkout_and_payment_of_one_buyer_in_one_batch_write_the_row_once_as_confirmed() {
        product(1, 2, 0, 0);
        cart(1, line(1, 2));

        var decided = decide(reserve(1), pay(1));

        assertInstanceOf(Ordered.class, decided.outcomes().get(1));
        assertEquals(ReservationStatus.CONFIRMED, decided.writes().newHolds().getFirst().status);
        assertTrue(decided.writes().changedHolds().isEmpty());
        assertEquals(0, decided.writes().stock.getFirst().reserved);
        assertEquals(2, decided.writes().stock.getFirst().sold);
    }

    @Test
    void payment_with_one_expired_hold_sells_nothing_and_names_it() {
        product(1, 2, 1, 0);
        product(2, 2, 1, 0);
        hold(70, 1, 1, 1, NOW.plusSeconds(60));
        hold(71, 1, 2, 1, NOW);
        cart(1, line(1, 1), line(2, 1));

        var decided = decide(pay(1));

        var refused = assertInstanceOf(HoldsExpired.class, decided.outcomes().getFirst());
        assertEquals(
                List.of(2L),
                refused.lost().stream()
                        .map(ReservationOutcome.LostHold::productId)
                        .toList());
        assertTrue(decided.writes().orders.isEmpty());
        assertTrue(decided.writes().changedHolds().isEmpty());
    }

    @Test
    void payment_sells_nothing_when_one_overdue_hold_was_taken_by_another_buyer_earlier_in_the_batch() {
        product(1, 1, 1, 0);
        product(2, 1, 1, 0);
        hold(70, 1, 1, 1, NOW);
        hold(71, 1, 2, 1, NOW.plusSeconds(60));
        cart(1, line(1, 1), line(2, 1));
        cart(2, line(1, 1));

        var decided = decide(reserve(2), pay(1));

        assertInstanceOf(Reserved.class, decided.outcomes().getFirst());
        var refused = assertInstanceOf(HoldsExpired.class, decided.outcomes().get(1));
        assertEquals(
                List.of(1L),
                refused.lost().stream()
                        .map(ReservationOutcome.LostHold::productId)
                        .toList());
        assertTrue(decided.writes().orders.isEmpty());
    }

    @Test
    void what_was_added_after_checkout_stays_in_the_cart() {
        product(1, 9, 2, 0);
        hold(70, 1, 1, 2, NOW.plusSeconds(60));
        cart(1, line(1, 3), line(2, 1));
        product(2, 9, 0, 0);

        var decided = decide(pay(1));

        var cart = decided.writes().carts.getFirst();
        assertTrue(cart.removed.isEmpty());
        assertEquals(1, cart.lines.get(1L).quantity);
        assertEquals(1, cart.lines.get(2L).quantity);
    }

    @Test
    void an_inactive_product_counts_as_none() {
        products.put(1L, new Snapshot.Product(1, "P1", PRICE, false, new StockFigures(9, 0, 0)));
        cart(1, line(1, 1));

        var refused = assertInstanceOf(
                NotEnoughStock.class, decide(reserve(1)).outcomes().getFirst());

        assertEquals(0, refused.shortages().getFirst().available());
    }

    @Test
    void a_product_without_a_price_stops_the_checkout_and_is_named_and_earlier_holds_stay() {
        product(1, 9, 2, 0);
        products.put(2L, new Snapshot.Product(2, "P2", null, true, new StockFigures(9, 0, 0)));
        hold(70, 1, 1, 2, NOW.plusSeconds(60));
        cart(1, line(1, 2), line(2, 1));

        var decided = decide(reserve(1));

        var refused = assertInstanceOf(NotForSale.class, decided.outcomes().getFirst());
        assertEquals(List.of(new Unsaleable(2, "P2")), refused.products());
        assertTrue(decided.writes().changedHolds().isEmpty());
    }

    @Test
    void a_hold_keeps_its_price_and_is_sold_when_its_product_is_not_for_sale_any_more() {
        products.put(1L, new Snapshot.Product(1, "P1", null, true, new StockFigures(9, 2, 0)));
        hold(70, 1, 1, 2, NOW.plusSeconds(60));
        cart(1);

        var ordered = assertInstanceOf(Ordered.class, decide(pay(1)).outcomes().getFirst());

        assertEquals(new BigDecimal("199.98"), ordered.order().total());
    }

    @Test
    void a_hold_without_a_price_of_its_own_is_charged_at_todays_and_refused_when_that_is_none_too() {
        product(1, 9, 2, 0);
        holds.add(new Snapshot.PendingHold(70, 1, 1, 2, null, NOW.plusSeconds(60), NOW, null, null));
        cart(1);
        assertEquals(
                new BigDecimal("199.98"),
                assertInstanceOf(Ordered.class, decide(pay(1)).outcomes().getFirst())
                        .order()
                        .total());

        products.put(1L, new Snapshot.Product(1, "P1", null, true, new StockFigures(9, 2, 0)));
        assertInstanceOf(NotForSale.class, decide(pay(1)).outcomes().getFirst());
    }

    @Test
    void a_line_whose_price_is_none_gets_todays_without_a_word_about_a_change() {
        product(1, 9, 0, 0);
        carts.put(1, new Snapshot.Cart(10, 1, List.of(new Snapshot.Line(1, 1, 1, null))));

        var decided = decide(reserve(1));

        assertEquals(
                List.of(),
                assertInstanceOf(Reserved.class, decided.outcomes().getFirst()).priceChanges());
        assertEquals(PRICE, decided.writes().newHolds().getFirst().price);
        assertEquals(PRICE, decided.writes().carts.getFirst().lines.get(1L).price);
    }

    @Test
    void a_buyer_whose_own_hold_is_not_counted_gets_no_more_than_there_is() {
        product(1, 10, 0, 0);
        hold(70, 1, 1, 5, NOW.plusSeconds(60));
        cart(1, line(1, 12));

        var refused = assertInstanceOf(
                NotEnoughStock.class, decide(reserve(1)).outcomes().getFirst());

        assertEquals(10, refused.shortages().getFirst().available());
        cart(1, line(1, 10));
        assertInstanceOf(Reserved.class, decide(reserve(1)).outcomes().getFirst());
    }

    @Test
    void a_payment_of_units_that_the_figures_do_not_have_is_refused_and_names_them() {
        product(1, 10, 0, 8);
        hold(70, 1, 1, 5, NOW.plusSeconds(60));
        cart(1);

        var decided = decide(pay(1));

        var refused = assertInstanceOf(UnitsMissing.class, decided.outcomes().getFirst());
        assertEquals(List.of(new ReservationOutcome.Shortage(1, "P1", 2, 5)), refused.shortages());
        assertTrue(decided.writes().orders.isEmpty());
        assertTrue(decided.writes().stock.isEmpty());
    }

    @Test
    void a_hold_that_is_not_counted_is_given_up_without_going_below_nothing_and_its_product_is_remembered() {
        product(1, 10, 2, 0);
        hold(70, 1, 1, 5, NOW.plusSeconds(60));
        cart(1);

        var decided = decide(new CancelHolds(1));

        assertEquals(0, decided.writes().stock.getFirst().reserved);
        assertEquals(List.of(1L), decided.writes().drifted);
    }

    @Test
    void a_checkout_before_the_payment_in_the_same_batch_is_not_what_its_form_showed() {
        product(1, 9, 1, 0);
        hold(70, 1, 1, 1, NOW.plusSeconds(60));
        cart(1, line(1, 3));

        var decided = decide(reserve(1), payFor("99.99", 70));

        assertEquals(
                new BigDecimal("299.97"),
                assertInstanceOf(NotAgreed.class, decided.outcomes().get(1)).total());
        assertTrue(decided.writes().orders.isEmpty());
    }

    @Test
    void a_renewed_hold_of_the_same_price_is_still_what_was_shown_and_another_hold_of_it_is_not() {
        product(1, 9, 1, 0);
        hold(70, 1, 1, 1, NOW.plusSeconds(60));
        cart(1, line(1, 1));

        assertInstanceOf(NotAgreed.class, decide(payFor("99.99", 71)).outcomes().getFirst());
        assertInstanceOf(
                Ordered.class,
                decide(reserve(1), payFor("99.99", 70)).outcomes().get(1));
    }

    private static PlaceOrder payFor(String total, long... holds) {
        return new PlaceOrder(
                1,
                pay(1).details(),
                new Agreed(
                        new BigDecimal(total),
                        java.util.Arrays.stream(holds).boxed().collect(java.util.stream.Collectors.toSet())));
    }

    @Test
    void a_changed_price_is_named_and_kept_by_the_hold() {
        product(1, 9, 0, 0);
        carts.put(1, new Snapshot.Cart(10, 1, List.of(new Snapshot.Line(1, 1, 1, new BigDecimal("50.00")))));

        var decided = decide(reserve(1));

        var reserved = assertInstanceOf(Reserved.class, decided.outcomes().getFirst());
        assertEquals(new BigDecimal("50.00"), reserved.priceChanges().getFirst().before());
        assertEquals(PRICE, decided.writes().newHolds().getFirst().price);
    }

    @Test
    void cancelling_frees_the_units_for_the_next_in_line() {
        product(1, 1, 1, 0);
        hold(70, 1, 1, 1, NOW.plusSeconds(60));
        cart(1, line(1, 1));
        cart(2, line(1, 1));

        var decided = decide(new CancelHolds(1), reserve(2));

        assertEquals(new Cancelled(1), decided.outcomes().getFirst());
        assertInstanceOf(Reserved.class, decided.outcomes().get(1));
    }

    private Decision.Decided decide(ReservationRequest... requests) {
        return Decision.decide(snapshot(carts, products, holds), new CountedIds(), List.of(requests));
    }

    /** A shop without limits of holding, and without payments. */
    static Snapshot snapshot(
            Map<Integer, Snapshot.Cart> carts, Map<Long, Snapshot.Product> products, List<Snapshot.PendingHold> holds) {
        return new Snapshot(
                NOW, FIFTEEN_MINUTES, HoldLimits.NONE, carts, products, holds, Map.of(), new LockedPayments());
    }

    private void product(long id, int total, int reserved, int sold) {
        products.put(id, new Snapshot.Product(id, "P" + id, PRICE, true, new StockFigures(total, reserved, sold)));
    }

    private void hold(long id, int user, long product, int quantity, Instant expiresAt) {
        holds.add(new Snapshot.PendingHold(id, user, product, quantity, PRICE, expiresAt, NOW, null, null));
    }

    private void cart(int user, Snapshot.Line... lines) {
        carts.put(user, new Snapshot.Cart(user, user, List.of(lines)));
    }

    private static Snapshot.Line line(long product, int quantity) {
        return new Snapshot.Line(product * 100, product, quantity, PRICE);
    }

    static ReserveCart reserve(int user) {
        return new ReserveCart(user, "127.0.0.1", "test");
    }

    static PlaceOrder pay(int user) {
        return new PlaceOrder(user, new OrderDetails(PaymentMethod.CARD, "Calle 23", "555-0100", null), null);
    }
}
