package com.electroisla.admin;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.electroisla.ShopFixture;
import com.electroisla.accounts.Role;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Days and hours are those of the shop's time zone, also where a day has no midnight, or 23 or 25 hours. */
class ShopDaysIT {
    private static final ZoneId SANTO_DOMINGO = ZoneId.of("America/Santo_Domingo");
    private static final ZoneId HAVANA = ZoneId.of("America/Havana");
    private static final ZoneId MADRID = ZoneId.of("Europe/Madrid");

    private ShopFixture fixture;

    @BeforeEach
    void open() {
        fixture = new ShopFixture();
    }

    @AfterEach
    void close() {
        fixture.close();
    }

    private HomeView.Figures figures(ZoneId zone) {
        return Objects.requireNonNull(new Home(fixture.shop.database(), fixture.clock, zone)
                .view(Role.ADMIN)
                .figures());
    }

    @Test
    void what_is_sold_in_the_shops_evening_is_sold_today_until_its_midnight() {
        fixture.clock.stopAt(Instant.parse("2026-03-02T00:20:00Z"));
        int buyer = fixture.buyerWith(fixture.productWithStock(5), 2);
        fixture.checkout(buyer);
        fixture.pay(buyer);
        assertEquals(1, figures(SANTO_DOMINGO).today().orders());
        assertEquals(
                List.of("19h", "20h"),
                figures(SANTO_DOMINGO).chart().hours().subList(10, 12).stream()
                        .map(HourlyChart.Hour::label)
                        .toList());
        assertEquals(2, figures(SANTO_DOMINGO).chart().hours().getLast().sold());
        fixture.clock.stopAt(Instant.parse("2026-03-02T03:59:59Z"));
        assertEquals(2, figures(SANTO_DOMINGO).today().units());
        fixture.clock.stopAt(Instant.parse("2026-03-02T04:00:00Z"));
        assertEquals(0, figures(SANTO_DOMINGO).today().orders());
    }

    @Test
    void the_hours_of_the_chart_are_told_as_the_shops_clock_shows_them_also_when_it_is_put_forward_or_back() {
        fixture.clock.stopAt(Instant.parse("2026-03-29T02:30:00Z"));
        assertEquals(
                List.of("00h", "01h", "03h", "04h"),
                figures(MADRID).chart().hours().subList(8, 12).stream()
                        .map(HourlyChart.Hour::label)
                        .toList());
        fixture.clock.stopAt(Instant.parse("2026-10-25T01:30:00Z"));
        assertEquals(
                List.of("01h", "02h", "02h"),
                figures(MADRID).chart().hours().subList(9, 12).stream()
                        .map(HourlyChart.Hour::label)
                        .toList());
        fixture.clock.stopAt(Instant.parse("2026-03-02T00:20:00Z"));
        assertEquals(
                "05h",
                figures(ZoneId.of("Asia/Kolkata")).chart().hours().getLast().label());
    }

    private int movements(ZoneId zone, long product, String day) {
        return new Kardex(fixture.shop.database(), fixture.clock, zone)
                .of(product, day, day, "", null)
                .orElseThrow()
                .rows()
                .size();
    }

    private void moved(long product, String... moments) {
        for (String moment : moments) {
            fixture.sql(
                    "INSERT INTO movimientos_stock (producto_id, tipo, delta_total, delta_vendido, created_at) "
                            + "VALUES (?, 'entrada', 1, 0, ?)",
                    product,
                    Instant.parse(moment).atOffset(ZoneOffset.UTC));
        }
    }

    @Test
    void the_kardex_of_a_day_is_of_the_shops_day_with_23_hours_25_or_without_a_midnight() {
        fixture.clock.stopAt(Instant.parse("2027-01-01T00:00:00Z"));
        long madrid = fixture.productWithStock(9);
        moved(madrid, "2026-03-28T22:59:59Z", "2026-03-28T23:00:00Z", "2026-03-29T21:59:59Z", "2026-03-29T22:00:00Z");
        assertEquals(2, movements(MADRID, madrid, "2026-03-29"));
        moved(madrid, "2026-10-24T21:59:59Z", "2026-10-24T22:00:00Z", "2026-10-25T22:59:59Z", "2026-10-25T23:00:00Z");
        assertEquals(2, movements(MADRID, madrid, "2026-10-25"));
        long havana = fixture.productWithStock(9);
        moved(havana, "2026-03-08T04:59:59Z", "2026-03-08T05:00:00Z", "2026-03-09T03:59:59Z", "2026-03-09T04:00:00Z");
        assertEquals(2, movements(HAVANA, havana, "2026-03-08"));
        moved(havana, "2026-11-01T03:59:59Z", "2026-11-01T04:00:00Z", "2026-11-02T04:59:59Z", "2026-11-02T05:00:00Z");
        assertEquals(2, movements(HAVANA, havana, "2026-11-01"));
        long end = fixture.productWithStock(9);
        moved(end, "2026-02-01T03:59:59Z", "2026-02-01T04:00:00Z");
        assertEquals(1, movements(SANTO_DOMINGO, end, "2026-01-31"));
        assertEquals(1, movements(SANTO_DOMINGO, end, "2026-02-01"));
    }

    @Test
    void how_it_stood_at_a_moment_is_asked_by_the_shops_clock() {
        fixture.clock.stopAt(Instant.parse("2026-03-02T12:00:00Z"));
        long product = fixture.productWithStock(9);
        moved(product, "2026-03-01T10:00:00Z", "2026-03-01T23:30:00Z");
        var kardex = new Kardex(fixture.shop.database(), fixture.clock, SANTO_DOMINGO);
        assertEquals(
                8,
                Objects.requireNonNull(kardex.of(product, "", "", "2026-03-01T19:29", null)
                                .orElseThrow()
                                .past())
                        .total());
        assertEquals(
                9,
                Objects.requireNonNull(kardex.of(product, "", "", "2026-03-01T19:30", null)
                                .orElseThrow()
                                .past())
                        .total());
    }
}
