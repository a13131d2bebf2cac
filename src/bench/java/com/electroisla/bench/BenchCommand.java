package com.electroisla.bench;

import com.electroisla.bench.engine.BesideNeighbours;
import com.electroisla.bench.engine.Comparison;
import com.electroisla.bench.engine.DecisionTimes;
import com.electroisla.bench.engine.Renewals;
import com.electroisla.bench.engine.SlowerDisks;
import com.electroisla.bench.http.BesideDjango;
import com.electroisla.bench.http.BesideExternal;
import com.electroisla.bench.http.ColdStart;
import com.electroisla.bench.http.HttpComparison;
import com.electroisla.bench.http.HttpLoad;
import com.electroisla.bench.http.Oversell;
import com.electroisla.bench.http.SocketLoad;
import com.electroisla.bench.http.WrkLoad;
import com.electroisla.bench.large.Growth;
import com.electroisla.bench.large.LargeTakeover;
import com.electroisla.bench.large.ListPages;
import com.electroisla.bench.large.SweepBench;
import com.electroisla.bench.report.FiguresPage;
import com.electroisla.bench.report.Machine;
import com.electroisla.bench.report.ReadmeFigures;
import com.electroisla.bench.report.Report;
import com.electroisla.bench.report.Results;
import com.electroisla.bench.shop.BenchHome;
import com.electroisla.bench.shop.BenchServer;
import com.electroisla.bench.shop.BenchShop;
import com.electroisla.bench.shop.Scenario;
import com.electroisla.command.CommandRefused;
import com.electroisla.command.Context;
import com.electroisla.command.ManageCommand;
import com.electroisla.command.WrongUsage;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import picocli.CommandLine.Option;

/** {@code bench}: see docs/decisions/0007-benchmark.md for the measurements and why they are fair. */
final class BenchCommand implements ManageCommand {
    private static final Set<String> WITHOUT_HTTP = Set.of("a", "b", "c", "d", "h", "i");
    private static final Set<String> OVER_HTTP = Set.of("e", "f", "g", "j");
    private static final Set<String> ALL_WAYS = Set.of("a", "b", "c", "d", "e", "f", "g", "h", "i", "j");
    /** Measured unless the operator chooses. */
    private static final List<String> USUAL = List.of(
            "a",
            "b",
            "c",
            "d",
            "e",
            "f",
            "g",
            "h",
            "i",
            "j",
            "sobreventa",
            "disco",
            "vecinos",
            "renovaciones",
            "frio",
            "jmh");

    private static final Set<String> ONLY_WHEN_NAMED = Set.of("externa", "django", "crecimiento", "traspaso");

    @Option(names = "--rondas", paramLabel = "N", description = "Rondas alternas de cada manera; se da la mediana [5]")
    int rounds = 5;

    @Option(names = "--segundos", paramLabel = "N", description = "Segundos de cada ronda [3]")
    double seconds = 3;

    @Option(
            names = "--solo",
            paramLabel = "a,c",
            split = ",",
            description = "Solo esto: a clásica, b condicional, c "
                    + "este motor, d techo (COPY), "
                    + "e HTTP sin trabajo, f checkout por HTTP, g compra por HTTP, h techo sin claves ajenas, i "
                    + "este motor "
                    + "en conexiones corrientes, j compra por HTTP con un pago por prueba, sobreventa, disco "
                    + "(discos más lentos), vecinos (junto a una fila "
                    + "retenida "
                    + "y a una importación), renovaciones (alargar lo reservado), frio (un servidor recién arrancado), "
                    + "externa (c y f en el PostgreSQL del sistema, junto a la embebida), django (f junto a una vista "
                    + "correcta de Django), jmh, crecimiento, traspaso (una base grande de Django, tomada y devuelta) "
                    + "[todo menos externa, django y las dos últimas]")
    List<String> only = new ArrayList<>(USUAL);

    @Option(names = "--a-la-vez", paramLabel = "N", split = ",", description = "Compradores a la vez [1,32,512]")
    List<Integer> crowds = List.of(1, 32, 512);

    @Option(names = "--lineas", paramLabel = "N", split = ",", description = "Líneas por carrito [1,5]")
    List<Integer> lines = List.of(1, 5);

    @Option(
            names = "--productos",
            paramLabel = "uno,muchos",
            split = ",",
            description = "Un producto solicitado o repartidos entre 10.000 [uno,muchos]")
    List<String> products = List.of("uno", "muchos");

    @Option(names = "--compradores", paramLabel = "N", description = "Cuántos compradores hay [150000]")
    int buyers = 150_000;

    @Option(
            names = "--expiradas",
            description = "Solo esto: un millón de reservas expiradas, liberadas mientras se compra")
    boolean sweep;

    @Option(
            names = "--listas",
            description = "Mide solo cuánto tardan las páginas con 100.000 productos y 1.000.000 de reservas")
    boolean listPages;

    @Option(
            names = "--cliente",
            paramLabel = "wrk|propio",
            description = "Quién llama por HTTP [wrk si está instalado]")
    String client = "";

    @Option(
            names = "--demoras",
            paramLabel = "MS",
            split = ",",
            description = "Cuántos milisegundos más tarda cada disco de «disco» [0,0.5,1,2]")
    List<Double> delays = List.of(0.0, 0.5, 1.0, 2.0);

    @Option(
            names = "--importa",
            paramLabel = "N",
            description = "Cuántos precios trae la importación de «vecinos» [100000]")
    int imported = 100_000;

    @Option(names = "--crecimiento", description = "Además, la tabla de crecimiento (tarda y ocupa unos 15 GB)")
    boolean growth;

    @Option(
            names = "--crecen-productos",
            paramLabel = "N",
            split = ",",
            description = "Sus tamaños en productos [1000,100000,1000000]")
    List<Integer> growingProducts = List.of(1_000, 100_000, 1_000_000);

    @Option(
            names = "--crecen-reservas",
            paramLabel = "N",
            split = ",",
            description = "Sus tamaños en reservas pasadas [10000,1000000,10000000]")
    List<Long> growingPast = List.of(10_000L, 1_000_000L, 10_000_000L);

    @Option(
            names = "--traspaso-productos",
            paramLabel = "N",
            description = "Cuántos productos y pedidos tiene la "
                    + "base de «traspaso», y un quinto de sus "
                    + "reservas [1000000]")
    long takenOver = 1_000_000;

    @Option(
            names = "--escribir",
            description = "Escribe lo medido en docs/reference/figures.md, docs/measurements/engine.md y los README")
    boolean write;

    private final String commandLine;

    BenchCommand(String commandLine) {
        this.commandLine = commandLine;
    }

    @Override
    public int run(Context context) throws Exception {
        check();
        if (sweep) {
            return SweepBench.run(context, buyers);
        }
        Path base = context.settings().base();
        if (listPages) {
            ListPages.measure(base.resolve("build/bench"), context.err()::println, context::printLines);
            return 0;
        }
        var results = new Results(
                context, Machine.describe(), commandLine, write ? Optional.of(FiguresPage.in(base)) : Optional.empty());
        Report report = new Report();
        List<Growth.Cell> cells = List.of();
        if (only.contains("jmh")) {
            results.show("jmh", DecisionTimes.table(context.err()::println));
        }
        boolean sells = measures(ALL_WAYS)
                || measures(Set.of("sobreventa", "disco", "vecinos", "renovaciones", "frio", "externa", "django"));
        boolean grows = growth || only.contains("crecimiento");
        if (only.contains("traspaso")) {
            takeOver(base, results, context);
        }
        if (sells || grows) {
            try (BenchHome home = home(base, context)) {
                if (sells) {
                    sell(home, report, results, context);
                }
                if (grows) {
                    results.measuredOn(home.settings());
                    var sizes = new Growth.Sizes(
                            buyers, crowds.stream().max(Integer::compare).orElseThrow(), rounds, time());
                    cells = new Growth(home, growingProducts, growingPast, sizes, context.err()::println).run();
                    results.show("growth", Growth.table(cells));
                }
            }
        }
        if (!report.isEmpty() || !cells.isEmpty()) {
            Goals goals = new Goals(report, cells);
            // The page keeps the goals of the last run that measured them all.
            Results shown = goals.areAllMeasured() ? results : results.withoutPage();
            shown.show("goals", goals.table(Goals.Words.SPANISH), goals.table(Goals.Words.ENGLISH));
        }
        if (write) {
            ReadmeFigures.write(base, context.err()::println);
        }
        return 0;
    }

    private BenchHome home(Path base, Context context) throws IOException {
        Path under = base.resolve("build/bench");
        Consumer<String> progress = context.err()::println;
        return Comparison.isGlance(time()) ? BenchHome.open(under, progress) : BenchHome.openUsed(under, progress);
    }

    private void takeOver(Path base, Results results, Context context) throws Exception {
        try (BenchHome home = home(base, context)) {
            results.measuredOn(home.settings());
            results.show("takeover", new LargeTakeover(home.target(), context.err()::println).run(takenOver));
        }
    }

    private void sell(BenchHome home, Report report, Results results, Context context) throws Exception {
        try (BenchShop shop = BenchShop.open(home, buyers, context.err()::println)) {
            HttpLoad load = load(home);
            results.measuredOn(home.settings() + (measures(OVER_HTTP) ? ", " + load.describe() : ""));
            if (measures(WITHOUT_HTTP)) {
                new Comparison(shop, Set.copyOf(only), rounds, time(), context.err()::println)
                        .run(scenarios(), crowds, report);
            }
            if (measures(OVER_HTTP) || measures(Set.of("sobreventa", "externa", "django"))) {
                try (BenchServer server =
                        BenchServer.start(shop.target(), home.folder().resolve("instancia1"))) {
                    overHttp(shop, server, load, report, context);
                    results.show("ways", report);
                    if (only.contains("sobreventa")) {
                        results.show("oversell", Oversell.table(new Oversell(shop, server).run()));
                    }
                    besideOthers(home, shop, server, load, results, context);
                }
            } else {
                results.show("ways", report);
            }
            if (only.contains("disco")) {
                results.show(
                        "disk",
                        SlowerDisks.table(new SlowerDisks(shop, delays, rounds, time(), context.err()::println).run()));
            }
            if (only.contains("vecinos")) {
                int crowd = crowds.stream().max(Integer::compare).orElseThrow();
                results.show(
                        "neighbours",
                        new BesideNeighbours(shop, crowd, imported, rounds, time(), context.err()::println).run());
            }
            renewAndStart(shop, load, results, context);
            context.printLines(
                    "Comprobado tras cada turno: las cifras, las reservas y lo que se contestó coinciden.\n");
        }
    }

    private void renewAndStart(BenchShop shop, HttpLoad load, Results results, Context context) throws Exception {
        int crowd = crowds.stream().max(Integer::compare).orElseThrow();
        if (only.contains("renovaciones")) {
            results.show("renewals", new Renewals(shop, crowd, rounds, time(), context.err()::println).run());
        }
        if (only.contains("frio")) {
            results.show("cold", new ColdStart(shop, load, crowd, rounds, time(), context.err()::println).run());
        }
    }

    private void besideOthers(
            BenchHome home, BenchShop shop, BenchServer server, HttpLoad load, Results results, Context context)
            throws Exception {
        if (only.contains("externa")) {
            results.show(
                    "external",
                    new BesideExternal(shop, server, home, load, crowds, rounds, time(), context.err()::println).run());
        }
        if (only.contains("django")) {
            Path folder = home.folder().resolve("django");
            int crowd = crowds.stream().max(Integer::compare).orElseThrow();
            results.show(
                    "django",
                    new BesideDjango(shop, server, load, folder, crowd, rounds, time(), context.err()::println).run());
        }
    }

    private void overHttp(BenchShop shop, BenchServer server, HttpLoad load, Report report, Context context)
            throws Exception {
        if (measures(OVER_HTTP)) {
            new HttpComparison(shop, server, load, Set.copyOf(only), rounds, time(), context.err()::println)
                    .run(scenarios(), crowds, report);
        }
    }

    private HttpLoad load(BenchHome home) throws Exception {
        if (client.equals("propio")) {
            return new SocketLoad();
        }
        Optional<HttpLoad> wrk = WrkLoad.find(home.folder());
        if (client.equals("wrk") && wrk.isEmpty()) {
            throw new CommandRefused("No se encuentra wrk (en Debian: apt install wrk)");
        }
        return wrk.orElseGet(SocketLoad::new);
    }

    private boolean measures(Set<String> ways) {
        return only.stream().anyMatch(ways::contains);
    }

    private Duration time() {
        return Duration.ofNanos((long) (seconds * 1e9));
    }

    private void check() {
        if (rounds < 1
                || seconds <= 0
                || seconds > 60
                || buyers < 1
                || crowds.stream().anyMatch(crowd -> crowd < 1 || crowd > buyers)) {
            throw new WrongUsage("Rondas, segundos (60 como mucho) y compradores son mayores que cero, y no hay "
                    + "más compradores a la vez que en total");
        }
        if (!only.stream().allMatch(way -> USUAL.contains(way) || ONLY_WHEN_NAMED.contains(way))
                || !Set.of("uno", "muchos").containsAll(products)
                || !Set.of("", "wrk", "propio").contains(client)) {
            throw new WrongUsage("No se conoce esa manera, ese reparto o ese cliente");
        }
        if (lines.stream().anyMatch(count -> count < 1 || count > 100)) {
            throw new WrongUsage("Un carrito tiene de 1 a 100 líneas");
        }
        if (only.contains("sobreventa") && buyers < Oversell.BUYERS) {
            throw new WrongUsage("Para el ejercicio de sobreventa hacen falta " + Oversell.BUYERS + " compradores");
        }
        if (only.contains("disco") && buyers < SlowerDisks.CROWD) {
            throw new WrongUsage("Para los discos más lentos hacen falta " + SlowerDisks.CROWD + " compradores");
        }
        if (only.contains("vecinos") && (buyers <= BesideNeighbours.WAITING || imported < 1)) {
            throw new WrongUsage("Junto a una fila retenida compran más de " + BesideNeighbours.WAITING
                    + " compradores, y se importa algún precio");
        }
        if (takenOver < 1) {
            throw new WrongUsage("Una base que se toma tiene algún producto");
        }
        if (delays.stream().anyMatch(delay -> !(delay >= 0 && delay <= 100))) {
            throw new WrongUsage("Las demoras van de 0 a 100 milisegundos");
        }
        if (!ascend(growingProducts.stream().map(Integer::longValue).toList()) || !ascend(growingPast)) {
            throw new WrongUsage("Los tamaños de la tabla de crecimiento van de menor a mayor y son mayores que cero");
        }
        if (write && measures(ALL_WAYS) && !only.containsAll(ALL_WAYS)) {
            throw new WrongUsage("--escribir escribe la tabla entera: mide todas las maneras, o ninguna");
        }
    }

    private static boolean ascend(List<Long> sizes) {
        return !sizes.isEmpty()
                && sizes.getFirst() > 0
                && sizes.equals(sizes.stream().sorted().distinct().toList());
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
