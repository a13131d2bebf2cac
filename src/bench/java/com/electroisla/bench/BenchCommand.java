package com.electroisla.bench;

import com.electroisla.command.Context;
import com.electroisla.command.ManageCommand;
import com.electroisla.command.WrongUsage;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import picocli.CommandLine.Option;

/** {@code bench}: see docs/decisions/0006-benchmark.md for what is measured and why it is fair. */
final class BenchCommand implements ManageCommand {
    @Option(names = "--rondas", paramLabel = "N", description = "Rondas alternas de cada manera; se da la mediana [5]")
    int rounds = 5;

    @Option(names = "--segundos", paramLabel = "N", description = "Segundos de cada ronda [3]")
    double seconds = 3;

    @Option(names = "--solo", paramLabel = "a,c", split = ",", description = "Solo estas maneras: a clásica, b condicional, c este motor, d techo (COPY)")
    List<String> only = List.of("a", "b", "c", "d");

    @Option(names = "--a-la-vez", paramLabel = "N", split = ",", description = "Compradores a la vez [1,32,512]")
    List<Integer> crowds = List.of(1, 32, 512);

    @Option(names = "--lineas", paramLabel = "N", split = ",", description = "Líneas por carrito [1,5]")
    List<Integer> lines = List.of(1, 5);

    @Option(names = "--productos", paramLabel = "uno,muchos", split = ",", description = "Un producto solicitado o repartidos entre 10.000 [uno,muchos]")
    List<String> products = List.of("uno", "muchos");

    @Option(names = "--compradores", paramLabel = "N", description = "Cuántos compradores hay [150000]")
    int buyers = 150_000;

    @Option(names = "--expiradas", description = "Solo esto: un millón de reservas expiradas, liberadas mientras se compra")
    boolean sweep;

    @Override
    public int run(Context context) throws Exception {
        check();
        if (sweep) {
            return SweepBench.run(context, buyers);
        }
        Path under = context.settings().base().resolve("build/bench");
        try (BenchShop shop = BenchShop.open(under, buyers, context.err()::println)) {
            context.out().println(Machine.describe() + ", " + shop.settings());
            Comparison comparison = new Comparison(shop, Set.copyOf(only), rounds, Duration.ofNanos((long) (seconds * 1e9)), context.err()::println);
            Report report = new Report();
            comparison.run(scenarios(), crowds, report);
            context.out().println(report.table());
            context.out().println(report.ratios());
            context.out().println("Comprobado tras cada ronda: las cifras y las reservas coinciden.");
        }
        return 0;
    }

    private void check() {
        if (rounds < 1 || seconds <= 0 || buyers < 1 || crowds.stream().anyMatch(crowd -> crowd < 1 || crowd > buyers)) {
            throw new WrongUsage("Rondas, segundos y compradores son mayores que cero, y no hay más compradores a la vez que en total");
        }
        if (!Set.of("a", "b", "c", "d").containsAll(only) || !Set.of("uno", "muchos").containsAll(products)) {
            throw new WrongUsage("No se conoce esa manera o ese reparto");
        }
        if (lines.stream().anyMatch(count -> count < 1 || count > 100)) {
            throw new WrongUsage("Un carrito tiene de 1 a 100 líneas");
        }
    }

    private List<Scenario> scenarios() {
        List<Scenario> all = new ArrayList<>();
        for (String spread : products) {
            for (int count : lines) {
                all.add(spread.equals("uno") ? Scenario.hot(count) : Scenario.spread(count));
            }
        }
        return all;
    }
}
