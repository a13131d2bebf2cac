package com.electroisla.groupcommit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.electroisla.Eventually;
import com.electroisla.PreparedPlans;
import com.electroisla.ShopFixture;
import com.electroisla.cart.CartRequest;
import com.electroisla.cart.Carts;
import com.electroisla.database.Database;
import com.electroisla.limits.Limits;
import com.electroisla.order.OrderDetails;
import com.electroisla.order.PaymentMethod;
import com.electroisla.payment.ProviderWord;
import com.electroisla.reservation.ReservationEngine;
import com.electroisla.reservation.ReservationOutcome;
import com.electroisla.reservation.ReservationRequest;
import com.electroisla.reservation.ReservationSettings;
import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A plan is made once and kept: it must find its rows by key, whatever was in the tables when it was made. */
class BatchPlanIT {
    private static final GroupCommitSettings ONE =
            new GroupCommitSettings(1, 512, 512, Duration.ofSeconds(10), Duration.ofSeconds(20));

    private final ShopFixture fixture = new ShopFixture();
    /** One connection, so that statements prepared on it are found on it. */
    private final Database batches = new Database(fixture.target, 1, Database.Purpose.BATCHES);

    private final Carts carts = new Carts(
            fixture.shop.database(),
            batches,
            fixture.clock,
            new Limits("agregar", Optional.empty()),
            Optional.empty(),
            ONE);
    private final ReservationEngine engine =
            new ReservationEngine(batches, fixture.clock, new ReservationSettings(Duration.ofMinutes(15), ONE));

    @AfterEach
    void close() {
        engine.close();
        carts.close();
        batches.close();
        fixture.close();
    }

    @Test
    void every_statement_of_a_batch_finds_its_rows_by_key_in_a_shop_that_is_new() throws Exception {
        shopForAWhile();
        shopBesideALockedProduct();
        assertEquals(List.of(), withoutKey());
    }

    @Test
    void every_statement_about_payments_finds_its_rows_by_key_in_a_shop_that_is_new() throws Exception {
        for (int time = 1; time <= 3; time++) {
            int buyer = fixture.buyerWith(fixture.productWithStock(2), 1);
            submit(new ReservationRequest.ReserveCart(buyer, null, ""));
            long refused = begin(buyer, "uno");
            submit(new ReservationRequest.HearPayment(buyer, refused, new ProviderWord.Refused(refused)));
            long paid = begin(buyer, "dos");
            pay(buyer, paid, "uno");
            pay(buyer, paid, "dos");
            fixture.inCart(buyer, fixture.productWithStock(1), 1);
            submit(new ReservationRequest.ReserveCart(buyer, null, ""));
            long late = begin(buyer, "tres");
            fixture.clock.advance(Duration.ofMinutes(35));
            pay(buyer, late, "tres");
            submit(new ReservationRequest.CancelPayment(buyer, late));
        }
        assertEquals(List.of(), withoutKey());
    }

    private long begin(int buyer, String key) {
        var details = new OrderDetails(PaymentMethod.CARD, "Calle 23", "555-0100", null);
        var begun = assertInstanceOf(
                ReservationOutcome.PaymentBegun.class,
                ShopFixture.outcomeOf(engine.submit(new ReservationRequest.BeginPayment(
                        buyer, details, null, "prueba", Duration.ofMinutes(35), key))));
        return begun.payment().id();
    }

    private void pay(int buyer, long payment, String charge) {
        var word = new ProviderWord.Paid(payment, charge + payment, new BigDecimal("99.99"));
        submit(new ReservationRequest.HearPayment(buyer, payment, word));
    }

    @Test
    void every_statement_of_a_batch_finds_its_rows_by_key_where_nothing_was_held_on_the_day_of_the_statistics()
            throws SQLException {
        fixture.sql("""
                INSERT INTO productos (nombre, descripcion, precio, descuento, stock, stock_total, stock_reservado,
                                       stock_vendido, categoria,
                                       activo, en_carrusel, en_carousel_card, en_all_products, created_at, updated_at)
                SELECT 'Producto ' || n, '', 10, 0, 0, 5, 0, 0, 'x', true, false, false, true, now(), now()
                FROM generate_series(1, 10000) n
                """);
        fixture.sql("""
                INSERT INTO stock_reservations (usuario_id, producto_id, cantidad, status, created_at, expires_at)
                SELECT ?, ?, 1, 'expired', now() - interval '1 day', now() - interval '1 day'
                FROM generate_series(1, 10000)
                """, fixture.anyBuyer(), fixture.productWithStock(1));
        fixture.sql("ANALYZE");

        shopForAWhile();

        assertEquals(List.of(), withoutKey());
    }

    /** Runs every action of a buyer at least twice, because only then a statement is prepared. */
    private void shopForAWhile() {
        for (int time = 1; time <= 3; time++) {
            long product = fixture.productWithStock(2);
            int slow = fixture.anyBuyer();
            int quick = fixture.anyBuyer();
            add(slow, product, 2);
            submit(new ReservationRequest.ReserveCart(slow, null, ""));
            submit(new ReservationRequest.ReserveCart(slow, null, ""));
            fixture.clock.advance(Duration.ofMinutes(16));
            add(quick, product, 1);
            submit(new ReservationRequest.ReserveCart(quick, null, ""));
            submit(new ReservationRequest.PlaceOrder(
                    quick, new OrderDetails(PaymentMethod.CARD, "Calle 23", "555-0100", null), null));
            submit(new ReservationRequest.PlaceOrder(
                    slow, new OrderDetails(PaymentMethod.CARD, "Calle 23", "555-0100", null), null));
            submit(new ReservationRequest.CancelHolds(quick));
        }
        assertTrue(fixture.number("SELECT count(*) FROM pedidos") >= 3);
    }

    private void shopBesideALockedProduct() throws Exception {
        long locked = fixture.productWithStock(1);
        int stopped = fixture.buyerWith(locked, 1);
        try (var one = Executors.newVirtualThreadPerTaskExecutor();
                Connection somebody = fixture.target.connect(Map.of())) {
            somebody.setAutoCommit(false);
            somebody.createStatement().execute("SELECT FROM productos WHERE id = " + locked + " FOR UPDATE");
            var waiting = one.submit(() -> submit(new ReservationRequest.ReserveCart(stopped, null, "")));
            Eventually.until(() -> engine.waitingForLocks() == 1);
            for (int time = 1; time <= 3; time++) {
                int buyer = fixture.buyerWith(fixture.productWithStock(1), 1);
                submit(new ReservationRequest.ReserveCart(buyer, null, ""));
            }
            somebody.rollback();
            waiting.get();
        }
    }

    private void add(int user, long product, int quantity) {
        carts.submit(new CartRequest.Add(new CartRequest.Caller(user, null, ""), product, quantity));
    }

    private void submit(ReservationRequest request) {
        ShopFixture.outcomeOf(engine.submit(request));
    }

    private List<String> withoutKey() throws SQLException {
        return batches.read(handle -> {
            var plans = PreparedPlans.of(handle);
            assertTrue(plans.size() >= 15, plans.keySet()::toString);
            List<String> faults = new ArrayList<>();
            plans.forEach((statement, plan) -> {
                boolean ofUsers = statement.contains("AS u(id)");
                boolean ofCheckouts = statement.contains("checkout_terminado = c.id");
                if (!findsByKey(plan)
                        || ofUsers && plan.stream().noneMatch(step -> step.contains("reservas_pendientes_usuario"))
                        || ofCheckouts
                                && plan.stream()
                                                .filter(step -> step.contains("reservas_terminadas_checkout"))
                                                .count()
                                        < 2) {
                    faults.add(statement + "\n" + String.join("\n", plan));
                }
            });
            return faults;
        });
    }

    private static boolean findsByKey(List<String> plan) {
        for (int i = 0; i < plan.size(); i++) {
            if (plan.get(i).matches(".*(Seq Scan|Hash Join|Merge Join).*")
                    || plan.get(i).matches(".*Index (Only )?Scan.*")
                            && !(i + 1 < plan.size() && plan.get(i + 1).contains("Index Cond"))) {
                return false;
            }
        }
        return true;
    }
}
