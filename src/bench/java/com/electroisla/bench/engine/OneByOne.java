package com.electroisla.bench.engine;

import com.electroisla.bench.engine.PreparedConnections.Link;
import com.electroisla.bench.shop.Load;
import com.electroisla.bench.shop.Measured;
import com.electroisla.bench.shop.Scenario;
import com.electroisla.database.JdbcTarget;
import java.sql.SQLException;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * A commit for each buyer, over a pool of the best size, which is found by trial. The buyer's products are given:
 * unlike the engine, these ways read no cart, keep no earlier holds and store no answer for a repeated request.
 */
abstract class OneByOne implements Way {
    private static final List<Integer> SIZES = List.of(4, 8, 16, 32, 64);

    private final JdbcTarget target;
    private final int buyers;
    private final String[] statements;
    private final Map<Boolean, Integer> bestSize = new HashMap<>();

    OneByOne(JdbcTarget target, int buyers, String... statements) {
        this.target = target;
        this.buyers = buyers;
        this.statements = statements;
    }

    /** Holds one unit of each product for the buyer, all or nothing, and commits. */
    abstract void hold(Link link, int buyer, long[] products) throws SQLException;

    /** Tries every size at the largest crowd and keeps the fastest, for one hot product and for many. */
    void findPoolSize(Scenario scenario, int atOnce, Duration time, Consumer<String> progress) throws Exception {
        double best = 0;
        StringBuilder tried = new StringBuilder();
        for (int size : SIZES) {
            if (size > Math.max(atOnce, SIZES.getFirst())) {
                break;
            }
            double rate = measure(scenario, atOnce, time, size).rate();
            tried.append(String.format(java.util.Locale.ROOT, "  %d: %.0f/s", size, rate));
            if (rate > best) {
                best = rate;
                bestSize.put(scenario.hot(), size);
            }
        }
        progress.accept("Conexiones de " + letter() + ", " + scenario.name() + " producto(s):" + tried + "; la mejor, "
                + poolSize(scenario));
    }

    int poolSize(Scenario scenario) {
        return bestSize.getOrDefault(scenario.hot(), 8);
    }

    @Override
    public Measured measure(Scenario scenario, int atOnce, Duration time) throws Exception {
        return measure(scenario, atOnce, time, Math.min(poolSize(scenario), atOnce));
    }

    /** The connections are opened and closed outside the measured time. */
    private Measured measure(Scenario scenario, int atOnce, Duration time, int size) throws Exception {
        try (PreparedConnections pool = new PreparedConnections(target, size, statements)) {
            return Load.run(atOnce, buyers, time, (door, buyer) -> {
                long[] products = scenario.productsOf(buyer);
                pool.use(link -> hold(link, buyer, products));
            });
        }
    }
}
