package com.electroisla.bench.http;

import com.electroisla.bench.engine.Comparison;
import com.electroisla.bench.report.Figure;
import com.electroisla.bench.report.Report;
import com.electroisla.bench.shop.BenchHome;
import com.electroisla.bench.shop.BenchServer;
import com.electroisla.bench.shop.BenchShop;
import com.electroisla.bench.shop.Measured;
import com.electroisla.bench.shop.Scenario;
import com.electroisla.database.JdbcTarget;
import com.electroisla.database.SystemPostgres;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;

/**
 * The ways c and f on the embedded database and on an external one, in turns: the PostgreSQL of the system's packages
 * with the settings that it comes with, and a role that owns its database and has no other right, as a shop rents it.
 */
public final class BesideExternal {
    private static final Scenario HOT = Scenario.hot(1);
    private static final double LEAST_KEPT = 0.7;

    /** One of the two databases, with a shop in it, a server on it, and its rounds by way and crowd. */
    private record Side(
            BenchShop shop,
            BenchServer server,
            Comparison direct,
            HttpComparison http,
            Map<String, List<Measured>> rounds) {}

    private final BenchShop embedded;
    private final BenchServer server;
    private final BenchHome home;
    private final HttpLoad load;
    private final List<Integer> crowds;
    private final int rounds;
    private final Duration time;
    private final Consumer<String> progress;

    /**
     * @param embedded a shop on the embedded database
     * @param server a server on the same
     * @param home the place of the external database's folder
     * @param crowds the numbers of buyers at once
     */
    public BesideExternal(
            BenchShop embedded,
            BenchServer server,
            BenchHome home,
            HttpLoad load,
            List<Integer> crowds,
            int rounds,
            Duration time,
            Consumer<String> progress) {
        this.embedded = embedded;
        this.server = server;
        this.home = home;
        this.load = load;
        this.crowds = crowds;
        this.rounds = rounds;
        this.time = time;
        this.progress = progress;
    }

    /** Returns a table of both databases' rates, and of the share that is left on the external one. */
    public String run() throws Exception {
        Path folder = Files.createDirectories(home.folder().resolve("externa"));
        try (SystemPostgres postgres = SystemPostgres.startAsInstalled(folder)) {
            JdbcTarget target = postgres.ownedByPlainRole("tienda");
            try (BenchShop shop = BenchShop.open(
                            Files.createDirectories(folder.resolve("tienda")),
                            target,
                            embedded.buyers,
                            Scenario.PRODUCTS,
                            progress);
                    BenchServer other = BenchServer.startAsDeployed(target, folder.resolve("instancia"))) {
                Side own = side(embedded, server);
                Side external = side(shop, other);
                for (int round = 1; round <= rounds; round++) {
                    measure(own, "embebida", round);
                    measure(external, "externa", round);
                }
                return table(postgres.version(), own, external);
            }
        }
    }

    private Side side(BenchShop shop, BenchServer onIt) {
        return new Side(
                shop,
                onIt,
                new Comparison(shop, Set.of("c"), 1, time, line -> {}),
                new HttpComparison(shop, onIt, load, Set.of("f"), 1, time, line -> {}),
                new TreeMap<>());
    }

    private void measure(Side side, String name, int round) throws Exception {
        Report report = new Report();
        side.direct.run(List.of(HOT), crowds, report);
        side.http.run(List.of(HOT), crowds, report);
        StringBuilder line = new StringBuilder("Base de datos " + name + ", ronda " + round + ":");
        for (Figure figure : report.figures()) {
            String key = key(figure.letter(), figure.atOnce());
            side.rounds.computeIfAbsent(key, fresh -> new ArrayList<>()).addAll(figure.rounds());
            line.append(String.format(
                    Locale.ROOT,
                    "  %s a %d: %.0f/s",
                    figure.letter(),
                    figure.atOnce(),
                    figure.median().rate()));
        }
        progress.accept(line.toString());
    }

    private static String key(String letter, int atOnce) {
        return letter + " " + atOnce;
    }

    private String table(String version, Side own, Side external) {
        StringBuilder text = new StringBuilder("| way | at once | embedded, carts/s | " + version
                + " as installed, carts/s | share | goal |\n| --- | ---: | ---: | ---: | ---: | --- |\n");
        for (String letter : List.of("c", "f")) {
            for (int atOnce : crowds) {
                double here =
                        Measured.median(own.rounds.get(key(letter, atOnce))).rate();
                double there = Measured.median(external.rounds.get(key(letter, atOnce)))
                        .rate();
                double share = there / here;
                text.append(String.format(
                        Locale.ROOT,
                        "| %s | %d | %.0f | %.0f | %.2f | ≥ 0.7 %s |%n",
                        letter,
                        atOnce,
                        here,
                        there,
                        share,
                        share >= LEAST_KEPT ? "reached" : "not reached"));
            }
        }
        return text.toString();
    }
}
