package com.electroisla.bench.http;

import com.electroisla.bench.report.Report;
import com.electroisla.bench.shop.BenchServer;
import com.electroisla.bench.shop.BenchShop;
import com.electroisla.bench.shop.Measured;
import com.electroisla.bench.shop.Scenario;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.IntStream;

/**
 * The way f beside a correct Django view of the same checkout ({@link DjangoView}), on the same database, for one hot
 * product, in turns.
 */
public final class BesideDjango {
    private static final Scenario HOT = Scenario.hot(1);
    private static final double LEAST_TIMES = 60;

    /** As many buyers at once as a process a core serves without a queue that only adds waiting. */
    private static final int DJANGO_CROWD = 32;

    private final BenchShop shop;
    private final HttpComparison http;
    private final HttpLoad load;
    private final Path folder;
    private final int crowd;
    private final int rounds;
    private final Duration time;
    private final Consumer<String> progress;

    /**
     * @param folder the place of the view's files
     * @param crowd the number of buyers at once of the way f
     */
    public BesideDjango(
            BenchShop shop,
            BenchServer server,
            HttpLoad load,
            Path folder,
            int crowd,
            int rounds,
            Duration time,
            Consumer<String> progress) {
        this.shop = shop;
        this.http = new HttpComparison(shop, server, load, Set.of("f"), 1, time, line -> {});
        this.load = load;
        this.folder = folder;
        this.crowd = crowd;
        this.rounds = rounds;
        this.time = time;
        this.progress = progress;
    }

    /** Returns a table of both rates and of their ratio. */
    public String run() throws Exception {
        List<Measured> ours = new ArrayList<>();
        List<Measured> theirs = new ArrayList<>();
        try (DjangoView view = DjangoView.start(shop.target(), folder)) {
            int atOnce = Math.min(DJANGO_CROWD, shop.buyers / 2);
            // The view takes the buyer's number for the token: it pays for no signature.
            String[] numbers = IntStream.rangeClosed(1, shop.buyers / 2)
                    .mapToObj(Integer::toString)
                    .toArray(String[]::new);
            var plan = new Plan(Journey.CHECKOUT, HOT, 1, numbers, false);
            for (int round = 0; round <= rounds; round++) {
                Report report = new Report();
                http.run(List.of(HOT), List.of(crowd), report);
                shop.fillCarts(HOT);
                Measured turn = load.run(plan, view.port(), atOnce, time);
                shop.check(turn.served());
                shop.forgetSales();
                Measured own = report.figures().getFirst().median();
                progress.accept(String.format(
                        Locale.ROOT, "Django, ronda %d: f %.0f/s  Django %.0f/s", round, own.rate(), turn.rate()));
                // The first round is for the programs to get warm.
                if (round > 0) {
                    ours.add(own);
                    theirs.add(turn);
                }
            }
            return table(view.description(), atOnce, Measured.median(ours), Measured.median(theirs));
        }
    }

    private String table(String description, int atOnce, Measured ours, Measured theirs) {
        double times = ours.rate() / theirs.rate();
        return String.format(
                Locale.ROOT,
                """
                | checkout over HTTP, one product | at once | carts/s | p99 ms | times | goal |
                | --- | ---: | ---: | ---: | ---: | --- |
                | %s | %d | %.0f | %.1f | 1 | |
                | f | %d | %.0f | %.1f | %.1f | ≥ 60 %s |
                """,
                description,
                atOnce,
                theirs.rate(),
                theirs.p99Millis(),
                crowd,
                ours.rate(),
                ours.p99Millis(),
                times,
                times >= LEAST_TIMES ? "reached" : "not reached");
    }
}
