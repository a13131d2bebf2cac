package com.electroisla.cart.http;

import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasSize;
import static org.junit.jupiter.api.Assertions.assertEquals;

import com.electroisla.http.server.SignedInTest;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.ValidatableResponse;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The cart is a wish list: adding checks the stock, and holds nothing. */
@QuarkusTest
class CartIT extends SignedInTest {

    private ValidatableResponse add(int user, long product, int quantity) {
        return as(user).body(line(product, quantity))
                .post("/api/carrito/agregar/")
                .then();
    }

    private ValidatableResponse change(int user, long lineId, int quantity) {
        return as(user).body("{\"quantity\":" + quantity + "}")
                .patch("/api/carrito/items/" + lineId + "/")
                .then();
    }

    private void checkout(int user) {
        as(user).post("/api/carrito/checkout/").then().statusCode(200);
    }

    @Test
    void a_cart_is_made_by_looking_at_it_and_stays_the_same() {
        int buyer = given.anyBuyer();
        int cart = as(buyer)
                .get("/api/carrito/")
                .then()
                .statusCode(200)
                .body("items", hasSize(0))
                .body("total", equalTo(0.0f))
                .body("total_items", equalTo(0))
                .extract()
                .path("id");
        as(buyer).get("/api/carrito/").then().body("id", equalTo(cart));
        assertEquals(1, given.number("SELECT count(*) FROM carts WHERE user_id = ?", buyer));
    }

    @Test
    void adding_twice_adds_up_in_one_line_and_reserves_nothing() {
        long lamp = given.product("Lámpara", "99.99", 5);
        int buyer = given.anyBuyer();
        add(buyer, lamp, 2).statusCode(201);
        add(buyer, lamp, 3)
                .statusCode(201)
                .body("items", hasSize(1))
                .body("items[0].quantity", equalTo(5))
                .body("items[0].subtotal", equalTo(499.95f))
                .body("total_items", equalTo(5));
        assertEquals("5/0/0", given.figures(lamp));
    }

    @Test
    void the_check_is_on_the_resulting_quantity_and_a_refusal_changes_nothing() {
        long lamp = given.product("Lámpara", "99.99", 1_217);
        int buyer = given.anyBuyer();
        add(buyer, lamp, 999).statusCode(201);
        String refusal = add(buyer, lamp, 219).statusCode(400).extract().asString();
        assertEquals(
                "{\"error\":\"Stock insuficiente. Disponible: "
                        + "1217\",\"code\":\"stock_insuficiente\",\"available\":1217,\"requested\":219}",
                refusal);
        as(buyer)
                .header("Accept-Language", "en")
                .body(line(lamp, 219))
                .post("/api/carrito/agregar/")
                .then()
                .statusCode(400)
                .body("error", equalTo("Not enough stock. Available: 1217"));
        as(buyer).get("/api/carrito/").then().body("total_items", equalTo(999));
        add(buyer, lamp, 218).statusCode(201).body("total_items", equalTo(1_217));
    }

    @Test
    void what_the_buyer_holds_counts_as_available_to_him_and_to_nobody_else() {
        long lamp = given.product("Lámpara", "5.00", 4);
        int buyer = given.buyerWith(lamp, 3);
        checkout(buyer);
        add(given.anyBuyer(), lamp, 2).statusCode(400).body("available", equalTo(1));
        add(buyer, lamp, 1).statusCode(201).body("total_items", equalTo(4));
        add(buyer, lamp, 1).statusCode(400).body("available", equalTo(4));
    }

    @Test
    void what_others_hold_is_free_the_instant_their_time_is_over_without_any_sweep() {
        long lamp = given.product("Lámpara", "5.00", 3);
        checkout(given.buyerWith(lamp, 3));
        int other = given.anyBuyer();
        clock.advance(Duration.ofMinutes(15).minusNanos(1_000));
        add(other, lamp, 1).statusCode(400).body("available", equalTo(0));
        clock.advance(Duration.ofNanos(1_000));
        add(other, lamp, 2).statusCode(201);
        change(other, given.lineOf(other), 3).statusCode(200).body("total_items", equalTo(3));
        assertEquals("3/3/0", given.figures(lamp), "nothing was swept");
    }

    @Test
    void a_buyers_own_hold_that_ran_out_is_not_counted_twice() {
        long lamp = given.product("Lámpara", "5.00", 3);
        int buyer = given.buyerWith(lamp, 2);
        checkout(buyer);
        clock.advance(Duration.ofMinutes(16));
        add(buyer, lamp, 2).statusCode(400).body("available", equalTo(3));
    }

    @Test
    void what_is_off_sale_or_was_never_initialised_cannot_be_added() {
        long retired = given.product("Retirado", "5.00", 3);
        given.takeOffSale(retired);
        int buyer = given.anyBuyer();
        add(buyer, retired, 1)
                .statusCode(404)
                .body("code", equalTo("producto_no_encontrado"))
                .body("error", equalTo("Producto no encontrado."));
        add(buyer, Long.MAX_VALUE, 1).statusCode(404);
        long old = given.product("Viejo", "5.00", 0);
        given.sql("UPDATE productos SET stock = 40 WHERE id = ?", old);
        add(buyer, old, 1).statusCode(400).body("available", equalTo(0));
    }

    @Test
    void a_line_in_the_cart_that_went_off_sale_can_only_be_removed() {
        long lamp = given.product("Lámpara", "5.00", 3);
        int buyer = given.buyerWith(lamp, 2);
        given.takeOffSale(lamp);
        long line = given.lineOf(buyer);
        change(buyer, line, 1).statusCode(400).body("available", equalTo(0));
        as(buyer)
                .delete("/api/carrito/items/" + line + "/")
                .then()
                .statusCode(200)
                .body("items", hasSize(0));
    }

    @Test
    void a_line_is_changed_by_its_owner_within_what_there_is() {
        long lamp = given.product("Lámpara", "5.00", 3);
        int buyer = given.buyerWith(lamp, 1);
        change(buyer, given.lineOf(buyer), 3)
                .statusCode(200)
                .body("items[0].quantity", equalTo(3))
                .body("total", equalTo(15.0f));
        change(buyer, given.lineOf(buyer), 4)
                .statusCode(400)
                .body("code", equalTo("stock_insuficiente"))
                .body("available", equalTo(3))
                .body("requested", equalTo(4));
        as(buyer).get("/api/carrito/").then().body("items[0].quantity", equalTo(3));
    }

    @Test
    void another_users_line_is_not_found() {
        long lamp = given.product("Lámpara", "5.00", 9);
        int owner = given.buyerWith(lamp, 1);
        int other = given.anyBuyer();
        change(other, given.lineOf(owner), 2).statusCode(404).body("code", equalTo("linea_no_encontrada"));
        as(other)
                .delete("/api/carrito/items/" + given.lineOf(owner) + "/")
                .then()
                .statusCode(404)
                .body("code", equalTo("linea_no_encontrada"));
        as(owner).get("/api/carrito/").then().body("items.quantity", contains(1));
    }

    @Test
    void a_line_is_removed_and_a_cart_is_emptied_once_or_twice() {
        int buyer = given.buyerWith(given.product("Lámpara", "5.00", 9), 1);
        long line = given.lineOf(buyer);
        given.inCart(buyer, given.product("Ventilador", "7.00", 9), 2);
        as(buyer)
                .delete("/api/carrito/items/" + line + "/")
                .then()
                .statusCode(200)
                .body("items.product.nombre", contains("Ventilador"));
        as(buyer).delete("/api/carrito/items/" + line + "/").then().statusCode(404);
        as(buyer)
                .post("/api/carrito/vaciar/")
                .then()
                .statusCode(200)
                .body("items", hasSize(0))
                .body("total", equalTo(0.0f));
        as(buyer).post("/api/carrito/vaciar/").then().statusCode(200).body("items", hasSize(0));
    }

    @ParameterizedTest
    @CsvSource({
        "99.99, 0, 99.99",
        "99.99, 15, 84.99",
        "0.30, 15, 0.26",
        "1.50, 1, 1.49",
        "0.01, 50, 0.01",
        "10.01, 50, 5.01",
        "5.00, 100, 0.00"
    })
    void the_price_is_kept_with_the_discount_off_rounded_half_up(String price, int discount, String kept) {
        long product = given.product("Rebajado", price, discount, 9);
        add(given.anyBuyer(), product, 1).statusCode(201).body("items[0].price_at_addition", equalTo(kept));
    }

    @Test
    void a_line_keeps_its_price_until_checkout() {
        long lamp = given.product("Lámpara", "10.00", 9);
        int buyer = given.anyBuyer();
        add(buyer, lamp, 1).statusCode(201);
        given.sql("UPDATE productos SET precio = 20 WHERE id = ?", lamp);
        add(buyer, lamp, 1).body("items[0].price_at_addition", equalTo("10.00")).body("total", equalTo(20.0f));
    }

    @Test
    void every_change_leaves_a_row_in_the_audit_trail_and_a_refusal_none() {
        long lamp = given.product("Lámpara", "5.00", 9);
        int buyer = given.anyBuyer();
        as(buyer)
                .header("User-Agent", "Tienda/1.0")
                .body(line(lamp, 2))
                .post("/api/carrito/agregar/")
                .then()
                .statusCode(201);
        add(buyer, lamp, 1).statusCode(201);
        change(buyer, given.lineOf(buyer), 5).statusCode(200);
        change(buyer, given.lineOf(buyer), 10).statusCode(400);
        as(buyer)
                .delete("/api/carrito/items/" + given.lineOf(buyer) + "/")
                .then()
                .statusCode(200);
        add(buyer, lamp, 1).statusCode(201);
        as(buyer).post("/api/carrito/vaciar/").then().statusCode(200);

        assertEquals(
                List.of(
                        "add 0->2 5.00",
                        "add 2->3 5.00",
                        "update 3->5 5.00",
                        "remove 5->0 5.00",
                        "add 0->1 5.00",
                        "clear ?->0 ?"),
                given.texts("""
                        SELECT action || ' ' || COALESCE(quantity_before::text, '?') || '->' || quantity_after || ' '
                               || COALESCE(price::text, '?')
                          FROM cart_audit_logs WHERE user_id = ? ORDER BY id""", buyer));
        assertEquals("Lámpara 127.0.0.1 Tienda/1.0 " + lamp, given.text("""
                SELECT product_name || ' ' || host(ip_address) || ' ' || user_agent || ' ' || product_id
                  FROM cart_audit_logs WHERE user_id = ? ORDER BY id LIMIT 1""", buyer));
    }

    @Test
    void a_cart_takes_a_hundred_products_and_not_one_more() {
        int buyer = given.anyBuyer();
        for (int i = 0; i < 100; i++) {
            given.inCart(buyer, given.product("Producto " + i, "1.00", 1), 1);
        }
        add(buyer, given.productWithStock(1), 1).statusCode(400).body("code", equalTo("carrito_lleno"));
    }
}
