package com.electroisla.bench;

import com.electroisla.bench.large.Growth;
import com.electroisla.bench.report.Report;
import com.electroisla.bench.shop.Scenario;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;

/** The project's goals beside the measured figures. Missing one is no failure: the machine may be busy. */
final class Goals {
    /** The terminal speaks Spanish, the reference page English. */
    enum Words {
        SPANISH("objetivo", "medido", "alcanzado", "no alcanzado", "no medido"),
        ENGLISH("goal", "measured", "reached", "not reached", "not measured");

        private final String goal;
        private final String measured;
        private final String reached;
        private final String missed;
        private final String unknown;

        Words(String goal, String measured, String reached, String missed, String unknown) {
            this.goal = goal;
            this.measured = measured;
            this.reached = reached;
            this.missed = missed;
            this.unknown = unknown;
        }
    }

    /** @param atLeast whether more is better */
    private record Goal(String what, OptionalDouble value, boolean atLeast, double limit) {
        boolean isReached() {
            return atLeast ? value.orElseThrow() >= limit : value.orElseThrow() < limit;
        }
    }

    private static final int CROWD = 512;

    private final List<Goal> goals = new ArrayList<>();

    /** @param growth the cells of the growth table; empty when it was not measured */
    Goals(Report report, List<Growth.Cell> growth) {
        Scenario hot = Scenario.hot(1);
        Scenario spread = Scenario.spread(1);
        atLeast("c/a", report.ratio("c", "a", hot, CROWD), hot, 40);
        for (Scenario scenario : List.of(hot, spread)) {
            atLeast("c/d", report.ratio("c", "d", scenario, CROWD), scenario, 0.5);
        }
        atLeast("c/b", report.ratio("c", "b", spread, CROWD), spread, 3);
        for (Scenario scenario : List.of(hot, spread)) {
            atLeast("f/e", report.ratio("f", "e", scenario, CROWD), scenario, 0.4);
            atLeast("g/e", report.ratio("g", "e", scenario, CROWD), scenario, 0.1);
        }
        for (Scenario scenario : List.of(hot, spread)) {
            goals.add(new Goal(
                    "c/b p99 at 1, " + scenario.name() + " products",
                    report.slowness("c", "b", scenario, 1),
                    false,
                    3));
        }
        goals.add(new Goal(
                "growth",
                growth.isEmpty() ? OptionalDouble.empty() : OptionalDouble.of(Growth.worst(growth)),
                false,
                1.3));
    }

    private void atLeast(String ratio, OptionalDouble value, Scenario scenario, double limit) {
        goals.add(new Goal(ratio + " at " + CROWD + ", " + scenario.name() + " products", value, true, limit));
    }

    boolean areAllMeasured() {
        return goals.stream().allMatch(goal -> goal.value().isPresent());
    }

    String table(Words words) {
        StringBuilder text =
                new StringBuilder("| | " + words.goal + " | " + words.measured + " | |\n| --- | ---: | ---: | --- |\n");
        for (Goal goal : goals) {
            String value = goal.value().isEmpty()
                    ? ""
                    : String.format(Locale.ROOT, "%.2f", goal.value().getAsDouble());
            String state = goal.value().isEmpty() ? words.unknown : goal.isReached() ? words.reached : words.missed;
            text.append(String.format(
                    Locale.ROOT,
                    "| %s | %s %s | %s | %s |%n",
                    goal.what(),
                    goal.atLeast() ? "≥" : "<",
                    goal.limit(),
                    value,
                    state));
        }
        return text.toString();
    }
}
