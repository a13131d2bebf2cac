package com.electroisla.reservation.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.electroisla.http.server.FailingHeads;
import com.electroisla.http.server.SignedInTest;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.arc.Arc;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import io.restassured.config.HttpClientConfig;
import io.restassured.response.Response;
import java.io.IOException;
import java.net.SocketTimeoutException;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/**
 * A checkout is answered by JAX-RS when its token is new, and directly when the token was let in before. Nobody can
 * tell the one from the other.
 */
@QuarkusTest
class DirectCheckoutIT extends SignedInTest {
    private final MeterRegistry meters =
            Arc.container().instance(MeterRegistry.class).get();

    @AfterEach
    void figures_and_rows_agree_whatever_was_done() {
        assertEquals(List.of(), given.differences());
    }

    @Test
    void a_checkout_and_its_renewal_are_the_same_both_ways() {
        int buyer = given.buyerWith(given.product("Lámpara", "99.99", 10), 2);

        assertEquals(200, sameBothWays(buyer, Map.of()));
        assertEquals(200, sameBothWays(buyer, Map.of("Accept-Language", "en", "Accept", "text/html")));
    }

    @Test
    void so_is_each_refusal() {
        int nobody = given.anyBuyer();
        int late = given.buyerWith(given.productWithStock(1), 2);
        int deactivated = given.buyerWith(given.productWithStock(1), 1);
        given.sql("UPDATE auth_user SET is_active = false WHERE id = ?", deactivated);

        assertEquals(400, sameBothWays(nobody, Map.of()));
        assertEquals(400, sameBothWays(nobody, Map.of("Accept-Language", "en")));
        assertEquals(409, sameBothWays(late, Map.of()));
        assertEquals(401, sameBothWays(deactivated, Map.of()));
    }

    @Test
    void a_repeat_under_a_key_has_the_first_answer_whichever_way_each_comes() {
        long product = given.productWithStock(10);
        int one = given.buyerWith(product, 1);
        Response first = checkout(tokens.of(one), Map.of("Idempotency-Key", "una"));
        String known = known(one);
        assertEquals(
                first.asString(),
                directly(known, Map.of("Idempotency-Key", "una")).asString());

        int other = given.buyerWith(product, 1);
        first = directly(known(other), Map.of("Idempotency-Key", "otra"));
        assertEquals(
                first.asString(),
                checkout(tokens.of(other), Map.of("Idempotency-Key", "otra")).asString());
        assertEquals("10/2/0", given.figures(product));
    }

    @Test
    void the_resource_answers_what_the_direct_way_cannot_judge() {
        String token = known(given.buyerWith(given.productWithStock(1), 1));
        double before = direct();

        assertEquals(
                400, checkout(token, Map.of("Idempotency-Key", "x".repeat(256))).statusCode());
        assertEquals(401, checkout(token + "x", Map.of()).statusCode());
        assertEquals(401, RestAssured.post("/api/carrito/checkout/").statusCode());
        assertEquals(before, direct());
    }

    @Test
    void a_session_that_was_ended_is_not_served_directly_either() {
        int buyer = given.buyerWith(given.productWithStock(1), 1);
        String token = known(buyer);
        assertEquals(200, directly(token, Map.of()).statusCode());
        RestAssured.given()
                .header("Authorization", "Bearer " + token)
                .post("/api/auth/logout/")
                .then()
                .statusCode(org.hamcrest.Matchers.lessThan(300));
        double before = direct();
        assertEquals(401, checkout(token, Map.of()).statusCode());
        assertEquals(before, direct());
    }

    @Test
    void a_buyer_whose_answer_cannot_be_written_is_not_left_waiting() {
        long product = given.productWithStock(2);
        String token = known(given.buyerWith(product, 1));
        FailingHeads.failNext(new IllegalStateException("a fault of the test's"));

        IOException ended = assertThrows(IOException.class, () -> checkout(token, Map.of()));

        assertFalse(ended instanceof SocketTimeoutException, "the connection stayed open");
        assertEquals("2/1/0", given.figures(product), "the outcome was durable");
        assertEquals(200, directly(token, Map.of()).statusCode());
        assertEquals("2/1/0", given.figures(product));
    }

    /** @return the status of both */
    private int sameBothWays(int buyer, Map<String, String> headers) {
        String token = tokens.of(buyer);
        double before = direct();
        Response byResource = checkout(token, headers);
        assertEquals(before, direct(), "answered directly");
        Response direct = directly(token, headers);
        assertEquals(all(byResource), all(direct));
        return direct.statusCode();
    }

    /** A token of the buyer that was let in before. */
    private String known(int buyer) {
        String token = tokens.of(buyer);
        RestAssured.given().header("Authorization", "Bearer " + token).get("/api/carrito/");
        return token;
    }

    private Response directly(String token, Map<String, String> headers) {
        double before = direct();
        Response answer = checkout(token, headers);
        assertEquals(before + 1, direct(), "answered by the resource");
        return answer;
    }

    private static Response checkout(String token, Map<String, String> headers) {
        return RestAssured.given()
                .config(RestAssured.config()
                        .httpClient(HttpClientConfig.httpClientConfig().setParam("http.socket.timeout", 60_000)))
                .header("Authorization", "Bearer " + token)
                .headers(headers)
                .post("/api/carrito/checkout/");
    }

    private double direct() {
        return meters.get("electro_isla.direct.requests").functionCounter().count();
    }

    /** Status, headers and body, without what differs from call to call. */
    private static String all(Response answer) {
        Map<String, String> headers = new TreeMap<>();
        answer.getHeaders().forEach(header -> headers.merge(header.getName(), header.getValue(), String::concat));
        headers.remove("X-Request-Id");
        return answer.statusCode() + " " + headers + " " + answer.asString().replaceAll("\"id\":\\d+", "id");
    }
}
