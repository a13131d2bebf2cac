package com.electroisla.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** The table of all figures and the ratios that matter, as Markdown that also reads well on a terminal. */
final class Report {
    private static final Map<String, List<String>> COMPARED = Map.of("c", List.of("a", "b", "d"), "f", List.of("e"), "g", List.of("e"));

    private final List<Figure> figures = new ArrayList<>();

    void add(Figure figure) {
        figures.add(figure);
    }

    String table() {
        StringBuilder text = new StringBuilder("| way | products | lines | at once | carts/s | p50 ms | p99 ms | wavered |\n");
        text.append("| --- | ---: | ---: | ---: | ---: | ---: | ---: | ---: |\n");
        for (Figure figure : figures) {
            Measured median = figure.median();
            text.append(String.format(Locale.ROOT, "| %s | %6s | %d | %3d | %7.0f | %8.2f | %8.2f | %3.0f %% |%n", figure.letter(), figure.scenario().name(),
                    figure.scenario().lines(), figure.atOnce(), median.rate(), median.p50Millis(), median.p99Millis(), 100 * Measured.spread(figure.rounds())));
        }
        return text.toString();
    }

    /** Every pair that the project has promised something about, wherever both were measured. */
    String ratios() {
        StringBuilder text = new StringBuilder("| ratio | products | lines | at once | value |\n| --- | ---: | ---: | ---: | ---: |\n");
        for (Figure figure : figures) {
            for (String other : COMPARED.getOrDefault(figure.letter(), List.of())) {
                ratio(text, figure, other);
            }
        }
        return text.toString();
    }

    private void ratio(StringBuilder text, Figure upper, String other) {
        find(other, upper.scenario(), upper.atOnce()).ifPresent(lower -> {
            row(text, upper, upper.letter() + "/" + other, upper.median().rate() / lower.median().rate());
            if (upper.letter().equals("c") && upper.atOnce() == 1 && other.equals("b")) {
                row(text, upper, "c/b p99", upper.median().p99Millis() / lower.median().p99Millis());
            }
        });
    }

    private static void row(StringBuilder text, Figure figure, String name, double value) {
        text.append(String.format(Locale.ROOT, "| %s | %6s | %d | %3d | %.2f |%n", name, figure.scenario().name(), figure.scenario().lines(), figure.atOnce(), value));
    }

    private Optional<Figure> find(String letter, Scenario scenario, int atOnce) {
        return figures.stream().filter(figure -> figure.isAbout(letter, scenario, atOnce)).findFirst();
    }
}
