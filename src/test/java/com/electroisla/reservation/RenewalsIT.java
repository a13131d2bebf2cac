package com.electroisla.reservation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.electroisla.PreparedPlans;
import com.electroisla.ShopFixture;
import com.electroisla.cart.CartOutcome;
import com.electroisla.cart.CartRequest;
import com.electroisla.database.Database;
import com.electroisla.reservation.ReservationOutcome.NotEnoughStock;
import com.electroisla.reservation.ReservationOutcome.Ordered;
import com.electroisla.reservation.ReservationOutcome.Reserved;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Renewed holds: {@code expires_at} moves and the bound by which the hold is found stays behind. A hold is over when
 * {@code expires_at} passes, no sooner and no later, whoever wrote it.
 */
class RenewalsIT {
    private static final Instant BEGAN = Instant.parse("2026-11-30T10:00:00Z");
    private static final Duration TIME_TO_LIVE = Duration.ofMinutes(15);
    private static final Instant FIRST_END = BEGAN.plus(TIME_TO_LIVE);
    private static final Duration LATER = Duration.ofMinutes(10);
    private static final Instant SECOND_END = FIRST_END.plus(LATER);

    private final ShopFixture fixture = new ShopFixture();
    private final long product = fixture.productWithStock(1);

    @AfterEach
    void figures_and_rows_agree() {
        try (fixture) {
            assertEquals(List.of(), fixture.differences());
        }
    }

    @Test
    void a_renewal_changes_no_column_that_an_index_knows_and_its_row_stays_on_its_page() {
        int buyer = buyerWhoRenewed();
        String before = indexed();
        String page = page();
        String end = fixture.text("SELECT expires_at FROM stock_reservations");
        for (int time = 1; time <= 5; time++) {
            fixture.clock.advance(Duration.ofSeconds(20));
            assertInstanceOf(Reserved.class, fixture.checkout(buyer));
        }
        assertNotEquals(end, fixture.text("SELECT expires_at FROM stock_reservations"));
        assertEquals(before, indexed());
        assertEquals(page, page());
        assertEquals(6 + 1, fixture.number("SELECT checkout_id FROM stock_reservations"), "the newest checkout's");
    }

    /** The values of the reservation in all columns that are in an index, as a key, beside it or in its condition. */
    private String indexed() {
        return fixture.text("""
                SELECT jsonb_object_agg(a.attname, to_jsonb(r) -> a.attname)::text
                  FROM stock_reservations r, pg_attribute a
                 WHERE a.attrelid = 'stock_reservations'::regclass AND a.attnum > 0
                   AND EXISTS (SELECT FROM pg_index i LEFT JOIN pg_depend d
                                       ON d.classid = 'pg_class'::regclass AND d.objid = i.indexrelid
                                      AND d.refobjid = i.indrelid AND d.refobjsubid = a.attnum
                                WHERE i.indrelid = a.attrelid
                                  AND (a.attnum = ANY (i.indkey::int2[]) OR d.refobjsubid IS NOT NULL))
                """);
    }

    private String page() {
        return fixture.text("SELECT (ctid::text::point)[0] FROM stock_reservations");
    }

    @Test
    void a_renewed_hold_outlives_its_first_end_and_is_free_for_the_next_buyer_the_instant_its_second_one_passes() {
        buyerWhoRenewed();
        int next = fixture.buyerWith(product, 1);

        fixture.clock.stopAt(FIRST_END);
        assertInstanceOf(NotEnoughStock.class, fixture.checkout(next));
        assertFalse(mayAdd(fixture.anyBuyer()));
        fixture.clock.stopAt(SECOND_END.minusNanos(1_000));
        assertInstanceOf(NotEnoughStock.class, fixture.checkout(next));
        assertFalse(mayAdd(fixture.anyBuyer()));

        fixture.clock.stopAt(SECOND_END);
        assertTrue(mayAdd(fixture.anyBuyer()));
        assertInstanceOf(Reserved.class, fixture.checkout(next));
        assertEquals("1/1/0", fixture.figures(product));
    }

    private boolean mayAdd(int buyer) {
        var caller = new CartRequest.Caller(buyer, null, "");
        return !(ShopFixture.outcomeOf(fixture.shop.carts().submit(new CartRequest.Add(caller, product, 1)))
                instanceof CartOutcome.NotEnough);
    }

    @Test
    void the_sweep_ends_a_renewed_hold_at_its_second_end_and_moves_its_bound_after_the_first() {
        buyerWhoRenewed();
        ExpireReservations sweep = fixture.shop.expireReservations();

        fixture.clock.stopAt(FIRST_END.minusNanos(1_000));
        assertEquals(0, sweep.run());
        assertEquals(FIRST_END, bound());
        fixture.clock.stopAt(FIRST_END);
        assertEquals(0, sweep.run());
        assertEquals(SECOND_END, bound());
        fixture.clock.stopAt(SECOND_END.minusNanos(1_000));
        assertEquals(0, sweep.run());

        fixture.clock.stopAt(SECOND_END);
        assertEquals(1, sweep.run());
        assertEquals(Duration.ZERO, sweep.lag().maximum());
        assertEquals("1/0/0", fixture.figures(product));
    }

    @Test
    void without_any_sweep_the_next_renewal_moves_a_bound_that_has_passed() {
        int buyer = buyerWhoRenewed();
        assertEquals(FIRST_END, bound());
        fixture.clock.stopAt(FIRST_END);
        fixture.checkout(buyer);
        assertEquals(FIRST_END.plus(TIME_TO_LIVE), bound());
    }

    @ParameterizedTest
    @CsvSource({"origin, true", "origin, false", "replica, false"})
    void a_renewed_hold_that_somebody_shortens_by_sql_is_over_at_its_new_end(String role, boolean swept)
            throws SQLException {
        buyerWhoRenewed();
        Instant shorter = FIRST_END.minusSeconds(60);
        byHand(role, shorter);

        fixture.clock.stopAt(shorter.minusNanos(1_000));
        assertEquals(0, fixture.shop.expireReservations().run());
        assertInstanceOf(NotEnoughStock.class, fixture.checkout(fixture.buyerWith(product, 1)));
        fixture.clock.stopAt(shorter);
        if (swept) {
            assertEquals(1, fixture.shop.expireReservations().run());
        }
        assertInstanceOf(Reserved.class, fixture.checkout(fixture.buyerWith(product, 1)));
    }

    @Test
    void a_hold_that_somebody_lengthens_by_sql_lives_until_its_new_end() throws SQLException {
        buyerWhoRenewed();
        Instant longer = SECOND_END.plus(Duration.ofHours(1));
        byHand("origin", longer);

        for (Instant early : List.of(FIRST_END, SECOND_END, longer.minusNanos(1_000))) {
            fixture.clock.stopAt(early);
            assertEquals(0, fixture.shop.expireReservations().run());
            assertInstanceOf(NotEnoughStock.class, fixture.checkout(fixture.buyerWith(product, 1)));
        }
        fixture.clock.stopAt(longer);
        assertEquals(1, fixture.shop.expireReservations().run());
    }

    private void byHand(String role, Instant end) throws SQLException {
        try (Connection operator = fixture.target.connect(Map.of("options", "-c session_replication_role=" + role));
                var statement = operator.createStatement()) {
            assertEquals(1, statement.executeUpdate("UPDATE stock_reservations SET expires_at = '" + end + "'"));
        }
    }

    @Test
    void a_renewed_hold_is_paid_after_its_first_end_and_not_after_its_second() {
        int buyer = buyerWhoRenewed();
        fixture.clock.stopAt(FIRST_END.plusSeconds(1));
        assertInstanceOf(Ordered.class, fixture.pay(buyer));
        assertEquals("1/0/1", fixture.figures(product));

        long other = fixture.productWithStock(1);
        int slow = fixture.buyerWith(other, 1);
        fixture.checkout(slow);
        fixture.clock.advance(LATER);
        fixture.checkout(slow);
        fixture.clock.advance(TIME_TO_LIVE);
        assertInstanceOf(ReservationOutcome.HoldsExpired.class, fixture.pay(slow));
    }

    @Test
    void one_run_ends_every_hold_that_is_over_and_moves_every_other_bound_whatever_the_order_of_bounds_and_ends() {
        fixture.clock.stopAt(BEGAN);
        long many = fixture.productWithStock(10_000);
        int buyer = fixture.anyBuyer();
        // The earlier a bound, the later the end: 2,500 are over and 2,500 live on.
        fixture.sql("""
                INSERT INTO stock_reservations (usuario_id, producto_id, cantidad, status, created_at, expires_at,
                    vencia_at, user_agent)
                SELECT ?, ?, 1, 'pending', CAST(? AS timestamptz) - interval '3 hours',
                       CAST(? AS timestamptz) + (2500 - n) * interval '1 second',
                       CAST(? AS timestamptz) - interval '2 hours' + n * interval '1 second', ''
                  FROM generate_series(1, 5000) n
                """, buyer, many, BEGAN.toString(), BEGAN.toString(), BEGAN.toString());
        fixture.sql("UPDATE productos SET stock_reservado = 5000 WHERE id = ?", many);

        assertEquals(2_501, fixture.shop.expireReservations().run());

        assertEquals("10000/2499/0", fixture.figures(many));
        assertEquals(
                2_499,
                fixture.number("SELECT count(*) FROM stock_reservations WHERE status = 'pending' AND "
                        + "revisar_desde = expires_at"));
    }

    @Test
    void a_renewed_hold_that_somebody_has_locked_is_looked_at_in_the_next_run() throws SQLException {
        buyerWhoRenewed();
        fixture.clock.stopAt(FIRST_END);
        try (Connection somebody = fixture.target.connect(Map.of())) {
            somebody.setAutoCommit(false);
            somebody.createStatement().execute("SELECT FROM stock_reservations FOR UPDATE");
            assertEquals(0, fixture.shop.expireReservations().run());
            somebody.rollback();
        }
        assertEquals(FIRST_END, bound());
        fixture.shop.expireReservations().run();
        assertEquals(SECOND_END, bound());
    }

    @Test
    void the_sweep_finds_its_holds_by_key() throws SQLException {
        try (Database one = new Database(fixture.target, 1, Database.Purpose.BATCHES)) {
            var sweep = new ExpireReservations(one, fixture.clock);
            for (int time = 1; time <= 4; time++) {
                fixture.clock.stopAt(BEGAN);
                fixture.checkout(fixture.buyerWith(fixture.productWithStock(1), 1));
                buyerWhoRenewed(fixture.productWithStock(1));
                fixture.clock.stopAt(FIRST_END);
                sweep.run();
            }
            List<String> faults = new ArrayList<>();
            Map<String, List<String>> plans = one.read(PreparedPlans::of);
            plans.keySet().removeIf(statement -> !statement.contains("revisar_desde"));
            plans.forEach((statement, plan) -> {
                boolean byKey = plan.stream().anyMatch(step -> step.contains("reservas_pendientes_"))
                        && plan.stream().noneMatch(step -> step.contains("Seq Scan"));
                if (!byKey) {
                    faults.add(statement + "\n" + String.join("\n", plan));
                }
            });
            assertEquals(3, plans.size(), plans.keySet()::toString);
            assertEquals(List.of(), faults);
        }
    }

    private int buyerWhoRenewed() {
        return buyerWhoRenewed(product);
    }

    /** A buyer whose hold was made at {@link #BEGAN} and renewed {@link #LATER}. */
    private int buyerWhoRenewed(long held) {
        fixture.clock.stopAt(BEGAN);
        int buyer = fixture.buyerWith(held, 1);
        fixture.checkout(buyer);
        fixture.clock.stopAt(BEGAN.plus(LATER));
        assertInstanceOf(Reserved.class, fixture.checkout(buyer));
        return buyer;
    }

    private Instant bound() {
        return Instant.parse(fixture.text(
                "SELECT to_char(revisar_desde AT TIME ZONE 'UTC', 'YYYY-MM-DD\"T\"HH24:MI:SS.US\"Z\"') FROM "
                        + "stock_reservations WHERE status = 'pending'"));
    }
}
