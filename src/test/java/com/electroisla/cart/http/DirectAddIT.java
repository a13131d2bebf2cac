package com.electroisla.cart.http;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.electroisla.http.server.SignedInTest;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.arc.Arc;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import io.restassured.response.Response;
import java.util.Map;
import org.junit.jupiter.api.Test;

/**
 * Adding is answered by JAX-RS when the token is new, and directly when it was let in before. Nobody can tell the one
 * from the other.
 */
@QuarkusTest
class DirectAddIT extends SignedInTest {
    private static final Map<String, String> PLAIN = Map.of();

    private final MeterRegistry meters =
            Arc.container().instance(MeterRegistry.class).get();

    @Test
    void an_added_product_is_the_same_both_ways() {
        long lamp = given.product("Lámpara", "99.99", 10);
        assertEquals(201, sameBothWays(line(lamp, 2), PLAIN));
        assertEquals(201, sameBothWays(line(lamp, 2), Map.of("Accept-Language", "en", "Accept", "text/html")));
    }

    @Test
    void so_is_each_refusal_of_the_shop() {
        assertEquals(400, sameBothWays(line(given.productWithStock(1), 2), PLAIN));
        assertEquals(404, sameBothWays(line(Long.MAX_VALUE, 1), Map.of("Accept-Language", "en")));
    }

    @Test
    void an_unfit_body_goes_to_the_resource_and_counts_there() {
        int buyer = given.anyBuyer();
        String token = known(buyer);
        double before = direct();
        assertEquals(400, add(token, "{\"product_id\": \"x\"}", PLAIN).statusCode());
        assertEquals(400, add(token, "", PLAIN).statusCode());
        assertEquals(before, direct());
        assertEquals(
                2, given.number("SELECT COALESCE(max(cuenta), 0) FROM limites WHERE clave = ?", "agregar:" + buyer));
    }

    @Test
    void a_repeat_under_a_key_has_the_first_answer_whichever_way_each_comes() {
        long lamp = given.product("Lámpara", "1.00", 10);
        int buyer = given.anyBuyer();
        Map<String, String> key = Map.of("Idempotency-Key", "una");
        String first = add(tokens.of(buyer), line(lamp, 3), key).asString();
        Response repeated = directly(known(buyer), line(lamp, 3), key);
        assertEquals(first, repeated.asString());
        assertEquals(422, directly(known(buyer), line(lamp, 4), key).statusCode());
        assertEquals(3, given.number("""
                SELECT i.quantity FROM cart_items i JOIN carts c ON c.id = i.cart_id WHERE c.user_id = ?
                """, buyer));
    }

    /** Sends it once for each of two buyers, to the resource and directly; returns the status. */
    private int sameBothWays(String body, Map<String, String> headers) {
        double before = direct();
        Response byResource = add(tokens.of(given.anyBuyer()), body, headers);
        assertEquals(before, direct(), "answered directly");
        Response direct = directly(known(given.anyBuyer()), body, headers);
        assertEquals(byResource.statusCode() + bare(byResource), direct.statusCode() + bare(direct));
        assertEquals(byResource.contentType(), direct.contentType());
        return direct.statusCode();
    }

    private static String bare(Response answer) {
        return answer.asString().replaceAll("\"(id|cart_id)\":\\d+", "id");
    }

    /** A token of the buyer that was let in before. */
    private String known(int buyer) {
        String token = tokens.of(buyer);
        RestAssured.given().header("Authorization", "Bearer " + token).get("/api/carrito/");
        return token;
    }

    private Response directly(String token, String body, Map<String, String> headers) {
        double before = direct();
        Response answer = add(token, body, headers);
        assertEquals(before + 1, direct(), "answered by the resource");
        return answer;
    }

    private static Response add(String token, String body, Map<String, String> headers) {
        return RestAssured.given()
                .header("Authorization", "Bearer " + token)
                .contentType("application/json")
                .headers(headers)
                .body(body)
                .post("/api/carrito/agregar/");
    }

    private double direct() {
        return meters.get("electro_isla.direct.requests").functionCounter().count();
    }
}
