package com.electroisla.bench.engine;

import com.electroisla.bench.shop.BenchShop;
import com.electroisla.bench.shop.BenchSql;
import com.electroisla.bench.shop.Load;
import com.electroisla.bench.shop.Measured;
import com.electroisla.bench.shop.Scenario;
import com.electroisla.database.DatabaseClock;
import com.electroisla.groupcommit.Reply;
import com.electroisla.reservation.ReservationOutcome;
import com.electroisla.reservation.ReservationOutcome.Reserved;
import com.electroisla.reservation.ReservationRequest.ReserveCart;
import com.electroisla.transfer.LoadCatalogue;
import com.electroisla.transfer.LoadOutcome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;

/**
 * Measures how much of their rate buyers of 10,000 products keep while another session has a transaction open, while it
 * locks the row of one product in it, whose own buyers keep coming, and while the prices of other products are imported
 * again and again. Each of the four cases has its turn in every round.
 */
public final class BesideNeighbours {
    /** The number of simultaneous buyers of the locked product. */
    public static final int WAITING = 32;

    private static final long LOCKED_PRODUCT = Scenario.PRODUCTS + 10L;
    private static final int FIRST_IMPORTED = 2 * Scenario.PRODUCTS + 1;
    private static final double LEAST_KEPT = 0.8;

    /** The load beside the buyers. */
    private enum Neighbour {
        NOBODY("nobody"),
        /** A transaction keeps every row version that it might see from being removed, whatever it does. */
        OPEN("an open transaction that locks nothing"),
        LOCK("a locked row"),
        IMPORT("an import of prices");

        private final String words;

        Neighbour(String words) {
            this.words = words;
        }
    }

    /** @param answered buyers of the locked product who got units in the end */
    private record Beside(AtomicBoolean over, List<Future<Boolean>> answered) {}

    private final BenchShop shop;
    private final int crowd;
    private final int imported;
    private final int rounds;
    private final Duration time;
    private final Consumer<String> progress;

    /** @param imported the number of prices in a file */
    public BesideNeighbours(
            BenchShop shop, int crowd, int imported, int rounds, Duration time, Consumer<String> progress) {
        this.shop = shop;
        this.crowd = crowd;
        this.imported = imported;
        this.rounds = rounds;
        this.time = time;
        this.progress = progress;
    }

    /** Returns a table of rates and of the share that is left. */
    public String run() throws Exception {
        shop.patient().useTransaction(handle -> {
            BenchSql.insertProducts(handle, (int) LOCKED_PRODUCT, (int) LOCKED_PRODUCT);
            BenchSql.insertProducts(handle, FIRST_IMPORTED, FIRST_IMPORTED + imported - 1);
        });
        shop.fillCarts(Scenario.spread(1));
        shop.patient().useTransaction(handle -> BenchSql.putInCarts(handle, LOCKED_PRODUCT, buyers() + 1, shop.buyers));
        List<Path> files = List.of(prices("10.00"), prices("11.00"));
        Map<Neighbour, List<Measured>> measured = new EnumMap<>(Neighbour.class);
        for (int round = 0; round <= rounds; round++) {
            for (Neighbour neighbour : Neighbour.values()) {
                Measured turn = measure(neighbour, files);
                progress.accept(
                        String.format(Locale.ROOT, "%s, ronda %d: %.0f/s", neighbour.words, round, turn.rate()));
                // The first round is for the JVM.
                if (round > 0) {
                    measured.computeIfAbsent(neighbour, key -> new ArrayList<>())
                            .add(turn);
                }
            }
        }
        return table(measured);
    }

    private int buyers() {
        return shop.buyers - WAITING;
    }

    private Measured measure(Neighbour neighbour, List<Path> files) throws Exception {
        var beside = new Beside(new AtomicBoolean(), new ArrayList<>());
        try (ExecutorService neighbours = Executors.newVirtualThreadPerTaskExecutor();
                Connection sitting = shop.target().connect(Map.of())) {
            Future<?> importing = null;
            if (neighbour == Neighbour.OPEN) {
                sitting.setAutoCommit(false);
                sitting.createStatement().execute("SELECT pg_current_xact_id()");
            } else if (neighbour == Neighbour.LOCK) {
                sitting.setAutoCommit(false);
                sitting.createStatement().execute("SELECT FROM productos WHERE id = " + LOCKED_PRODUCT + " FOR UPDATE");
                for (int buyer = buyers() + 1; buyer <= shop.buyers; buyer++) {
                    beside.answered.add(neighbours.submit(waitingBuyer(buyer, beside.over)));
                }
            } else if (neighbour == Neighbour.IMPORT) {
                importing = neighbours.submit(importer(files, beside.over));
            }
            Measured turn = Load.run(crowd, buyers(), time, (door, buyer) -> {
                if (!reserves(buyer)) {
                    throw new IllegalStateException("not reserved");
                }
            });
            beside.over.set(true);
            if (neighbour == Neighbour.OPEN || neighbour == Neighbour.LOCK) {
                sitting.rollback();
            }
            long others = 0;
            for (Future<Boolean> each : beside.answered) {
                others += each.get() ? 1 : 0;
            }
            if (importing != null) {
                importing.get();
            }
            shop.check(turn.served() + others);
            shop.forgetSales();
            return turn;
        }
    }

    private boolean reserves(int buyer) {
        Reply<ReservationOutcome> reply =
                shop.shop().reservations().submit(new ReserveCart(buyer, "127.0.0.1", "bench"));
        return reply instanceof Reply.Decided<ReservationOutcome>(Reserved _, var _);
    }

    /** Repeats the request after each refusal; the result is whether the buyer got units in the end. */
    private Callable<Boolean> waitingBuyer(int buyer, AtomicBoolean over) {
        return () -> {
            boolean has = false;
            while (!has && !over.get()) {
                has = reserves(buyer);
            }
            return has;
        };
    }

    private Callable<Void> importer(List<Path> files, AtomicBoolean over) {
        var load = new LoadCatalogue(shop.shop().database(), DatabaseClock.REAL);
        return () -> {
            for (int turn = 0; !over.get(); turn++) {
                if (!(load.run(files.get(turn % files.size()), false, (rows, part) -> {})
                        instanceof LoadOutcome.Loaded)) {
                    throw new IllegalStateException("the prices were not imported");
                }
            }
            return null;
        };
    }

    private Path prices(String price) throws IOException {
        StringBuilder csv = new StringBuilder("id,precio\n");
        for (int id = FIRST_IMPORTED; id < FIRST_IMPORTED + imported; id++) {
            csv.append(id).append(',').append(price).append('\n');
        }
        return Files.writeString(shop.home().resolve("precios-" + price + ".csv"), csv);
    }

    private String table(Map<Neighbour, List<Measured>> measured) {
        StringBuilder text = new StringBuilder("| beside | checkouts of other products a second | p99 ms | of the "
                + "rate alone | goal |\n| --- | ---: | ---: | ---: | --- |\n");
        double alone = Measured.median(measured.get(Neighbour.NOBODY)).rate();
        measured.forEach((neighbour, turns) -> {
            Measured median = Measured.median(turns);
            double kept = median.rate() / alone;
            boolean judged = neighbour == Neighbour.LOCK || neighbour == Neighbour.IMPORT;
            String goal = !judged ? "" : kept >= LEAST_KEPT ? "≥ 0.8 reached" : "≥ 0.8 not reached";
            text.append(String.format(
                    Locale.ROOT,
                    "| %s | %.0f | %.0f | %.2f | %s |%n",
                    neighbour.words,
                    median.rate(),
                    median.p99Millis(),
                    kept,
                    goal));
        });
        return text.toString();
    }
}
