package com.electroisla.payment;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.electroisla.Eventually;
import com.electroisla.ShopFixture;
import com.electroisla.audit.Actor;
import com.electroisla.event.EventKind;
import com.electroisla.event.Outbox;
import com.electroisla.idempotency.Applied;
import com.electroisla.idempotency.IdempotencyKey;
import com.electroisla.payment.ProviderRefunds.Answer;
import com.electroisla.payment.Refunds.Outcome;
import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Function;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Money that is owed goes back once: through its provider or by hand, whatever breaks and whoever else tries. */
class RefundsIT {
    private final ShopFixture fixture = new ShopFixture();
    private final FakeProvider provider = new FakeProvider();
    private final Refunds refunds = new Refunds(
            fixture.shop.database(),
            fixture.clock,
            provider,
            new Outbox(Set.of(EventKind.REFUND_PAID, EventKind.REFUND_OWED)));
    private final int admin = fixture.person("admin");
    private final Actor actor = new Actor(admin, "127.0.0.1", "prueba");
    private final int buyer = fixture.anyBuyer();

    /** A provider that gives each refund once, however often it is asked. */
    private final class FakeProvider implements ProviderRefunds {
        private final List<Long> asked = new CopyOnWriteArrayList<>();
        private volatile boolean here = true;
        private volatile boolean alone = true;
        private volatile Function<Refund, Answer> answer = refund -> new Answer.Done("re_" + refund.id());

        @Override
        public boolean has(String name) {
            return here && name.equals("prueba");
        }

        @Override
        public Answer refund(Refund refund, Charge charge) {
            assertEquals(
                    0,
                    alone
                            ? fixture.number("SELECT count(*) FROM pg_locks l JOIN pg_class c ON c.oid = l.relation "
                                    + "WHERE c.relname = 'reembolsos' AND l.mode LIKE 'Row%' "
                                    + "AND l.database = (SELECT oid FROM pg_database "
                                    + "WHERE datname = current_database())")
                            : 0,
                    "a lock is held while the provider is asked");
            asked.add(refund.id());
            return answer.apply(refund);
        }
    }

    @AfterEach
    void close() {
        fixture.close();
    }

    private String row(long refund) {
        return fixture.text(
                "SELECT concat_ws(' ', estado, como, referencia, hecho_por, hecho_at IS NOT NULL) FROM reembolsos "
                        + "WHERE id = ?",
                refund);
    }

    private String payment(long refund) {
        return fixture.text(
                "SELECT p.estado FROM pagos p JOIN reembolsos r ON r.pago_id = p.id WHERE r.id = ?", refund);
    }

    private Outcome byHand(long refund, RefundState seen) {
        Applied<Outcome> applied = refunds.byHand(refund, seen, "transferencia 4711", actor, key());
        if (applied instanceof Applied.Now<Outcome>(Outcome outcome)) {
            return outcome;
        }
        throw new AssertionError(applied);
    }

    private IdempotencyKey key() {
        return Applied.key(admin, "/prueba", UUID.randomUUID().toString(), "");
    }

    private List<String> audited() {
        return fixture.texts("SELECT accion FROM audit_logs WHERE modulo = 'reembolso' ORDER BY id");
    }

    @Test
    void a_refund_goes_back_through_the_provider_and_its_payment_is_refunded() {
        long refund = fixture.refundOwed(buyer, "12.50");
        assertEquals(new Refunds.Owed(1, new BigDecimal("12.50")), refunds.owed());
        assertEquals(new Outcome.Done(), refunds.throughProvider(refund, actor));
        assertEquals("hecho prueba re_" + refund + " " + admin + " t", row(refund));
        assertEquals("reembolsado", payment(refund));
        assertEquals(List.of("pedir", "reembolsar"), audited());
        assertEquals(new Refunds.Owed(0, new BigDecimal("0.00")), refunds.owed());
        assertEquals(
                "reembolso.hecho reembolso/" + refund + " 12.50",
                fixture.text("SELECT tipo || ' ' || sujeto || ' ' || (datos->>'importe') FROM eventos"));
        assertEquals(new Outcome.DoneBefore(), refunds.throughProvider(refund, actor));
        assertEquals(List.of(refund), provider.asked);
    }

    @Test
    void a_payment_with_another_refund_that_is_owed_is_not_refunded_yet() {
        long first = fixture.refundOwed(buyer, "12.50");
        long second = fixture.number("""
                WITH c AS (INSERT INTO cobros (proveedor, cobro, pago_id, importe, recibido_at, resultado)
                           SELECT 'prueba', 'otro', pago_id, 5, now(), 'reembolso' FROM reembolsos WHERE id = ?
                           RETURNING id, pago_id)
                INSERT INTO reembolsos (pago_id, cobro_id, usuario_id, importe, motivo, estado, debido_at)
                SELECT pago_id, id, ?, 5, 'cobro_repetido', 'debido', now() FROM c RETURNING id
                """, first, buyer);
        refunds.throughProvider(first, actor);
        assertEquals("reembolso_debido", payment(first));
        refunds.throughProvider(second, actor);
        assertEquals("reembolsado", payment(first));
    }

    @Test
    void a_refund_is_marked_by_hand_with_words_once_for_each_form() {
        long refund = fixture.refundOwed(buyer, "12.50");
        IdempotencyKey form = key();
        assertEquals(
                new Applied.Now<>(new Outcome.Done()),
                refunds.byHand(refund, RefundState.OWED, "transferencia 4711", actor, form));
        assertEquals(
                new Applied.Before<>(true, ""),
                refunds.byHand(refund, RefundState.OWED, "transferencia 4711", actor, form));
        assertEquals("hecho transferencia 4711 " + admin + " t", row(refund));
        assertEquals(new Outcome.DoneBefore(), byHand(refund, RefundState.OWED));
        assertEquals(new Outcome.DoneBefore(), refunds.throughProvider(refund, actor));
        assertEquals(List.of(), provider.asked);
        assertThrows(IllegalArgumentException.class, () -> refunds.byHand(refund, RefundState.OWED, " ", actor, key()));
        assertEquals(new Outcome.NotFound(), byHand(999_999, RefundState.OWED));
        assertEquals(new Outcome.NotFound(), refunds.throughProvider(999_999, actor));
    }

    @Test
    void a_provider_that_is_away_leaves_the_refund_requested_and_the_same_refund_is_asked_for_again() {
        long refund = fixture.refundOwed(buyer, "12.50");
        provider.answer = _ -> new Answer.Away();
        assertEquals(new Outcome.ProviderAway(), refunds.throughProvider(refund, actor));
        assertEquals("pedido f", row(refund));
        assertEquals(
                new Outcome.ChangedMeanwhile(),
                byHand(refund, RefundState.OWED),
                "it may have been given: not by hand too");
        assertEquals(new Outcome.ChangedMeanwhile(), byHand(refund, RefundState.REQUESTED));
        provider.answer = each -> new Answer.Requested("re_" + each.id());
        assertEquals(new Outcome.Requested(), refunds.throughProvider(refund, actor));
        assertEquals("pedido re_" + refund + " f", row(refund));
        provider.answer = each -> new Answer.Done("re_" + each.id());
        assertEquals(new Outcome.Done(), refunds.throughProvider(refund, actor));
        assertEquals(List.of(refund, refund, refund), provider.asked);
    }

    @Test
    void a_crash_after_the_provider_answered_leaves_the_refund_requested_and_asking_again_completes_it() {
        long refund = fixture.refundOwed(buyer, "12.50");
        provider.answer = _ -> {
            throw new IllegalStateException("the server dies");
        };
        assertThrows(IllegalStateException.class, () -> refunds.throughProvider(refund, actor));
        assertEquals("pedido f", row(refund));
        provider.answer = each -> new Answer.Done("re_" + each.id());
        assertEquals(new Outcome.Done(), refunds.throughProvider(refund, actor));
        assertEquals("hecho prueba re_" + refund + " " + admin + " t", row(refund));
    }

    @Test
    void a_refund_that_its_provider_cannot_give_is_given_by_hand() {
        long refund = fixture.refundOwed(buyer, "12.50");
        provider.answer = _ -> new Answer.Impossible("charge too old");
        assertEquals(new Outcome.Impossible("charge too old"), refunds.throughProvider(refund, actor));
        assertEquals("debido f", row(refund));
        assertEquals(List.of("pedir", "reembolso_imposible"), audited());
        assertEquals(new Outcome.Done(), byHand(refund, RefundState.OWED));
    }

    @Test
    void a_provider_that_is_not_set_up_any_more_leaves_only_the_hand() {
        long refund = fixture.refundOwed(buyer, "12.50");
        provider.answer = _ -> new Answer.Away();
        refunds.throughProvider(refund, actor);
        provider.here = false;
        assertEquals(new Outcome.NoProvider(), refunds.throughProvider(refund, actor));
        assertEquals(
                new Refunds.Ways(false, true), refunds.ways(refunds.find(refund).orElseThrow()));
        assertEquals(new Outcome.Done(), byHand(refund, RefundState.REQUESTED));
    }

    @Test
    void a_refund_waits_for_its_payment_and_holds_nothing_meanwhile() throws Exception {
        long refund = fixture.refundOwed(buyer, "12.50");
        try (Connection taker = fixture.target.connect(Map.of());
                Statement locks = taker.createStatement();
                ExecutorService threads = Executors.newFixedThreadPool(1)) {
            taker.setAutoCommit(false);
            locks.execute("SELECT FROM pagos WHERE id = (SELECT pago_id FROM reembolsos WHERE id = " + refund
                    + ") FOR NO KEY UPDATE");
            Future<Outcome> given = threads.submit(() -> byHand(refund, RefundState.OWED));
            Eventually.until(() -> fixture.waitingForLocks() == 1);
            locks.execute("SELECT FROM reembolsos WHERE id = " + refund + " FOR NO KEY UPDATE NOWAIT");
            taker.commit();
            assertEquals(new Outcome.Done(), given.get());
        }
        assertEquals("reembolsado", payment(refund));
    }

    @Test
    void two_members_of_the_staff_at_once_give_the_money_back_once() throws Exception {
        provider.alone = false;
        for (int round = 0; round < 5; round++) {
            long refund = fixture.refundOwed(buyer, "12.50");
            provider.asked.clear();
            var start = new CyclicBarrier(3);
            int done = 0;
            try (ExecutorService threads = Executors.newFixedThreadPool(3)) {
                List<Callable<Outcome>> three = List.of(
                        () -> {
                            start.await();
                            return refunds.throughProvider(refund, actor);
                        },
                        () -> {
                            start.await();
                            return byHand(refund, RefundState.OWED);
                        },
                        () -> {
                            start.await();
                            return byHand(refund, RefundState.OWED);
                        });
                for (Future<Outcome> each : threads.invokeAll(three)) {
                    done += each.get() instanceof Outcome.Done ? 1 : 0;
                }
            }
            assertEquals(1, done);
            assertTrue(row(refund).startsWith("hecho"));
            assertEquals(
                    1,
                    fixture.number(
                            "SELECT count(*) FROM eventos WHERE tipo = 'reembolso.hecho' AND sujeto = ?",
                            "reembolso/" + refund));
            boolean byProvider = row(refund).contains("re_" + refund);
            assertEquals(byProvider ? List.of(refund) : List.of(), provider.asked, "given by both");
        }
    }
}
