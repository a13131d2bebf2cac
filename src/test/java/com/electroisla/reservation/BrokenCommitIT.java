package com.electroisla.reservation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.electroisla.ShopFixture;
import com.electroisla.accounts.Role;
import com.electroisla.cart.CartTransaction;
import com.electroisla.database.Database;
import com.electroisla.database.JdbcTarget;
import com.electroisla.database.OutcomeUnknown;
import com.electroisla.groupcommit.CommitProxy;
import com.electroisla.groupcommit.GroupCommitSettings;
import com.electroisla.groupcommit.Reply;
import com.electroisla.http.Answer;
import com.electroisla.idempotency.IdempotencyKey;
import com.electroisla.idempotency.Keeping;
import com.electroisla.order.Orders.CancelOutcome;
import com.electroisla.order.Orders.Viewer;
import com.electroisla.reservation.ReservationOutcome.Reserved;
import com.electroisla.reservation.ReservationRequest.ReserveCart;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The answers when the link to the database breaks around a COMMIT: only certain outcomes. */
class BrokenCommitIT {
    private final ShopFixture fixture = new ShopFixture();
    private CommitProxy proxy;
    private Database database;
    private ReservationEngine engine;
    private long product;

    @BeforeEach
    void an_engine_behind_a_link_that_can_be_cut() throws Exception {
        proxy = new CommitProxy(fixture.target);
        database = new Database(proxy.target(), 4);
        engine = new ReservationEngine(
                database, fixture.clock, settings(512, Duration.ofSeconds(10), Duration.ofSeconds(20)));
        product = fixture.productWithStock(5);
    }

    @AfterEach
    void figures_and_rows_agree() throws Exception {
        engine.close();
        database.close();
        proxy.close();
        try (fixture) {
            assertEquals(List.of(), fixture.differences());
        }
    }

    @Test
    void a_commit_that_took_effect_but_whose_answer_was_lost_is_found_by_its_marker_and_answered() {
        int buyer = fixture.buyerWith(product, 2);
        proxy.cutNext(CommitProxy.Cut.AFTER_COMMIT);

        assertInstanceOf(Reserved.class, ShopFixture.outcomeOf(checkout(buyer)));

        assertEquals("5/2/0", fixture.figures(product));
    }

    @Test
    void a_commit_that_never_arrived_is_tried_once_more() {
        int buyer = fixture.buyerWith(product, 2);
        proxy.cutNext(CommitProxy.Cut.BEFORE_COMMIT);

        assertInstanceOf(Reserved.class, ShopFixture.outcomeOf(checkout(buyer)));
        assertEquals("5/2/0", fixture.figures(product));
    }

    @Test
    void a_commit_that_never_arrived_twice_is_answered_503_and_nothing_was_done() {
        int buyer = fixture.buyerWith(product, 2);
        proxy.cutNext(CommitProxy.Cut.BEFORE_COMMIT, 2);

        assertInstanceOf(Reply.Unavailable.class, checkout(buyer));

        assertEquals("5/0/0", fixture.figures(product));
    }

    @Test
    void the_engine_serves_the_next_buyer_as_if_nothing_had_been() {
        proxy.cutNext(CommitProxy.Cut.BEFORE_COMMIT);
        checkout(fixture.buyerWith(product, 1));

        assertInstanceOf(Reserved.class, ShopFixture.outcomeOf(checkout(fixture.buyerWith(product, 1))));
    }

    @Test
    void while_the_database_stays_away_the_outcome_is_unknown_and_never_guessed() {
        int buyer = fixture.buyerWith(product, 2);
        try (var impatient = new ReservationEngine(
                database, fixture.clock, settings(10, Duration.ofMillis(200), Duration.ofMillis(500)))) {
            proxy.cutNext(CommitProxy.Cut.AFTER_COMMIT_FOR_GOOD);

            assertInstanceOf(Reply.Unknown.class, checkout(impatient, buyer));
        }
    }

    @Test
    void the_look_for_a_marker_leaves_none_so_a_second_look_cannot_take_it_for_the_batchs_own() {
        int buyer = fixture.buyerWith(product, 2);
        int before = markers();
        proxy.cutNext(CommitProxy.Cut.BEFORE_COMMIT, 2);

        assertInstanceOf(Reply.Unavailable.class, checkout(buyer));

        assertEquals(before, markers());
    }

    @Test
    void a_batch_that_changes_nothing_is_not_committed_unless_a_cart_was_made_for_it_that_must_last() {
        int late = fixture.buyerWith(product, 1);
        fixture.sql("UPDATE cart_items SET quantity = 6");
        int before = markers();

        assertInstanceOf(ReservationOutcome.NotEnoughStock.class, ShopFixture.outcomeOf(checkout(late)));
        assertEquals(before, markers());

        int withoutCart = fixture.anyBuyer();
        fixture.sql("DELETE FROM carts WHERE user_id = ?", withoutCart);
        assertInstanceOf(ReservationOutcome.CartEmpty.class, ShopFixture.outcomeOf(checkout(withoutCart)));
        assertEquals(before + 1, markers());
    }

    @Test
    void a_cancelled_order_whose_commit_was_not_heard_of_is_told_as_unknown_and_its_key_tells_the_rest() {
        int buyer = fixture.buyerWith(product, 2);
        fixture.checkout(buyer);
        long order = ((ReservationOutcome.Ordered) fixture.pay(buyer)).order().id();
        var key = IdempotencyKey.of(buyer, "POST", "/api/pedidos/" + order + "/cancelar/", "clave", new byte[0]);
        proxy.cutNext(CommitProxy.Cut.AFTER_COMMIT);

        assertThrows(OutcomeUnknown.class, () -> cancel(buyer, order, key));

        assertEquals("5/0/0", fixture.figures(product));
        assertInstanceOf(Reply.Kept.class, cancel(buyer, order, key));
    }

    @Test
    void an_error_while_the_answer_to_the_commit_is_read_is_looked_up_and_the_connection_not_used_again() {
        FailingSockets.reset();
        var failing = new JdbcTarget(
                fixture.target.url() + "?socketFactory=" + FailingSockets.class.getName(),
                fixture.target.user(),
                fixture.target.password());
        try (Database failingOnce = new Database(failing, 2, Database.Purpose.BATCHES);
                var reader = new ReservationEngine(
                        failingOnce, fixture.clock, settings(10, Duration.ofSeconds(5), Duration.ofSeconds(5)))) {
            assertInstanceOf(Reserved.class, ShopFixture.outcomeOf(checkout(reader, fixture.buyerWith(product, 1))));
            FailingSockets.failAtNextCommit();

            assertInstanceOf(Reserved.class, ShopFixture.outcomeOf(checkout(reader, fixture.buyerWith(product, 1))));

            assertTrue(FailingSockets.failed());
            assertEquals("5/2/0", fixture.figures(product));
            for (int i = 0; i < 3; i++) {
                assertInstanceOf(
                        Reserved.class, ShopFixture.outcomeOf(checkout(reader, fixture.buyerWith(product, 1))));
            }
        }
    }

    @Test
    void an_outcome_that_cannot_be_put_into_words_after_its_commit_is_unknown_and_no_fault_of_the_request() {
        int buyer = fixture.buyerWith(product, 2);

        Answer answer = ShopFixture.answer(engine.submit(new ReserveCart(buyer, null, "")), outcome -> {
            throw new StackOverflowError("no room for words");
        });

        assertEquals(503, answer.status());
        assertTrue(new String(answer.body(), StandardCharsets.UTF_8).contains("resultado_desconocido"));
        assertEquals("5/2/0", fixture.figures(product));
    }

    private Reply<CancelOutcome> cancel(int buyer, long order, IdempotencyKey key) {
        Keeping<CancelOutcome> keeping = Keeping.onlyThatItWasDone(key, CancelOutcome.Cancelled.class::isInstance);
        return new CartTransaction(database, fixture.clock)
                .run(
                        buyer,
                        Optional.of(keeping),
                        change -> fixture.shop
                                .orders()
                                .cancel(change.handle(), new Viewer(buyer, Role.CLIENTE), order, change.now()));
    }

    private int markers() {
        return fixture.shop
                .database()
                .read(handle -> handle.createQuery("SELECT count(*) FROM lotes_confirmados")
                        .mapTo(Integer.class)
                        .one());
    }

    private Reply<ReservationOutcome> checkout(int buyer) {
        return checkout(engine, buyer);
    }

    private static Reply<ReservationOutcome> checkout(ReservationEngine engine, int buyer) {
        return engine.submit(new ReserveCart(buyer, null, ""));
    }

    private static ReservationSettings settings(int most, Duration longestWait, Duration longestCommit) {
        return new ReservationSettings(
                Duration.ofMinutes(15), new GroupCommitSettings(1, most, most, longestWait, longestCommit));
    }
}
