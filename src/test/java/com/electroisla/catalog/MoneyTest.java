package com.electroisla.catalog;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.math.BigDecimal;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.BigRange;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Scale;

class MoneyTest {
    @Property
    void a_discount_never_leaves_more_than_the_price_nor_less_than_nothing(
            @ForAll @BigRange(min = "0", max = "99999999.99") @Scale(2) BigDecimal price, @ForAll @IntRange(max = 100) int percent) {
        Money left = new Money(price).less(percent);
        assertTrue(left.compareTo(new Money(price)) <= 0);
        assertTrue(left.compareTo(Money.ZERO) >= 0);
    }

    @Property
    void a_discount_is_off_by_at_most_half_a_cent_and_rounds_the_half_up(
            @ForAll @BigRange(min = "0", max = "99999999.99") @Scale(2) BigDecimal price, @ForAll @IntRange(max = 100) int percent) {
        BigDecimal exact = price.multiply(BigDecimal.valueOf(100 - percent)).movePointLeft(2);
        BigDecimal error = new Money(price).less(percent).amount().subtract(exact);
        assertTrue(error.compareTo(new BigDecimal("0.005")) <= 0, () -> "too much: " + error);
        assertTrue(error.compareTo(new BigDecimal("-0.005")) > 0, () -> "too little: " + error);
    }

    @Property
    void amounts_are_always_written_with_two_decimals(@ForAll @BigRange(min = "0", max = "1e12") BigDecimal amount) {
        assertTrue(new Money(amount).toString().matches("\\d+\\.\\d{2}"), amount::toString);
    }

    @Example
    void known_prices() {
        assertEquals("179.99", Money.of("199.99").less(10).toString());
        assertEquals("0.01", Money.of("0.01").less(50).toString());
        assertEquals("0.00", Money.of("0.01").less(51).toString());
        assertEquals("99.99", Money.of("99.99").less(0).toString());
        assertEquals("0.00", Money.of("99.99").less(100).toString());
        assertEquals("199.98", Money.of("99.99").times(2).toString());
        assertEquals(Money.of("1"), Money.of("1.00"));
    }

    @Example
    void there_is_no_money_below_zero_and_no_discount_beyond_all() {
        assertThrows(IllegalArgumentException.class, () -> Money.of("-0.01"));
        assertThrows(IllegalArgumentException.class, () -> Money.of("1").less(101));
        assertThrows(IllegalArgumentException.class, () -> Money.of("1").less(-1));
    }
}
