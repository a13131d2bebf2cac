package com.electroisla.accounts.http;

import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasSize;
import static org.junit.jupiter.api.Assertions.assertEquals;

import com.electroisla.Eventually;
import com.electroisla.http.server.SignedInTest;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;

/**
 * Changes to an account by another program's SQL count with the next call, whatever the token says; for a buyer's
 * reads as soon as the change is announced.
 */
@QuarkusTest
class VanishedUserIT extends SignedInTest {
    private static Map<String, Function<RequestSpecification, Response>> everyCall() {
        Map<String, Function<RequestSpecification, Response>> calls = new LinkedHashMap<>();
        for (String path :
                new String[] {"/api/quien-soy/", "/api/carrito/", "/api/reservas/", "/api/pedidos/", "/api/pedidos/1/"
                }) {
            calls.put("GET " + path, caller -> caller.get(path));
        }
        for (String path : new String[] {
            "/api/carrito/vaciar/",
            "/api/carrito/checkout/",
            "/api/carrito/checkout/cancelar/",
            "/api/pedidos/1/cancelar/"
        }) {
            calls.put("POST " + path, caller -> caller.post(path));
        }
        calls.put(
                "POST /api/carrito/agregar/", caller -> caller.body(line(1, 1)).post("/api/carrito/agregar/"));
        calls.put(
                "PATCH /api/carrito/items/1/",
                caller -> caller.body("{\"quantity\": 2}").patch("/api/carrito/items/1/"));
        calls.put("DELETE /api/carrito/items/1/", caller -> caller.delete("/api/carrito/items/1/"));
        calls.put("POST /api/pedidos/", caller -> caller.body(PAYMENT).post("/api/pedidos/"));
        calls.put("POST /api/logout/", caller -> caller.post("/api/logout/"));
        return calls;
    }

    private Map<String, String> answersOtherThan401(int user) {
        Map<String, String> others = new TreeMap<>();
        everyCall().forEach((call, send) -> {
            Response answer = send.apply(as(user));
            String seen = answer.statusCode() + " " + answer.jsonPath().getString("code");
            if (!seen.equals("401 no_autenticado")) {
                others.put(call, seen);
            }
        });
        return others;
    }

    /** Asks for the account until the answer is as expected; the server hears of the change by a notification. */
    private void awaitThatItIsHeard(int user, Predicate<Response> expected) {
        Eventually.until(() -> expected.test(as(user).get("/api/quien-soy/")));
    }

    @Test
    void a_deleted_user_gets_one_and_the_same_answer_on_every_call() {
        int gone = given.anyBuyer();
        tokenOf(gone);
        given.sql("DELETE FROM user_profiles WHERE user_id = ?", gone);
        given.sql("DELETE FROM auth_user WHERE id = ?", gone);
        awaitThatItIsHeard(gone, answer -> answer.statusCode() == 401);

        assertEquals(Map.of(), answersOtherThan401(gone));
    }

    @Test
    void a_deactivated_user_neither_logs_out_nor_cancels_an_order() {
        long lamp = given.product("Lámpara", "5.00", 9);
        int buyer = given.buyerWith(lamp, 2);
        as(buyer).post("/api/carrito/checkout/").then().statusCode(200);
        int order = as(buyer)
                .body(PAYMENT)
                .post("/api/pedidos/")
                .then()
                .statusCode(201)
                .extract()
                .path("id");
        given.sql("UPDATE auth_user SET is_active = false WHERE id = ?", buyer);

        as(buyer)
                .post("/api/pedidos/" + order + "/cancelar/")
                .then()
                .statusCode(401)
                .body("code", equalTo("no_autenticado"));
        as(buyer).post("/api/logout/").then().statusCode(401);
        assertEquals("confirmado", given.text("SELECT estado FROM pedidos WHERE id = ?", order));
    }

    @Test
    void a_deactivated_user_gets_the_same_answer_on_every_call_as_a_deleted_one() {
        int buyer = given.buyerWith(given.product("Lámpara", "5.00", 9), 2);
        tokenOf(buyer);
        given.sql("UPDATE auth_user SET is_active = false WHERE id = ?", buyer);
        awaitThatItIsHeard(buyer, answer -> answer.statusCode() == 401);

        assertEquals(Map.of(), answersOtherThan401(buyer));
        given.sql("UPDATE auth_user SET is_active = true WHERE id = ?", buyer);
        as(buyer).post("/api/carrito/checkout/").then().statusCode(200);
    }

    @Test
    void a_role_that_was_taken_away_by_sql_moves_and_shows_nothing_any_more() {
        long lamp = given.product("Lámpara", "5.00", 9);
        int buyer = given.buyerWith(lamp, 1);
        as(buyer).post("/api/carrito/checkout/").then().statusCode(200);
        int order = as(buyer)
                .body(PAYMENT)
                .post("/api/pedidos/")
                .then()
                .statusCode(201)
                .extract()
                .path("id");
        int staff = given.person("trabajador");
        as(staff).get("/api/pedidos/" + order + "/").then().statusCode(200);

        given.sql("UPDATE user_profiles SET rol = 'cliente' WHERE user_id = ?", staff);

        as(staff).post("/api/pedidos/" + order + "/cancelar/").then().statusCode(404);
        as(staff).get("/api/pedidos/" + order + "/").then().statusCode(404);
        as(staff).get("/api/pedidos/").then().statusCode(200).body("$", hasSize(0));
        as(staff).get("/api/quien-soy/").then().statusCode(200).body("rol", equalTo("cliente"));
    }

    @Test
    void a_role_that_was_given_by_sql_counts_as_soon_as_it_is_heard() {
        long lamp = given.product("Lámpara", "5.00", 9);
        int buyer = given.buyerWith(lamp, 1);
        as(buyer).post("/api/carrito/checkout/").then().statusCode(200);
        int order = as(buyer)
                .body(PAYMENT)
                .post("/api/pedidos/")
                .then()
                .statusCode(201)
                .extract()
                .path("id");
        int other = given.anyBuyer();
        as(other).get("/api/pedidos/" + order + "/").then().statusCode(404);

        given.sql("UPDATE user_profiles SET rol = 'trabajador' WHERE user_id = ?", other);
        awaitThatItIsHeard(
                other, answer -> "trabajador".equals(answer.jsonPath().getString("rol")));

        as(other).get("/api/pedidos/" + order + "/").then().statusCode(200);
    }
}
