package com.electroisla.reservation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.electroisla.ShopFixture;
import com.electroisla.database.Database;
import com.electroisla.groupcommit.GroupCommitSettings;
import com.electroisla.http.Answer;
import com.electroisla.http.Language;
import java.sql.Connection;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Batches that come together behind one that waits: how often they go to the database, and what is written once. */
class BatchTripsIT {
    private static final GroupCommitSettings ONE = new GroupCommitSettings(1, 512, 512, Duration.ofSeconds(30), Duration.ofSeconds(30));

    private final ShopFixture fixture = new ShopFixture();
    private final ExecutorService buyers = Executors.newCachedThreadPool();
    private final List<Future<Integer>> answers = new ArrayList<>();
    private final long product = fixture.productWithStock(50);
    private CommitProxy proxy;
    private Database batches;
    private ReservationEngine engine;

    @BeforeEach
    void an_engine_whose_trips_are_counted() throws Exception {
        proxy = new CommitProxy(fixture.target);
        batches = new Database(proxy.target(), 1, Database.Purpose.RESERVATIONS);
        engine = new ReservationEngine(batches, fixture.clock, new ReservationSettings(Duration.ofMinutes(15), ONE));
    }

    @AfterEach
    void close() throws Exception {
        buyers.shutdownNow();
        engine.close();
        batches.close();
        proxy.close();
        fixture.close();
    }

    @Test
    void a_lone_buyer_goes_twice_to_the_database_and_any_number_together_three_times_the_commit_included() throws Exception {
        int lone = fixture.buyerWith(product, 1);
        List<Integer> crowd = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            crowd.add(fixture.buyerWith(product, 1));
        }
        // The first one on a connection has the driver ask for the types of arrays.
        submit(reserve(fixture.buyerWith(product, 1)));
        assertEquals(204, answers.getFirst().get());
        int before = proxy.trips();
        try (Connection other = productLocked()) {
            submit(reserve(lone));
            awaitThat(this::somebodyWaitsForALock);
            crowd.forEach(buyer -> submit(reserve(buyer)));
            awaitThat(() -> engine.queueLength() == crowd.size());
            other.commit();
        }
        for (Future<Integer> answer : answers) {
            assertEquals(204, answer.get());
        }
        assertEquals("50/22/0", fixture.figures(product));
        assertEquals(2 + 3, proxy.trips() - before);
    }

    @Test
    void a_buyer_who_holds_gives_up_and_holds_again_in_one_batch_has_two_rows_with_a_number_each() throws Exception {
        int first = fixture.buyerWith(product, 1);
        int fickle = fixture.buyerWith(product, 2);
        try (Connection other = productLocked()) {
            submit(reserve(first));
            awaitThat(this::somebodyWaitsForALock);
            for (ReservationRequest request : List.of(reserve(fickle), new ReservationRequest.CancelHolds(fickle), reserve(fickle))) {
                int waiting = engine.queueLength();
                submit(request);
                awaitThat(() -> engine.queueLength() == waiting + 1);
            }
            other.commit();
        }
        for (Future<Integer> answer : answers) {
            assertEquals(204, answer.get());
        }
        assertEquals("50/3/0", fixture.figures(product));
        assertEquals(0, engine.figures().retries(), "batches that were taken apart");
        assertEquals(1, fixture.number("SELECT count(*) FROM stock_reservations WHERE status = 'cancelled' AND usuario_id = " + fickle));
        assertEquals(1, fixture.number("SELECT count(*) FROM stock_reservations WHERE status = 'pending' AND usuario_id = " + fickle));
        assertEquals(List.of(), fixture.differences());
    }

    private Connection productLocked() throws Exception {
        Connection other = fixture.target.connect(Map.of());
        other.setAutoCommit(false);
        other.createStatement().execute("SELECT FROM productos WHERE id = " + product + " FOR UPDATE");
        return other;
    }

    private boolean somebodyWaitsForALock() {
        return fixture.waitingForLocks() == 1;
    }

    private static ReservationRequest reserve(int buyer) {
        return new ReservationRequest.ReserveCart(buyer, null, "");
    }

    private void submit(ReservationRequest request) {
        answers.add(buyers.submit(() -> engine.submit(request, Optional.empty(), Language.SPANISH,
                outcome -> outcome instanceof ReservationOutcome.Reserved || outcome instanceof ReservationOutcome.Cancelled
                        ? Answer.noContent() : Answer.ok(outcome.getClass().getSimpleName())).status()));
    }

    private static void awaitThat(BooleanSupplier condition) {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
        while (!condition.getAsBoolean()) {
            assertTrue(System.nanoTime() < deadline, "waited 20 s");
            Thread.onSpinWait();
        }
    }
}
