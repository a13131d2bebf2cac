package com.electroisla.reservation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.electroisla.Eventually;
import com.electroisla.ShopFixture;
import com.electroisla.event.Outbox;
import com.electroisla.reservation.ReservationOutcome.Reserved;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.FutureTask;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The sweep while other transactions hold the locks it needs, and its lag. */
class SweepRaceIT {
    private static final Duration AS_LONG_AS_IT_TAKES = Duration.ofMinutes(1);

    private final ShopFixture fixture = new ShopFixture();

    @AfterEach
    void figures_and_rows_agree() {
        try (fixture) {
            assertEquals(List.of(), fixture.differences());
        }
    }

    @Test
    void a_product_on_which_somebody_sits_keeps_no_other_products_holds_waiting() throws Exception {
        long hot = overdue(6_000, "2 hours");
        long other = overdue(10, "1 hour");
        try (Connection somebody = fixture.target.connect(Map.of())) {
            somebody.setAutoCommit(false);
            somebody.createStatement().execute("SELECT FROM productos WHERE id = " + hot + " FOR UPDATE");

            assertEquals(10, fixture.shop.expireReservations().run());
            somebody.rollback();
        }

        assertEquals("100000/0/0", fixture.figures(other));
        assertEquals(6_000, fixture.shop.expireReservations().run(), "more than one batch of one product");
        assertEquals("100000/0/0", fixture.figures(hot));
    }

    @Test
    void a_product_on_which_somebody_sits_keeps_no_busy_product_from_its_turn() throws Exception {
        long satOn = overdue(10, "2 hours");
        long busy = overdue(10, "1 hour");
        try (Connection somebody = sitsOn("SELECT FROM productos WHERE id = " + satOn + " FOR UPDATE")) {
            Connection customer = sitsOn("SELECT FROM productos WHERE id = " + busy + " FOR UPDATE");
            int pid = pid(customer);
            Thread.ofVirtual().start(() -> {
                try {
                    Eventually.until(() -> fixture.number(
                                    "SELECT count(*) FROM pg_stat_activity WHERE ? = ANY(pg_blocking_pids(pid))", pid)
                            > 0);
                } finally {
                    close(customer);
                }
            });

            assertEquals(10, fixture.shop.expireReservations().run());
            somebody.rollback();
        }
        assertEquals("100000/0/0", fixture.figures(busy));
        assertEquals(10, fixture.shop.expireReservations().run());
        assertEquals("100000/0/0", fixture.figures(satOn));
    }

    @Test
    void a_hold_that_somebody_has_locked_is_passed_over_and_released_in_the_next_run() throws Exception {
        long product = overdue(10, "1 hour");
        long other = overdue(5, "30 minutes");
        try (Connection somebody = sitsOn(
                "SELECT FROM stock_reservations WHERE producto_id = " + product + " ORDER BY id LIMIT 1 FOR UPDATE")) {
            assertEquals(9 + 5, fixture.shop.expireReservations().run());
            somebody.rollback();
        }
        assertEquals("100000/1/0", fixture.figures(product));
        assertEquals("100000/0/0", fixture.figures(other));
        assertEquals(1, fixture.shop.expireReservations().run());
    }

    @Test
    void while_a_whole_table_is_locked_the_sweep_stops_without_a_word_and_goes_on_afterwards() throws Exception {
        overdue(10, "1 hour");
        try (Connection somebody = sitsOn("LOCK TABLE productos IN SHARE MODE")) {
            assertEquals(0, fixture.shop.expireReservations().run());
            somebody.rollback();
        }
        assertEquals(10, fixture.shop.expireReservations().run());
    }

    private Connection sitsOn(String lock) throws SQLException {
        Connection somebody = fixture.target.connect(Map.of());
        somebody.setAutoCommit(false);
        somebody.createStatement().execute(lock);
        return somebody;
    }

    private static int pid(Connection connection) throws SQLException {
        try (var row = connection.createStatement().executeQuery("SELECT pg_backend_pid()")) {
            row.next();
            return row.getInt(1);
        }
    }

    private static void close(Connection connection) {
        try (connection) {
            connection.rollback();
        } catch (SQLException failure) {
            throw new IllegalStateException(failure);
        }
    }

    @Test
    void a_product_that_is_never_found_free_is_waited_for_in_turn() throws Exception {
        long hot = overdue(2_500, "1 hour");
        var sweep = new FutureTask<>(new ExpireReservations(
                fixture.shop.database(), fixture.clock, Outbox.UNHEARD, () -> {}, AS_LONG_AS_IT_TAKES)::run);
        try (Connection somebody = fixture.target.connect(Map.of())) {
            somebody.setAutoCommit(false);
            somebody.createStatement().execute("SELECT FROM productos WHERE id = " + hot + " FOR UPDATE");
            Thread.ofVirtual().start(sweep);
            long deadline = System.nanoTime() + AS_LONG_AS_IT_TAKES.toNanos();
            while (fixture.waitingForLocks() == 0) {
                assertTrue(System.nanoTime() < deadline);
            }
            somebody.rollback();
        }

        assertEquals(2_500, sweep.get());
    }

    @Test
    void a_buyer_who_needs_the_unit_has_it_the_instant_the_hold_is_over_and_the_sweep_is_as_late_as_it_is() {
        Instant began = Instant.parse("2026-11-24T10:00:00Z");
        fixture.clock.stopAt(began);
        long product = fixture.productWithStock(2);
        fixture.checkout(fixture.buyerWith(product, 1));
        fixture.checkout(fixture.buyerWith(product, 1));
        ReleaseLag lag = fixture.shop.expireReservations().lag();

        fixture.clock.stopAt(began.plus(Duration.ofMinutes(15)));
        assertTrue(fixture.checkout(fixture.buyerWith(product, 2)) instanceof Reserved, "no lag at all");
        assertEquals(0, lag.count());

        fixture.clock.advance(Duration.ofMinutes(15).plusSeconds(7));
        assertEquals(1, fixture.shop.expireReservations().run());
        assertEquals(1, lag.count());
        assertEquals(Duration.ofSeconds(7), lag.sum());
        assertEquals(Duration.ofSeconds(7), lag.maximum());

        fixture.clock.advance(Duration.ofMinutes(3));
        fixture.shop.expireReservations().run();
        assertEquals(Duration.ZERO, lag.maximum(), "the maximum is that of the last minutes");
        assertEquals(Duration.ofSeconds(7), lag.sum());
    }

    /** A product with long expired holds of one unit each. */
    private long overdue(int holds, String ago) {
        long product = fixture.productWithStock(100_000);
        int buyer = fixture.anyBuyer();
        fixture.sql("""
                INSERT INTO stock_reservations (usuario_id, producto_id, cantidad, status, created_at, expires_at,
                    user_agent)
                SELECT ?, ?, 1, 'pending', now() - interval '3 hours',
                       now() - CAST(? AS interval) + n * interval '1 millisecond', '' FROM generate_series(1, ?) n
                """, buyer, product, ago, holds);
        fixture.sql("UPDATE productos SET stock_reservado = ? WHERE id = ?", holds, product);
        return product;
    }
}
