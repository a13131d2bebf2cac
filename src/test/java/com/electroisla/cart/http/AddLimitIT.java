package com.electroisla.cart.http;

import static org.hamcrest.Matchers.equalTo;
import static org.junit.jupiter.api.Assertions.assertEquals;

import com.electroisla.http.server.SignedInTest;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.ValidatableResponse;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The limit of thirty requests an hour to {@code agregar} for each user. */
@QuarkusTest
class AddLimitIT extends SignedInTest {
    private static final int LIMIT = 30;

    private long lamp;
    private int buyer;

    @BeforeEach
    void somebody_new() {
        lamp = given.product("Lámpara", "1.00", 500);
        buyer = given.anyBuyer();
    }

    private ValidatableResponse add(int quantity) {
        return as(buyer)
                .body(line(lamp, quantity))
                .post("/api/carrito/agregar/")
                .then();
    }

    private void useUp(int requests) {
        for (int i = 0; i < requests; i++) {
            add(1).statusCode(201);
        }
    }

    private long counted() {
        return given.number("SELECT COALESCE(max(cuenta), 0) FROM limites WHERE clave = ?", "agregar:" + buyer);
    }

    @Test
    void the_thirty_first_is_refused_until_the_window_ends_and_then_thirty_more_are_allowed() {
        Instant end = clock.present().plus(Duration.ofHours(1));
        useUp(1);
        clock.advance(Duration.ofMinutes(59).plusSeconds(58).plusMillis(500));
        useUp(LIMIT - 1);
        String refusal =
                add(1).statusCode(429).header("Retry-After", "2").extract().asString();
        assertEquals(
                "{\"error\":\"Límite de solicitudes excedido. Intenta más "
                        + "tarde.\",\"code\":\"limite_excedido\",\"reset_time\":\"" + end + "\"}",
                refusal);
        as(buyer)
                .header("Accept-Language", "en")
                .body(line(lamp, 1))
                .post("/api/carrito/agregar")
                .then()
                .statusCode(429)
                .body("error", equalTo("Request limit exceeded. Try again later."));
        as(buyer).get("/api/carrito/").then().body("total_items", equalTo(LIMIT));

        clock.stopAt(end.minusNanos(1_000));
        add(1).statusCode(429).header("Retry-After", "1");
        clock.stopAt(end);
        useUp(LIMIT);
        add(1).statusCode(429).header("Retry-After", "3600");
    }

    @Test
    void one_user_does_not_use_up_anothers() {
        useUp(LIMIT);
        add(1).statusCode(429);
        as(given.anyBuyer())
                .body(line(lamp, 1))
                .post("/api/carrito/agregar/")
                .then()
                .statusCode(201);
    }

    @Test
    void refused_ones_count_whatever_they_were_refused_for() {
        add(501).statusCode(400);
        as(buyer)
                .body(line(Long.MAX_VALUE, 1))
                .post("/api/carrito/agregar/")
                .then()
                .statusCode(404);
        add(0).statusCode(400);
        as(buyer).body("{\"product_id\":").post("/api/carrito/agregar/").then().statusCode(400);
        as(buyer)
                .header("Idempotency-Key", "k".repeat(256))
                .body(line(lamp, 1))
                .post("/api/carrito/agregar/")
                .then()
                .statusCode(400);
        assertEquals(5, counted());
        useUp(LIMIT - 5);
        add(1).statusCode(429);
    }

    @Test
    void a_429_and_a_replay_do_not_count() {
        for (int i = 0; i < 5; i++) {
            as(buyer)
                    .header("Idempotency-Key", "una")
                    .body(line(lamp, 1))
                    .post("/api/carrito/agregar/")
                    .then()
                    .statusCode(201);
        }
        as(buyer)
                .header("Idempotency-Key", "una")
                .body(line(lamp, 2))
                .post("/api/carrito/agregar/")
                .then()
                .statusCode(422);
        assertEquals(1, counted());
        useUp(LIMIT - 1);
        for (int i = 0; i < 3; i++) {
            add(1).statusCode(429);
        }
        assertEquals(LIMIT, counted());
        as(buyer)
                .header("Idempotency-Key", "una")
                .body(line(lamp, 1))
                .post("/api/carrito/agregar/")
                .then()
                .statusCode(201);
    }

    @Test
    void a_429_is_not_kept_under_its_key() {
        useUp(LIMIT);
        as(buyer)
                .header("Idempotency-Key", "tarde")
                .body(line(lamp, 1))
                .post("/api/carrito/agregar/")
                .then()
                .statusCode(429);
        clock.advance(Duration.ofHours(1));
        as(buyer)
                .header("Idempotency-Key", "tarde")
                .body(line(lamp, 1))
                .post("/api/carrito/agregar/")
                .then()
                .statusCode(201)
                .body("total_items", equalTo(LIMIT + 1));
    }

    @Test
    void other_calls_are_not_limited() {
        useUp(LIMIT);
        long line = given.lineOf(buyer);
        as(buyer)
                .body("{\"quantity\":2}")
                .patch("/api/carrito/items/" + line + "/")
                .then()
                .statusCode(200);
        as(buyer).post("/api/carrito/checkout/").then().statusCode(200);
    }
}
