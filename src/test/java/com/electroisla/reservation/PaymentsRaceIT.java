package com.electroisla.reservation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.electroisla.Eventually;
import com.electroisla.ShopFixture;
import com.electroisla.command.ManageRun;
import com.electroisla.order.OrderDetails;
import com.electroisla.order.PaymentMethod;
import com.electroisla.payment.Payment;
import com.electroisla.payment.ProviderWord;
import com.electroisla.reservation.ReservationOutcome.AlreadySold;
import com.electroisla.reservation.ReservationOutcome.NothingNew;
import com.electroisla.reservation.ReservationOutcome.PaymentAlreadyPaid;
import com.electroisla.reservation.ReservationOutcome.PaymentBegun;
import com.electroisla.reservation.ReservationOutcome.PaymentCancelled;
import com.electroisla.reservation.ReservationOutcome.PaymentSold;
import com.electroisla.reservation.ReservationOutcome.PaymentUnderWay;
import com.electroisla.reservation.ReservationOutcome.RefundOwed;
import com.electroisla.reservation.ReservationOutcome.Reserved;
import com.electroisla.reservation.ReservationOutcome.UserGone;
import com.electroisla.reservation.ReservationRequest.BeginPayment;
import com.electroisla.reservation.ReservationRequest.CancelPayment;
import com.electroisla.reservation.ReservationRequest.HearPayment;
import com.electroisla.wiring.Shop;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.sql.Connection;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** Payments on two instances at once: whoever is first, each charge has one end. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class PaymentsRaceIT {
    private static final int ROUNDS = 15;
    private static final Duration WINDOW = Duration.ofMinutes(35);
    private static final BigDecimal PRICE = new BigDecimal("99.99");

    private final ExecutorService threads = Executors.newCachedThreadPool();
    private @TempDir Path home;
    private ShopFixture fixture;
    private Shop second;

    @BeforeAll
    void open() {
        fixture = new ShopFixture();
        second = fixture.openInstance();
    }

    @AfterAll
    void money_in_is_money_of_orders_and_refunds_owed_and_the_figures_agree() throws Exception {
        threads.shutdown();
        assertTrue(threads.awaitTermination(30, TimeUnit.SECONDS));
        try (ShopFixture closed = fixture) {
            assertEquals(List.of(), closed.differences());
            assertEquals(closed.text("SELECT sum(importe) FROM cobros"), closed.text("""
                            SELECT (SELECT sum(o.total) FROM pedidos o WHERE o.id IN (SELECT pedido_id FROM pagos))
                                 + (SELECT COALESCE(sum(importe), 0) FROM reembolsos WHERE pedido_id IS NULL)
                            """));
        }
    }

    @Test
    void a_charge_that_two_servers_are_told_of_at_once_sells_once() throws Exception {
        for (int round = 0; round < ROUNDS; round++) {
            long product = fixture.productWithStock(1);
            int buyer = holder(product);
            long payment = begin(buyer);

            List<ReservationOutcome> told =
                    atOnce(() -> paid(fixture.shop, buyer, payment, "uno"), () -> paid(second, buyer, payment, "uno"));

            assertEquals(1, count(told, PaymentSold.class), told::toString);
            assertEquals(1, count(told, AlreadySold.class), told::toString);
            assertEquals("1/0/1", fixture.figures(product));
            assertEquals(1, fixture.number("SELECT count(*) FROM cobros WHERE pago_id = ?", payment));
        }
    }

    @Test
    void money_and_the_buyers_cancelling_meet_and_either_the_order_stays_or_the_money_is_owed_back() throws Exception {
        for (int round = 0; round < ROUNDS; round++) {
            long product = fixture.productWithStock(1);
            int buyer = holder(product);
            long payment = begin(buyer);

            List<ReservationOutcome> both = atOnce(
                    () -> paid(fixture.shop, buyer, payment, "uno"),
                    () -> ShopFixture.submit(second, new CancelPayment(buyer, payment)));

            if (both.getFirst() instanceof PaymentSold) {
                assertInstanceOf(PaymentAlreadyPaid.class, both.get(1));
                assertEquals("1/0/1", fixture.figures(product));
            } else {
                assertInstanceOf(RefundOwed.class, both.getFirst());
                assertInstanceOf(PaymentCancelled.class, both.get(1));
                assertEquals("1/0/0", fixture.figures(product));
            }
        }
    }

    @Test
    void money_at_the_very_instant_of_the_end_beside_both_sweeps_still_buys() throws Exception {
        for (int round = 0; round < ROUNDS; round++) {
            long product = fixture.productWithStock(1);
            int buyer = holder(product);
            long payment = begin(buyer);
            fixture.clock.advance(WINDOW);

            List<Object> all = atOnce(
                    () -> paid(fixture.shop, buyer, payment, "uno"),
                    () -> second.expireReservations().run(),
                    () -> second.lapsePayments().run());

            assertTrue(assertInstanceOf(PaymentSold.class, all.getFirst()).late());
            assertEquals("1/0/1", fixture.figures(product));
            assertEquals("pagado", fixture.text("SELECT estado FROM pagos WHERE id = ?", payment));
        }
    }

    @Test
    void of_two_late_buyers_of_one_last_unit_one_has_it_and_the_other_is_owed_the_money() throws Exception {
        for (int round = 0; round < 5; round++) {
            List<Long> products = new ArrayList<>();
            List<Callable<ReservationOutcome>> late = new ArrayList<>();
            for (int pair = 0; pair < 6; pair++) {
                long product = fixture.productWithStock(2);
                products.add(product);
                for (Shop instance : List.of(fixture.shop, second)) {
                    int buyer = holder(product);
                    long payment = begin(buyer);
                    late.add(() -> paid(instance, buyer, payment, "uno"));
                }
            }
            fixture.clock.advance(WINDOW);
            for (long product : products) {
                assertInstanceOf(Reserved.class, fixture.checkout(fixture.buyerWith(product, 1)));
            }

            List<ReservationOutcome> all = atOnce(late);

            assertEquals(products.size(), count(all, PaymentSold.class), all::toString);
            assertEquals(products.size(), count(all, RefundOwed.class), all::toString);
            for (long product : products) {
                assertEquals("2/1/1", fixture.figures(product));
            }
        }
    }

    @Test
    void a_payment_that_is_begun_twice_at_once_is_begun_once() throws Exception {
        for (int round = 0; round < ROUNDS; round++) {
            int buyer = holder(fixture.productWithStock(1));

            List<ReservationOutcome> both =
                    atOnce(() -> begin(fixture.shop, buyer, null), () -> begin(second, buyer, null));

            assertEquals(1, count(both, PaymentBegun.class), both::toString);
            assertEquals(1, count(both, PaymentUnderWay.class), both::toString);
        }
    }

    @Test
    void a_payment_that_is_begun_twice_at_once_with_one_key_is_the_same_payment() throws Exception {
        for (int round = 0; round < ROUNDS; round++) {
            int buyer = holder(fixture.productWithStock(1));

            List<ReservationOutcome> both =
                    atOnce(() -> begin(fixture.shop, buyer, "clave"), () -> begin(second, buyer, "clave"));

            Payment one = assertInstanceOf(PaymentBegun.class, both.getFirst()).payment();
            Payment other = assertInstanceOf(PaymentBegun.class, both.get(1)).payment();
            assertEquals(one.id(), other.id());
            assertEquals(1, fixture.number("SELECT count(*) FROM pagos WHERE usuario_id = ?", buyer));
        }
    }

    @Test
    void a_payment_and_a_checkout_at_once_leave_holds_that_the_payment_keeps_and_names() throws Exception {
        for (int round = 0; round < ROUNDS; round++) {
            long product = fixture.productWithStock(2);
            int buyer = holder(product);
            fixture.inCart(buyer, product, 2);

            List<ReservationOutcome> both =
                    atOnce(() -> begin(fixture.shop, buyer, null), () -> fixture.checkout(second, buyer));

            Payment begun =
                    assertInstanceOf(PaymentBegun.class, both.getFirst()).payment();
            assertTrue(both.get(1) instanceof Reserved || both.get(1) instanceof PaymentUnderWay, both::toString);
            assertEquals(
                    begun.amount().divide(PRICE).intValueExact(),
                    fixture.number(
                            "SELECT sum(r.cantidad) FROM stock_reservations r "
                                    + "JOIN lineas_pago l ON l.reserva_id = r.id "
                                    + "WHERE r.status = 'pending' AND r.pago_id = l.pago_id AND r.pago_id = ?",
                            begun.id()));
        }
    }

    @Test
    void a_payment_that_somebody_has_locked_keeps_its_buyer_waiting_and_nobody_else() throws Exception {
        int buyer = holder(fixture.productWithStock(1));
        long payment = begin(buyer);
        moneyWaitsAndNobodyElse(buyer, payment, "SELECT FROM pagos WHERE id = " + payment);
    }

    @Test
    void late_money_for_a_product_that_somebody_has_locked_waits_aside_for_it() throws Exception {
        long product = fixture.productWithStock(1);
        int buyer = holder(product);
        long payment = begin(buyer);
        fixture.clock.advance(WINDOW);
        fixture.shop.expireReservations().run();
        moneyWaitsAndNobodyElse(buyer, payment, "SELECT FROM productos WHERE id = " + product);
    }

    /** Pays while somebody has locked the rows: the money waits aside, and another buyer is served. */
    private void moneyWaitsAndNobodyElse(int buyer, long payment, String rows) throws Exception {
        int other = fixture.buyerWith(fixture.productWithStock(1), 1);
        Future<ReservationOutcome> waiting;
        try (Connection somebody = fixture.target.connect(Map.of())) {
            somebody.setAutoCommit(false);
            somebody.createStatement().execute(rows + " FOR UPDATE");
            waiting = threads.submit(() -> paid(fixture.shop, buyer, payment, "uno"));
            Eventually.until(() -> fixture.shop.reservations().waitingForLocks() == 1);
            assertInstanceOf(Reserved.class, fixture.checkout(other));
            somebody.rollback();
        }
        assertInstanceOf(PaymentSold.class, waiting.get(30, TimeUnit.SECONDS));
    }

    @Test
    void money_of_a_closed_account_is_owed_back_once_whoever_tells_of_it() throws Exception {
        for (int round = 0; round < ROUNDS; round++) {
            int buyer = holder(fixture.productWithStock(1));
            long payment = begin(buyer);
            var word = new ProviderWord.Paid(payment, "uno-" + payment, PRICE);
            if (round % 2 == 0) {
                fixture.sql("UPDATE auth_user SET is_active = false WHERE id = ?", buyer);
                assertInstanceOf(UserGone.class, paid(fixture.shop, buyer, payment, "uno"));
            } else {
                fixture.sql("DELETE FROM cart_items WHERE cart_id IN (SELECT id FROM carts WHERE user_id = ?)", buyer);
                fixture.sql("DELETE FROM carts WHERE user_id = ?", buyer);
                fixture.sql("DELETE FROM stock_reservations WHERE usuario_id = ?", buyer);
                fixture.sql("DELETE FROM user_profiles WHERE user_id = ?", buyer);
                fixture.sql("DELETE FROM auth_user WHERE id = ?", buyer);
                assertInstanceOf(UserGone.class, paid(fixture.shop, buyer, payment, "uno"));
            }

            List<Object> both = atOnce(
                    () -> fixture.shop.strayCharges().ofClosedAccount(word),
                    () -> second.strayCharges().ofClosedAccount(word));

            assertEquals(1, both.stream().filter(Optional.empty()::equals).count(), both::toString);
            assertEquals(
                    "cuenta_cerrada 99.99 reembolso_debido",
                    fixture.text(
                            "SELECT concat_ws(' ', r.motivo, r.importe, p.estado) FROM reembolsos r "
                                    + "JOIN pagos p ON p.id = r.pago_id WHERE p.id = ?",
                            payment));
        }
    }

    @Test
    void a_charge_of_a_payment_that_nobody_knows_is_kept_once() throws Exception {
        List<Boolean> kept = atOnce(
                () -> fixture.shop.strayCharges().ofUnknownPayment("stripe", "ch_desconocido", PRICE),
                () -> second.strayCharges().ofUnknownPayment("stripe", "ch_desconocido", PRICE));
        assertEquals(1, kept.stream().filter(each -> each).count());
        fixture.sql("DELETE FROM cobros WHERE cobro = 'ch_desconocido'");
    }

    @Test
    void a_charge_after_a_refund_was_told_again_is_nothing_new() {
        int buyer = holder(fixture.productWithStock(1));
        long payment = begin(buyer);
        ShopFixture.submit(fixture.shop, new CancelPayment(buyer, payment));
        assertInstanceOf(RefundOwed.class, paid(fixture.shop, buyer, payment, "uno"));
        assertInstanceOf(NothingNew.class, paid(second, buyer, payment, "uno"));
    }

    @Test
    void the_release_command_writes_that_payments_have_lapsed_and_counts_the_holds_only() {
        int buyer = holder(fixture.productWithStock(1));
        long payment = begin(buyer);
        fixture.sql("UPDATE pagos SET vence = now() - interval '1 second' WHERE id = ?", payment);
        fixture.sql("UPDATE stock_reservations SET expires_at = 'infinity' WHERE status = 'pending'");
        fixture.sql(
                "UPDATE stock_reservations SET expires_at = now() - interval '1 second' WHERE usuario_id = ?", buyer);
        ManageRun run = ManageRun.of(
                Path.of("target"),
                Map.of(
                        "DATABASE_URL",
                        ManageRun.url(fixture.target),
                        "ELECTRO_ISLA_HOME",
                        home.toAbsolutePath().toString()),
                "liberar_reservas_expiradas");
        assertEquals(0, run.code(), run.err()::toString);
        assertTrue(run.out().contains("✅ 1 reservas expiradas liberadas exitosamente"), run.out()::toString);
        assertEquals("vencido", fixture.text("SELECT estado FROM pagos WHERE id = ?", payment));
        assertEquals(
                "expired",
                fixture.text("SELECT concat(status, pago_id) FROM stock_reservations WHERE usuario_id = ?", buyer));
        fixture.sql("UPDATE stock_reservations SET expires_at = now() WHERE status = 'pending'");
        fixture.shop.expireReservations().run();
    }

    private int holder(long product) {
        int buyer = fixture.buyerWith(product, 1);
        assertInstanceOf(Reserved.class, fixture.checkout(buyer));
        return buyer;
    }

    private long begin(int buyer) {
        return assertInstanceOf(PaymentBegun.class, begin(fixture.shop, buyer, null))
                .payment()
                .id();
    }

    private static ReservationOutcome begin(Shop instance, int buyer, @Nullable String key) {
        var details = new OrderDetails(PaymentMethod.CARD, "Calle 23", "555-0100", null);
        return ShopFixture.submit(instance, new BeginPayment(buyer, details, null, "prueba", WINDOW, key));
    }

    private static ReservationOutcome paid(Shop instance, int buyer, long payment, String charge) {
        var word = new ProviderWord.Paid(payment, charge + "-" + payment, PRICE);
        return ShopFixture.submit(instance, new HearPayment(buyer, payment, word));
    }

    private static long count(List<ReservationOutcome> outcomes, Class<?> kind) {
        return outcomes.stream().filter(kind::isInstance).count();
    }

    /** Starts them together; a failure in one is a failure here. */
    @SafeVarargs
    private <T> List<T> atOnce(Callable<? extends T>... work) throws Exception {
        List<Callable<? extends T>> all = new ArrayList<>();
        for (Callable<? extends T> each : work) {
            all.add(each);
        }
        return atOnce(all);
    }

    private <T> List<T> atOnce(List<? extends Callable<? extends T>> work) throws Exception {
        var together = new CyclicBarrier(work.size());
        List<Future<T>> futures = new ArrayList<>();
        for (Callable<? extends T> each : work) {
            futures.add(threads.submit(() -> {
                together.await(20, TimeUnit.SECONDS);
                return each.call();
            }));
        }
        List<T> results = new ArrayList<>();
        for (Future<T> future : futures) {
            results.add(future.get(60, TimeUnit.SECONDS));
        }
        return results;
    }
}
