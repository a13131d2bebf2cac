package com.electroisla.bench.http;

import com.electroisla.bench.engine.Comparison;
import com.electroisla.bench.shop.BenchServer;
import com.electroisla.bench.shop.BenchShop;
import com.electroisla.bench.shop.Measured;
import com.electroisla.bench.shop.Scenario;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;

/**
 * Measures the first seconds of a rush: checkouts over HTTP on a server that has just said that it is ready, and the
 * same load on the same server once it has run for a while. The buyers check out the same carts again and again. Each
 * round has a server of its own, with the options of production.
 */
public final class ColdStart {
    private static final Duration FIRST = Duration.ofSeconds(8);
    private static final Duration UNTIL_WARM = Duration.ofSeconds(25);
    private static final double LEAST_SHARE = 0.5;

    private final BenchShop shop;
    private final HttpLoad load;
    private final int crowd;
    private final int rounds;
    private final Duration first;
    private final Duration untilWarm;
    private final Consumer<String> progress;
    private final Tokens tokens;

    /** @param time the time of a turn; only whether it is long enough for meaningful figures matters */
    public ColdStart(BenchShop shop, HttpLoad load, int crowd, int rounds, Duration time, Consumer<String> progress) {
        this.shop = shop;
        this.load = load;
        this.crowd = crowd;
        this.rounds = rounds;
        this.first = Comparison.isGlance(time) ? time : FIRST;
        this.untilWarm = Comparison.isGlance(time) ? time : UNTIL_WARM;
        this.progress = progress;
        this.tokens = new Tokens(shop, crowd);
    }

    /** Returns a table of both rates and of the first as a share of the second. */
    public String run() throws Exception {
        shop.fillCarts(Scenario.hot(1));
        List<Measured> cold = new ArrayList<>();
        List<Measured> warm = new ArrayList<>();
        for (int round = 1; round <= rounds; round++) {
            measure(shop.home().resolve("frio" + round), cold, warm);
            progress.accept(String.format(
                    Locale.ROOT,
                    "Arranque en frío, ronda %d: recién listo %.0f/s, caliente %.0f/s",
                    round,
                    cold.getLast().rate(),
                    warm.getLast().rate()));
        }
        return table(Measured.median(cold), Measured.median(warm));
    }

    private void measure(Path home, List<Measured> cold, List<Measured> warm) throws Exception {
        shop.forgetSales();
        if (tokens.areStale()) {
            tokens.make();
        }
        Plan again = new Plan(Journey.CHECKOUT, Scenario.hot(1), 1, tokens.of(1, crowd), true);
        try (BenchServer server = BenchServer.startNew(shop.target(), home)) {
            Measured atFirst = load.run(again, server.port, crowd, first);
            // Buyers come in turn, so the first calls are of different ones, and the later ones renew.
            shop.check(Math.min(atFirst.served(), crowd));
            cold.add(atFirst);
            load.run(again, server.port, crowd, untilWarm);
            warm.add(load.run(again, server.port, crowd, first));
        }
        shop.check(crowd);
    }

    private String table(Measured cold, Measured warm) {
        double share = cold.rate() / warm.rate();
        return String.format(
                Locale.ROOT,
                """
                | a server | checkouts a second | p99 ms | of the warm rate | goal |
                | --- | ---: | ---: | ---: | --- |
                | just ready, its first %s s | %.0f | %.0f | %.2f | ≥ 0.5 %s |
                | %s s later | %.0f | %.0f | 1.00 | |
                """,
                seconds(first),
                cold.rate(),
                cold.p99Millis(),
                share,
                share >= LEAST_SHARE ? "reached" : "not reached",
                seconds(untilWarm),
                warm.rate(),
                warm.p99Millis());
    }

    private static String seconds(Duration time) {
        return String.format(Locale.ROOT, time.toMillis() % 1_000 == 0 ? "%.0f" : "%.1f", time.toMillis() / 1e3);
    }
}
