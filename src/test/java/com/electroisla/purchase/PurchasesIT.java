package com.electroisla.purchase;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.electroisla.ShopFixture;
import com.electroisla.order.OrderDetails;
import com.electroisla.order.PaymentMethod;
import com.electroisla.payment.Charge;
import com.electroisla.payment.Payment;
import com.electroisla.payment.PaymentState;
import com.electroisla.payment.ProviderWord;
import com.electroisla.payment.Refund;
import com.electroisla.payment.provider.Heard;
import com.electroisla.payment.provider.PaymentPage;
import com.electroisla.payment.provider.PaymentProvider;
import com.electroisla.payment.provider.PaymentProviders;
import com.electroisla.payment.provider.ProviderRefused;
import com.electroisla.payment.provider.ProviderUnavailable;
import com.electroisla.payment.provider.Refunding;
import com.electroisla.payment.provider.ReturnAddresses;
import com.electroisla.wiring.Shop;
import java.math.BigDecimal;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** Purchases at a provider that is slow, away, refuses, or tells nothing by itself. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class PurchasesIT {
    private static final URI SHOP = URI.create("https://tienda.example");
    private static final Duration WINDOW = Duration.ofMinutes(35);

    private final ShopFixture given = new ShopFixture();
    private final Shop second = given.openInstance();
    private Instant today = Instant.parse("2026-03-01T12:00:00Z");
    private Bank bank = new Bank();
    private PaymentProviders providers = PaymentProviders.of(bank);

    @BeforeEach
    void a_new_bank() {
        bank = new Bank();
        providers = PaymentProviders.of(bank);
        // Payments of the tests before are too old to be asked about.
        today = today.plus(Duration.ofDays(20));
        given.clock.stopAt(today);
    }

    @AfterEach
    void figures_and_rows_agree() {
        providers.close();
        assertEquals(List.of(), given.differences());
    }

    @AfterAll
    void close() {
        given.close();
    }

    /** A provider that does what the test says. */
    private final class Bank implements PaymentProvider {
        final List<Long> begun = new CopyOnWriteArrayList<>();
        final List<Long> asked = new CopyOnWriteArrayList<>();

        @Nullable
        RuntimeException failure;

        Optional<ProviderWord> word = Optional.empty();

        /** Happens while a payment is begun. */
        Consumer<Payment> meanwhile = _ -> {};

        @Override
        public String name() {
            return "banco";
        }

        @Override
        public boolean chargesAtOnce() {
            return false;
        }

        @Override
        public PaymentPage begin(Payment payment, ReturnAddresses back) {
            begun.add(payment.id());
            nothingIsLocked(payment);
            meanwhile.accept(payment);
            if (failure != null) {
                throw failure;
            }
            return new PaymentPage("ref-" + payment.id(), "https://banco.example/" + payment.id());
        }

        @Override
        public Heard verify(Map<String, String> headers, byte[] body, Instant now) {
            return new Heard.Nothing();
        }

        @Override
        public Optional<ProviderWord> ask(Payment payment) {
            asked.add(payment.id());
            nothingIsLocked(payment);
            return word.filter(told -> told.payment() == payment.id());
        }

        @Override
        public Optional<ProviderWord> askAbout(String charge) {
            return Optional.empty();
        }

        @Override
        public Refunding refund(Refund refund, Charge charge) {
            return new Refunding.Impossible("");
        }

        private void nothingIsLocked(Payment payment) {
            assertEquals(1, given.number("""
                    SELECT count(*) FROM (SELECT id FROM pagos WHERE id = ? FOR UPDATE NOWAIT) p
                    """, payment.id()));
            assertEquals(1, given.number("""
                    SELECT count(*) FROM (SELECT id FROM carts WHERE user_id = ? FOR UPDATE NOWAIT) c
                    """, payment.userId()));
        }
    }

    private Purchases purchases(Shop instance) {
        return new Purchases(instance.database(), given.clock, instance.reservations(), providers, WINDOW);
    }

    private AskProviders questions(Shop instance) {
        return new AskProviders(
                instance.database(),
                given.clock,
                purchases(instance),
                new ProviderEvents(
                        instance.database(), given.clock, instance.reservations(), providers, instance.strayCharges()),
                providers,
                Optional.of(SHOP));
    }

    private int holding(long product) {
        int user = given.buyerWith(product, 1);
        given.checkout(user);
        return user;
    }

    private Purchases.Wish wish(int user, @Nullable String key) {
        return new Purchases.Wish(
                user, new OrderDetails(PaymentMethod.CARD, "Calle 23", "555-0100", null), null, "banco", key);
    }

    private Begun begin(int user, @Nullable String key) {
        return purchases(given.shop).begin(wish(user, key), Optional.empty(), SHOP);
    }

    private long begun(int user) {
        return assertInstanceOf(Begun.Started.class, begin(user, null))
                .payment()
                .id();
    }

    private String state(long payment) {
        return given.text("SELECT estado FROM pagos WHERE id = ?", payment);
    }

    @Test
    void a_page_that_another_call_has_brought_outlives_the_call_that_reached_nobody() {
        bank.failure = new ProviderUnavailable("banco", "ConnectException", true);
        bank.meanwhile = payment -> given.sql(
                "UPDATE pagos SET referencia = 'ref-' || id, url = 'https://banco.example/otra' WHERE id = ?",
                payment.id());
        int user = holding(given.productWithStock(1));
        var started = assertInstanceOf(Begun.Started.class, begin(user, "clave"));
        assertEquals("https://banco.example/otra", started.payment().url());
        assertEquals("iniciado", state(started.payment().id()));
    }

    @Test
    void a_provider_that_does_not_answer_leaves_a_payment_that_the_same_key_takes_up_again() {
        int user = holding(given.productWithStock(3));
        bank.failure = new ProviderUnavailable("banco", "away");
        long first = assertInstanceOf(Begun.ProviderAway.class, begin(user, "clave"))
                .payment()
                .id();
        assertEquals("iniciado", state(first));

        bank.failure = null;
        var started = assertInstanceOf(Begun.Started.class, begin(user, "clave"));
        assertEquals(first, started.payment().id());
        assertEquals("https://banco.example/" + first, started.payment().url());
        assertEquals(List.of(first, first), bank.begun);
        assertEquals(started, begin(user, "clave"));
        assertEquals(2, bank.begun.size());
    }

    @Test
    void a_provider_that_refuses_ends_the_payment_so_that_another_can_be_begun_also_with_the_same_key() {
        int user = holding(given.productWithStock(3));
        bank.failure = new ProviderRefused("banco", "no");
        long first = assertInstanceOf(Begun.ProviderAway.class, begin(user, "clave"))
                .payment()
                .id();
        assertEquals("rechazado", state(first));

        bank.failure = null;
        var started = assertInstanceOf(Begun.Started.class, begin(user, "clave"));
        assertNotEquals(first, started.payment().id());
        assertEquals(PaymentState.BEGUN, started.state());
    }

    @Test
    void a_provider_that_there_is_no_connection_to_ends_the_payment_and_the_units_wait_for_another() {
        long lamp = given.productWithStock(3);
        int user = holding(lamp);
        bank.failure = new ProviderUnavailable("banco", "ConnectException", true);
        long first = assertInstanceOf(Begun.ProviderAway.class, begin(user, null))
                .payment()
                .id();
        assertEquals("rechazado", state(first));
        assertEquals("3/1/0", given.figures(lamp));
        bank.failure = null;
        assertNotEquals(first, begun(user));
    }

    @Test
    void money_of_which_no_event_told_is_found_by_asking() {
        long lamp = given.product("Lámpara", "20.00", 3);
        int user = holding(lamp);
        long payment = begun(user);
        questions(given.shop).run();
        assertEquals(List.of(), bank.asked, "nobody asks in the first minute");

        given.clock.advance(Duration.ofMinutes(1));
        bank.word = Optional.of(new ProviderWord.Paid(payment, "c-" + payment, new BigDecimal("20.00")));
        questions(given.shop).run();
        assertEquals("pagado", state(payment));
        assertEquals("3/0/1", given.figures(lamp));
        given.clock.advance(Duration.ofMinutes(5));
        questions(given.shop).run();
        assertEquals(List.of(payment), bank.asked, "of a payment that is done nobody asks");
    }

    @Test
    void all_servers_together_ask_about_a_payment_once_a_minute() {
        long payment = begun(holding(given.productWithStock(3)));
        given.clock.advance(Duration.ofMinutes(1));
        for (int i = 0; i < 3; i++) {
            questions(given.shop).run();
            questions(second).run();
            questions(second)
                    .aboutOne((int) given.number("SELECT usuario_id FROM pagos WHERE id = ?", payment), payment);
        }
        assertEquals(List.of(payment), bank.asked);
        given.clock.advance(Duration.ofSeconds(59));
        questions(second).run();
        assertEquals(1, bank.asked.size());
        given.clock.advance(Duration.ofSeconds(1));
        questions(second).run();
        assertEquals(2, bank.asked.size());
    }

    @Test
    void a_buyer_who_comes_back_is_answered_at_once_and_nobody_else_asks_about_it() {
        long lamp = given.product("Lámpara", "20.00", 3);
        int user = holding(lamp);
        long payment = begun(user);
        bank.word = Optional.of(new ProviderWord.Paid(payment, "c-" + payment, new BigDecimal("20.00")));
        questions(given.shop).aboutOne(given.anyBuyer(), payment);
        assertEquals("iniciado", state(payment));
        questions(given.shop).aboutOne(user, payment);
        assertEquals("pagado", state(payment));
    }

    @Test
    void about_a_payment_that_ended_without_money_is_asked_more_and_more_seldom_and_then_no_more() {
        int user = holding(given.product("Lámpara", "20.00", 3));
        long payment = begun(user);
        purchases(given.shop).cancel(user, payment, Optional.empty());
        Duration passed = Duration.ZERO;
        while (passed.compareTo(Duration.ofDays(8)) < 0) {
            given.clock.advance(Duration.ofMinutes(30));
            passed = passed.plusMinutes(30);
            int before = bank.asked.size();
            questions(given.shop).run();
            if (passed.compareTo(Duration.ofDays(7)) >= 0) {
                assertEquals(before, bank.asked.size(), passed::toString);
            }
        }
        assertTrue(bank.asked.size() > 20 && bank.asked.size() < 100, () -> "asked " + bank.asked.size());
    }

    @Test
    void money_found_late_for_a_payment_that_was_given_up_is_owed_back() {
        int user = holding(given.product("Lámpara", "20.00", 3));
        long payment = begun(user);
        purchases(given.shop).cancel(user, payment, Optional.empty());
        bank.word = Optional.of(new ProviderWord.Paid(payment, "c-" + payment, new BigDecimal("20.00")));
        given.clock.advance(Duration.ofMinutes(2));
        questions(given.shop).run();
        assertEquals("reembolso_debido", state(payment));
    }

    @Test
    void a_page_that_a_server_which_died_did_not_ask_for_is_asked_for_by_another() {
        long payment = begun(holding(given.productWithStock(3)));
        given.sql("UPDATE pagos SET referencia = NULL, url = NULL WHERE id = ?", payment);
        given.clock.advance(Duration.ofMinutes(1));
        questions(second).run();
        assertEquals("https://banco.example/" + payment, given.text("SELECT url FROM pagos WHERE id = ?", payment));
    }
}
