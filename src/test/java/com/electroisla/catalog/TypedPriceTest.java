package com.electroisla.catalog;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class TypedPriceTest {
    @Test
    void an_amount_is_read_as_everybody_would_read_it() {
        Map.ofEntries(
                        Map.entry("1249", "1249.00"),
                        Map.entry("1249,5", "1249.50"),
                        Map.entry("1249.00", "1249.00"),
                        Map.entry("1.249,00", "1249.00"),
                        Map.entry("1,249.00", "1249.00"),
                        Map.entry("1.249.000", "1249000.00"),
                        Map.entry("1,249,000", "1249000.00"),
                        Map.entry("$1.249,00", "1249.00"),
                        Map.entry("1 249,00", "1249.00"),
                        Map.entry("1\u00A0249", "1249.00"),
                        Map.entry("1'249.50", "1249.50"),
                        Map.entry("0,99", "0.99"),
                        Map.entry("0", "0.00"),
                        Map.entry("12.345.678,90", "12345678.90"))
                .forEach((typed, amount) ->
                        assertEquals(new TypedPrice.Amount(Money.of(amount)), TypedPrice.of(typed), typed));
    }

    @Test
    void an_amount_that_two_people_would_read_as_two_is_ambiguous() {
        List.of("1.249", "1,249", "12.490", "999,999")
                .forEach(typed -> assertEquals(new TypedPrice.Ambiguous(), TypedPrice.of(typed), typed));
    }

    @Test
    void what_is_no_amount_or_too_high_is_refused() {
        List.of(
                        "",
                        "caro",
                        "-1",
                        "\u22121",
                        "1.2.3",
                        "1.24,00",
                        "0.125",
                        "1,2490",
                        "1.249.00",
                        "1.249,000",
                        "1,249.000",
                        "12 34",
                        "1.249,00.5",
                        "1e3",
                        "\u0661")
                .forEach(typed -> assertEquals(new TypedPrice.NoPrice(), TypedPrice.of(typed), typed));
        List.of("100000000", "99.999.999.999")
                .forEach(typed -> assertEquals(new TypedPrice.TooHigh(), TypedPrice.of(typed), typed));
    }

    @Test
    void a_price_that_moves_by_more_than_half_leaps() {
        assertFalse(TypedPrice.isLeap(Money.of("100"), Money.of("150")));
        assertFalse(TypedPrice.isLeap(Money.of("100"), Money.of("50")));
        assertTrue(TypedPrice.isLeap(Money.of("100"), Money.of("150.01")));
        assertTrue(TypedPrice.isLeap(Money.of("1249"), Money.of("12490000")));
        assertTrue(TypedPrice.isLeap(Money.of("1249"), Money.of("12.49")));
    }
}
