package com.electroisla.bench.engine;

import com.electroisla.Eventually;
import com.electroisla.bench.shop.BenchShop;
import com.electroisla.bench.shop.BenchSql;
import com.electroisla.bench.shop.BenchSql.Updates;
import com.electroisla.bench.shop.Load;
import com.electroisla.bench.shop.Measured;
import com.electroisla.bench.shop.Scenario;
import com.electroisla.groupcommit.Reply;
import com.electroisla.reservation.ReservationOutcome;
import com.electroisla.reservation.ReservationOutcome.Reserved;
import com.electroisla.reservation.ReservationRequest.ReserveCart;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;

/**
 * Measures new holds of one product, each by another buyer, and renewals: a crowd of buyers who check out the same cart
 * again and again. Both have their turn in every round. PostgreSQL's sessions tell of their updates after ten idle
 * seconds at the latest.
 */
public final class Renewals {
    private static final Scenario ONE_PRODUCT = Scenario.hot(1);
    private static final double LEAST_RATE = 0.8;
    private static final double LEAST_HOT = 0.9;

    private final BenchShop shop;
    private final int crowd;
    private final int rounds;
    private final Duration time;
    private final Consumer<String> progress;

    public Renewals(BenchShop shop, int crowd, int rounds, Duration time, Consumer<String> progress) {
        this.shop = shop;
        this.crowd = crowd;
        this.rounds = rounds;
        this.time = time;
        this.progress = progress;
    }

    /** Returns a table of both rates, their ratio, and the share of renewals that wrote no index (HOT). */
    public String run() throws Exception {
        shop.fillCarts(ONE_PRODUCT);
        for (int turn = 0; turn < Comparison.turnsToWarmUp(false, time); turn++) {
            hold();
            shop.forgetSales();
        }
        Updates before = updates();
        long renewals = 0;
        List<Measured> fresh = new ArrayList<>();
        List<Measured> renewed = new ArrayList<>();
        for (int round = 0; round <= rounds; round++) {
            Measured holds = hold();
            shop.check(holds.served());
            shop.forgetSales();
            Measured again = renew();
            renewals += again.served();
            shop.check(crowd);
            shop.forgetSales();
            progress.accept(String.format(
                    Locale.ROOT,
                    "Renovaciones, ronda %d: nuevas %.0f/s, renovadas %.0f/s",
                    round,
                    holds.rate(),
                    again.rate()));
            // The first round is for the JVM.
            if (round > 0) {
                fresh.add(holds);
                renewed.add(again);
            }
        }
        return table(Measured.median(fresh), Measured.median(renewed), hot(before, renewals));
    }

    private Measured hold() throws Exception {
        return Load.run(crowd, shop.buyers, time, (door, buyer) -> reserve(buyer));
    }

    /** Each door is a buyer who holds already. */
    private Measured renew() throws Exception {
        Load.run(crowd, crowd, Duration.ofDays(1), (door, buyer) -> reserve(buyer));
        return Load.run(crowd, Integer.MAX_VALUE, time, (door, buyer) -> reserve(door + 1));
    }

    private void reserve(int buyer) {
        Reply<ReservationOutcome> reply =
                shop.shop().reservations().submit(new ReserveCart(buyer, "127.0.0.1", "bench"));
        if (!(reply instanceof Reply.Decided<ReservationOutcome>(Reserved _, var _))) {
            throw new IllegalStateException("not reserved: " + reply);
        }
    }

    /** The share of HOT updates, once the statistics know of every renewal: nothing else updates a hold here. */
    private double hot(Updates before, long renewals) {
        Eventually.until(() -> updates().all() - before.all() >= renewals);
        Updates after = updates();
        return (double) (after.hot() - before.hot()) / (after.all() - before.all());
    }

    private Updates updates() {
        return shop.patient().read(BenchSql::updates);
    }

    private static String table(Measured fresh, Measured renewed, double hot) {
        double ratio = renewed.rate() / fresh.rate();
        return String.format(
                Locale.ROOT,
                """
                | holds | a second | p99 ms | of new ones | goal | HOT | goal |
                | --- | ---: | ---: | ---: | --- | ---: | --- |
                | new | %.0f | %.0f | 1.00 | | | |
                | renewed | %.0f | %.0f | %.2f | ≥ 0.8 %s | %.1f %% | ≥ 90 %% %s |
                """,
                fresh.rate(),
                fresh.p99Millis(),
                renewed.rate(),
                renewed.p99Millis(),
                ratio,
                reached(ratio >= LEAST_RATE),
                100 * hot,
                reached(hot >= LEAST_HOT));
    }

    private static String reached(boolean is) {
        return is ? "reached" : "not reached";
    }
}
