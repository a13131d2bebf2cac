package com.electroisla.reservation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import com.electroisla.ShopFixture;
import com.electroisla.order.OrderDetails;
import com.electroisla.order.PaymentMethod;
import com.electroisla.payment.Payment;
import com.electroisla.payment.ProviderWord;
import com.electroisla.reservation.ReservationOutcome.PaymentBegun;
import com.electroisla.reservation.ReservationOutcome.PaymentTurnedDown;
import com.electroisla.reservation.ReservationOutcome.Reserved;
import com.electroisla.reservation.ReservationOutcome.TooManyUnits;
import com.electroisla.reservation.ReservationRequest.BeginPayment;
import com.electroisla.reservation.ReservationRequest.HearPayment;
import com.electroisla.settings.Setting;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** How long and how much one buyer can hold without paying, with the operator's settings. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class HoldLimitsIT {
    private static final Instant BEGAN = Instant.parse("2026-11-30T10:00:00Z");

    private final ShopFixture fixture =
            new ShopFixture(Map.of(Setting.UNIT_CAP, "3", Setting.HOLD_AGE, "PT45M", Setting.TIME_TO_LIVE, "PT15M"));

    @AfterAll
    void figures_and_rows_agree() {
        try (ShopFixture closed = fixture) {
            assertEquals(List.of(), closed.differences());
        }
    }

    @Test
    void renewals_keep_units_for_the_age_of_the_first_hold_and_a_change_of_quantity_does_not_begin_anew() {
        long product = fixture.productWithStock(5);
        int buyer = fixture.buyerWith(product, 1);
        assertEquals(BEGAN.plusSeconds(15 * 60), checkoutAt(buyer, 0));
        assertEquals(BEGAN.plusSeconds(29 * 60), checkoutAt(buyer, 14));
        fixture.inCart(buyer, product, 2);
        assertEquals(BEGAN.plusSeconds(43 * 60), checkoutAt(buyer, 28));
        assertEquals(BEGAN.plusSeconds(45 * 60), checkoutAt(buyer, 42));
        fixture.inCart(buyer, product, 3);
        assertEquals(BEGAN.plusSeconds(45 * 60), checkoutAt(buyer, 44));
        assertEquals("2026-11-30 10:00:00 pending", newest(buyer));
        assertEquals(BEGAN.plusSeconds(60 * 60), checkoutAt(buyer, 45), "the hold is over, and another begins");
        assertEquals(" pending", newest(buyer));
        assertEquals("5/3/0", fixture.figures(product));
    }

    private Instant checkoutAt(int buyer, int minutes) {
        fixture.clock.stopAt(BEGAN.plus(Duration.ofMinutes(minutes)));
        return assertInstanceOf(Reserved.class, fixture.checkout(buyer))
                .lines()
                .getFirst()
                .expiresAt();
    }

    private String newest(int buyer) {
        return fixture.text("""
                SELECT COALESCE(to_char(retenida_desde AT TIME ZONE 'UTC', 'YYYY-MM-DD HH24:MI:SS'), '')
                       || ' ' || status
                  FROM stock_reservations WHERE usuario_id = ? ORDER BY id DESC LIMIT 1
                """, buyer);
    }

    @Test
    void more_units_than_the_cap_are_not_held() {
        long product = fixture.product("Ventilador", "10.00", 9);
        int buyer = fixture.buyerWith(product, 4);
        assertEquals(new TooManyUnits("Ventilador", 3), fixture.checkout(buyer));
        assertEquals("9/0/0", fixture.figures(product));
        fixture.inCart(buyer, product, 3);
        assertInstanceOf(Reserved.class, fixture.checkout(buyer));
    }

    @Test
    void a_refused_payment_and_a_checkout_in_between_give_no_second_window_for_the_same_hold() {
        fixture.clock.stopAt(BEGAN);
        int buyer = fixture.buyerWith(fixture.productWithStock(1), 1);
        assertInstanceOf(Reserved.class, fixture.checkout(buyer));
        Payment first = begin(buyer);
        assertEquals(BEGAN.plus(Duration.ofMinutes(35)), first.expiresAt());
        fixture.clock.stopAt(BEGAN.plus(Duration.ofMinutes(30)));
        assertInstanceOf(
                PaymentTurnedDown.class,
                ShopFixture.submit(
                        fixture.shop, new HearPayment(buyer, first.id(), new ProviderWord.Refused(first.id()))));
        assertEquals(
                BEGAN.plus(Duration.ofMinutes(45)), checkoutAt(buyer, 31), "a checkout gives its own time, by age");

        assertEquals(BEGAN.plus(Duration.ofMinutes(45)), begin(buyer).expiresAt());
    }

    private Payment begin(int buyer) {
        var details = new OrderDetails(PaymentMethod.CARD, "Calle 23", "555-0100", null);
        return assertInstanceOf(
                        PaymentBegun.class,
                        ShopFixture.submit(
                                fixture.shop,
                                new BeginPayment(buyer, details, null, "prueba", Duration.ofMinutes(35), null)))
                .payment();
    }
}
