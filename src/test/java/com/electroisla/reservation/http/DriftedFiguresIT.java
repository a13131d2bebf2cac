package com.electroisla.reservation.http;

import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.electroisla.audit.Actor;
import com.electroisla.http.server.SignedInTest;
import com.electroisla.inventory.AdjustStock;
import com.electroisla.inventory.Adjustment;
import com.electroisla.logs.HeardLines;
import com.electroisla.reservation.ReleaseHolds;
import io.quarkus.test.junit.QuarkusTest;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/**
 * Wrong figures, left by an old shop or a manual change: a refused buyer gets the reason, and no other buyer is
 * refused.
 */
@QuarkusTest
class DriftedFiguresIT extends SignedInTest {
    private long product(int total, int reserved, int sold) {
        long product = given.product("Deriva", "10.00", total);
        given.sql("UPDATE productos SET stock_reservado = ?, stock_vendido = ? WHERE id = ?", reserved, sold, product);
        return product;
    }

    private long hold(int user, long product, int quantity, Duration left) {
        return given.number(
                """
                INSERT INTO stock_reservations (usuario_id, producto_id, cantidad, status, created_at, expires_at,
                    precio_unitario, checkout_id)
                VALUES (?, ?, ?, 'pending', ?, ?, 10, nextval('checkouts_id_seq')) RETURNING id""",
                user,
                product,
                quantity,
                clock.present().atOffset(ZoneOffset.UTC),
                clock.present().plus(left).atOffset(ZoneOffset.UTC));
    }

    @Test
    void a_checkout_gets_no_more_than_was_not_sold_whatever_its_own_hold_says() {
        long product = product(10, 0, 0);
        int buyer = given.buyerWith(product, 12);
        hold(buyer, product, 5, Duration.ofMinutes(5));

        as(buyer)
                .post("/api/carrito/checkout/")
                .then()
                .statusCode(409)
                .body("code", equalTo("stock_insuficiente"))
                .body("productos.product_id", contains((int) product))
                .body("productos.disponible", contains(10));
        as(buyer)
                .body("{\"quantity\": 11}")
                .patch("/api/carrito/items/" + given.lineOf(buyer) + "/")
                .then()
                .statusCode(400)
                .body("available", equalTo(10));
        as(buyer)
                .body("{\"quantity\": 10}")
                .patch("/api/carrito/items/" + given.lineOf(buyer) + "/")
                .then()
                .statusCode(200);
        as(buyer).post("/api/carrito/checkout/").then().statusCode(200);
        as(buyer).body(PAYMENT).post("/api/pedidos/").then().statusCode(201);
        assertEquals("10/0/10", given.figures(product));
    }

    @Test
    void a_payment_of_units_that_were_sold_is_a_409_that_names_them_and_an_operator_reads_of_it() {
        long product = product(10, 0, 8);
        int buyer = given.anyBuyer();
        hold(buyer, product, 5, Duration.ofMinutes(5));
        try (HeardLines log = HeardLines.of("com.electroisla.reservation.ReservationDecider")) {
            as(buyer)
                    .body(PAYMENT)
                    .post("/api/pedidos/")
                    .then()
                    .statusCode(409)
                    .body("code", equalTo("stock_insuficiente"))
                    .body("error", containsString("Deriva"))
                    .body("productos.product_id", contains((int) product))
                    .body("productos.disponible", contains(2))
                    .body("productos.solicitado", contains(5));
            assertTrue(
                    log.lines().stream()
                            .anyMatch(line ->
                                    line.contains("[" + product + "]") && line.contains("verificar_inventario")),
                    () -> log.lines().toString());
        }
        assertEquals("10/0/8", given.figures(product));
        assertTrue(given.differences().stream().anyMatch(difference -> difference.productId() == product));
        as(buyer).post("/api/carrito/checkout/cancelar/").then().statusCode(200);
        assertEquals("10/0/8", given.figures(product));
    }

    @Test
    void others_in_the_same_shop_buy_while_one_product_has_drifted() {
        long drifted = product(10, 0, 8);
        hold(given.anyBuyer(), drifted, 5, Duration.ofMinutes(5));
        int buyer = given.buyerWith(drifted, 2);
        as(buyer).post("/api/carrito/checkout/").then().statusCode(200);
        as(buyer).body(PAYMENT).post("/api/pedidos/").then().statusCode(201);
        assertEquals("10/0/10", given.figures(drifted));
    }

    @Test
    void the_sweep_ends_holds_that_were_not_counted_and_the_log_names_their_product() {
        long drifted = product(10, 2, 0);
        long right = product(10, 3, 0);
        hold(given.anyBuyer(), drifted, 5, Duration.ofMinutes(-5));
        hold(given.anyBuyer(), right, 3, Duration.ofMinutes(-5));
        try (HeardLines log = HeardLines.of("com.electroisla.reservation.ExpireReservations")) {
            assertEquals(2, shop.expireReservations().run());
            assertTrue(
                    log.lines().stream().anyMatch(line -> line.contains("[" + drifted + "]")),
                    () -> log.lines().toString());
            assertFalse(
                    log.lines().stream().anyMatch(line -> line.contains("" + right)),
                    () -> log.lines().toString());
        }
        assertEquals("10/0/0", given.figures(drifted));
        assertEquals("10/0/0", given.figures(right));
    }

    @Test
    void the_staff_releases_a_hold_that_was_not_counted() {
        long product = product(10, 2, 0);
        long hold = hold(given.anyBuyer(), product, 5, Duration.ofMinutes(5));
        var actor = new Actor(given.person("admin"), null, null);

        assertEquals(1, new ReleaseHolds(database, clock).release(List.of(hold), actor));
        assertEquals("10/0/0", given.figures(product));
    }

    @Test
    void an_order_is_cancelled_although_fewer_units_count_as_sold_and_then_the_figures_agree() {
        long product = given.product("Deriva", "10.00", 10);
        int buyer = given.buyerWith(product, 4);
        as(buyer).post("/api/carrito/checkout/").then().statusCode(200);
        int order = as(buyer).body(PAYMENT).post("/api/pedidos/").jsonPath().getInt("id");
        given.sql("UPDATE productos SET stock_vendido = 1 WHERE id = ?", product);

        as(buyer)
                .post("/api/pedidos/" + order + "/cancelar/")
                .then()
                .statusCode(200)
                .body("estado", equalTo("cancelado"));
        assertEquals("10/0/0", given.figures(product));
        assertFalse(given.differences().stream().anyMatch(difference -> difference.productId() == product));
    }

    @Test
    void an_adjustment_that_the_figures_do_not_allow_is_refused_and_one_over_uncounted_holds_goes_through() {
        long product = product(10, 2, 8);
        hold(given.anyBuyer(), product, 5, Duration.ofMinutes(5));
        var actor = new Actor(given.person("admin"), null, null);

        assertInstanceOf(
                AdjustStock.Outcome.Impossible.class,
                shop.adjustStock().run(product, new Adjustment(Adjustment.Kind.LOSS, 3, "prueba"), Set.of(), actor));
        var asked = assertInstanceOf(
                AdjustStock.Outcome.BreaksHolds.class,
                shop.adjustStock().run(product, new Adjustment(Adjustment.Kind.LOSS, 1, "prueba"), Set.of(), actor));
        assertEquals(0, asked.after().reserved());
        assertInstanceOf(
                AdjustStock.Outcome.Done.class,
                shop.adjustStock()
                        .run(
                                product,
                                new Adjustment(Adjustment.Kind.LOSS, 1, "prueba"),
                                Set.of(asked.holds().getFirst().id()),
                                actor));
        assertEquals("9/0/8", given.figures(product));
    }
}
