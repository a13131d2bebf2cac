package com.electroisla.admin;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Instant;
import java.time.ZoneId;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A day is one of the shop's calendar and is meant whole; a moment without an offset is one of the shop's clock. */
class PeriodTest {
    private static final ZoneId SHOP = ZoneId.of("America/Santo_Domingo");

    @ParameterizedTest
    @CsvSource({
        "2026-03-01, 2026-03-01T04:00:00Z, 2026-03-02T04:00:00Z",
        "2026-03-01T12:00:00.123Z, 2026-03-01T12:00:00.123Z, 2026-03-01T12:00:00.123001Z",
        "2026-03-01T12:00:00+02:00, 2026-03-01T10:00:00Z, 2026-03-01T10:00:00.000001Z",
        "2026-03-01T12:00, 2026-03-01T16:00:00Z, 2026-03-01T16:00:00.000001Z",
        "2026-03-01 12:00:00, 2026-03-01T16:00:00Z, 2026-03-01T16:00:00.000001Z"
    })
    void begins_and_ends_with_what_was_typed(String typed, Instant from, Instant until) {
        assertEquals(from, Period.ALWAYS.since(typed, SHOP).orElseThrow().from());
        assertEquals(until, Period.ALWAYS.upTo(typed, SHOP).orElseThrow().until());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "ayer",
                "2026-02-30",
                "2026-13-01",
                "26-01-01",
                "0000-01-01",
                "+999999999-01-01",
                "2026-03-01T25:00:00Z",
                "2026-03-01T",
                "2026-03-01T12:00:00.123Z[Europe/Madrid]",
                "1772366400"
            })
    void is_none_of_a_text_that_is_no_day_and_no_moment(String typed) {
        assertEquals(Optional.empty(), Period.ALWAYS.since(typed, SHOP));
        assertEquals(Optional.empty(), Period.ALWAYS.upTo(typed, SHOP));
    }

    @Test
    void is_backwards_when_it_ends_before_it_begins_and_never_leaves_the_databases_calendar() {
        Period march = Period.ALWAYS.since("2026-03-01", SHOP).orElseThrow();
        assertTrue(march.upTo("2026-02-28", SHOP).orElseThrow().isBackwards());
        assertFalse(march.upTo("2026-03-01", SHOP).orElseThrow().isBackwards());
        assertEquals(Period.ALWAYS, Period.ALWAYS.since("0001-01-01", SHOP).orElseThrow());
        assertEquals(Period.ALWAYS, Period.ALWAYS.upTo("9999-12-31", SHOP).orElseThrow());
    }
}
