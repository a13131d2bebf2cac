package com.electroisla.bench.report;

import com.electroisla.bench.shop.Measured;
import com.electroisla.bench.shop.Scenario;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.ToDoubleFunction;

/** The table of all figures and the important ratios, as Markdown that is also readable on a terminal. */
public final class Report {
    private static final Map<String, List<String>> COMPARED =
            Map.of("c", List.of("a", "b", "d", "h", "i"), "f", List.of("e"), "g", List.of("e"));

    private final List<Figure> figures = new ArrayList<>();

    public void add(Figure figure) {
        figures.add(figure);
    }

    /** The figures in the order of their measurement. */
    public List<Figure> figures() {
        return List.copyOf(figures);
    }

    public String table() {
        StringBuilder text =
                new StringBuilder("| way | products | lines | at once | carts/s | p50 ms | p99 ms | wavered |\n");
        text.append("| --- | ---: | ---: | ---: | ---: | ---: | ---: | ---: |\n");
        for (Figure figure : figures) {
            Measured median = figure.median();
            text.append(String.format(
                    Locale.ROOT,
                    "| %s | %6s | %d | %3d | %7.0f | %8.2f | %8.2f | %3.0f %% |%n",
                    figure.letter(),
                    figure.scenario().name(),
                    figure.scenario().lines(),
                    figure.atOnce(),
                    median.rate(),
                    median.p50Millis(),
                    median.p99Millis(),
                    100 * Measured.spread(figure.rounds())));
        }
        return text.toString();
    }

    /** The ratios of every pair with a goal of the project, where both were measured. */
    public String ratios() {
        StringBuilder text = new StringBuilder(
                "| ratio | products | lines | at once | value |\n| --- | ---: | ---: | ---: | ---: |\n");
        for (Figure figure : figures) {
            for (String other : COMPARED.getOrDefault(figure.letter(), List.of())) {
                ratio(text, figure, other);
            }
        }
        return text.toString();
    }

    private void ratio(StringBuilder text, Figure upper, String other) {
        ratio(upper.letter(), other, upper.scenario(), upper.atOnce())
                .ifPresent(value -> row(text, upper, upper.letter() + "/" + other, value));
        if (upper.letter().equals("c") && upper.atOnce() == 1 && other.equals("b")) {
            slowness("c", "b", upper.scenario(), 1).ifPresent(value -> row(text, upper, "c/b p99", value));
        }
    }

    /** Buyers a second, if that was measured. */
    public OptionalDouble rate(String letter, Scenario scenario, int atOnce) {
        return find(letter, scenario, atOnce)
                .map(figure -> OptionalDouble.of(figure.median().rate()))
                .orElse(OptionalDouble.empty());
    }

    /** How many times as many buyers the one way serves as the other, if both were measured there. */
    public OptionalDouble ratio(String letter, String other, Scenario scenario, int atOnce) {
        return quotient(letter, other, scenario, atOnce, Measured::rate);
    }

    /** The 99th percentile of one way's waits as a multiple of the other's. */
    public OptionalDouble slowness(String letter, String other, Scenario scenario, int atOnce) {
        return quotient(letter, other, scenario, atOnce, Measured::p99Millis);
    }

    private OptionalDouble quotient(
            String letter, String other, Scenario scenario, int atOnce, ToDoubleFunction<Measured> figure) {
        Optional<Figure> upper = find(letter, scenario, atOnce);
        Optional<Figure> lower = find(other, scenario, atOnce);
        return upper.isEmpty() || lower.isEmpty()
                ? OptionalDouble.empty()
                : OptionalDouble.of(figure.applyAsDouble(upper.get().median())
                        / figure.applyAsDouble(lower.get().median()));
    }

    /** The meaning of the letters. */
    public String legend() {
        return """
                a: lock the row, look, count up, insert, a commit a buyer. b: one conditional statement, a commit a \
                buyer. c: this engine. \
                d: COPY of the same rows, which decides nothing. e: a call over HTTP that only checks the token (GET \
                /api/quien-soy/). \
                f: checkout over HTTP. g: a whole purchase over HTTP (agregar for each line, checkout, pedido). h: d \
                on connections like the \
                engine's, where PostgreSQL does not look up the user and the product of each row; in a, b and d it \
                does. In e a cart is a call, and in \
                d and h a batch as large as the crowd. i: c on ordinary connections, as where the role may have no \
                others or a table has somebody \
                else's trigger. j: as g, with a payment through prueba in the place of the order: begun, and its money \
                told of in a signed event; always by our own client.
                """;
    }

    public boolean isEmpty() {
        return figures.isEmpty();
    }

    private static void row(StringBuilder text, Figure figure, String name, double value) {
        text.append(String.format(
                Locale.ROOT,
                "| %s | %6s | %d | %3d | %.2f |%n",
                name,
                figure.scenario().name(),
                figure.scenario().lines(),
                figure.atOnce(),
                value));
    }

    private Optional<Figure> find(String letter, Scenario scenario, int atOnce) {
        return figures.stream()
                .filter(figure -> figure.isAbout(letter, scenario, atOnce))
                .findFirst();
    }
}
