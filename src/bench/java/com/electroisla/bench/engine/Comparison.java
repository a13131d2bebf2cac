package com.electroisla.bench.engine;

import com.electroisla.bench.report.Figure;
import com.electroisla.bench.report.Report;
import com.electroisla.bench.shop.BenchShop;
import com.electroisla.bench.shop.Measured;
import com.electroisla.bench.shop.Scenario;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.function.Consumer;

/**
 * The ways a to d, h and i, without HTTP. Each way has its turn in every round, so that disturbances of the machine
 * affect all of them; each turn begins with the same shop and ends with a check of it.
 */
public final class Comparison {
    private static final Duration TRIAL = Duration.ofMillis(800);

    /**
     * So few buyers begin too few transactions a second for the JVM to compile them while it is measured; a server has
     * all day.
     */
    private static final int FEW = 32;

    /**
     * After 10,000 the compilers still use the second core now and then, which shows in a lone buyer's 99th
     * percentile.
     */
    private static final long PURCHASES_OF_FEW = 100_000;

    private static final int MOST_TURNS_OF_FEW = 200;

    private final BenchShop shop;
    private final Set<String> only;
    private final int rounds;
    private final Duration time;
    private final Consumer<String> progress;
    private boolean warm;

    public Comparison(BenchShop shop, Set<String> only, int rounds, Duration time, Consumer<String> progress) {
        this.shop = shop;
        this.only = only;
        this.rounds = rounds;
        this.time = time;
        this.progress = progress;
    }

    public void run(List<Scenario> scenarios, List<Integer> crowds, Report report) throws Exception {
        List<Way> ways = open();
        try {
            for (Scenario scenario : scenarios) {
                shop.fillCarts(scenario);
                prepare(ways, scenario, crowds);
                for (int atOnce : crowds) {
                    compare(ways, scenario, atOnce).forEach(report::add);
                }
            }
        } finally {
            for (Way way : ways) {
                way.close();
            }
        }
    }

    /** Opens those that are measured: one of the others may need a right that the role does not have. */
    private List<Way> open() throws Exception {
        Map<String, Callable<Way>> known = new TreeMap<>(Map.of(
                "a", () -> new ClassicWay(shop.target(), shop.buyers),
                "b", () -> new ConditionalWay(shop.target(), shop.buyers),
                "c", () -> EngineWay.ofTheShop(shop.shop(), shop.buyers),
                "d", () -> CopyWay.withForeignKeys(shop.target(), shop.buyers),
                "h", () -> CopyWay.withoutForeignKeys(shop.target(), shop.buyers),
                "i", () -> EngineWay.onOrdinaryConnections(shop.shop(), shop.buyers)));
        List<Way> ways = new ArrayList<>();
        for (Map.Entry<String, Callable<Way>> each : known.entrySet()) {
            if (only.contains(each.getKey())) {
                ways.add(each.getValue().call());
            }
        }
        return ways;
    }

    /**
     * Finds the pools' best size, and runs turns that do not count: the JVM compiles, the database fills its cache.
     */
    private void prepare(List<Way> ways, Scenario scenario, List<Integer> crowds) throws Exception {
        Duration trial = isGlance(time) ? time : TRIAL;
        int largest = crowds.stream().mapToInt(Integer::intValue).max().orElse(1);
        int smallest = crowds.stream().mapToInt(Integer::intValue).min().orElse(1);
        for (Way way : ways) {
            if (way instanceof OneByOne oneByOne && scenario.lines() == 1) {
                oneByOne.findPoolSize(scenario, largest, trial, progress);
            }
            for (int turn = 0; turn < turnsToWarmUp(warm, time); turn++) {
                warmUp(way, scenario, largest, trial);
            }
            long purchases = smallest < FEW && !warm && !isGlance(time) ? 0 : PURCHASES_OF_FEW;
            for (int turn = 1; turn <= MOST_TURNS_OF_FEW && purchases < PURCHASES_OF_FEW; turn++) {
                purchases += warmUp(way, scenario, smallest, trial);
            }
        }
        warm = true;
    }

    /**
     * Whether the turn is too short for a meaningful figure, as in the tests, and so for a warm-up or a used database.
     */
    public static boolean isGlance(Duration time) {
        return time.compareTo(TRIAL) < 0;
    }

    /** The warm-up turns of each way, with the largest crowd. The JVM is new before the first scenario. */
    public static int turnsToWarmUp(boolean warm, Duration time) {
        return isGlance(time) ? 1 : warm ? 2 : 10;
    }

    private long warmUp(Way way, Scenario scenario, int atOnce, Duration trial) throws Exception {
        long served = way.measure(scenario, atOnce, trial).served();
        shop.forgetSales();
        return served;
    }

    private List<Figure> compare(List<Way> ways, Scenario scenario, int atOnce) throws Exception {
        List<Figure> figures = ways.stream()
                .map(way -> new Figure(way.letter(), scenario, atOnce, new ArrayList<>()))
                .toList();
        for (int round = 1; round <= rounds; round++) {
            StringBuilder line = new StringBuilder(String.format(
                    Locale.ROOT,
                    "%s producto(s), %d línea(s), %d a la vez, ronda %d:",
                    scenario.name(),
                    scenario.lines(),
                    atOnce,
                    round));
            for (int i = 0; i < ways.size(); i++) {
                Measured measured = ways.get(i).measure(scenario, atOnce, time);
                shop.check(measured.served() * scenario.lines());
                shop.forgetSales();
                figures.get(i).rounds().add(measured);
                line.append(
                        String.format(Locale.ROOT, "  %s %.0f/s", ways.get(i).letter(), measured.rate()));
            }
            progress.accept(line.toString());
        }
        return figures;
    }
}
