package com.electroisla.reservation;

import com.electroisla.database.StockFigures;
import com.electroisla.payment.LockedPayments;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** Measures the cost of deciding a batch of checkouts, without reading or writing anything. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class DecisionBenchmark {
    private static final Instant NOW = Instant.parse("2026-11-24T12:00:00Z");
    private static final BigDecimal PRICE = new BigDecimal("99.99");

    /** The number of checkouts in the batch. */
    @Param({"1", "32", "512"})
    public int batch;

    /** The number of products over which their carts, of one line each, are spread. */
    @Param({"1", "10000"})
    public int products;

    private Snapshot snapshot = snapshot(Map.of(), Map.of());
    private List<ReservationRequest> requests = List.of();

    private static Snapshot snapshot(Map<Integer, Snapshot.Cart> carts, Map<Long, Snapshot.Product> wanted) {
        return new Snapshot(
                NOW, Duration.ofMinutes(15), HoldLimits.NONE, carts, wanted, List.of(), Map.of(), new LockedPayments());
    }

    /** Makes the batch, the same every time: a decision does not change its input. */
    @Setup
    public void fill() {
        Map<Integer, Snapshot.Cart> carts = new HashMap<>();
        Map<Long, Snapshot.Product> wanted = new HashMap<>();
        List<ReservationRequest> asked = new ArrayList<>();
        for (int buyer = 1; buyer <= batch; buyer++) {
            long product = 1 + buyer * 7_919L % products;
            carts.put(buyer, new Snapshot.Cart(buyer, buyer, List.of(new Snapshot.Line(buyer, product, 1, PRICE))));
            wanted.put(
                    product,
                    new Snapshot.Product(
                            product, "Taladro " + product, PRICE, true, new StockFigures(1_000_000, 0, 0)));
            asked.add(new ReservationRequest.ReserveCart(buyer, "127.0.0.1", "bench"));
        }
        snapshot = snapshot(carts, wanted);
        requests = asked;
    }

    /** @return the decision, so that the compiler cannot remove it */
    @Benchmark
    public Object decide() {
        return Decision.decide(snapshot, new CountedIds(), requests);
    }

    /** Whether every buyer got the whole cart, as in the measured case. */
    boolean servesEverybody() {
        return Decision.decide(snapshot, new CountedIds(), requests).outcomes().stream()
                .allMatch(ReservationOutcome.Reserved.class::isInstance);
    }
}
