package com.electroisla.reservation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.electroisla.Eventually;
import com.electroisla.ShopFixture;
import com.electroisla.accounts.Role;
import com.electroisla.audit.Actor;
import com.electroisla.cart.CartOutcome;
import com.electroisla.cart.CartRequest;
import com.electroisla.cart.CartTransaction;
import com.electroisla.database.Database;
import com.electroisla.database.TestPostgres;
import com.electroisla.event.EventKind;
import com.electroisla.event.Outbox;
import com.electroisla.groupcommit.GroupCommitSettings;
import com.electroisla.groupcommit.Reply;
import com.electroisla.idempotency.Applied;
import com.electroisla.idempotency.IdempotencyKey;
import com.electroisla.idempotency.Keeping;
import com.electroisla.order.OrderDetails;
import com.electroisla.order.Orders.CancelOutcome;
import com.electroisla.order.Orders.Viewer;
import com.electroisla.order.PaymentMethod;
import com.electroisla.reservation.ReservationOutcome.Cancelled;
import com.electroisla.reservation.ReservationOutcome.Ordered;
import com.electroisla.reservation.ReservationOutcome.Reserved;
import com.electroisla.settings.Setting;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A locked row: requests that need it wait aside, in the order of arrival, and no other buyer is blocked. */
class LockedRowsRaceIT {
    private final ShopFixture fixture = new ShopFixture(Map.of(Setting.WAIT, "PT20S"));
    private final ExecutorService buyers = Executors.newCachedThreadPool();
    private final long locked = fixture.productWithStock(10);
    private final long free = fixture.productWithStock(100);

    @AfterEach
    void figures_and_rows_agree() throws Exception {
        buyers.shutdown();
        assertTrue(buyers.awaitTermination(30, TimeUnit.SECONDS));
        try (fixture) {
            assertEquals(List.of(), fixture.differences());
        }
    }

    @Test
    void buyers_of_other_products_are_served_while_somebody_sits_on_one() throws Exception {
        int stopped = fixture.buyerWith(locked, 1);
        Future<ReservationOutcome> waiting;
        try (Connection somebody = sitsOn("SELECT FROM productos WHERE id = " + locked + " FOR UPDATE")) {
            waiting = later(() -> fixture.checkout(stopped));
            awaitAside(1);
            for (int i = 0; i < 20; i++) {
                int buyer = fixture.buyerWith(free, 1);
                assertInstanceOf(Reserved.class, fixture.checkout(buyer));
                assertInstanceOf(Ordered.class, fixture.pay(buyer));
            }
            assertFalse(waiting.isDone());
            somebody.commit();
        }
        assertInstanceOf(Reserved.class, waiting.get());
    }

    @Test
    void the_short_wait_is_paid_once_and_later_buyers_of_a_locked_product_are_put_behind_without_a_try_of_their_own()
            throws Exception {
        List<Integer> wanting = buyersOf(locked, 5);
        List<Future<ReservationOutcome>> answers = new ArrayList<>();
        try (Connection somebody = sitsOn("SELECT FROM productos WHERE id = " + locked + " FOR UPDATE")) {
            answers.add(later(() -> fixture.checkout(wanting.getFirst())));
            awaitAside(1);
            long triesInVain = fixture.shop.reservations().figures().retries();
            for (int i = 1; i < wanting.size(); i++) {
                int buyer = wanting.get(i);
                answers.add(later(() -> fixture.checkout(buyer)));
                awaitAside(i + 1);
            }
            assertEquals(triesInVain, fixture.shop.reservations().figures().retries());
            somebody.commit();
        }
        for (Future<ReservationOutcome> answer : answers) {
            assertInstanceOf(Reserved.class, answer.get());
        }
    }

    @Test
    void who_holds_units_of_a_locked_product_is_put_behind_without_a_try_too_whatever_is_asked_for() throws Exception {
        List<Integer> holding = buyersOf(locked, 3);
        holding.forEach(buyer -> assertInstanceOf(Reserved.class, fixture.checkout(buyer)));
        Future<ReservationOutcome> paying;
        Future<ReservationOutcome> payingLater;
        Future<ReservationOutcome> givingUp;
        try (Connection somebody = sitsOn("SELECT FROM productos WHERE id = " + locked + " FOR UPDATE")) {
            paying = later(() -> fixture.pay(holding.get(0)));
            awaitAside(1);
            long triesInVain = fixture.shop.reservations().figures().retries();
            payingLater = later(() -> fixture.pay(holding.get(1)));
            givingUp = later(() -> fixture.cancel(fixture.shop, holding.get(2)));
            awaitAside(3);
            assertEquals(triesInVain, fixture.shop.reservations().figures().retries());
            somebody.commit();
        }
        assertInstanceOf(Ordered.class, paying.get());
        assertInstanceOf(Ordered.class, payingLater.get());
        assertInstanceOf(Cancelled.class, givingUp.get());
    }

    @Test
    void a_locked_product_stops_no_other_locked_product() throws Exception {
        long other = fixture.productWithStock(10);
        int one = fixture.buyerWith(locked, 1);
        int two = fixture.buyerWith(other, 1);
        try (Connection somebody = sitsOn("SELECT FROM productos WHERE id = " + locked + " FOR UPDATE");
                Connection anybody = sitsOn("SELECT FROM productos WHERE id = " + other + " FOR UPDATE")) {
            Future<ReservationOutcome> first = later(() -> fixture.checkout(one));
            awaitAside(1);
            Future<ReservationOutcome> second = later(() -> fixture.checkout(two));
            awaitAside(2);
            anybody.commit();
            assertInstanceOf(Reserved.class, second.get());
            assertFalse(first.isDone());
            somebody.commit();
            assertInstanceOf(Reserved.class, first.get());
        }
    }

    @Test
    void who_wants_a_locked_product_and_a_free_one_waits_for_both_and_keeps_nobody_from_the_free_one()
            throws Exception {
        int both = fixture.buyerWith(free, 1);
        fixture.inCart(both, locked, 1);
        try (Connection somebody = sitsOn("SELECT FROM productos WHERE id = " + locked + " FOR UPDATE")) {
            Future<ReservationOutcome> waiting = later(() -> fixture.checkout(both));
            awaitAside(1);
            for (int i = 0; i < 5; i++) {
                assertInstanceOf(Reserved.class, fixture.checkout(fixture.buyerWith(free, 1)));
            }
            assertEquals(
                    0,
                    fixture.number("SELECT count(*) FROM pg_locks WHERE locktype = 'tuple' AND relation = "
                            + "'carts'::regclass"));
            somebody.commit();
            assertEquals(
                    2, assertInstanceOf(Reserved.class, waiting.get()).lines().size());
        }
    }

    @Test
    void of_three_who_wait_for_two_units_the_two_that_came_first_have_them_and_one_who_comes_later_still_is_behind()
            throws Exception {
        long scarce = fixture.productWithStock(2);
        List<Future<ReservationOutcome>> answers = new ArrayList<>();
        List<Integer> wanting = buyersOf(scarce, 4);
        try (Connection somebody = sitsOn("SELECT FROM productos WHERE id = " + scarce + " FOR UPDATE")) {
            for (int i = 0; i < 4; i++) {
                int buyer = wanting.get(i);
                answers.add(later(() -> fixture.checkout(buyer)));
                awaitAside(i + 1);
                assertInstanceOf(
                        Reserved.class, fixture.checkout(fixture.buyerWith(free, 1)), "others are served in between");
            }
            somebody.commit();
        }
        for (int i = 0; i < 4; i++) {
            assertEquals(
                    i < 2 ? Reserved.class : ReservationOutcome.NotEnoughStock.class,
                    answers.get(i).get().getClass(),
                    "buyer " + i);
        }
    }

    @Test
    void two_requests_of_one_user_keep_their_order_also_when_the_second_needs_nothing_that_is_locked()
            throws Exception {
        int buyer = fixture.buyerWith(locked, 1);
        try (Connection somebody = sitsOn("SELECT FROM productos WHERE id = " + locked + " FOR UPDATE")) {
            Future<ReservationOutcome> reserving = later(() -> fixture.checkout(buyer));
            awaitAside(1);
            Future<ReservationOutcome> givingUp = later(() -> fixture.cancel(fixture.shop, buyer));
            awaitAside(2);
            somebody.commit();
            assertInstanceOf(Reserved.class, reserving.get());
            assertEquals(new Cancelled(1), givingUp.get());
        }
    }

    @Test
    void a_payment_is_not_stopped_by_a_locked_product_that_was_only_put_into_the_cart_afterwards() throws Exception {
        int buyer = fixture.buyerWith(free, 1);
        assertInstanceOf(Reserved.class, fixture.checkout(buyer));
        fixture.inCart(buyer, locked, 1);
        try (Connection _ = sitsOn("SELECT FROM productos WHERE id = " + locked + " FOR UPDATE")) {
            assertInstanceOf(Ordered.class, fixture.pay(buyer));
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "SELECT FROM carts WHERE user_id = %d FOR UPDATE",
                "SELECT FROM auth_user WHERE id = %d FOR UPDATE",
                "SELECT FROM stock_reservations WHERE usuario_id = %d FOR UPDATE",
                "SELECT FROM cart_items WHERE cart_id = (SELECT id FROM carts WHERE user_id = %d) FOR SHARE"
            })
    void a_locked_row_of_one_buyer_stops_only_that_buyers_payment(String lock) throws Exception {
        int stopped = fixture.buyerWith(free, 1);
        assertInstanceOf(Reserved.class, fixture.checkout(stopped));
        Future<ReservationOutcome> waiting;
        try (Connection somebody = sitsOn(lock.formatted(stopped))) {
            waiting = later(() -> fixture.pay(stopped));
            awaitAside(1);
            for (int i = 0; i < 5; i++) {
                int buyer = fixture.buyerWith(free, 1);
                assertInstanceOf(Reserved.class, fixture.checkout(buyer));
                assertInstanceOf(Ordered.class, fixture.pay(buyer));
            }
            assertFalse(waiting.isDone());
            somebody.commit();
        }
        assertInstanceOf(Ordered.class, waiting.get());
    }

    @Test
    void a_kept_answer_of_two_days_ago_that_is_locked_stops_only_who_uses_its_key_again() throws Exception {
        int stopped = fixture.buyerWith(free, 1);
        var key = IdempotencyKey.of(stopped, "POST", "/api/carrito/checkout/", "clave", new byte[0]);
        assertInstanceOf(Reserved.class, submit(stopped, key));
        fixture.sql("UPDATE idempotencia SET created_at = created_at - interval '2 days'");
        Future<ReservationOutcome> waiting;
        try (Connection somebody = sitsOn("SELECT FROM idempotencia FOR UPDATE")) {
            waiting = later(() -> submit(stopped, key));
            awaitAside(1);
            assertInstanceOf(Reserved.class, fixture.checkout(fixture.buyerWith(free, 1)));
            somebody.commit();
        }
        assertInstanceOf(Reserved.class, waiting.get());
    }

    @Test
    void a_locked_hold_that_is_over_stops_only_who_needs_its_units() throws Exception {
        int slow = fixture.buyerWith(locked, 10);
        assertInstanceOf(Reserved.class, fixture.checkout(slow));
        fixture.clock.advance(Duration.ofMinutes(16));
        Future<ReservationOutcome> waiting;
        try (Connection somebody =
                sitsOn("SELECT FROM stock_reservations WHERE usuario_id = " + slow + " FOR UPDATE")) {
            int needing = fixture.buyerWith(locked, 1);
            waiting = later(() -> fixture.checkout(needing));
            awaitAside(1);
            for (int i = 0; i < 5; i++) {
                assertInstanceOf(Reserved.class, fixture.checkout(fixture.buyerWith(free, 1)));
            }
            assertFalse(waiting.isDone());
            somebody.commit();
        }
        assertInstanceOf(Reserved.class, waiting.get());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "SELECT FROM productos WHERE id = %2$d FOR UPDATE",
                "SELECT FROM carts WHERE user_id = %1$d FOR UPDATE",
                "SELECT FROM auth_user WHERE id = %1$d FOR UPDATE",
                "SELECT FROM limites WHERE clave = 'agregar:%1$d' FOR UPDATE",
                "SELECT FROM cart_items WHERE cart_id = (SELECT id FROM carts WHERE user_id = %1$d) FOR UPDATE"
            })
    void a_locked_row_stops_no_other_users_cart(String lock) throws Exception {
        int stopped = fixture.anyBuyer();
        assertInstanceOf(CartOutcome.Changed.class, add(stopped, free));
        String sql = lock.formatted(stopped, locked);
        long wanted = sql.contains("productos") ? locked : free;
        Future<CartOutcome> waiting;
        try (Connection somebody = sitsOn(sql)) {
            waiting = later(() -> add(stopped, wanted));
            Eventually.until(() -> fixture.shop.carts().waitingForLocks() == 1);
            for (int i = 0; i < 5; i++) {
                assertInstanceOf(CartOutcome.Changed.class, add(fixture.anyBuyer(), free));
            }
            assertFalse(waiting.isDone());
            somebody.commit();
        }
        assertInstanceOf(CartOutcome.Changed.class, waiting.get());
    }

    @Test
    void a_locked_product_stops_only_the_one_whose_quantities_name_it() throws Exception {
        int stopped = fixture.anyBuyer();
        Future<CartOutcome> waiting;
        try (Connection somebody = sitsOn("SELECT FROM productos WHERE id = " + locked + " FOR UPDATE")) {
            waiting = later(() -> set(stopped, locked));
            Eventually.until(() -> fixture.shop.carts().waitingForLocks() == 1);
            for (int i = 0; i < 5; i++) {
                assertInstanceOf(CartOutcome.QuantitiesSet.class, set(fixture.anyBuyer(), free));
            }
            assertFalse(waiting.isDone());
            somebody.commit();
        }
        assertInstanceOf(CartOutcome.QuantitiesSet.class, waiting.get());
    }

    @Test
    void a_line_that_somebody_has_written_and_not_committed_sends_one_away_and_no_other() throws Exception {
        int stopped = fixture.anyBuyer();
        fixture.inCart(stopped, free, 1);
        List<Future<CartOutcome>> others = new ArrayList<>();
        try (Connection somebody = sitsOn("INSERT INTO cart_items (cart_id, product_id, quantity, price_at_addition, "
                + "created_at, updated_at) "
                + "SELECT id, " + locked + ", 1, 9.99, now(), now() FROM carts WHERE user_id = " + stopped)) {
            Future<Reply<CartOutcome>> one = later(() -> submitAdd(stopped, locked));
            for (int i = 0; i < 10; i++) {
                int other = fixture.anyBuyer();
                others.add(later(() -> add(other, locked)));
            }
            assertInstanceOf(Reply.Busy.class, one.get());
            for (Future<CartOutcome> other : others) {
                assertInstanceOf(CartOutcome.Changed.class, other.get());
            }
            somebody.rollback();
        }
        assertInstanceOf(CartOutcome.Changed.class, add(stopped, locked));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "LOCK TABLE productos IN SHARE MODE",
                "LOCK TABLE carts IN ACCESS EXCLUSIVE MODE",
                "LOCK TABLE stock_reservations IN SHARE ROW EXCLUSIVE MODE"
            })
    void while_a_table_is_locked_everybody_waits_and_is_served_when_it_is_free(String lock) throws Exception {
        List<Integer> all = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            all.add(fixture.buyerWith(free, 1));
        }
        List<Future<ReservationOutcome>> answers = new ArrayList<>();
        try (Connection somebody = sitsOn(lock)) {
            all.forEach(buyer -> answers.add(later(() -> fixture.checkout(buyer))));
            // At least two attempts in vain.
            Eventually.until(() -> fixture.shop.reservations().figures().retries() >= 2);
            somebody.commit();
        }
        for (Future<ReservationOutcome> answer : answers) {
            assertInstanceOf(Reserved.class, answer.get());
        }
    }

    @Test
    void while_the_table_of_events_is_locked_a_payment_that_writes_one_waits_and_is_served_when_it_is_free()
            throws Exception {
        int buyer = fixture.buyerWith(free, 1);
        assertInstanceOf(Reserved.class, fixture.checkout(buyer));
        var heard = new Outbox(Set.of(EventKind.ORDER_PLACED));
        var commits = new GroupCommitSettings(1, 512, 512, Duration.ofSeconds(20), Duration.ofSeconds(20));
        Future<ReservationOutcome> paying;
        try (var batches = new Database(fixture.target, 4, Database.Purpose.BATCHES);
                var engine = new ReservationEngine(
                        batches,
                        fixture.clock,
                        new ReservationSettings(Duration.ofMinutes(15), commits),
                        heard,
                        () -> {})) {
            try (Connection somebody = sitsOn("LOCK TABLE eventos IN SHARE MODE")) {
                var payment = new ReservationRequest.PlaceOrder(
                        buyer, new OrderDetails(PaymentMethod.CARD, "Calle 23", "555-0100", null), null);
                paying = later(() -> ShopFixture.outcomeOf(engine.submit(payment)));
                // The third would be the last of a payment of which nobody knows why it waits.
                Eventually.until(() -> engine.figures().retries() >= 3);
                somebody.commit();
            }
            assertInstanceOf(Ordered.class, paying.get());
        }
        assertEquals(1, fixture.number("SELECT count(*) FROM eventos"));
    }

    @ParameterizedTest
    @CsvSource({"SELECT FROM productos WHERE id = %d FOR UPDATE", "LOCK TABLE productos IN SHARE MODE"})
    void who_has_waited_long_enough_is_told_to_come_back_and_nothing_was_done(String lock) throws Exception {
        try (var impatient = new ShopFixture(Map.of(Setting.WAIT, "PT1S"))) {
            long product = impatient.productWithStock(5);
            int buyer = impatient.buyerWith(product, 1);
            try (Connection somebody = impatient.target.connect(Map.of())) {
                somebody.setAutoCommit(false);
                somebody.createStatement().execute(lock.formatted(product));
                assertInstanceOf(
                        Reply.Busy.class,
                        impatient.shop.reservations().submit(new ReservationRequest.ReserveCart(buyer, null, "")));
                somebody.rollback();
            }
            assertEquals("5/0/0", impatient.figures(product));
            // The caller left by itself; the watch over the locks clears its place.
            Eventually.until(() -> impatient.shop.reservations().waitingForLocks() == 0);
            assertInstanceOf(Reserved.class, impatient.checkout(buyer));
        }
    }

    /**
     * Settings of an operator for other tools: eight buyers of a locked product, and of another one, are served all
     * the same.
     */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "statement_timeout = '300ms'",
                "lock_timeout = '1ms'",
                "idle_in_transaction_session_timeout = '1ms'",
                "transaction_timeout = '300ms'",
                "default_transaction_isolation = 'serializable'",
                "default_transaction_read_only = on",
                "DateStyle = 'SQL, DMY'",
                "TimeZone = 'Asia/Kathmandu'",
                "search_path = pg_catalog"
            })
    void a_setting_of_the_database_makes_no_false_answers_beside_a_locked_row(String setting) throws Exception {
        fixture.sql("ALTER DATABASE " + TestPostgres.nameOf(fixture.target) + " SET " + setting);
        List<Future<ReservationOutcome>> waiting = new ArrayList<>();
        List<Integer> wanting = buyersOf(locked, 8);
        try (Connection somebody = sitsOn("SELECT FROM productos WHERE id = " + locked + " FOR UPDATE")) {
            wanting.forEach(each -> waiting.add(later(() -> fixture.checkout(each))));
            awaitAside(8);
            int buyer = fixture.buyerWith(free, 1);
            assertInstanceOf(Reserved.class, fixture.checkout(buyer));
            assertInstanceOf(Ordered.class, fixture.pay(buyer));
            somebody.commit();
        }
        for (Future<ReservationOutcome> answer : waiting) {
            assertInstanceOf(Reserved.class, answer.get());
        }
    }

    @Test
    void the_cancelling_of_an_order_that_waits_for_a_locked_product_sits_on_no_other_meanwhile() throws Exception {
        int buyer = fixture.buyerWith(free, 1);
        fixture.inCart(buyer, locked, 1);
        assertInstanceOf(Reserved.class, fixture.checkout(buyer));
        long order = assertInstanceOf(Ordered.class, fixture.pay(buyer)).order().id();
        Future<Reply<CancelOutcome>> cancelling;
        try (Connection somebody =
                sitsOn("SELECT FROM productos WHERE id = " + Math.max(locked, free) + " FOR UPDATE")) {
            long other = Math.min(locked, free);
            int next = fixture.buyerWith(other, 1);
            cancelling = later(() -> new CartTransaction(fixture.shop.database(), fixture.clock)
                    .run(
                            buyer,
                            Optional.empty(),
                            change -> fixture.shop
                                    .orders()
                                    .cancel(change.handle(), new Viewer(buyer, Role.CLIENTE), order, change.now())));
            Eventually.until(() -> fixture.waitingForLocks() > 0);
            assertInstanceOf(Reserved.class, fixture.checkout(next));
            assertFalse(cancelling.isDone());
            somebody.commit();
        }
        assertInstanceOf(CancelOutcome.Cancelled.class, ShopFixture.outcomeOf(cancelling.get()));
    }

    @Test
    void taking_many_products_off_sale_while_one_is_locked_sits_on_no_other_meanwhile() throws Exception {
        Future<Applied<Integer>> taking;
        try (Connection somebody =
                sitsOn("SELECT FROM productos WHERE id = " + Math.max(locked, free) + " FOR UPDATE")) {
            int next = fixture.buyerWith(Math.min(locked, free), 1);
            taking = later(() -> fixture.shop
                    .editProducts()
                    .setOnSale(
                            List.of(locked, free),
                            false,
                            new Actor(next, null, null),
                            IdempotencyKey.of(next, "POST", "/admin/productos/", "una vez", new byte[0])));
            Eventually.until(() -> fixture.waitingForLocks() > 0);
            assertInstanceOf(Reserved.class, fixture.checkout(next));
            assertFalse(taking.isDone());
            somebody.commit();
        }
        assertEquals(new Applied.Now<>(2), taking.get());
    }

    private List<Integer> buyersOf(long product, int count) {
        List<Integer> wanting = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            wanting.add(fixture.buyerWith(product, 1));
        }
        return wanting;
    }

    private ReservationOutcome submit(int buyer, IdempotencyKey key) {
        var request = new ReservationRequest.ReserveCart(buyer, null, "");
        return ShopFixture.outcomeOf(fixture.shop
                .reservations()
                .submit(request, Optional.of(Keeping.onlyThatItWasDone(key, Reserved.class::isInstance))));
    }

    private Reply<CartOutcome> submitAdd(int user, long product) {
        return fixture.shop.carts().submit(new CartRequest.Add(new CartRequest.Caller(user, null, ""), product, 1));
    }

    private CartOutcome add(int user, long product) {
        return ShopFixture.outcomeOf(submitAdd(user, product));
    }

    private CartOutcome set(int user, long product) {
        var caller = new CartRequest.Caller(user, null, "");
        return ShopFixture.outcomeOf(
                fixture.shop.carts().submit(new CartRequest.SetQuantities(caller, Map.of(product, 1))));
    }

    private <T> Future<T> later(Callable<T> work) {
        return buyers.submit(work);
    }

    private void awaitAside(int count) {
        Eventually.until(() -> fixture.shop.reservations().waitingForLocks() == count);
    }

    private Connection sitsOn(String lock) throws SQLException {
        Connection somebody = fixture.target.connect(Map.of());
        somebody.setAutoCommit(false);
        somebody.createStatement().execute(lock);
        return somebody;
    }
}
