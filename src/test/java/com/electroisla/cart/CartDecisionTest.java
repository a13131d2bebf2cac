package com.electroisla.cart;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.electroisla.cart.CartDecision.AuditRow;
import com.electroisla.cart.CartDecision.CartState;
import com.electroisla.cart.CartDecision.HeldBy;
import com.electroisla.cart.CartDecision.Offer;
import com.electroisla.cart.CartOutcome.CartFull;
import com.electroisla.cart.CartOutcome.Changed;
import com.electroisla.cart.CartOutcome.Counted;
import com.electroisla.cart.CartOutcome.Cut;
import com.electroisla.cart.CartOutcome.NoSuchLine;
import com.electroisla.cart.CartOutcome.NoSuchProduct;
import com.electroisla.cart.CartOutcome.NotEnough;
import com.electroisla.cart.CartOutcome.NotForSale;
import com.electroisla.cart.CartOutcome.OverLimit;
import com.electroisla.cart.CartOutcome.OverUnitCap;
import com.electroisla.cart.CartOutcome.QuantitiesSet;
import com.electroisla.cart.CartOutcome.Reason;
import com.electroisla.cart.CartOutcome.UserGone;
import com.electroisla.cart.CartRequest.Add;
import com.electroisla.cart.CartRequest.AddNothing;
import com.electroisla.cart.CartRequest.Caller;
import com.electroisla.cart.CartRequest.ChangeQuantity;
import com.electroisla.cart.CartRequest.Clear;
import com.electroisla.cart.CartRequest.Remove;
import com.electroisla.cart.CartRequest.SetQuantities;
import com.electroisla.cart.CartRequest.View;
import com.electroisla.database.StockFigures;
import com.electroisla.groupcommit.LockedCart;
import com.electroisla.limits.LimitResult;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/** Decisions on carts as pure functions: without database, clock or HTTP. */
class CartDecisionTest {
    private static final Instant EARLIER = Instant.parse("2026-11-24T12:00:00Z");
    private static final Instant NOW = EARLIER.plusSeconds(60);
    private static final BigDecimal PRICE = new BigDecimal("10.00");
    private static final int ANA = 1;
    private static final int LEO = 2;
    private static final long LAMP = 7;
    private static final long FAN = 8;

    private final Map<Integer, LockedCart> carts = new HashMap<>();
    private final Map<Long, List<Cart.Item>> lines = new HashMap<>();
    private final Map<Long, Offer> offers = new HashMap<>();
    private final Map<HeldBy, Integer> held = new HashMap<>();

    @Test
    void what_is_added_becomes_a_line_at_todays_price_and_adding_again_makes_it_longer() {
        cart(ANA);
        offer(LAMP, 5);
        CartDecision decision = decision();

        Cart first = changed(decision.decide(add(ANA, LAMP, 2), Optional.empty()));
        Cart second = changed(decision.decide(add(ANA, LAMP, 3), Optional.empty()));

        assertEquals(List.of(2, 5), List.of(first.totalUnits(), second.totalUnits()));
        assertEquals(first.items().getFirst().id(), second.items().getFirst().id(), "one line");
        assertEquals(new BigDecimal("50.00"), second.total());
        assertEquals(NOW, second.updatedAt());
        assertEquals(
                List.of("0 -> 2", "2 -> 5"),
                decision.audit().stream()
                        .map(row -> row.before() + " -> " + row.after())
                        .toList());
    }

    @Test
    void each_cart_is_decided_on_its_own_and_one_that_was_only_looked_at_is_not_written() {
        cart(ANA);
        cart(LEO, line(70, FAN, 1));
        offer(LAMP, 5);
        CartDecision decision = decision();

        changed(decision.decide(add(ANA, LAMP, 1), Optional.empty()));
        Cart looked = changed(decision.decide(new View(caller(LEO)), Optional.empty()));

        assertEquals(List.of(70L), looked.items().stream().map(Cart.Item::id).toList());
        assertEquals(EARLIER, looked.updatedAt());
        assertEquals(
                List.of(ANA),
                decision.touchedCarts().stream()
                        .map(contents -> contents.cart.userId())
                        .toList());
    }

    @Test
    void a_buyer_can_have_what_is_free_what_nobody_holds_any_more_and_what_the_buyer_holds() {
        cart(ANA);
        cart(LEO);
        offers.put(LAMP, new Offer(product(LAMP), true, PRICE, new StockFigures(10, 6, 2), 1));
        held.put(new HeldBy(ANA, LAMP), 3);

        assertEquals(new NotEnough(6, 7), decide(add(ANA, LAMP, 7)), "2 are free, 1 is overdue, 3 are hers");
        assertEquals(6, changed(decide(add(ANA, LAMP, 6))).totalUnits());
        assertEquals(new NotEnough(3, 4), decide(add(LEO, LAMP, 4)));
    }

    @Test
    void what_is_there_already_counts_and_a_refusal_leaves_everything_as_it_is() {
        cart(ANA, line(70, LAMP, 4));
        offer(LAMP, 5);
        CartDecision decision = decision();

        assertEquals(new NotEnough(5, 2), decision.decide(add(ANA, LAMP, 2), Optional.empty()));

        assertTrue(decision.touchedCarts().isEmpty());
        assertTrue(decision.audit().isEmpty());
    }

    @Test
    void what_is_not_there_not_on_sale_or_without_a_price_is_not_added() {
        cart(ANA);
        offers.put(LAMP, new Offer(product(LAMP), false, PRICE, new StockFigures(5, 0, 0), 0));
        offers.put(FAN, new Offer(product(FAN), true, null, new StockFigures(5, 0, 0), 0));

        assertEquals(new NoSuchProduct(), decide(add(ANA, 404, 1)));
        assertEquals(new NoSuchProduct(), decide(add(ANA, LAMP, 1)));
        assertEquals(new NotForSale("P8"), decide(add(ANA, FAN, 1)));
    }

    @Test
    void a_cart_takes_so_many_products_and_more_units_of_those_that_are_in_it() {
        Cart.Item[] full = LongStream.rangeClosed(1, Carts.MOST_LINES)
                .mapToObj(id -> line(id, 1000 + id, 1))
                .toArray(Cart.Item[]::new);
        cart(ANA, full);
        offer(LAMP, 5);
        offer(1001, 5);

        assertEquals(new CartFull(), decide(add(ANA, LAMP, 1)));
        assertEquals(Carts.MOST_LINES + 1, changed(decide(add(ANA, 1001, 1))).totalUnits());
    }

    @Test
    void a_quantity_is_set_and_keeps_the_lines_price_and_only_in_the_own_cart() {
        cart(ANA, line(70, LAMP, 1));
        cart(LEO);
        offers.put(LAMP, new Offer(product(LAMP), true, new BigDecimal("99.00"), new StockFigures(5, 0, 0), 0));

        Cart after = changed(decide(new ChangeQuantity(caller(ANA), 70, 5)));
        assertEquals(new BigDecimal("50.00"), after.total());
        assertEquals(new NotEnough(5, 6), decide(new ChangeQuantity(caller(ANA), 70, 6)));
        assertEquals(new NoSuchLine(), decide(new ChangeQuantity(caller(LEO), 70, 1)));
    }

    @Test
    void of_a_product_that_was_taken_off_sale_there_is_nothing() {
        cart(ANA, line(70, LAMP, 1));
        assertEquals(new NotEnough(0, 1), decide(new ChangeQuantity(caller(ANA), 70, 1)));
    }

    @Test
    void what_is_removed_or_emptied_is_gone_and_an_empty_cart_is_emptied_without_a_trace() {
        cart(ANA, line(70, LAMP, 1), line(71, FAN, 2));
        CartDecision decision = decision();

        assertEquals(
                List.of(71L),
                changed(decision.decide(new Remove(caller(ANA), 70), Optional.empty())).items().stream()
                        .map(Cart.Item::id)
                        .toList());
        assertEquals(new NoSuchLine(), decision.decide(new Remove(caller(ANA), 70), Optional.empty()));
        assertTrue(changed(decision.decide(new Clear(caller(ANA)), Optional.empty()))
                .items()
                .isEmpty());
        assertTrue(changed(decision.decide(new Clear(caller(ANA)), Optional.empty()))
                .items()
                .isEmpty());

        assertEquals(
                List.of("remove", "clear"),
                decision.audit().stream().map(AuditRow::action).toList());
        assertNull(decision.audit().getLast().productId());
        assertEquals(List.of(70L, 71L), decision.touchedCarts().getFirst().removed());
    }

    @Test
    void who_is_over_the_limit_or_gone_changes_nothing() {
        cart(ANA);
        offer(LAMP, 5);
        var exceeded = new LimitResult.Exceeded(NOW.plusSeconds(60), 60);
        CartDecision decision = decision();

        assertEquals(new OverLimit(exceeded), decision.decide(add(ANA, LAMP, 1), Optional.of(exceeded)));
        assertEquals(new Counted(), decision.decide(new AddNothing(caller(ANA)), Optional.empty()));
        assertEquals(new UserGone(), decision.decide(add(LEO, LAMP, 1), Optional.empty()));
        assertTrue(decision.touchedCarts().isEmpty());
    }

    private void cart(int user, Cart.Item... items) {
        carts.put(user, new LockedCart(user * 10L, user, EARLIER, EARLIER));
        lines.put(user * 10L, List.of(items));
    }

    private void offer(long product, int free) {
        offers.put(product, new Offer(product(product), true, PRICE, new StockFigures(free, 0, 0), 0));
    }

    private static Cart.ItemProduct product(long id) {
        return new Cart.ItemProduct(id, "P" + id, null, "otros");
    }

    private static Cart.Item line(long id, long product, int quantity) {
        return new Cart.Item(id, product(product), quantity, PRICE, EARLIER, EARLIER);
    }

    private static SetQuantities set(int user, Object... productsAndQuantities) {
        Map<Long, Integer> quantities = new LinkedHashMap<>();
        for (int i = 0; i < productsAndQuantities.length; i += 2) {
            quantities.put((Long) productsAndQuantities[i], (Integer) productsAndQuantities[i + 1]);
        }
        return new SetQuantities(caller(user), quantities);
    }

    @Test
    void quantities_that_are_set_are_absolute_and_nothing_removes() {
        cart(ANA, line(70, LAMP, 4));
        offer(LAMP, 5);
        offer(FAN, 5);
        CartDecision decision = decision();

        var set = assertInstanceOf(QuantitiesSet.class, decision.decide(set(ANA, LAMP, 1, FAN, 5), Optional.empty()));
        assertEquals(List.of(), set.cut());
        assertEquals(6, set.cart().totalUnits());
        set = assertInstanceOf(QuantitiesSet.class, decision.decide(set(ANA, LAMP, 0, FAN, 5), Optional.empty()));
        assertEquals(5, set.cart().totalUnits());
        assertEquals(
                List.of("update 4 -> 1", "add 0 -> 5", "remove 1 -> 0"),
                decision.audit().stream()
                        .map(row -> row.action() + " " + row.before() + " -> " + row.after())
                        .toList(),
                "what stays as it is is not written down");
    }

    @Test
    void a_quantity_that_does_not_fit_is_cut_and_a_line_of_what_ran_out_stays_as_it_is() {
        cart(ANA, line(70, LAMP, 4));
        offers.put(LAMP, new Offer(product(LAMP), true, PRICE, new StockFigures(10, 10, 0), 0));
        offer(FAN, 3);

        var set = assertInstanceOf(QuantitiesSet.class, decide(set(ANA, LAMP, 6, FAN, 9)));

        assertEquals(
                List.of(new Cut(LAMP, 6, 4, 0, Reason.NOT_ENOUGH), new Cut(FAN, 9, 3, 3, Reason.NOT_ENOUGH)),
                set.cut());
        assertEquals(7, set.cart().totalUnits());
    }

    @Test
    void quantities_that_are_there_already_touch_no_cart() {
        cart(ANA, line(70, LAMP, 4));
        CartDecision decision = decision();

        var set = assertInstanceOf(QuantitiesSet.class, decision.decide(set(ANA, LAMP, 4, FAN, 0), Optional.empty()));

        assertEquals(List.of(), set.cut());
        assertTrue(decision.touchedCarts().isEmpty());
        assertTrue(decision.audit().isEmpty());
    }

    @Test
    void nobody_puts_more_of_one_product_in_the_cart_than_one_buyer_can_hold() {
        cart(ANA);
        offer(LAMP, 50);
        offer(FAN, 2);
        var capped =
                new CartDecision(new CartState(carts, lines, offers, held, List.of(901L, 902L, 903L, 904L)), NOW, 3);

        assertEquals(new OverUnitCap(3), capped.decide(add(ANA, LAMP, 4), Optional.empty()));
        Cart three = changed(capped.decide(add(ANA, LAMP, 3), Optional.empty()));
        assertEquals(new OverUnitCap(3), capped.decide(add(ANA, LAMP, 1), Optional.empty()));
        long line = three.items().getFirst().id();
        assertEquals(new OverUnitCap(3), capped.decide(new ChangeQuantity(caller(ANA), line, 4), Optional.empty()));
        assertEquals(new NotEnough(2, 4), capped.decide(add(ANA, FAN, 4), Optional.empty()));

        var set = (QuantitiesSet)
                capped.decide(new SetQuantities(caller(ANA), Map.of(LAMP, 9, FAN, 9)), Optional.empty());
        assertEquals(
                Set.of(new Cut(LAMP, 9, 3, 3, Reason.OVER_UNIT_CAP), new Cut(FAN, 9, 2, 2, Reason.NOT_ENOUGH)),
                Set.copyOf(set.cut()));
    }

    private static Caller caller(int user) {
        return new Caller(user, "127.0.0.1", "test");
    }

    private static Add add(int user, long product, int quantity) {
        return new Add(caller(user), product, quantity);
    }

    private CartDecision decision() {
        List<Long> newLineIds =
                new ArrayList<>(LongStream.rangeClosed(900, 909).boxed().toList());
        return new CartDecision(new CartState(carts, lines, offers, held, newLineIds), NOW);
    }

    /** Decides one request alone. */
    private CartOutcome decide(CartRequest request) {
        return decision().decide(request, Optional.empty());
    }

    private static Cart changed(CartOutcome outcome) {
        return assertInstanceOf(Changed.class, outcome).cart();
    }
}
