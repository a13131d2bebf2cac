package com.electroisla.bench.large;

import com.electroisla.bench.report.Machine;
import com.electroisla.bench.shop.BenchHome;
import com.electroisla.bench.shop.BenchShop;
import com.electroisla.bench.shop.Load;
import com.electroisla.bench.shop.Measured;
import com.electroisla.bench.shop.Scenario;
import com.electroisla.command.CommandRefused;
import com.electroisla.command.Context;
import com.electroisla.database.DatabaseClock;
import com.electroisla.groupcommit.Reply;
import com.electroisla.reservation.ExpireReservations;
import com.electroisla.reservation.ReservationOutcome;
import com.electroisla.reservation.ReservationOutcome.Reserved;
import com.electroisla.reservation.ReservationRequest.ReserveCart;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/**
 * {@code bench --expiradas}: measures how long the sweep takes to release a million expired holds, and how it affects
 * the buyers who check out meanwhile. Half of the buyers check out; the other half have the expired holds.
 */
public final class SweepBench {
    private static final int HOLDS = 1_000_000;
    private static final int AT_ONCE = 32;
    private static final Duration SLICE = Duration.ofSeconds(1);
    private static final int SLICES_BEFORE = 5;

    private final BenchShop shop;
    private final Context context;

    private SweepBench(BenchShop shop, Context context) {
        this.shop = shop;
        this.context = context;
    }

    /** Measures one hot product and 10,000 products, and prints a table. */
    public static int run(Context context, int buyers) throws Exception {
        Path under = context.settings().base().resolve("build/bench");
        try (BenchHome home = BenchHome.openUsed(under, context.err()::println);
                BenchShop shop = BenchShop.open(home, 2 * buyers, context.err()::println)) {
            context.out().println(Machine.describe() + ", " + home.settings());
            context.out().println("Un millón de reservas expiradas, " + AT_ONCE + " compradores a la vez:");
            context.out()
                    .println("| productos | segundos | por segundo | lotes | lote p50 ms | lote p99 ms | lote "
                            + "máx. ms | checkouts/s antes | durante | p99 antes ms | p99 durante ms | peor "
                            + "segundo ms |");
            context.out()
                    .println("| --- | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: | "
                            + "---: | ---: |");
            SweepBench bench = new SweepBench(shop, context);
            bench.measure(Scenario.spread(1));
            bench.measure(Scenario.hot(1));
        }
        return 0;
    }

    private void measure(Scenario scenario) throws Exception {
        shop.fillCarts(scenario);
        context.err().println("Creando un millón de reservas expiradas...");
        shop.patient()
                .useTransaction(handle -> SweepBenchSql.insertOverdue(
                        handle, HOLDS, shop.buyers / 2, scenario.hot() ? 1 : Scenario.PRODUCTS));
        shop.patient().use(SweepBenchSql::settle);
        List<Measured> before = new ArrayList<>();
        for (int i = 0; i < SLICES_BEFORE; i++) {
            before.add(checkouts());
        }
        List<Long> batches = new ArrayList<>();
        long[] last = {System.nanoTime()};
        ExpireReservations sweep = new ExpireReservations(shop.shop().database(), DatabaseClock.REAL, () -> {
            long now = System.nanoTime();
            batches.add(now - last[0]);
            last[0] = now;
        });
        long began = System.nanoTime();
        CompletableFuture<Long> swept = CompletableFuture.supplyAsync(() -> {
            for (int released = 0; released < HOLDS; ) {
                last[0] = System.nanoTime();
                released += sweep.run();
            }
            return System.nanoTime() - began;
        });
        List<Measured> during = new ArrayList<>();
        while (!swept.isDone()) {
            during.add(checkouts());
        }
        row(
                scenario,
                swept.get() / 1e9,
                batches.stream().mapToLong(each -> each).sorted().toArray(),
                before,
                during);
        check();
    }

    private Measured checkouts() throws Exception {
        int buyers = shop.buyers / 2;
        return Load.run(AT_ONCE, Integer.MAX_VALUE, SLICE, (door, buyer) -> {
            Reply<ReservationOutcome> reply =
                    shop.shop().reservations().submit(new ReserveCart(1 + buyer % buyers, "127.0.0.1", "bench"));
            if (!(reply instanceof Reply.Decided<ReservationOutcome>(Reserved _, var _))) {
                throw new IllegalStateException("not reserved: " + reply);
            }
        });
    }

    private void row(Scenario scenario, double seconds, long[] batches, List<Measured> before, List<Measured> during) {
        context.out()
                .println(String.format(
                        Locale.ROOT,
                        "| %s | %.1f | %.0f | %d | %.0f | %.0f | %.0f | %.0f | %.0f | %.0f | %.0f | %.0f |",
                        scenario.name(),
                        seconds,
                        HOLDS / seconds,
                        batches.length,
                        batches[batches.length / 2] / 1e6,
                        batches[(int) (batches.length * 99L / 100)] / 1e6,
                        batches[batches.length - 1] / 1e6,
                        Measured.median(before).rate(),
                        Measured.median(during).rate(),
                        Measured.median(before).p99Millis(),
                        Measured.median(during).p99Millis(),
                        during.stream().mapToDouble(Measured::p99Millis).max().orElse(0)));
    }

    private void check() {
        List<String> differences = new ArrayList<>();
        shop.shop().inventory().verify(Optional.empty(), difference -> differences.add(difference.toString()));
        if (!differences.isEmpty()) {
            throw new CommandRefused("La comprobación falla: " + differences.getFirst());
        }
    }
}
