package com.electroisla.bench;

import com.electroisla.command.CommandRefused;
import com.electroisla.command.Context;
import com.electroisla.command.ManageCommand;
import com.electroisla.command.WrongUsage;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import picocli.CommandLine.Option;

/** {@code bench}: see docs/decisions/0007-benchmark.md for what is measured and why it is fair. */
final class BenchCommand implements ManageCommand {
    private static final Set<String> WITHOUT_HTTP = Set.of("a", "b", "c", "d");
    private static final Set<String> OVER_HTTP = Set.of("e", "f", "g");
    private static final Set<String> KNOWN = Set.of("a", "b", "c", "d", "e", "f", "g", "sobreventa");

    @Option(names = "--rondas", paramLabel = "N", description = "Rondas alternas de cada manera; se da la mediana [5]")
    int rounds = 5;

    @Option(names = "--segundos", paramLabel = "N", description = "Segundos de cada ronda [3]")
    double seconds = 3;

    @Option(names = "--solo", paramLabel = "a,c", split = ",", description = "Solo esto: a clásica, b condicional, c este motor, d techo (COPY), "
            + "e HTTP sin trabajo, f checkout por HTTP, g compra por HTTP, sobreventa [todo]")
    List<String> only = List.of("a", "b", "c", "d", "e", "f", "g", "sobreventa");

    @Option(names = "--a-la-vez", paramLabel = "N", split = ",", description = "Compradores a la vez [1,32,512]")
    List<Integer> crowds = List.of(1, 32, 512);

    @Option(names = "--lineas", paramLabel = "N", split = ",", description = "Líneas por carrito [1,5]")
    List<Integer> lines = List.of(1, 5);

    @Option(names = "--productos", paramLabel = "uno,muchos", split = ",", description = "Un producto solicitado o repartidos entre 10.000 [uno,muchos]")
    List<String> products = List.of("uno", "muchos");

    @Option(names = "--compradores", paramLabel = "N", description = "Cuántos compradores hay [150000]")
    int buyers = 150_000;

    @Option(names = "--listas", description = "Mide solo cuánto tardan las páginas con 100.000 productos y 1.000.000 de reservas")
    boolean listPages;

    @Option(names = "--cliente", paramLabel = "wrk|propio", description = "Quién llama por HTTP [wrk si está instalado]")
    String client = "";

    @Override
    public int run(Context context) throws Exception {
        check();
        Path under = context.settings().base().resolve("build/bench");
        if (listPages) {
            ListPages.measure(under, context.err()::println, context.out()::println);
            return 0;
        }
        try (BenchShop shop = BenchShop.open(under, buyers, context.err()::println)) {
            context.out().println(Machine.describe() + ", " + shop.settings());
            Report report = new Report();
            compareWithoutHttp(shop, report, context);
            compareOverHttp(shop, report, context);
            context.out().println(report.table());
            context.out().println(report.ratios());
            if (only.contains("sobreventa")) {
                context.out().println(Oversell.table(new Oversell(shop).run()));
            }
            context.out().println("Comprobado tras cada ronda: las cifras y las reservas coinciden.");
        }
        return 0;
    }

    private void compareWithoutHttp(BenchShop shop, Report report, Context context) throws Exception {
        if (only.stream().anyMatch(WITHOUT_HTTP::contains)) {
            new Comparison(shop, Set.copyOf(only), rounds, time(), context.err()::println).run(scenarios(), crowds, report);
        }
    }

    private void compareOverHttp(BenchShop shop, Report report, Context context) throws Exception {
        if (only.stream().noneMatch(OVER_HTTP::contains)) {
            return;
        }
        HttpLoad load = load(shop);
        context.out().println("HTTP: " + load.describe());
        try (HttpComparison comparison = new HttpComparison(shop, load, Set.copyOf(only), rounds, time(), context.err()::println)) {
            comparison.run(scenarios(), crowds, report);
        }
    }

    private HttpLoad load(BenchShop shop) throws Exception {
        if (client.equals("propio")) {
            return new SocketLoad();
        }
        Optional<HttpLoad> wrk = WrkLoad.find(shop.home());
        if (client.equals("wrk") && wrk.isEmpty()) {
            throw new CommandRefused("No se encuentra wrk (en Debian: apt install wrk)");
        }
        return wrk.orElseGet(SocketLoad::new);
    }

    private Duration time() {
        return Duration.ofNanos((long) (seconds * 1e9));
    }

    private void check() {
        if (rounds < 1 || seconds <= 0 || buyers < 1 || crowds.stream().anyMatch(crowd -> crowd < 1 || crowd > buyers)) {
            throw new WrongUsage("Rondas, segundos y compradores son mayores que cero, y no hay más compradores a la vez que en total");
        }
        if (!KNOWN.containsAll(only) || !Set.of("uno", "muchos").containsAll(products)) {
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
