package com.electroisla.reservation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.electroisla.Eventually;
import com.electroisla.ShopFixture;
import com.electroisla.database.Database;
import com.electroisla.groupcommit.CommitProxy;
import com.electroisla.groupcommit.GroupCommitSettings;
import com.electroisla.groupcommit.Reply;
import com.electroisla.idempotency.IdempotencyKey;
import com.electroisla.idempotency.Keeping;
import com.electroisla.order.OrderDetails;
import com.electroisla.order.PaymentMethod;
import com.electroisla.payment.ProviderWord;
import java.math.BigDecimal;
import java.sql.Connection;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * Batches that gather behind a waiting one: the number of their trips to the database, and the rows that are written
 * once.
 */
class BatchTripsIT {
    private static final GroupCommitSettings ONE =
            new GroupCommitSettings(1, 512, 512, Duration.ofSeconds(30), Duration.ofSeconds(30));

    private final ShopFixture fixture = new ShopFixture();
    private final ExecutorService buyers = Executors.newCachedThreadPool();
    private final List<Future<Reply<ReservationOutcome>>> replies = new ArrayList<>();
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
    void a_lone_buyer_goes_twice_to_the_database_and_any_number_together_three_times_the_commit_included()
            throws Exception {
        int lone = fixture.buyerWith(product, 1);
        List<Integer> crowd = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            crowd.add(fixture.buyerWith(product, 1));
        }
        // The first use of a connection has the driver ask for the types of arrays.
        submit(reserve(fixture.buyerWith(product, 1)));
        assertDone(replies.getFirst());
        int before = proxy.trips();
        CountDownLatch answered = batchThatEndsWhen(lone);
        crowd.forEach(buyer -> submit(reserve(buyer)));
        Eventually.until(() -> engine.queueLength() == crowd.size());
        answered.countDown();
        for (Future<Reply<ReservationOutcome>> reply : replies) {
            assertDone(reply);
        }
        assertEquals("50/22/0", fixture.figures(product));
        assertEquals(2 + 3, proxy.trips() - before);
    }

    @Test
    void a_payment_is_begun_and_its_money_sells_with_two_trips_each_the_commit_included() throws Exception {
        List<Integer> trips = new ArrayList<>();
        // The first buyer is there only to have the driver ask for the types of arrays.
        for (int buyer : List.of(fixture.buyerWith(product, 1), fixture.buyerWith(product, 1))) {
            submit(reserve(buyer));
            assertDone(replies.removeFirst());
            trips.clear();
            int before = proxy.trips();
            var details = new OrderDetails(PaymentMethod.CARD, "Calle 23", "555-0100", null);
            long payment = assertInstanceOf(
                            ReservationOutcome.PaymentBegun.class,
                            ShopFixture.outcomeOf(engine.submit(new ReservationRequest.BeginPayment(
                                    buyer, details, null, "prueba", Duration.ofMinutes(35), "clave"))))
                    .payment()
                    .id();
            trips.add(proxy.trips() - before);
            var word = new ProviderWord.Paid(payment, "uno" + payment, new BigDecimal("99.99"));
            assertInstanceOf(
                    ReservationOutcome.PaymentSold.class,
                    ShopFixture.outcomeOf(engine.submit(new ReservationRequest.HearPayment(buyer, payment, word))));
            trips.add(proxy.trips() - before);
        }
        assertEquals(List.of(2, 4), trips);
    }

    @Test
    void beside_a_locked_product_one_batch_serves_its_other_buyers_and_puts_the_rest_aside() throws Exception {
        long locked = fixture.productWithStock(50);
        int holder = fixture.buyerWith(locked, 1);
        submit(reserve(holder));
        assertDone(replies.removeFirst());
        List<Future<Reply<ReservationOutcome>>> aside = new ArrayList<>();
        try (Connection somebody = fixture.target.connect(Map.of())) {
            somebody.setAutoCommit(false);
            somebody.createStatement().execute("SELECT FROM productos WHERE id = " + locked + " FOR NO KEY UPDATE");
            aside.add(later(reserve(fixture.buyerWith(locked, 1))));
            Eventually.until(() -> engine.waitingForLocks() == 1);
            int deactivated = fixture.buyerWith(locked, 1);
            fixture.sql("UPDATE auth_user SET is_active = false WHERE id = ?", deactivated);
            int both = fixture.buyerWith(product, 1);
            fixture.inCart(both, locked, 1);
            CountDownLatch answered = batchThatEndsWhen(fixture.buyerWith(product, 1));
            for (ReservationRequest request : List.of(
                    reserve(fixture.buyerWith(locked, 1)),
                    new ReservationRequest.CancelHolds(holder),
                    reserve(both),
                    reserve(deactivated))) {
                aside.add(later(request));
            }
            for (int i = 0; i < 5; i++) {
                submit(reserve(fixture.buyerWith(product, 1)));
            }
            Eventually.until(() -> engine.queueLength() == 9);
            long batches = engine.figures().batches();
            answered.countDown();
            for (Future<Reply<ReservationOutcome>> reply : replies) {
                assertDone(reply);
            }
            Eventually.until(() -> engine.waitingForLocks() == 5);
            assertEquals("50/6/0", fixture.figures(product));
            assertEquals(2, engine.figures().batches() - batches);
            somebody.commit();
        }
        assertInstanceOf(
                ReservationOutcome.UserGone.class,
                ShopFixture.outcomeOf(aside.removeLast().get()));
        for (Future<Reply<ReservationOutcome>> reply : aside) {
            assertDone(reply);
        }
        assertEquals("50/7/0", fixture.figures(product));
        assertEquals("50/3/0", fixture.figures(locked));
        assertEquals(List.of(), fixture.differences());
    }

    @Test
    void a_buyer_who_holds_gives_up_and_holds_again_in_one_batch_has_two_rows_with_a_number_each() throws Exception {
        int first = fixture.buyerWith(product, 1);
        int fickle = fixture.buyerWith(product, 2);
        CountDownLatch answered = batchThatEndsWhen(first);
        for (ReservationRequest request :
                List.of(reserve(fickle), new ReservationRequest.CancelHolds(fickle), reserve(fickle))) {
            int waiting = engine.queueLength();
            submit(request);
            Eventually.until(() -> engine.queueLength() == waiting + 1);
        }
        answered.countDown();
        for (Future<Reply<ReservationOutcome>> reply : replies) {
            assertDone(reply);
        }
        assertEquals("50/3/0", fixture.figures(product));
        assertEquals(0, engine.figures().retries(), "batches that were taken apart");
        assertEquals(
                1,
                fixture.number("SELECT count(*) FROM stock_reservations WHERE status = "
                        + "'cancelled' AND usuario_id = " + fickle));
        assertEquals(
                1,
                fixture.number(
                        "SELECT count(*) FROM stock_reservations WHERE status = 'pending' AND usuario_id = " + fickle));
        assertEquals(List.of(), fixture.differences());
    }

    @Test
    void two_payments_of_one_user_in_one_batch_name_each_product_that_was_lost_once() throws Exception {
        int slow = fixture.buyerWith(product, 2);
        submit(reserve(slow));
        assertDone(replies.getFirst());
        fixture.clock.advance(Duration.ofMinutes(16));
        assertEquals(1, fixture.shop.expireReservations().run());
        CountDownLatch answered = batchThatEndsWhen(fixture.buyerWith(product, 1));
        List<Future<Integer>> lost = new ArrayList<>();
        for (int i = 1; i <= 2; i++) {
            int waiting = i;
            lost.add(buyers.submit(() -> lostIn(slow)));
            Eventually.until(() -> engine.queueLength() == waiting);
        }
        answered.countDown();

        assertEquals(List.of(1, 1), List.of(lost.get(0).get(), lost.get(1).get()));
    }

    private int lostIn(int buyer) {
        var details = new OrderDetails(PaymentMethod.CARD, "Calle 23", "555-0100", null);
        var outcome = ShopFixture.outcomeOf(engine.submit(new ReservationRequest.PlaceOrder(buyer, details, null)));
        return assertInstanceOf(ReservationOutcome.HoldsExpired.class, outcome)
                .lost()
                .size();
    }

    /**
     * A batch of one checkout that has its locks and waits for a locked kept answer until the latch is counted down.
     */
    private CountDownLatch batchThatEndsWhen(int buyer) {
        var deciding = new CountDownLatch(1);
        var goOn = new CountDownLatch(1);
        var key = IdempotencyKey.of(buyer, "POST", "/api/carrito/checkout/", "clave", new byte[0]);
        Keeping<ReservationOutcome> keeping = Keeping.onlyThatItWasDone(key, outcome -> {
            deciding.countDown();
            Eventually.until(() -> goOn.getCount() == 0);
            return true;
        });
        replies.add(buyers.submit(() -> engine.submit(reserve(buyer), Optional.of(keeping))));
        Eventually.until(() -> deciding.getCount() == 0);
        return goOn;
    }

    private static ReservationRequest reserve(int buyer) {
        return new ReservationRequest.ReserveCart(buyer, null, "");
    }

    private void submit(ReservationRequest request) {
        replies.add(later(request));
    }

    private Future<Reply<ReservationOutcome>> later(ReservationRequest request) {
        return buyers.submit(() -> engine.submit(request));
    }

    private static void assertDone(Future<Reply<ReservationOutcome>> reply) throws Exception {
        ReservationOutcome outcome = ShopFixture.outcomeOf(reply.get());
        assertTrue(
                outcome instanceof ReservationOutcome.Reserved || outcome instanceof ReservationOutcome.Cancelled,
                outcome::toString);
    }
}
