package com.electroisla.purchase.http;

import static org.hamcrest.Matchers.equalTo;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.electroisla.http.server.SignedInTest;
import com.electroisla.logs.HeardLines;
import com.electroisla.settings.Setting;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import io.restassured.response.Response;
import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Events in a provider's name: of the provider, a forger, a repeater, a flood. */
@QuarkusTest
class ProviderEventsIT extends SignedInTest {
    private final TestEvents bank = new TestEvents(TestEvents.SECRET);

    @Override
    protected Map<Setting, String> flags() {
        return Map.of(Setting.PAYMENTS, "prueba", Setting.TEST_EVENT_SECRET, TestEvents.SECRET);
    }

    @AfterEach
    void figures_and_rows_agree_and_the_next_test_has_its_own_minute() {
        assertEquals(List.of(), given.differences());
        clock.advance(Duration.ofMinutes(1));
    }

    private long begun(int buyer) {
        as(buyer).post("/api/carrito/checkout/").then().statusCode(200);
        return as(buyer)
                .body(PAYMENT)
                .post("/api/pagos/")
                .then()
                .statusCode(201)
                .extract()
                .jsonPath()
                .getLong("id");
    }

    private String state(long payment) {
        return given.text("SELECT estado FROM pagos WHERE id = ?", payment);
    }

    @Test
    void a_forged_or_unsigned_word_sells_nothing_and_is_in_the_security_log() {
        int buyer = given.buyerWith(given.product("Lámpara", "20.00", 9), 1);
        long payment = begun(buyer);
        String body = "{\"pago\":" + payment + ",\"tipo\":\"pagado\",\"importe\":\"20.00\",\"evento\":\"e\"}";
        String signature = bank.sign(body);
        try (HeardLines security = HeardLines.of("electroisla.security")) {
            for (String forged : List.of(
                    "",
                    "no",
                    "0".repeat(64),
                    new TestEvents("otro_secreto").sign(body),
                    bank.sign(body + " "),
                    signature.substring(2))) {
                RestAssured.given()
                        .contentType("application/json")
                        .header("X-Firma", forged)
                        .body(body)
                        .post("/api/pagos/eventos/prueba/")
                        .then()
                        .statusCode(400)
                        .body("code", equalTo("firma_invalida"));
            }
            RestAssured.given()
                    .contentType("application/json")
                    .header("X-Firma", signature)
                    .body(body.replace("20.00", "20.01"))
                    .post("/api/pagos/eventos/prueba/")
                    .then()
                    .statusCode(400);
            RestAssured.given()
                    .header("Authorization", "Bearer " + tokenOf(buyer))
                    .contentType("application/json")
                    .body(body)
                    .post("/api/pagos/eventos/prueba/")
                    .then()
                    .statusCode(400);
            assertEquals(8, security.lines().size(), security.lines()::toString);
            assertTrue(
                    security.lines().stream().allMatch(line -> line.startsWith("evento de pago sin firma válida")),
                    security.lines()::toString);
        }
        assertEquals("iniciado", state(payment));
        assertEquals(0, given.number("SELECT count(*) FROM cobros WHERE pago_id = ?", payment));
    }

    @Test
    void a_word_that_is_repeated_or_comes_in_another_order_is_heard_and_changes_nothing_more() {
        long lamp = given.product("Lámpara", "20.00", 9);
        long payment = begun(given.buyerWith(lamp, 1));
        String body = "{\"pago\":" + payment + ",\"tipo\":\"pagado\",\"importe\":\"20.00\",\"evento\":\"e-1\"}";
        for (int i = 0; i < 3; i++) {
            bank.send(body).then().statusCode(200).body("recibido", equalTo(true));
        }
        bank.refused(payment).then().statusCode(200);
        bank.send(body).then().statusCode(200);
        assertEquals("pagado", state(payment));
        assertEquals("9/0/1", given.figures(lamp));
        assertEquals(1, given.number("SELECT count(*) FROM cobros WHERE pago_id = ?", payment));
    }

    @Test
    void money_of_a_payment_that_nobody_knows_is_kept_for_the_staff_once() {
        for (int i = 0; i < 2; i++) {
            bank.paid(987_654_321L, "12.34", "de-otra-tienda").then().statusCode(200);
        }
        bank.refused(987_654_321L).then().statusCode(200);
        assertEquals(
                List.of("12.34 desconocido"),
                given.texts("SELECT importe || ' ' || resultado FROM cobros WHERE cobro = 'de-otra-tienda'"));
    }

    @Test
    void a_signed_word_that_makes_no_sense_is_refused_and_one_to_a_provider_that_is_not_here_goes_nowhere() {
        for (String body : List.of("", "x", "[]", "{}", "{\"pago\":1}", "{\"pago\":1,\"tipo\":\"regalado\"}")) {
            bank.send(body).then().statusCode(400).body("code", equalTo("evento_ilegible"));
        }
        for (String provider : List.of("stripe", "mercadopago", "nadie", "cancelar")) {
            RestAssured.given()
                    .contentType("application/json")
                    .body("{}")
                    .post("/api/pagos/eventos/" + provider + "/")
                    .then()
                    .statusCode(404);
        }
    }

    @Test
    void whoever_tries_out_signatures_is_stopped_and_the_provider_is_not() {
        long payment = begun(given.buyerWith(given.product("Lámpara", "20.00", 9), 1));
        Response last = null;
        try (HeardLines security = HeardLines.of("electroisla.security")) {
            for (int i = 0; i < 70; i++) {
                last = RestAssured.given()
                        .contentType("application/json")
                        .header("X-Firma", "0".repeat(64))
                        .body("{}")
                        .post("/api/pagos/eventos/prueba/");
            }
            assertEquals(60, security.lines().size());
        }
        last.then().statusCode(429).body("code", equalTo("limite_excedido"));
        bank.paid(payment, "20.00").then().statusCode(200);
        assertEquals("pagado", state(payment));
    }

    @Test
    void a_body_of_a_hundred_megabytes_is_refused_by_its_head() throws IOException {
        try (Socket socket = new Socket("127.0.0.1", address().getPort())) {
            OutputStream out = socket.getOutputStream();
            out.write(
                    ("POST /api/pagos/eventos/prueba/ HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"
                                    + "Content-Length: 104857600\r\n\r\n{")
                            .getBytes(StandardCharsets.US_ASCII));
            out.flush();
            byte[] answer = new byte[12];
            socket.getInputStream().readNBytes(answer, 0, answer.length);
            assertEquals("HTTP/1.1 413", new String(answer, StandardCharsets.US_ASCII));
        }
    }

    @Test
    void money_finds_the_payment_of_a_guest_who_has_signed_in_meanwhile() {
        long lamp = given.product("Lámpara", "20.00", 9);
        long payment = begun(given.buyerWith(lamp, 1));
        int other = given.anyBuyer();
        as(other).get("/api/carrito/").then().statusCode(200);
        given.sql("UPDATE pagos SET usuario_id = ? WHERE id = ?", other, payment);
        given.sql("UPDATE stock_reservations SET usuario_id = ? WHERE pago_id = ?", other, payment);
        bank.paid(payment, "20.00").then().statusCode(200);
        assertEquals(
                other,
                given.number(
                        "SELECT o.usuario_id FROM pagos p JOIN pedidos o ON o.id = p.pedido_id WHERE p.id = ?",
                        payment));
    }
}
