package com.electroisla.bench.large;

import com.electroisla.bench.engine.Comparison;
import com.electroisla.bench.engine.EngineWay;
import com.electroisla.bench.shop.BenchHome;
import com.electroisla.bench.shop.BenchShop;
import com.electroisla.bench.shop.BenchSql;
import com.electroisla.bench.shop.Measured;
import com.electroisla.bench.shop.Scenario;
import com.electroisla.command.CommandRefused;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Measures whether a checkout costs more in a large shop: the same load of this engine with more and more products and
 * past reservations. Rounds alternate with a shop that stays as small as the first, on the same database server, so
 * that disturbances of the machine do not look like growth.
 */
public final class Growth {
    private static final int LINES = 1;

    private final BenchHome home;
    private final List<Integer> products;
    private final List<Long> past;
    private final Sizes sizes;
    private final Consumer<String> progress;

    /** The size of the load: this many buyers, of whom so many are served at once, in so many rounds of this time. */
    public record Sizes(int buyers, int atOnce, int rounds, Duration time) {}

    /**
     * The load in one size of shop.
     *
     * @param here the rounds in this shop
     * @param small the rounds in the small shop in between
     */
    public record Cell(int products, long past, List<Turn> here, List<Turn> small) {
        /** The cost of a checkout here, as a multiple of that in the small shop: the median over the rounds. */
        public double cost() {
            List<Double> ratios = new ArrayList<>();
            for (int round = 0; round < here.size(); round++) {
                ratios.add(
                        small.get(round).load().rate() / here.get(round).load().rate());
            }
            return Measured.median(ratios, Double::doubleValue);
        }

        /**
         * Kilobytes of log for each checkout here, the mean over the rounds: few of them have a checkpoint's page
         * images.
         */
        public double loggedKilobytes() {
            return here.stream().mapToDouble(Turn::loggedKilobytes).average().orElse(0);
        }
    }

    /** @param logged the bytes of log that the server wrote meanwhile */
    public record Turn(Measured load, long logged) {
        public double loggedKilobytes() {
            return logged / 1000.0 / load.served();
        }

        public static List<Measured> loads(List<Turn> turns) {
            return turns.stream().map(Turn::load).toList();
        }
    }

    /**
     * @param products ascending, the first for the small shop
     * @param past ascending, the first for the small shop
     */
    public Growth(BenchHome home, List<Integer> products, List<Long> past, Sizes sizes, Consumer<String> progress) {
        this.home = home;
        this.products = products;
        this.past = past;
        this.sizes = sizes;
        this.progress = progress;
    }

    public List<Cell> run() throws Exception {
        List<Cell> cells = new ArrayList<>();
        try (BenchShop small = open("pequena");
                BenchShop large = open("grande")) {
            prepare(small, products.getFirst());
            addPast(small, 0, past.getFirst(), products.getFirst());
            for (int turn = 0; turn < Comparison.turnsToWarmUp(false, sizes.time()); turn++) {
                turn(small, products.getFirst());
            }
            int there = products.getFirst();
            for (int count : products) {
                if (count > there) {
                    grow(large, there, count);
                    there = count;
                }
                prepare(large, count);
                long before = 0;
                for (long reservations : past) {
                    addPast(large, before, reservations, count);
                    before = reservations;
                    cells.add(measure(small, large, count, reservations));
                }
            }
        }
        return cells;
    }

    private BenchShop open(String name) {
        home.createDatabase(name);
        return BenchShop.open(home.folder(), home.target(name), sizes.buyers(), products.getFirst(), progress);
    }

    private void grow(BenchShop shop, int from, int to) {
        progress.accept("Creando productos hasta " + to + "...");
        shop.patient().useTransaction(handle -> BenchSql.insertProducts(handle, from + 1, to));
        // Otherwise autovacuum would begin it while a round is measured.
        shop.patient().use(LargeShopSql::vacuum);
    }

    /** Prepares the shop: no past, and full carts. */
    private void prepare(BenchShop shop, int count) throws Exception {
        shop.patient().useTransaction(handle -> {
            GrowthSql.forgetPast(handle);
        });
        shop.fillCarts(scenario(count));
    }

    private static Scenario scenario(int products) {
        return new Scenario(false, LINES, products);
    }

    private void addPast(BenchShop shop, long before, long to, int count) {
        progress.accept("Creando reservas pasadas hasta " + to + "...");
        shop.patient().useTransaction(handle -> GrowthSql.insertPast(handle, before + 1, to, sizes.buyers(), count));
        shop.patient().useTransaction(GrowthSql::countSold);
        shop.patient().use(GrowthSql::settle);
        // The loaded data reach the disk now, not while a round is measured.
        shop.patient().use(GrowthSql::checkpoint);
    }

    private Cell measure(BenchShop small, BenchShop large, int count, long reservations) throws Exception {
        Cell cell = new Cell(count, reservations, new ArrayList<>(), new ArrayList<>());
        // A turn of both shops that does not count, as everywhere.
        turn(small, products.getFirst());
        turn(large, count);
        for (int round = 1; round <= sizes.rounds(); round++) {
            cell.small().add(turn(small, products.getFirst()));
            cell.here().add(turn(large, count));
            progress.accept(String.format(
                    Locale.ROOT,
                    "Crecimiento, %,d productos, %,d reservas pasadas, ronda %d:  %.0f/s, en la pequeña %.0f/s",
                    count,
                    reservations,
                    round,
                    cell.here().getLast().load().rate(),
                    cell.small().getLast().load().rate()));
        }
        for (BenchShop shop : List.of(small, large)) {
            shop.shop().inventory().verify(Optional.empty(), difference -> {
                throw new CommandRefused("La comprobación falla: " + difference);
            });
        }
        return cell;
    }

    private Turn turn(BenchShop shop, int count) throws Exception {
        long before = shop.patient().read(GrowthSql::logged);
        Measured measured =
                EngineWay.ofTheShop(shop.shop(), sizes.buyers()).measure(scenario(count), sizes.atOnce(), sizes.time());
        long logged = shop.patient().read(GrowthSql::logged) - before;
        long held = shop.patient().read(BenchSql::pending);
        if (held != measured.served() * LINES) {
            throw new CommandRefused("La comprobación falla: " + measured.served()
                    + " unidades se dieron por reservadas y en la base hay " + held);
        }
        shop.patient().useTransaction(GrowthSql::forgetHolds);
        shop.patient().use(GrowthSql::settle);
        return new Turn(measured, logged);
    }

    public static double worst(List<Cell> cells) {
        return cells.stream().mapToDouble(Cell::cost).max().orElse(0);
    }

    public static String table(List<Cell> cells) {
        StringBuilder text = new StringBuilder("| products | past reservations | carts/s | in the small shop | p50 "
                + "ms | p99 ms | log a cart, kB | cost of a checkout | wavered |\n");
        text.append("| ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: |\n");
        for (Cell cell : cells) {
            Measured here = Measured.median(Turn.loads(cell.here()));
            text.append(String.format(
                    Locale.ROOT,
                    "| %,d | %,d | %.0f | %.0f | %.2f | %.2f | %.1f | %.2f | %.0f %% |%n",
                    cell.products(),
                    cell.past(),
                    here.rate(),
                    Measured.median(Turn.loads(cell.small())).rate(),
                    here.p50Millis(),
                    here.p99Millis(),
                    cell.loggedKilobytes(),
                    cell.cost(),
                    100 * Measured.spread(Turn.loads(cell.here()))));
        }
        return text.toString();
    }
}
