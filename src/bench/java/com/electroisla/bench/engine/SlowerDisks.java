package com.electroisla.bench.engine;

import com.electroisla.bench.report.Report;
import com.electroisla.bench.shop.BenchShop;
import com.electroisla.bench.shop.BenchSql;
import com.electroisla.bench.shop.Scenario;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.function.Consumer;

/**
 * The ways a to d for one hot product, as on disks with slower flushes. PostgreSQL itself waits before each flush of
 * its log ({@code commit_delay}, with {@code commit_siblings} 0), so every way pays the same for each flush it needs.
 */
public final class SlowerDisks {
    private static final Set<String> WAYS = Set.of("a", "b", "c", "d");
    private static final Scenario SCENARIO = Scenario.hot(1);
    public static final int CROWD = 512;

    private final BenchShop shop;
    private final List<Double> delays;
    private final Comparison comparison;

    /** @param delay how many milliseconds longer each flush takes */
    public record Row(double delay, Report report) {}

    /** @param delays in milliseconds, 100 at most */
    public SlowerDisks(BenchShop shop, List<Double> delays, int rounds, Duration time, Consumer<String> progress) {
        this.shop = shop;
        this.delays = delays;
        this.comparison = new Comparison(shop, WAYS, rounds, time, progress);
    }

    public List<Row> run() throws Exception {
        List<Row> rows = new ArrayList<>();
        try {
            for (double delay : delays) {
                delay(delay);
                Report report = new Report();
                comparison.run(List.of(SCENARIO), List.of(CROWD), report);
                rows.add(new Row(delay, report));
            }
        } finally {
            delay(0);
        }
        return rows;
    }

    private void delay(double millis) {
        shop.patient().use(handle -> BenchSql.delayFlushes(handle, Math.round(millis * 1000)));
    }

    public static String table(List<Row> rows) {
        StringBuilder text = new StringBuilder("| each flush longer by ms | a | b | c | d | c/a | d/a | c/d |\n");
        text.append("| ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: |\n");
        for (Row row : rows) {
            text.append(String.format(
                    Locale.ROOT,
                    "| %.1f | %s | %s | %s | %s | %s | %s | %s |%n",
                    row.delay(),
                    rate(row, "a"),
                    rate(row, "b"),
                    rate(row, "c"),
                    rate(row, "d"),
                    ratio(row, "c", "a"),
                    ratio(row, "d", "a"),
                    ratio(row, "c", "d")));
        }
        return text.toString();
    }

    private static String rate(Row row, String letter) {
        return number("%.0f", row.report().rate(letter, SCENARIO, CROWD));
    }

    private static String ratio(Row row, String letter, String other) {
        return number("%.2f", row.report().ratio(letter, other, SCENARIO, CROWD));
    }

    private static String number(String format, OptionalDouble value) {
        return String.format(Locale.ROOT, format, value.orElseThrow());
    }
}
