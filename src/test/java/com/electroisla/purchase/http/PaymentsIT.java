package com.electroisla.purchase.http;

import static io.restassured.RestAssured.get;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.notNullValue;
import static org.hamcrest.Matchers.nullValue;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import com.electroisla.ShopFixture;
import com.electroisla.http.server.SignedInTest;
import com.electroisla.settings.Setting;
import com.electroisla.wiring.RunningServer;
import com.electroisla.wiring.Shop;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Payments through a provider over HTTP, from the cart to the money. */
@QuarkusTest
class PaymentsIT extends SignedInTest {
    private static final Duration WINDOW = Duration.ofMinutes(35);

    private TestEvents events;

    @Override
    protected Map<Setting, String> flags() {
        return Map.of(Setting.PAYMENTS, "prueba", Setting.TEST_EVENT_SECRET, TestEvents.SECRET);
    }

    private TestEvents events() {
        if (events == null) {
            events = new TestEvents(TestEvents.SECRET);
        }
        return events;
    }

    @AfterEach
    void figures_rows_and_money_agree_whatever_was_done() {
        assertEquals(List.of(), given.differences());
        assertEquals("0.00", given.text("""
                SELECT (COALESCE((SELECT sum(importe) FROM cobros WHERE pago_id IS NOT NULL), 0)
                     - COALESCE((SELECT sum(o.total) FROM pagos p JOIN pedidos o ON o.id = p.pedido_id), 0)
                     - COALESCE((SELECT sum(r.importe) FROM reembolsos r WHERE r.pedido_id IS NULL), 0)
                       )::numeric(12,2)::text
                """));
    }

    /** A buyer who holds so many units at 20.00. */
    private int holding(long product, int quantity) {
        int buyer = given.buyerWith(product, quantity);
        as(buyer).post("/api/carrito/checkout/").then().statusCode(200);
        return buyer;
    }

    private Response begin(int buyer) {
        return as(buyer).body(PAYMENT).post("/api/pagos/");
    }

    private long begun(int buyer) {
        return begin(buyer).then().statusCode(201).extract().jsonPath().getLong("id");
    }

    private String state(int buyer, long payment) {
        return as(buyer)
                .get("/api/pagos/" + payment + "/")
                .then()
                .statusCode(200)
                .extract()
                .path("estado");
    }

    @Test
    void a_payment_keeps_its_units_for_its_window_and_its_money_sells_them() {
        long lamp = given.product("Lámpara", "99.99", 10);
        int buyer = holding(lamp, 2);
        Instant ends = clock.present().plus(WINDOW);

        Response answer = begin(buyer);
        long payment = answer.jsonPath().getLong("id");
        String url = answer.jsonPath().getString("url");
        assertEquals(
                """
                {"id":%d,"estado":"iniciado","proveedor":"prueba","url":"%s","vence":"%s","importe":"199.98"}\
                """.formatted(payment, url, ends),
                answer.then().statusCode(201).extract().asString());
        as(buyer).get("/api/reservas/").then().body("expires_at", contains(ends.toString()));

        clock.advance(Duration.ofMinutes(34));
        events().paid(payment, "199.98").then().statusCode(200).body("recibido", equalTo(true));

        long order = given.number("SELECT pedido_id FROM pagos WHERE id = ?", payment);
        assertEquals(
                """
                {"id":%d,"estado":"pagado","proveedor":"prueba","url":"%s","vence":"%s","importe":"199.98",\
                "metodo_pago":"tarjeta","pedido_id":%d,"created_at":"%s","reembolsos":[]}\
                """.formatted(payment, url, ends, order, ends.minus(WINDOW)),
                as(buyer)
                        .get("/api/pagos/" + payment)
                        .then()
                        .statusCode(200)
                        .extract()
                        .asString());
        as(buyer)
                .get("/api/pedidos/" + order + "/")
                .then()
                .body("estado", equalTo("confirmado"))
                .body("total", equalTo("199.98"))
                .body("notas", equalTo("Tocar fuerte"));
        assertEquals("10/0/2", given.figures(lamp));
        as(buyer).get("/api/carrito/").then().body("items", hasSize(0));
    }

    @Test
    void while_a_payment_lives_nothing_else_touches_its_units_and_each_refusal_names_it() {
        int buyer = holding(given.productWithStock(9), 1);
        long payment = begun(buyer);
        for (String path : List.of("/api/carrito/checkout/", "/api/carrito/checkout/cancelar/")) {
            as(buyer)
                    .post(path)
                    .then()
                    .statusCode(409)
                    .body("code", equalTo("pago_en_curso"))
                    .body("pago", equalTo((int) payment));
        }
        for (String path : List.of("/api/pedidos/", "/api/pagos/")) {
            as(buyer)
                    .body(PAYMENT)
                    .post(path)
                    .then()
                    .statusCode(409)
                    .body("code", equalTo("pago_en_curso"))
                    .body("pago", equalTo((int) payment));
        }
        assertEquals("iniciado", state(buyer, payment));
    }

    @Test
    void nothing_held_or_something_expired_or_another_sum_begins_no_payment() {
        begin(given.anyBuyer())
                .then()
                .statusCode(409)
                .body("code", equalTo("reserva_expirada"))
                .body("productos", hasSize(0));

        long lamp = given.product("Lámpara", "20.00", 9);
        int late = holding(lamp, 1);
        clock.advance(Duration.ofMinutes(15));
        begin(late)
                .then()
                .statusCode(409)
                .body("code", equalTo("reserva_expirada"))
                .body("productos.producto", contains("Lámpara"));

        int buyer = holding(lamp, 2);
        as(buyer)
                .body(PAYMENT.replace("{", "{\"importe\": \"39.99\", "))
                .post("/api/pagos/")
                .then()
                .statusCode(409)
                .body("code", equalTo("importe_distinto"))
                .body("importe", equalTo("40.00"));
        assertEquals(0, given.number("SELECT count(*) FROM pagos WHERE usuario_id IN (?, ?)", late, buyer));
        as(buyer)
                .body(PAYMENT.replace("{", "{\"importe\": 40, "))
                .post("/api/pagos/")
                .then()
                .statusCode(201);
    }

    @Test
    void a_way_to_pay_that_has_no_provider_is_refused_with_those_that_there_are() {
        int buyer = holding(given.productWithStock(9), 1);
        for (String method : List.of("efectivo", "transferencia")) {
            as(buyer)
                    .body(PAYMENT.replace("tarjeta", method))
                    .post("/api/pagos/")
                    .then()
                    .statusCode(400)
                    .body("code", equalTo("metodo_no_disponible"))
                    .body("error", containsString("POST /api/pedidos/"))
                    .body("metodos", contains("tarjeta"));
        }
        as(buyer)
                .body(PAYMENT.replace("{", "{\"proveedor\": \"stripe\", "))
                .post("/api/pagos/")
                .then()
                .statusCode(400)
                .body("campo", equalTo("proveedor"))
                .body("error", containsString("prueba"));
        as(buyer)
                .body(PAYMENT.replace("{", "{\"proveedor\": \"prueba\", "))
                .post("/api/pagos/")
                .then()
                .statusCode(201);
    }

    @Test
    void after_a_refusal_another_payment_is_begun_and_the_units_wait_no_longer_than_for_the_first() {
        long lamp = given.product("Lámpara", "20.00", 9);
        int buyer = holding(lamp, 1);
        Instant ends = clock.present().plus(WINDOW);
        long first = begun(buyer);
        clock.advance(Duration.ofMinutes(5));

        events().refused(first).then().statusCode(200);
        assertEquals("rechazado", state(buyer, first));
        assertEquals("9/1/0", given.figures(lamp));

        Response second = begin(buyer);
        second.then().statusCode(201).body("vence", equalTo(ends.toString()));
        assertNotEquals(first, second.jsonPath().getLong("id"));
        events().paid(second.jsonPath().getLong("id"), "20.00").then().statusCode(200);
        assertEquals("9/0/1", given.figures(lamp));
    }

    @Test
    void a_payment_that_is_given_up_frees_its_units_and_its_money_is_owed_back_once() {
        long lamp = given.product("Lámpara", "20.00", 9);
        int buyer = holding(lamp, 1);
        long payment = begun(buyer);
        for (int i = 0; i < 2; i++) {
            as(buyer)
                    .post("/api/pagos/" + payment + "/cancelar/")
                    .then()
                    .statusCode(200)
                    .body("estado", equalTo("cancelado"));
        }
        assertEquals("9/0/0", given.figures(lamp));
        as(buyer).get("/api/reservas/").then().body("status", contains("cancelled"));

        for (int i = 0; i < 3; i++) {
            events().paid(payment, "20.00").then().statusCode(200);
        }
        as(buyer)
                .get("/api/pagos/" + payment + "/")
                .then()
                .body("estado", equalTo("reembolso_debido"))
                .body("pedido_id", nullValue())
                .body("reembolsos", hasSize(1))
                .body("reembolsos[0].motivo", equalTo("pago_cancelado"))
                .body("reembolsos[0].importe", equalTo("20.00"))
                .body("reembolsos[0].estado", equalTo("debido"))
                .body("reembolsos[0].hecho_at", nullValue());
        assertEquals("9/0/0", given.figures(lamp));
    }

    @Test
    void a_payment_that_is_done_cannot_be_given_up() {
        int buyer = holding(given.product("Lámpara", "20.00", 9), 1);
        long payment = begun(buyer);
        events().paid(payment, "20.00").then().statusCode(200);
        as(buyer)
                .post("/api/pagos/" + payment + "/cancelar/")
                .then()
                .statusCode(409)
                .body("code", equalTo("pago_pagado"));
    }

    @Test
    void money_that_comes_late_sells_what_is_there_and_is_owed_back_when_it_is_gone() {
        long lamp = given.product("Lámpara", "20.00", 1);
        int early = holding(lamp, 1);
        long sells = begun(early);
        clock.advance(WINDOW);
        assertEquals("vencido", state(early, sells));
        events().paid(sells, "20.00").then().statusCode(200);
        assertEquals("pagado", state(early, sells));
        assertEquals("1/0/1", given.figures(lamp));

        long fan = given.product("Ventilador", "20.00", 1);
        int slow = holding(fan, 1);
        long late = begun(slow);
        clock.advance(WINDOW);
        int quick = holding(fan, 1);
        events().paid(late, "20.00").then().statusCode(200);
        as(slow).get("/api/pagos/" + late + "/")
                .then()
                .body("estado", equalTo("reembolso_debido"))
                .body("reembolsos[0].motivo", equalTo("tarde_sin_unidades"));
        as(quick).body(PAYMENT).post("/api/pedidos/").then().statusCode(201);
    }

    @Test
    void another_sum_and_a_second_charge_sell_nothing_and_are_owed_back() {
        long lamp = given.product("Lámpara", "20.00", 9);
        int buyer = holding(lamp, 1);
        long payment = begun(buyer);
        events().paid(payment, "19.99", "c-otro-" + payment).then().statusCode(200);
        assertEquals("9/1/0", given.figures(lamp));
        as(buyer)
                .get("/api/pagos/" + payment + "/")
                .then()
                .body("estado", equalTo("reembolso_debido"))
                .body("reembolsos.motivo", contains("importe_distinto"))
                .body("reembolsos.importe", contains("19.99"));

        int twice = holding(lamp, 1);
        long again = begun(twice);
        for (String charge : List.of("c-1-", "c-1-", "c-2-")) {
            events().paid(again, "20.00", charge + again).then().statusCode(200);
        }
        as(twice)
                .get("/api/pagos/" + again + "/")
                .then()
                .body("estado", equalTo("pagado"))
                .body("reembolsos.motivo", contains("cobro_repetido"))
                .body("reembolsos.importe", contains("20.00"));
    }

    @Test
    void anothers_payment_is_as_good_as_none() {
        int owner = holding(given.productWithStock(9), 1);
        long payment = begun(owner);
        int stranger = given.anyBuyer();
        for (String id : List.of(Long.toString(payment), "999999999", "x", "0", "-1")) {
            as(stranger)
                    .get("/api/pagos/" + id + "/")
                    .then()
                    .statusCode(404)
                    .body("code", equalTo("pago_no_encontrado"));
            as(stranger)
                    .post("/api/pagos/" + id + "/cancelar/")
                    .then()
                    .statusCode(404)
                    .body("code", equalTo("pago_no_encontrado"));
        }
        assertEquals("iniciado", state(owner, payment));
    }

    @Test
    void a_repetition_with_its_key_takes_the_same_payment_up_again_also_after_a_crash() {
        int buyer = holding(given.productWithStock(9), 1);
        String key = "clave-" + buyer;
        Response first = as(buyer).header("Idempotency-Key", key).body(PAYMENT).post("/api/pagos/");
        assertEquals(
                first.then().statusCode(201).extract().asString(),
                as(buyer)
                        .header("Idempotency-Key", key)
                        .body(PAYMENT)
                        .post("/api/pagos/")
                        .then()
                        .statusCode(201)
                        .extract()
                        .asString());

        // As a server leaves it that dies between its own commit and the provider's answer.
        given.sql("UPDATE pagos SET referencia = NULL, url = NULL WHERE usuario_id = ?", buyer);
        as(buyer).get("/api/pagos/" + first.jsonPath().getLong("id")).then().body("url", nullValue());
        assertEquals(
                first.asString(),
                as(buyer)
                        .header("Idempotency-Key", key)
                        .body(PAYMENT)
                        .post("/api/pagos/")
                        .then()
                        .statusCode(201)
                        .body("url", notNullValue())
                        .extract()
                        .asString());
        as(buyer)
                .header("Idempotency-Key", key)
                .body(PAYMENT.replace("555-0100", "555-0199"))
                .post("/api/pagos/")
                .then()
                .statusCode(422)
                .body("code", equalTo("clave_reutilizada"));
        assertEquals(1, given.number("SELECT count(*) FROM pagos WHERE usuario_id = ?", buyer));
    }

    @Test
    void a_refusal_is_kept_under_its_key() {
        int buyer = given.buyerWith(given.productWithStock(9), 1);
        String key = "clave-" + buyer;
        Response refused =
                as(buyer).header("Idempotency-Key", key).body(PAYMENT).post("/api/pagos/");
        refused.then().statusCode(409);
        as(buyer).post("/api/carrito/checkout/").then().statusCode(200);
        assertEquals(
                refused.asString(),
                as(buyer)
                        .header("Idempotency-Key", key)
                        .body(PAYMENT)
                        .post("/api/pagos/")
                        .then()
                        .statusCode(409)
                        .extract()
                        .asString());
    }

    @Test
    void an_order_by_card_is_charged_at_once_where_the_provider_can_and_its_charge_is_kept() {
        long lamp = given.product("Lámpara", "20.00", 9);
        int buyer = holding(lamp, 2);
        long order = as(buyer)
                .body(PAYMENT)
                .post("/api/pedidos/")
                .then()
                .statusCode(201)
                .body("estado", equalTo("confirmado"))
                .extract()
                .jsonPath()
                .getLong("id");
        assertEquals("pagado 40.00 prueba vendido", given.text("""
                        SELECT p.estado || ' ' || c.importe || ' ' || c.proveedor || ' ' || c.resultado
                          FROM pagos p JOIN cobros c ON c.pago_id = p.id WHERE p.pedido_id = ?
                        """, order));
    }

    @Test
    void without_a_provider_there_are_no_cards_and_with_one_that_has_a_page_they_begin_there() {
        int buyer = holding(given.productWithStock(9), 1);
        int other = holding(given.productWithStock(9), 1);
        long tested = begun(other);
        String testPage = given.text("SELECT url FROM pagos WHERE id = ?", tested);
        get(testPage).then().statusCode(200);
        events().refused(tested).then().statusCode(200);
        with(Map.of(Setting.PAYMENTS, " "), () -> {
            for (String path : List.of("/api/pedidos/", "/api/pagos/")) {
                as(buyer)
                        .body(PAYMENT)
                        .post(path)
                        .then()
                        .statusCode(400)
                        .body("code", equalTo("metodo_no_disponible"))
                        .body("metodos", contains("efectivo", "transferencia"));
            }
        });
        with(
                Map.of(
                        Setting.PAYMENTS,
                        "stripe",
                        Setting.STRIPE_KEY,
                        "sk_test_1",
                        Setting.STRIPE_EVENT_SECRET,
                        "whsec_1"),
                () -> {
                    as(buyer)
                            .body(PAYMENT)
                            .post("/api/pedidos/")
                            .then()
                            .statusCode(409)
                            .body("code", equalTo("pago_por_proveedor"))
                            .body("ruta", equalTo("/api/pagos/"))
                            .body("error", containsString("/api/pagos/"));
                    events().paid(tested, "20.00").then().statusCode(404);
                    get(testPage).then().statusCode(404);
                });
        assertEquals("rechazado", state(other, tested));
        as(buyer)
                .body(PAYMENT.replace("tarjeta", "efectivo"))
                .post("/api/pedidos/")
                .then()
                .statusCode(201);
    }

    @Test
    void nobody_gets_more_of_a_product_than_the_cap_and_each_refusal_names_it() {
        long lamp = given.productWithStock(9);
        long fan = given.productWithStock(2);
        int buyer = given.anyBuyer();
        int greedy = given.buyerWith(lamp, 4);
        with(Map.of(Setting.UNIT_CAP, "3"), () -> {
            as(buyer).body(line(lamp, 3)).post("/api/carrito/agregar/").then().statusCode(201);
            as(buyer)
                    .body(line(lamp, 1))
                    .post("/api/carrito/agregar/")
                    .then()
                    .statusCode(400)
                    .body("code", equalTo("tope_unidades"))
                    .body("tope", equalTo(3));
            as(buyer)
                    .body(line(fan, 4))
                    .post("/api/carrito/agregar/")
                    .then()
                    .statusCode(400)
                    .body("code", equalTo("stock_insuficiente"))
                    .body("available", equalTo(2));
            as(greedy)
                    .post("/api/carrito/checkout/")
                    .then()
                    .statusCode(409)
                    .body("code", equalTo("tope_unidades"))
                    .body("tope", equalTo(3));
        });
    }

    /** Serves meanwhile by other settings. */
    private void with(Map<Setting, String> flags, Runnable meanwhile) {
        Map<Setting, String> all = new HashMap<>(flags());
        all.putAll(flags);
        if (all.get(Setting.PAYMENTS).equals("stripe")
                || all.get(Setting.PAYMENTS).isBlank()) {
            all.remove(Setting.TEST_EVENT_SECRET);
        }
        Shop other = ((ShopFixture) given).openInstance(all);
        RunningServer.start(other);
        try {
            meanwhile.run();
        } finally {
            RunningServer.start(shop);
        }
    }
}
