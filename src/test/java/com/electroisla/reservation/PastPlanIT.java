package com.electroisla.reservation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.electroisla.PreparedPlans;
import com.electroisla.ShopFixture;
import com.electroisla.accounts.Role;
import com.electroisla.admin.ReservationList;
import com.electroisla.database.Database;
import com.electroisla.http.QueryParameters;
import com.electroisla.order.Orders;
import com.electroisla.reservation.history.ReservationHistory;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/**
 * Ended reservations of a user are found by the user, in a shop with many of them: no index has all reservations of a
 * user.
 */
class PastPlanIT {
    private static final int TIMES = 3;

    private final ShopFixture given = new ShopFixture();
    /** One connection, so that statements prepared on it are found on it; its plans are generic. */
    private final Database database = new Database(given.target, 1, Database.Purpose.BATCHES);

    @AfterEach
    void close() {
        database.close();
        given.close();
    }

    @Test
    void whoever_asks_what_a_user_held_reads_no_other_users_reservations() throws SQLException {
        int buyer = given.anyBuyer();
        past();
        given.sql("""
                INSERT INTO pedidos (id, usuario_id, estado, metodo_pago, total, direccion_entrega, telefono,
                    created_at, updated_at)
                SELECT n, ?, 'pendiente', 'efectivo', 10, 'Calle 23', '555', now(), now() FROM generate_series(1, ?) n
                """, buyer, TIMES);

        var history = new ReservationHistory(database, given.shop.clock());
        var list = new ReservationList(database, given.shop.clock());
        var orders = given.shop.orders();
        String name = given.text("SELECT username FROM auth_user WHERE id = ?", buyer);
        for (int order = 1; order <= TIMES; order++) {
            assertEquals(20, history.page(buyer, 50, 0).size());
            assertEquals(
                    20,
                    list.page(QueryParameters.parse("usuario=" + name)).rows().size());
            assertEquals(
                    20,
                    list.page(QueryParameters.parse("usuario=" + name + "&estado=expired"))
                            .rows()
                            .size());
            long cancelled = order;
            assertInstanceOf(
                    Orders.CancelOutcome.Cancelled.class,
                    database.inTransaction(handle -> orders.cancel(
                            handle, new Orders.Viewer(buyer, Role.CLIENTE), cancelled, given.clock.now(handle))));
        }

        assertEquals(List.of(), withoutUser());
    }

    @Test
    void a_server_of_the_release_before_finds_the_checkouts_of_a_user_that_are_over_among_the_users_own() {
        int buyer = given.anyBuyer();
        past();
        List<String> plan = given.texts("""
                EXPLAIN SELECT r.id
                  FROM unnest(ARRAY[%1$d]) AS u(id)
                 CROSS JOIN LATERAL (
                       SELECT (SELECT checkout_id FROM stock_reservations
                                WHERE usuario_id = u.id AND status <> 'pending' AND checkout_id IS NOT NULL
                                ORDER BY checkout_id DESC LIMIT 1) AS id OFFSET 0) c
                 CROSS JOIN LATERAL (
                       SELECT id FROM stock_reservations
                        WHERE usuario_id = u.id AND checkout_id = c.id AND status <> 'pending' OFFSET 0) r
                """.formatted(buyer));
        assertEquals(
                2,
                plan.stream()
                        .filter(step -> step.contains("reservas_terminadas_checkout"))
                        .count(),
                () -> String.join("\n", plan));
    }

    /** Many reservations that are over, the same number of each user. */
    private void past() {
        long product = given.productWithStock(10_000);
        given.sql("""
                INSERT INTO auth_user (username, password, is_superuser, first_name, last_name, email, is_staff,
                    is_active, date_joined)
                SELECT 'antiguo' || n, '', false, '', '', '', false, true, now() FROM generate_series(1, 500) n
                """);
        given.sql("""
                INSERT INTO stock_reservations (usuario_id, producto_id, cantidad, status, created_at, expires_at)
                SELECT u.id, ?, 1, 'expired', now() - interval '1 day', now() - interval '1 day'
                FROM auth_user u, generate_series(1, 20)
                """, product);
        given.sql("ANALYZE");
    }

    /** The statements about users' reservations whose plan does not find ended ones by the user. */
    private List<String> withoutUser() throws SQLException {
        return database.read(handle -> {
            var plans = PreparedPlans.of(handle);
            plans.keySet()
                    .removeIf(statement ->
                            !statement.contains("usuario_id = ") || !statement.contains("FROM stock_reservations"));
            assertTrue(plans.size() >= 4, plans.keySet()::toString);
            List<String> faults = new ArrayList<>();
            plans.forEach((statement, plan) -> {
                // Both begin with the user; only one has the order of a page.
                String index = statement.contains("ORDER BY id DESC")
                        ? "reservas_terminadas_usuario"
                        : "reservas_terminadas_(usuario|checkout)";
                if (plan.stream().noneMatch(Pattern.compile(index).asPredicate())) {
                    faults.add(statement + "\n" + String.join("\n", plan));
                }
            });
            return faults;
        });
    }
}
