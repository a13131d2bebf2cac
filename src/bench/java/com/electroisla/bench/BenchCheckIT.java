package com.electroisla.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.electroisla.bench.engine.EngineWay;
import com.electroisla.bench.http.Oversell;
import com.electroisla.bench.large.GrowthSql;
import com.electroisla.bench.shop.BenchHttpSql.Scarce;
import com.electroisla.bench.shop.BenchShop;
import com.electroisla.bench.shop.Scenario;
import com.electroisla.command.CommandRefused;
import com.electroisla.database.MigratedDatabase;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The benchmark's checks find wrong results. */
class BenchCheckIT {
    private static final Scenario ONE = new Scenario(true, 1, 20);

    @TempDir
    Path home;

    private BenchShop shop;

    @BeforeEach
    void open() throws Exception {
        shop = BenchShop.open(home, MigratedDatabase.create(), 40, 20, line -> {});
        shop.fillCarts(ONE);
    }

    @AfterEach
    void close() {
        shop.close();
    }

    @Test
    void a_way_that_claims_one_unit_more_or_less_than_it_held_is_refused() throws Exception {
        long served = EngineWay.ofTheShop(shop.shop(), shop.buyers)
                .measure(ONE, 4, Duration.ofMillis(100))
                .served();

        assertTrue(served > 0);
        shop.check(served);
        assertThrows(CommandRefused.class, () -> shop.check(served + 1));
        assertThrows(CommandRefused.class, () -> shop.check(served - 1));
        assertThrows(CommandRefused.class, () -> shop.checkPaid(1), "nothing was paid for");
    }

    @Test
    void a_unit_that_is_counted_and_not_held_is_refused() {
        shop.check(0);
        shop.patient()
                .useTransaction(handle -> handle.execute("UPDATE productos SET stock_reservado = 1 WHERE id = 7"));

        assertThrows(CommandRefused.class, () -> shop.check(0));
    }

    @Test
    void a_past_agrees_with_the_figures_and_leaves_the_indexes_as_they_were() {
        String indexes = text("SELECT string_agg(indexdef, ';' ORDER BY indexname) FROM pg_indexes WHERE tablename "
                + "= 'stock_reservations'");
        shop.patient().useTransaction(handle -> GrowthSql.insertPast(handle, 1, 1_000, shop.buyers, 20));
        assertThrows(CommandRefused.class, () -> shop.check(0), "sold, and not counted yet");

        shop.patient().useTransaction(GrowthSql::countSold);

        shop.check(0);
        assertEquals("600", text("SELECT sum(stock_vendido)::text FROM productos"));
        assertEquals(
                indexes,
                text("SELECT string_agg(indexdef, ';' ORDER BY indexname) FROM pg_indexes WHERE "
                        + "tablename = 'stock_reservations'"));
    }

    private String text(String sql) {
        return shop.patient()
                .read(handle -> handle.createQuery(sql).mapTo(String.class).one());
    }

    @Test
    void a_drill_is_exact_only_when_everybody_says_fifty() {
        assertTrue(new Oversell.Outcome(2, 50, 150, new Scarce(50, 0, 50, 50)).isExact());
        assertFalse(
                new Oversell.Outcome(2, 51, 149, new Scarce(50, 0, 50, 50)).isExact(), "one was told so and has none");
        assertFalse(new Oversell.Outcome(2, 50, 150, new Scarce(50, 1, 49, 50)).isExact());
        assertFalse(new Oversell.Outcome(2, 50, 150, new Scarce(51, 0, 51, 51)).isExact());
    }
}
