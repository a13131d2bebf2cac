package com.electroisla.reservation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.electroisla.Eventually;
import com.electroisla.ShopFixture;
import com.electroisla.groupcommit.Reply;
import com.electroisla.idempotency.IdempotencyKey;
import com.electroisla.idempotency.Keeping;
import com.electroisla.reservation.ReservationOutcome.NotEnoughStock;
import com.electroisla.reservation.ReservationOutcome.Ordered;
import com.electroisla.reservation.ReservationOutcome.Reserved;
import com.electroisla.settings.Setting;
import com.electroisla.wiring.Shop;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.JdbiException;
import org.jdbi.v3.core.transaction.TransactionException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ReservationsRaceIT {
    /** Small batches, so that several follow one another. */
    private final ShopFixture fixture = new ShopFixture(Map.of(Setting.BATCH, "7"));

    private final ExecutorService threads = Executors.newCachedThreadPool();

    @AfterEach
    void figures_and_rows_agree_whatever_was_done() throws Exception {
        threads.shutdown();
        assertTrue(threads.awaitTermination(30, TimeUnit.SECONDS));
        try (fixture) {
            assertEquals(List.of(), fixture.differences());
        }
    }

    @Test
    void of_sixty_buyers_who_wait_for_a_locked_product_the_twenty_that_arrived_first_have_its_units() throws Exception {
        long product = fixture.productWithStock(20);
        List<Integer> buyers = new ArrayList<>();
        for (int i = 0; i < 60; i++) {
            buyers.add(fixture.buyerWith(product, 1));
        }
        ReservationEngine engine = fixture.shop.reservations();
        List<Future<ReservationOutcome>> answers = new ArrayList<>();
        try (Connection other = fixture.target.connect(Map.of())) {
            other.setAutoCommit(false);
            other.createStatement().execute("SELECT FROM productos WHERE id = " + product + " FOR UPDATE");
            for (int i = 0; i < buyers.size(); i++) {
                int buyer = buyers.get(i);
                int position = i;
                answers.add(threads.submit(() -> fixture.checkout(buyer)));
                Eventually.until(() -> engine.waitingForLocks() > position);
            }
            other.commit();
        }

        for (int i = 0; i < buyers.size(); i++) {
            assertEquals(
                    i < 20 ? Reserved.class : NotEnoughStock.class,
                    answers.get(i).get().getClass(),
                    "buyer " + i);
        }
    }

    @Test
    void two_instances_that_sell_fifty_units_to_two_hundred_buyers_sell_exactly_fifty() throws Exception {
        Shop second = fixture.openInstance();
        long product = fixture.productWithStock(50);
        List<Callable<Boolean>> purchases = new ArrayList<>();
        for (int i = 0; i < 200; i++) {
            int buyer = fixture.buyerWith(product, 1);
            Shop instance = i % 2 == 0 ? fixture.shop : second;
            purchases.add(() -> fixture.checkout(instance, buyer) instanceof Reserved
                    && fixture.pay(instance, buyer) instanceof Ordered);
        }

        long sold = all(purchases).stream().filter(each -> each).count();

        assertEquals(50, sold);
        assertEquals("50/0/50", fixture.figures(product));
    }

    @Test
    void carts_in_opposite_order_on_two_instances_never_deadlock() throws Exception {
        Shop second = fixture.openInstance();
        long one = fixture.productWithStock(10_000);
        long two = fixture.productWithStock(10_000);
        long deadlocksBefore = deadlocks();
        List<Callable<Boolean>> checkouts = new ArrayList<>();
        for (int i = 0; i < 40; i++) {
            int buyer = fixture.anyBuyer();
            fixture.inCart(buyer, i % 2 == 0 ? one : two, 1);
            fixture.inCart(buyer, i % 2 == 0 ? two : one, 1);
            Shop instance = i % 4 < 2 ? fixture.shop : second;
            checkouts.add(() -> {
                boolean well = true;
                for (int round = 0; round < 10; round++) {
                    well &= fixture.checkout(instance, buyer) instanceof Reserved;
                    well &= round % 2 == 0 || !(fixture.cancel(instance, buyer) instanceof NotEnoughStock);
                }
                return well;
            });
        }

        assertTrue(all(checkouts).stream().allMatch(each -> each));
        assertEquals(deadlocksBefore, deadlocks());
    }

    @Test
    void one_user_on_two_instances_at_once_never_holds_the_units_twice() throws Exception {
        Shop second = fixture.openInstance();
        long product = fixture.productWithStock(10);
        int buyer = fixture.buyerWith(product, 3);
        List<Callable<Boolean>> checkouts = new ArrayList<>();
        for (int i = 0; i < 40; i++) {
            Shop instance = i % 2 == 0 ? fixture.shop : second;
            checkouts.add(() -> fixture.checkout(instance, buyer) instanceof Reserved);
        }

        assertTrue(all(checkouts).stream().allMatch(each -> each));

        assertEquals("10/3/0", fixture.figures(product));
        assertEquals(1, fixture.number("SELECT count(*) FROM stock_reservations WHERE status = 'pending'"));
    }

    @Test
    void sweeps_on_two_instances_and_checkouts_release_each_hold_once() throws Exception {
        Shop second = fixture.openInstance();
        long product = fixture.productWithStock(40);
        for (int i = 0; i < 40; i++) {
            fixture.checkout(fixture.buyerWith(product, 1));
        }
        fixture.sql("UPDATE stock_reservations SET expires_at = now() - interval '1 second'");
        List<Callable<Integer>> work = new ArrayList<>();
        for (int i = 0; i < 10; i++) {
            int buyer = fixture.buyerWith(product, 2);
            Shop instance = i % 2 == 0 ? fixture.shop : second;
            work.add(() -> instance.expireReservations().run(hold -> {}));
            work.add(() -> fixture.checkout(instance, buyer) instanceof Reserved ? 0 : 1_000);
        }

        int released = all(work).stream().mapToInt(each -> each).sum();

        assertTrue(released <= 40, "no checkout was refused and no hold released twice: " + released);
        fixture.shop.expireReservations().run(hold -> {});
        assertEquals(40, fixture.number("SELECT count(*) FROM stock_reservations WHERE status = 'expired'"));
        assertEquals("40/20/0", fixture.figures(product));
    }

    @Test
    void a_caller_interrupted_while_its_request_is_being_committed_is_told_that_the_outcome_is_unknown()
            throws Exception {
        long product = fixture.productWithStock(5);
        int buyer = fixture.buyerWith(product, 1);
        var request = new ReservationRequest.ReserveCart(buyer, null, "");
        var key = IdempotencyKey.of(buyer, "POST", "/api/carrito/checkout/", "clave", new byte[0]);
        var deciding = new CountDownLatch(1);
        var goOn = new CountDownLatch(1);
        Keeping<ReservationOutcome> keeping = Keeping.onlyThatItWasDone(key, outcome -> {
            deciding.countDown();
            await(goOn);
            return true;
        });
        var reply = new FutureTask<Reply<ReservationOutcome>>(
                () -> fixture.shop.reservations().submit(request, Optional.of(keeping)));
        Thread caller = new Thread(reply);
        caller.start();
        await(deciding);
        caller.interrupt();
        assertInstanceOf(Reply.Unknown.class, reply.get());
        goOn.countDown();
        Eventually.until(() -> fixture.figures(product).equals("5/1/0"));
    }

    @Test
    void after_every_connection_was_cut_nobody_is_refused() throws Exception {
        long product = fixture.productWithStock(5);
        int buyer = fixture.buyerWith(product, 1);
        openManyConnections();
        fixture.checkout(buyer);
        cutEveryConnection();

        var request = new ReservationRequest.ReserveCart(buyer, null, "");
        for (int i = 0; i < 20; i++) {
            assertInstanceOf(Reply.Decided.class, fixture.shop.reservations().submit(request));
        }
    }

    @Test
    void after_a_restart_of_the_database_its_dead_connections_cost_no_page_and_no_form_an_answer() throws Exception {
        openManyConnections();
        cutEveryConnection();
        assertEquals(1, fixture.shop.database().<Integer, RuntimeException>read(ReservationsRaceIT::one));
        openManyConnections();
        cutEveryConnection();
        assertEquals(1, fixture.shop.database().<Integer, RuntimeException>inTransaction(ReservationsRaceIT::one));
    }

    @Test
    void work_whose_first_statement_was_answered_is_not_begun_again_on_another_connection() {
        AtomicInteger begun = new AtomicInteger();
        assertThrows(
                JdbiException.class,
                () -> fixture.shop.database().<Integer, Exception>inTransaction(handle -> {
                    begun.incrementAndGet();
                    one(handle);
                    cutEveryConnection();
                    return one(handle);
                }));
        assertEquals(1, begun.get());
    }

    @Test
    void work_that_met_many_dead_connections_is_tried_five_times_after_a_deadlock_like_any_other() {
        AtomicInteger begun = new AtomicInteger();
        assertThrows(
                JdbiException.class,
                () -> fixture.shop.database().<Integer, Exception>inTransaction(handle -> {
                    int time = begun.incrementAndGet();
                    assertTrue(time <= 12, "begun for ever");
                    throw new TransactionException("failed", new SQLException("failed", time <= 7 ? "08006" : "40P01"));
                }));
        assertEquals(7 + 5, begun.get());
    }

    private static int one(Handle handle) {
        return handle.createQuery("SELECT 1").mapTo(Integer.class).one();
    }

    /** Leaves idle connections, as many as it may have, in the pool. */
    private void openManyConnections() throws Exception {
        CountDownLatch together = new CountDownLatch(12);
        all(Collections.nCopies(
                12,
                () -> fixture.shop.database().read(handle -> {
                    together.countDown();
                    return together.await(20, TimeUnit.SECONDS);
                })));
    }

    private void cutEveryConnection() throws SQLException {
        try (Connection other = fixture.target.connect(Map.of())) {
            other.createStatement()
                    .execute("SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity WHERE datname = "
                            + "current_database() AND pid <> pg_backend_pid()");
        }
    }

    /** Starts everything at one signal; a failure in a worker is a failure here. */
    private <T> List<T> all(List<Callable<T>> work) throws Exception {
        CountDownLatch start = new CountDownLatch(1);
        List<Future<T>> futures = new ArrayList<>();
        for (Callable<T> each : work) {
            futures.add(threads.submit(() -> {
                start.await();
                return each.call();
            }));
        }
        start.countDown();
        List<T> results = new ArrayList<>();
        for (Future<T> future : futures) {
            results.add(future.get(60, TimeUnit.SECONDS));
        }
        return results;
    }

    private long deadlocks() {
        return fixture.number("SELECT deadlocks FROM pg_stat_database WHERE datname = current_database()");
    }

    private static void await(CountDownLatch latch) {
        try {
            assertTrue(latch.await(20, TimeUnit.SECONDS));
        } catch (InterruptedException interrupted) {
            throw new IllegalStateException(interrupted);
        }
    }
}
