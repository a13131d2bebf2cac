package com.electroisla.bench.http;

import com.electroisla.bench.engine.Comparison;
import com.electroisla.bench.report.Figure;
import com.electroisla.bench.report.Report;
import com.electroisla.bench.shop.BenchHttpSql;
import com.electroisla.bench.shop.BenchServer;
import com.electroisla.bench.shop.BenchShop;
import com.electroisla.bench.shop.Measured;
import com.electroisla.bench.shop.Scenario;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;

/**
 * The ways e to g, and j. As in {@link Comparison} each has its turn in every round, on the same shop and over as many
 * connections as there are buyers at once, and each turn ends with a check of its result.
 */
public final class HttpComparison {
    /** Half of the verified tokens that the server caches: renewed ones have room beside the old ones. */
    private static final int MOST_BUYERS = 25_000;

    private final BenchShop shop;
    private final BenchServer server;
    private final HttpLoad load;
    private final List<Journey> journeys;
    private final int rounds;
    private final Duration time;
    private final Consumer<String> progress;
    private final int full;
    private final Tokens tokens;
    private final int last;
    private boolean warm;

    /** @param only letters of the ways to measure */
    public HttpComparison(
            BenchShop shop,
            BenchServer server,
            HttpLoad load,
            Set<String> only,
            int rounds,
            Duration time,
            Consumer<String> progress) {
        this.shop = shop;
        this.server = server;
        this.load = load;
        this.journeys = List.of(Journey.values()).stream()
                .filter(journey -> only.contains(journey.letter))
                .toList();
        this.rounds = rounds;
        this.time = time;
        this.progress = progress;
        this.last = Math.min(shop.buyers, MOST_BUYERS);
        this.full = last * 3 / 4;
        this.tokens = new Tokens(shop, last);
    }

    public void run(List<Scenario> scenarios, List<Integer> crowds, Report report) throws Exception {
        for (Scenario scenario : scenarios) {
            shop.fillCarts(scenario);
            shop.patient().useTransaction(handle -> BenchHttpSql.emptyCarts(handle, full + 1, last));
            shop.forgetSales();
            Map<Journey, Plan> plans = plans(scenario);
            warmUp(plans, crowds.getLast());
            for (int atOnce : crowds) {
                plans = compare(scenario, plans, atOnce, report);
            }
        }
    }

    /** A call that is made of the answer to the one before is none for wrk. */
    private HttpLoad client(Journey journey) {
        return journey == Journey.PAYMENT ? new SocketLoad() : load;
    }

    /** The first buyers have full carts and check out; the others have empty ones and buy. */
    private Map<Journey, Plan> plans(Scenario scenario) throws Exception {
        if (tokens.areStale()) {
            tokens.make();
            showTokens(scenario);
        }
        Map<Journey, Plan> plans = new EnumMap<>(Journey.class);
        for (Journey journey : journeys) {
            plans.put(
                    journey,
                    journey.buys()
                            ? new Plan(journey, scenario, full + 1, tokens.of(full + 1, last), false)
                            : new Plan(journey, scenario, 1, tokens.of(1, full), journey == Journey.NOTHING));
        }
        return plans;
    }

    /** Sends every buyer's token to the server once before anything is measured. */
    private void showTokens(Scenario scenario) throws Exception {
        Plan all = new Plan(Journey.NOTHING, scenario, 1, tokens.of(1, last), false);
        new SocketLoad().run(all, server.port, Math.min(last, 64), Duration.ofMinutes(2));
    }

    private void warmUp(Map<Journey, Plan> plans, int atOnce) throws Exception {
        int turns = Comparison.turnsToWarmUp(warm, time);
        warm = true;
        for (int turn = 0; turn < turns; turn++) {
            for (Plan plan : plans.values()) {
                client(plan.journey()).run(plan, server.port, atOnce, time);
                shop.forgetSales();
            }
        }
    }

    private Map<Journey, Plan> compare(Scenario scenario, Map<Journey, Plan> plans, int atOnce, Report report)
            throws Exception {
        List<Figure> figures = journeys.stream()
                .map(journey -> new Figure(journey.letter, scenario, atOnce, new ArrayList<>()))
                .toList();
        Map<Journey, Plan> fresh = plans;
        for (int round = 1; round <= rounds; round++) {
            fresh = tokens.areStale() ? plans(scenario) : fresh;
            StringBuilder line = new StringBuilder(String.format(
                    Locale.ROOT,
                    "HTTP, %s producto(s), %d línea(s), %d a la vez, ronda %d:",
                    scenario.name(),
                    scenario.lines(),
                    atOnce,
                    round));
            for (int i = 0; i < journeys.size(); i++) {
                Measured measured = client(journeys.get(i)).run(fresh.get(journeys.get(i)), server.port, atOnce, time);
                check(journeys.get(i), measured.served() * scenario.lines());
                shop.forgetSales();
                figures.get(i).rounds().add(measured);
                line.append(String.format(Locale.ROOT, "  %s %.0f/s", journeys.get(i).letter, measured.rate()));
            }
            progress.accept(line.toString());
        }
        figures.forEach(report::add);
        return fresh;
    }

    /** @param units the number in the clients' answers */
    private void check(Journey journey, long units) {
        shop.check(journey == Journey.CHECKOUT ? units : 0);
        shop.checkPaid(journey.buys() ? units : 0);
    }
}
