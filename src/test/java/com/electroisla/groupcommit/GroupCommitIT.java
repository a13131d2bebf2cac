package com.electroisla.groupcommit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.electroisla.Eventually;
import com.electroisla.ShopFixture;
import com.electroisla.database.Database;
import com.electroisla.groupcommit.Counters.Add;
import com.electroisla.groupcommit.Counters.Outcome;
import com.electroisla.groupcommit.Counters.Outcome.Full;
import com.electroisla.groupcommit.Counters.Outcome.Now;
import com.electroisla.groupcommit.Counters.Outcome.UserGone;
import com.electroisla.idempotency.IdempotencyKey;
import com.electroisla.idempotency.Keeping;
import com.electroisla.idempotency.KeptAnswer;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The mechanism with its smallest decider, on a real database. */
class GroupCommitIT {
    private final ShopFixture fixture = new ShopFixture();
    private final Database database = new Database(fixture.target, 4, Database.Purpose.BATCHES);
    private final ExecutorService callers = Executors.newVirtualThreadPerTaskExecutor();
    private final CountDownLatch goOn = new CountDownLatch(1);
    private final Counters counters = new Counters(fixture.clock);
    private GroupCommit<Add, Outcome> commits;

    @BeforeEach
    void counters_at_nothing() {
        fixture.sql(Counters.TABLES);
        commits = open(database, 16, Duration.ofSeconds(20), Duration.ofSeconds(20));
    }

    @AfterEach
    void the_counters_are_what_was_added() {
        goOn.countDown();
        callers.shutdown();
        commits.close();
        database.close();
        try (fixture) {
            assertEquals(
                    fixture.number("SELECT coalesce(sum(cantidad), 0) FROM sumas"),
                    fixture.number("SELECT sum(valor) FROM contadores"));
        }
    }

    @Test
    void who_comes_while_others_are_committed_shares_the_next_commit_and_is_decided_in_the_order_of_arrival()
            throws Exception {
        Future<Reply<Outcome>> first = batchThatWaits(1);
        List<Future<Reply<Outcome>>> next = new ArrayList<>();
        for (int amount : new int[] {3, 2, 1}) {
            next.add(queue(add(1, amount), Optional.empty()));
        }
        long before = markers();
        goOn.countDown();

        assertEquals(List.of(new Now(4), new Full(), new Now(5)), outcomes(next));
        assertEquals(new Now(1), outcome(first));
        assertEquals(before + 2, markers());
    }

    @Test
    void a_repeat_has_the_first_answer_in_the_same_batch_and_in_a_later_one_and_nothing_is_done_again()
            throws Exception {
        Add add = add(1, 2);
        batchThatWaits(2);
        Future<Reply<Outcome>> first = queue(add, Optional.of(kept(key(add, "body"))));
        Future<Reply<Outcome>> repeat = queue(add, Optional.of(kept(key(add, "body"))));
        Future<Reply<Outcome>> other = queue(add, Optional.of(kept(key(add, "another body"))));
        goOn.countDown();

        assertEquals("decided and kept: Now[value=2]", told(first.get()));
        assertEquals("kept: Now[value=2]", told(repeat.get()));
        assertInstanceOf(Reply.KeyReused.class, other.get());
        assertEquals("kept: Now[value=2]", told(commits.submit(add, Optional.of(kept(key(add, "body"))))));
        assertInstanceOf(Reply.KeyReused.class, commits.submit(add, Optional.of(kept(key(add, "another body")))));
        assertEquals(2, value(1));
    }

    @Test
    void an_outcome_that_is_not_kept_is_a_repeats_too_in_the_same_batch_and_leaves_its_key_unused() throws Exception {
        Add add = add(1, 2);
        batchThatWaits(2);
        Future<Reply<Outcome>> first = queue(add, Optional.of(unkept(key(add, "body"))));
        Future<Reply<Outcome>> repeat = queue(add, Optional.of(unkept(key(add, "body"))));
        goOn.countDown();

        assertEquals(new Now(2), outcome(first));
        assertSame(first.get(), repeat.get());
        assertEquals(
                new Reply.Decided<>(new Now(4), Optional.empty()),
                commits.submit(add, Optional.of(unkept(key(add, "body")))));
    }

    @Test
    void whom_the_database_or_the_decision_refuses_is_refused_alone() throws Exception {
        batchThatWaits(2);
        List<Future<Reply<Outcome>>> crowd = new ArrayList<>();
        for (int amount : new int[] {1, Counters.REFUSED_BY_THE_DATABASE, 1, Counters.BREAKS_THE_DECISION, 1}) {
            crowd.add(queue(add(1, amount), Optional.empty()));
        }
        goOn.countDown();

        assertInstanceOf(Reply.Failed.class, crowd.remove(3).get());
        assertInstanceOf(Reply.Failed.class, crowd.remove(1).get());
        assertEquals(List.of(new Now(1), new Now(2), new Now(3)), outcomes(crowd));
    }

    @Test
    void what_is_not_there_any_more_is_gone_and_so_is_a_user() {
        assertEquals(new Reply.Gone<Outcome>(Reply.Missing.PRODUCT), commits.submit(add(404, 1), Optional.empty()));
        assertEquals(new UserGone(), ShopFixture.outcomeOf(commits.submit(new Add(404_404, 1, 1), Optional.empty())));
    }

    @Test
    void who_finds_no_place_is_sent_away_and_who_has_left_is_never_served() throws Exception {
        commits.close();
        commits = open(database, 1, Duration.ofSeconds(1), Duration.ofSeconds(20));
        Future<Reply<Outcome>> first = batchThatWaits(2);
        Future<Reply<Outcome>> leaves = queue(add(1, 1), Optional.empty());
        assertInstanceOf(Reply.Busy.class, commits.submit(add(1, 1), Optional.empty()));
        assertInstanceOf(Reply.Busy.class, leaves.get());
        goOn.countDown();

        assertEquals(new Now(1), outcome(first));
        Eventually.until(() -> commits.queueLength() == 0);
        assertEquals(new Now(2), ShopFixture.outcomeOf(commits.submit(add(1, 2), Optional.empty())));
    }

    @Test
    void who_does_not_wait_has_the_same_replies_and_the_same_limits() throws Exception {
        commits.close();
        commits = open(database, 2, Duration.ofSeconds(1), Duration.ofSeconds(1));
        assertEquals(
                new Now(2),
                ShopFixture.outcomeOf(later(add(1, 2), Optional.empty()).get(20, TimeUnit.SECONDS)));
        Add slow = add(2, 1);
        Future<Reply<Outcome>> taken = later(slow, Optional.of(new Keeping<>(key(slow, ""), _ -> {
            awaitGo();
            return Optional.empty();
        })));
        Eventually.until(() -> commits.queueLength() == 0);
        Future<Reply<Outcome>> leaves = later(add(1, 1), Optional.empty());
        later(add(1, 1), Optional.empty());
        assertInstanceOf(Reply.Busy.class, later(add(1, 1), Optional.empty()).get(), "no place");
        assertInstanceOf(Reply.Busy.class, leaves.get(20, TimeUnit.SECONDS));
        assertInstanceOf(Reply.Unknown.class, taken.get(20, TimeUnit.SECONDS));
        goOn.countDown();
        Eventually.until(() -> commits.queueLength() == 0);

        assertEquals(
                new Now(3),
                ShopFixture.outcomeOf(later(add(1, 1), Optional.empty()).get(20, TimeUnit.SECONDS)));
        assertEquals(1, value(2));
    }

    private Future<Reply<Outcome>> later(Add add, Optional<Keeping<Outcome>> keeping) {
        return commits.submitLater(add, keeping).toCompletableFuture();
    }

    @Test
    void a_locked_row_stops_who_needs_it_and_nobody_else() throws Exception {
        Future<Reply<Outcome>> stopped;
        try (Connection somebody = fixture.target.connect(Map.of())) {
            somebody.setAutoCommit(false);
            somebody.createStatement().execute("SELECT FROM contadores WHERE id = 1 FOR UPDATE");
            stopped = callers.submit(() -> commits.submit(add(1, 1), Optional.empty()));
            Eventually.until(() -> commits.waitingForLocks() == 1);
            assertEquals(new Now(1), ShopFixture.outcomeOf(commits.submit(add(2, 1), Optional.empty())));
            somebody.commit();
        }
        assertEquals(new Now(1), outcome(stopped));
    }

    @Test
    void while_somebody_waits_aside_a_batch_leaves_out_who_needs_that_row_without_a_question_and_serves_the_others()
            throws Exception {
        List<Future<Reply<Outcome>>> behind = new ArrayList<>();
        Future<Reply<Outcome>> other;
        try (Connection somebody = fixture.target.connect(Map.of())) {
            somebody.setAutoCommit(false);
            somebody.createStatement().execute("SELECT FROM contadores WHERE id = 1 FOR UPDATE");
            Add first = add(1, 1);
            behind.add(callers.submit(() -> commits.submit(first, Optional.empty())));
            Eventually.until(() -> commits.waitingForLocks() == 1);
            int asked = counters.asked.get();
            long tries = commits.figures().retries();
            batchThatWaits(2);
            behind.add(queue(add(1, 2), Optional.empty()));
            other = queue(add(2, 2), Optional.empty());
            behind.add(queue(add(1, 2), Optional.empty()));
            behind.add(queue(add(1, 1), Optional.empty()));
            goOn.countDown();

            assertEquals(new Now(3), outcome(other));
            Eventually.until(() -> commits.waitingForLocks() == 4);
            assertEquals(asked, counters.asked.get(), "questions");
            assertEquals(tries, commits.figures().retries(), "batches that ran again");
            somebody.commit();
        }
        assertEquals(List.of(new Now(1), new Now(3), new Now(5), new Full()), outcomes(behind));
    }

    @Test
    void who_is_left_out_with_one_part_of_a_batch_is_not_overtaken_by_a_later_request_of_the_same_user_in_the_next()
            throws Exception {
        List<Future<Reply<Outcome>>> own = new ArrayList<>();
        Future<Reply<Outcome>> stopped;
        try (Connection somebody = fixture.target.connect(Map.of())) {
            somebody.setAutoCommit(false);
            somebody.createStatement().execute("SELECT FROM contadores WHERE id = 1 FOR UPDATE");
            Add earlier = add(1, 1);
            Add later = new Add(earlier.userId(), 2, 1);
            Add waiting = add(1, 1);
            stopped = callers.submit(() -> commits.submit(waiting, Optional.empty()));
            Eventually.until(() -> commits.waitingForLocks() == 1);
            batchThatWaits(2);
            own.add(queue(earlier, Optional.empty()));
            Future<Reply<Outcome>> culprit = queue(add(2, Counters.BREAKS_THE_LOCKING), Optional.empty());
            own.add(queue(later, Optional.empty()));
            Future<Reply<Outcome>> other = queue(add(2, 1), Optional.empty());
            goOn.countDown();

            assertInstanceOf(Reply.Failed.class, culprit.get());
            assertEquals(new Now(2), outcome(other));
            assertEquals(3, commits.waitingForLocks());
            somebody.commit();
        }
        assertEquals(new Now(1), outcome(stopped));
        assertEquals(List.of(new Now(2), new Now(3)), outcomes(own));
    }

    @Test
    void a_request_that_was_handed_over_is_no_longer_the_batchs_when_the_next_cannot_be() {
        List<Submission<Add, Outcome>> all = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            all.add(new Submission<>(add(i == 3 ? 2 : 1, 1), Optional.empty(), Duration.ofMinutes(1)));
        }
        List<Submission<Add, Outcome>> handedOver = new ArrayList<>();
        Batch.LeavesOut<Add, Outcome> leavesOut = new Batch.LeavesOut<>() {
            @Override
            public Set<Long> avoided() {
                return Set.of(1L);
            }

            @Override
            public void leaveOut(Submission<Add, Outcome> submission, Set<Long> products) {
                handedOver.add(submission);
                if (handedOver.size() == 2) {
                    throw new OutOfMemoryError("none left");
                }
            }
        };
        var batch = new Batch<>(database, fixture.clock, counters, all, leavesOut, false, () -> {});

        assertThrows(OutOfMemoryError.class, batch::run);
        assertEquals(all.subList(0, 2), handedOver);
        assertEquals(all.subList(2, 4), batch.submissions());
    }

    @Test
    void a_commit_whose_link_broke_is_answered_by_what_became_of_it() throws Exception {
        try (var proxy = new CommitProxy(fixture.target);
                Database link = new Database(proxy.target(), 4, Database.Purpose.BATCHES);
                GroupCommit<Add, Outcome> behind = open(link, 16, Duration.ofSeconds(20), Duration.ofSeconds(1))) {
            proxy.cutNext(CommitProxy.Cut.AFTER_COMMIT);
            assertEquals(
                    new Now(1), ShopFixture.outcomeOf(behind.submit(add(1, 1), Optional.empty())), "it took effect");
            proxy.cutNext(CommitProxy.Cut.BEFORE_COMMIT);
            assertEquals(
                    new Now(2),
                    ShopFixture.outcomeOf(behind.submit(add(1, 1), Optional.empty())),
                    "it did not, and was tried again");
            proxy.cutNext(CommitProxy.Cut.BEFORE_COMMIT, 2);
            assertInstanceOf(Reply.Unavailable.class, behind.submit(add(1, 1), Optional.empty()));
            assertEquals(2, value(1));
            proxy.cutNext(CommitProxy.Cut.AFTER_COMMIT_FOR_GOOD);
            assertInstanceOf(Reply.Unknown.class, behind.submit(add(1, 1), Optional.empty()));
        }
    }

    @Test
    void who_comes_after_the_end_is_sent_away() {
        commits.close();
        assertInstanceOf(Reply.Busy.class, commits.submit(add(1, 1), Optional.empty()));
        assertEquals(0, value(1));
    }

    private GroupCommit<Add, Outcome> open(Database link, int queue, Duration longestWait, Duration longestCommit) {
        return new GroupCommit<>(
                "counters",
                link,
                fixture.clock,
                counters,
                new GroupCommitSettings(1, 16, queue, longestWait, longestCommit));
    }

    /** An addition by a new user with a cart. */
    private Add add(long counter, int amount) {
        int user = fixture.anyBuyer();
        fixture.sql(
                "INSERT INTO carts (user_id, created_at, updated_at) VALUES (?, now(), now()) ON "
                        + "CONFLICT DO NOTHING",
                user);
        return new Add(user, counter, amount);
    }

    /**
     * A batch of one that has its locks and waits for a signal: requests that arrive meanwhile are in the next one.
     */
    private Future<Reply<Outcome>> batchThatWaits(long counter) throws Exception {
        Add add = add(counter, 1);
        var deciding = new CountDownLatch(1);
        Function<Outcome, Optional<KeptAnswer>> waiting = outcome -> {
            deciding.countDown();
            awaitGo();
            return Optional.empty();
        };
        Future<Reply<Outcome>> first =
                callers.submit(() -> commits.submit(add, Optional.of(new Keeping<>(key(add, ""), waiting))));
        assertTrue(deciding.await(20, TimeUnit.SECONDS));
        return first;
    }

    private void awaitGo() {
        try {
            assertTrue(goOn.await(20, TimeUnit.SECONDS));
        } catch (InterruptedException interrupted) {
            throw new IllegalStateException(interrupted);
        }
    }

    private Future<Reply<Outcome>> queue(Add add, Optional<Keeping<Outcome>> keeping) {
        int before = commits.queueLength();
        Future<Reply<Outcome>> queued = callers.submit(() -> commits.submit(add, keeping));
        Eventually.until(() -> commits.queueLength() > before);
        return queued;
    }

    private static IdempotencyKey key(Add add, String body) {
        return IdempotencyKey.of(add.userId(), "POST", "/contadores", "clave", body.getBytes(StandardCharsets.UTF_8));
    }

    private static Keeping<Outcome> kept(IdempotencyKey key) {
        return new Keeping<>(
                key,
                outcome -> Optional.of(new KeptAnswer(200, outcome.toString().getBytes(StandardCharsets.UTF_8))));
    }

    private static Keeping<Outcome> unkept(IdempotencyKey key) {
        return new Keeping<>(key, outcome -> Optional.empty());
    }

    private static Outcome outcome(Future<Reply<Outcome>> reply) throws Exception {
        return ShopFixture.outcomeOf(reply.get());
    }

    private static List<Outcome> outcomes(List<Future<Reply<Outcome>>> replies) throws Exception {
        List<Outcome> outcomes = new ArrayList<>();
        for (Future<Reply<Outcome>> reply : replies) {
            outcomes.add(outcome(reply));
        }
        return outcomes;
    }

    private static String told(Reply<Outcome> reply) {
        return switch (reply) {
            case Reply.Decided<Outcome>(Outcome _, Optional<KeptAnswer> kept) ->
                "decided and kept: " + text(kept.orElseThrow());
            case Reply.Kept<Outcome>(KeptAnswer answer) -> "kept: " + text(answer);
            case Reply.KeyReused<Outcome> _, Reply.NoOutcome<Outcome> _ -> reply.toString();
        };
    }

    private static String text(KeptAnswer kept) {
        return new String(kept.body(), StandardCharsets.UTF_8);
    }

    private int value(long counter) {
        return (int) fixture.number("SELECT valor FROM contadores WHERE id = ?", counter);
    }

    private long markers() {
        return fixture.number("SELECT count(*) FROM lotes_confirmados");
    }
}
