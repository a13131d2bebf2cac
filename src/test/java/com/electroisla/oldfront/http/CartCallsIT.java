package com.electroisla.oldfront.http;

import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.emptyOrNullString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItems;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.nullValue;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.electroisla.http.server.SignedInTest;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.ValidatableResponse;
import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The cart as the old front end changes it: any refusal but 401 hangs its page. */
@QuarkusTest
class CartCallsIT extends SignedInTest {
    private static final String BULK = "/api/carrito/bulk-update/";
    private static final String BEACON = "/api/carrito/items/sync/";

    private ValidatableResponse update(int buyer, String updates) {
        return as(buyer)
                .body("{\"updates\": " + updates + "}")
                .post(BULK)
                .then()
                .statusCode(200)
                .body("message", not(emptyOrNullString()))
                .body("error", nullValue());
    }

    private String cartOf(int buyer) {
        return given.text(
                "SELECT COALESCE(string_agg(product_id || 'x' || quantity, ' ' ORDER BY product_id), '') FROM "
                        + "cart_items i JOIN carts c ON c.id = i.cart_id WHERE c.user_id = ?",
                buyer);
    }

    @Test
    void a_cart_has_the_types_that_the_front_end_reckons_with() {
        long lamp = given.product("Lámpara", "12.50", 9);
        int buyer = given.anyBuyer();
        ValidatableResponse made = as(buyer)
                .body(line(lamp, 3))
                .post("/api/carrito/agregar/")
                .then()
                .statusCode(201);
        ValidatableResponse seen = as(buyer).get("/api/carrito/").then().statusCode(200);
        for (ValidatableResponse answer : List.of(made, seen)) {
            assertInstanceOf(Integer.class, answer.extract().path("items[0].id"));
            answer.body("items[0].product.id", equalTo((int) lamp))
                    .body("items[0].quantity", equalTo(3))
                    .body("total", equalTo(37.5f))
                    .body("total_items", equalTo(3));
        }
        long line = given.lineOf(buyer);
        as(given.anyBuyer())
                .delete("/api/carrito/items/" + line + "/")
                .then()
                .statusCode(404)
                .body("error", not(emptyOrNullString()));
        as(buyer)
                .delete("/api/carrito/items/" + line + "/")
                .then()
                .statusCode(200)
                .body("items", hasSize(0))
                .body("total", equalTo(0.0f));
    }

    @Test
    void quantities_are_absolute_make_lines_change_them_and_remove_them() {
        long lamp = given.product("Lámpara", "10.00", 9);
        long fan = given.product("Ventilador", "20.00", 9);
        long saw = given.product("Sierra", "30.00", 9);
        int buyer = given.anyBuyer();
        given.inCart(buyer, lamp, 4);
        given.inCart(buyer, fan, 1);

        update(buyer, "{\"" + lamp + "\": 2, \"" + fan + "\": 0, \"" + saw + "\": 5}")
                .body("cart.items.product.id", contains((int) lamp, (int) saw))
                .body("cart.items.quantity", contains(2, 5))
                .body("cart.total", equalTo(170.0f))
                .body("ajustes", nullValue())
                .body("ignorados", nullValue());
        assertEquals(lamp + "x2 " + saw + "x5", cartOf(buyer));
        assertEquals("9/0/0", given.figures(lamp), "a wish list");
        assertEquals(
                List.of("add 5", "remove 0", "update 2"),
                given.texts(
                        "SELECT action || ' ' || quantity_after FROM cart_audit_logs WHERE user_id = ? ORDER BY 1",
                        buyer));
    }

    @Test
    void what_does_not_fit_is_cut_and_said_in_fields_of_its_own() {
        long few = given.product("Pocas", "10.00", 3);
        long none = given.product("Agotada", "10.00", 0);
        long many = given.product("Muchas", "10.00", 5_000);
        long retired = given.product("Retirada", "10.00", 5);
        long dear = given.product("Sin precio", "10.00", 5);
        int buyer = given.anyBuyer();
        given.inCart(buyer, none, 2);
        given.inCart(buyer, retired, 1);
        given.takeOffSale(retired);
        given.sql("UPDATE productos SET precio = -1 WHERE id = ?", dear);

        String updates = "{\"%d\": 8, \"%d\": 3, \"%d\": 2147483648, \"%d\": 4, \"%d\": 1, \"987654321\": 1}"
                .formatted(few, none, many, retired, dear);
        update(buyer, updates)
                .body("message", equalTo("Carrito actualizado, pero no todo como se pidió."))
                .body(
                        "ajustes.product_id",
                        contains((int) few, (int) none, (int) many, (int) retired, (int) dear, 987654321))
                .body("ajustes.cantidad", contains(3, 2, 999, 1, 0, 0))
                .body("ajustes[0].solicitado", equalTo(8))
                .body(
                        "ajustes.code",
                        contains(
                                "stock_insuficiente",
                                "stock_insuficiente",
                                "solicitud_invalida",
                                "producto_no_encontrado",
                                "no_vendible",
                                "producto_no_encontrado"))
                .body("ajustes[0].error", equalTo("Stock insuficiente. Disponible: 3"))
                .body("ajustes[1].error", equalTo("Stock insuficiente. Disponible: 0"));
        assertEquals(few + "x3 " + none + "x2 " + many + "x999 " + retired + "x1", cartOf(buyer));
    }

    @Test
    void what_the_buyer_holds_fits() {
        long lamp = given.product("Lámpara", "10.00", 3);
        int buyer = given.buyerWith(lamp, 3);
        as(buyer).post("/api/carrito/checkout/").then().statusCode(200);
        update(buyer, "{\"" + lamp + "\": 1}").body("ajustes", nullValue());
        update(buyer, "{\"" + lamp + "\": 3}").body("ajustes", nullValue());
        update(given.anyBuyer(), "{\"" + lamp + "\": 1}").body("cart.items", hasSize(0));
    }

    @Test
    void a_full_cart_takes_no_more_and_room_that_the_same_call_makes_is_used() {
        long[] products = LongStream.rangeClosed(1, 102)
                .map(i -> given.product("Producto " + i, "1.00", 9))
                .toArray();
        int buyer = given.anyBuyer();
        String hundred = IntStream.range(0, 100)
                .mapToObj(i -> "\"" + products[i] + "\": 1")
                .collect(Collectors.joining(",", "{", "}"));
        update(buyer, hundred).body("cart.items", hasSize(100)).body("ajustes", nullValue());
        update(buyer, "{\"" + products[100] + "\": 1}").body("ajustes[0].code", equalTo("carrito_lleno"));
        update(buyer, "{\"" + products[101] + "\": 1, \"" + products[0] + "\": 0}")
                .body("ajustes", nullValue())
                .body("cart.items", hasSize(100));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"P\": -1}",
                "{\"P\": \"3\"}",
                "{\"P\": 1.5}",
                "{\"P\": true}",
                "{\"P\": null}",
                "{\"P\": [3]}",
                "{\"P\": {\"n\": 3}}",
                "{\"P\": 1e3}",
                "{\"-1\": 3}",
                "{\"abc\": 3}",
                "{\"NaN\": 3}",
                "{\"\": 3}",
                "{\"1 OR 1=1\": 3}",
                "{\"\\u0000\": 3}",
                "{\"9223372036854775808\": 3}",
                "[]",
                "\"P\"",
                "7",
                "null"
            })
    void what_makes_no_sense_changes_nothing_and_is_named(String updates) {
        long lamp = given.product("Lámpara", "10.00", 9);
        int buyer = given.buyerWith(lamp, 2);
        update(buyer, updates.replace("P", Long.toString(lamp)))
                .body("ignorados", hasSize(1))
                .body("cart.items[0].quantity", equalTo(2));
        assertEquals(lamp + "x2", cartOf(buyer));
    }

    @Test
    void a_huge_number_is_too_many_and_more_products_than_a_cart_could_ever_need_are_left_out() {
        long lamp = given.product("Lámpara", "10.00", 9);
        int buyer = given.anyBuyer();
        update(buyer, "{\"" + lamp + "\": " + "9".repeat(400) + "}").body("ajustes[0].cantidad", equalTo(9));
        String thousand = LongStream.range(0, 1_000)
                .mapToObj(i -> "\"" + (5_000_000 + i) + "\": 0")
                .collect(Collectors.joining(",", "{", "}"));
        update(buyer, thousand).body("ignorados", hasSize(800)).body("cart.items", hasSize(1));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "{", "[]", "null", "{\"updates\": {\"1\": 1, \"1\": 2}}"})
    void what_is_no_json_object_is_refused(String body) {
        as(given.anyBuyer()).body(body).post(BULK).then().statusCode(400).body("code", equalTo("json_invalido"));
    }

    @Test
    void nobody_is_served_without_a_token_or_with_that_of_an_account_that_ended() {
        long lamp = given.product("Lámpara", "10.00", 9);
        String body = "{\"updates\": {\"" + lamp + "\": 1}}";
        given().contentType("application/json").body(body).post(BULK).then().statusCode(401);
        int gone = given.anyBuyer();
        String token = tokenOf(gone);
        given.sql("UPDATE auth_user SET is_active = false WHERE id = ?", gone);
        given().header("Authorization", "Bearer " + token)
                .contentType("application/json")
                .body(body)
                .post(BULK)
                .then()
                .statusCode(401)
                .body("code", equalTo("no_autenticado"));
        assertEquals("", cartOf(gone));
    }

    @Test
    void a_repetition_with_the_same_key_gets_the_first_answer_and_changes_nothing() {
        long lamp = given.product("Lámpara", "10.00", 9);
        int buyer = given.anyBuyer();
        String body = "{\"updates\": {\"" + lamp + "\": 2}}";
        String first = as(buyer)
                .header("Idempotency-Key", "k")
                .body(body)
                .post(BULK)
                .then()
                .statusCode(200)
                .extract()
                .asString();
        update(buyer, "{\"" + lamp + "\": 5}");
        String again = as(buyer)
                .header("Idempotency-Key", "k")
                .body(body)
                .post(BULK)
                .then()
                .statusCode(200)
                .extract()
                .asString();
        assertEquals(first, again);
        assertEquals(lamp + "x5", cartOf(buyer));
    }

    @Test
    void a_body_of_a_hundred_megabytes_is_refused_before_it_is_read() throws IOException {
        int buyer = given.anyBuyer();
        for (String path : List.of(BULK, BEACON, "/api/favoritos/agregar/1/")) {
            try (Socket socket = new Socket(address().getHost(), address().getPort())) {
                socket.setSoTimeout(10_000);
                socket.getOutputStream()
                        .write(("POST " + path + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n"
                                        + "Authorization: Bearer " + tokenOf(buyer) + "\r\n"
                                        + "Content-Type: application/json\r\nContent-Length: 104857600\r\n\r\n{")
                                .getBytes(StandardCharsets.US_ASCII));
                String answer = new String(socket.getInputStream().readNBytes(12), StandardCharsets.US_ASCII);
                assertTrue(answer.endsWith(" 413"), path + " " + answer);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"{\"P\": 7}", "", "{", "{\"updates\": {\"P\": 7}}"})
    void the_beacon_of_a_page_that_closes_needs_nothing_and_changes_nothing_whoever_sends_it(String body) {
        long lamp = given.product("Lámpara", "10.00", 9);
        int buyer = given.buyerWith(lamp, 2);
        String sent = body.replace("P", Long.toString(lamp));
        given().contentType("application/json").body(sent).post(BEACON).then().statusCode(204);
        as(buyer).body(sent).post(BEACON).then().statusCode(204);
        assertEquals(lamp + "x2", cartOf(buyer));
    }

    @Test
    void the_lines_of_the_cart_keep_their_own_address_beside_the_beacons() {
        int buyer = given.anyBuyer();
        as(buyer).delete(BEACON).then().statusCode(404).body("code", equalTo("linea_no_encontrada"));
        as(buyer).get(BULK).then().statusCode(405);
        as(buyer)
                .get("/api/openapi.json")
                .then()
                .body("paths.keySet()", hasItems(BULK, BEACON))
                .body("paths.'" + BEACON + "'.post.security", is(List.of()));
    }
}
