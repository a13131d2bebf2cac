package com.electroisla.catalog;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.math.BigDecimal;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.BigRange;

class MoneyTest {
    @Property
    void amounts_are_always_written_with_two_decimals(@ForAll @BigRange(min = "0", max = "1e12") BigDecimal amount) {
        assertTrue(new Money(amount).toString().matches("\\d+\\.\\d{2}"), amount::toString);
    }

    @Example
    void known_prices() {
        assertEquals("199.98", Money.of("99.99").times(2).toString());
        assertEquals(Money.of("1"), Money.of("1.00"));
    }

    @Example
    void there_is_no_money_below_zero() {
        assertThrows(IllegalArgumentException.class, () -> Money.of("-0.01"));
    }
}
