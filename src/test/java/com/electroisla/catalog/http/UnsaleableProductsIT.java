package com.electroisla.catalog.http;

import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.not;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.electroisla.http.server.SignedInTest;
import com.electroisla.shell.Consola;
import com.electroisla.transfer.DumpCatalogue;
import io.quarkus.test.junit.QuarkusTest;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Invalid prices and discounts, left by an old shop or a manual change: no buyer is charged by one, and no list fails.
 */
@QuarkusTest
class UnsaleableProductsIT extends SignedInTest {
    private long priced(String price, int discount) {
        return given.product("Rareza", price, discount, 9);
    }

    @ParameterizedTest
    @CsvSource({"150, 0.00", "-10, 100.00", "25, 75.00"})
    void what_is_shown_is_what_is_kept_held_and_charged_whatever_the_discount_says(int discount, String asked) {
        long product = priced("100.00", discount);
        int buyer = given.anyBuyer();

        given().get("/api/productos/" + product + "/")
                .then()
                .statusCode(200)
                .body("precio", equalTo("100.00"))
                .body("precio_final", equalTo(asked));
        given().get("/api/productos/?page_size=100&ordering=-id")
                .then()
                .statusCode(200)
                .body("results.find { it.id == " + product + " }.precio_final", equalTo(asked))
                .body("results.find { it.id == " + product + " }.descuento", equalTo(Math.clamp(discount, 0, 100)));
        as(buyer)
                .body(line(product, 1))
                .post("/api/carrito/agregar/")
                .then()
                .statusCode(201)
                .body("items[0].price_at_addition", equalTo(asked));
        as(buyer).post("/api/carrito/checkout/").then().statusCode(200);
        assertEquals(
                asked,
                given.text("SELECT precio_unitario::text FROM stock_reservations WHERE producto_id = ?", product));
        as(buyer).body(PAYMENT).post("/api/pedidos/").then().statusCode(201).body("total", equalTo(asked));
    }

    @ParameterizedTest
    @ValueSource(strings = {"-5", "-0.01", "NaN"})
    void a_price_at_which_nothing_can_be_sold_is_absent_from_lists_a_404_and_not_to_be_had(String price) {
        long good = given.product("Rareza buena", "10.00", 9);
        long bad = priced("20.00", 0);
        int early = given.buyerWith(bad, 1);
        int count = given().get("/api/productos/?search=rareza").jsonPath().getInt("count");
        int inCategory =
                given().get("/api/productos/?categoria=otros").jsonPath().getInt("count");
        given.sql("UPDATE productos SET precio = CAST(? AS numeric) WHERE id = ?", price, bad);

        for (String query : List.of(
                "",
                "&search=rareza",
                "&categoria=otros",
                "&disponible=true",
                "&search=rareza&disponible=true&categoria=otros",
                "&ordering=precio",
                "&ordering=-precio",
                "&ordering=nombre")) {
            given().get("/api/productos/?page_size=100" + query)
                    .then()
                    .statusCode(200)
                    .body("results.id", not(hasItem((int) bad)));
        }
        given().get("/api/productos/?search=rareza&page_size=100")
                .then()
                .body("count", equalTo(count - 1))
                .body("results.id", hasItem((int) good));
        given().get("/api/productos/?categoria=otros").then().body("count", equalTo(inCategory - 1));
        given().get("/api/productos/" + bad + "/")
                .then()
                .statusCode(404)
                .body("code", equalTo("producto_no_encontrado"));
        given().accept("text/html").get("/productos/" + bad + "/").then().statusCode(404);
        given().accept("text/html").get("/?search=rareza").then().statusCode(200);

        int buyer = given.anyBuyer();
        as(buyer)
                .body(line(bad, 1))
                .post("/api/carrito/agregar/")
                .then()
                .statusCode(409)
                .body("code", equalTo("no_vendible"))
                .body("error", containsString("Rareza"));
        as(early)
                .get("/api/carrito/")
                .then()
                .statusCode(200)
                .body("items", hasSize(1))
                .body("items[0].price_at_addition", equalTo("20.00"));
        as(early)
                .body("{\"quantity\": 2}")
                .patch("/api/carrito/items/" + given.lineOf(early) + "/")
                .then()
                .statusCode(409)
                .body("code", equalTo("no_vendible"));
        as(early)
                .post("/api/carrito/checkout/")
                .then()
                .statusCode(409)
                .body("code", equalTo("no_vendible"))
                .body("productos.product_id", contains((int) bad))
                .body("productos.producto", contains("Rareza"));
        assertEquals("9/0/0", given.figures(bad));
        assertEquals(0, given.number("SELECT count(*) FROM pedidos WHERE total < 0"));
    }

    @Test
    void a_negative_article_does_not_make_another_one_cheaper() {
        long good = given.product("Plancha", "5.00", 9);
        long bad = priced("5.00", 0);
        int buyer = given.buyerWith(good, 1);
        given.inCart(buyer, bad, 1);
        given.sql("UPDATE productos SET precio = -5 WHERE id = ?", bad);
        given.sql("UPDATE cart_items SET price_at_addition = -5 WHERE product_id = ?", bad);

        as(buyer).post("/api/carrito/checkout/").then().statusCode(409).body("code", equalTo("no_vendible"));
        as(buyer).get("/api/carrito/").then().statusCode(200).body("total", equalTo(5.0f));
    }

    @Test
    void a_hold_keeps_its_price_when_its_product_is_not_for_sale_any_more() {
        long product = priced("20.00", 0);
        int buyer = given.buyerWith(product, 2);
        as(buyer).post("/api/carrito/checkout/").then().statusCode(200);
        given.sql("UPDATE productos SET precio = 'NaN' WHERE id = ?", product);

        as(buyer).body(PAYMENT).post("/api/pedidos/").then().statusCode(201).body("total", equalTo("40.00"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"-50", "NaN"})
    void kept_prices_that_are_none_are_todays_price(String kept) {
        long product = priced("20.00", 0);
        int buyer = given.buyerWith(product, 2);
        given.sql("UPDATE cart_items SET price_at_addition = CAST(? AS numeric) WHERE product_id = ?", kept, product);

        as(buyer)
                .get("/api/carrito/")
                .then()
                .statusCode(200)
                .body("items[0].price_at_addition", equalTo("20.00"))
                .body("total", equalTo(40.0f));
        as(buyer).post("/api/carrito/checkout/").then().statusCode(200);
        given.sql(
                "UPDATE stock_reservations SET precio_unitario = CAST(? AS numeric) WHERE producto_id = ?",
                kept,
                product);
        as(buyer).body(PAYMENT).post("/api/pedidos/").then().statusCode(201).body("total", equalTo("40.00"));
    }

    @Test
    void more_than_an_order_can_hold_is_refused_and_never_a_fault() {
        long dear = given.product("Isla entera", "99999999.99", 999);
        int buyer = given.anyBuyer();

        as(buyer)
                .body(line(dear, 999))
                .post("/api/carrito/agregar/")
                .then()
                .statusCode(201)
                .body("total", equalTo(9.98999999E10f));
        as(buyer).get("/api/carrito/").then().statusCode(200);
        as(buyer).post("/api/carrito/checkout/").then().statusCode(409).body("code", equalTo("importe_excesivo"));
        given.sql(
                """
                INSERT INTO stock_reservations (usuario_id, producto_id, cantidad, status, created_at, expires_at,
                    precio_unitario, checkout_id)
                SELECT ?, ?, 999, 'pending', ?, ?, 99999999.99, nextval('checkouts_id_seq')""",
                buyer,
                dear,
                clock.present().atOffset(java.time.ZoneOffset.UTC),
                clock.present().plusSeconds(60).atOffset(java.time.ZoneOffset.UTC));
        given.sql("UPDATE productos SET stock_reservado = 999 WHERE id = ?", dear);
        as(buyer).body(PAYMENT).post("/api/pedidos/").then().statusCode(409).body("code", equalTo("importe_excesivo"));
    }

    @Test
    void orders_that_an_old_shop_sold_below_nothing_fail_no_list() {
        long product = priced("20.00", 0);
        int buyer = given.buyerWith(product, 1);
        as(buyer).post("/api/carrito/checkout/").then().statusCode(200);
        as(buyer).body(PAYMENT).post("/api/pedidos/").then().statusCode(201);
        given.sql("UPDATE pedidos SET total = 'NaN' WHERE usuario_id = ?", buyer);
        given.sql(
                "UPDATE detalles_pedido SET subtotal = 'NaN', precio_unitario = 'NaN' WHERE producto_id = ?", product);
        given.sql("UPDATE stock_reservations SET precio_unitario = 'NaN' WHERE producto_id = ?", product);

        as(buyer).get("/api/pedidos/").then().statusCode(200).body("total", contains("0.00"));
        as(buyer).get("/api/reservas/").then().statusCode(200);
        given.sql("UPDATE pedidos SET total = -50 WHERE usuario_id = ?", buyer);
        as(buyer).get("/api/pedidos/").then().statusCode(200).body("total", contains("-50.00"));
        Consola.abrir(shop, System.out);
        assertTrue(Consola.pedidos().todos().count() > 0);
    }

    @Test
    void the_file_of_the_catalogue_and_the_shell_have_every_product() throws IOException {
        long bad = given.product("Sin número", "1.00", 9);
        given.sql("UPDATE productos SET precio = 'NaN', descuento = 150 WHERE id = ?", bad);

        var file = new ByteArrayOutputStream();
        new DumpCatalogue(database).toStream(file, true, (count, share) -> {});

        String row = file.toString(StandardCharsets.UTF_8)
                .lines()
                .filter(line -> line.contains("Sin número"))
                .findFirst()
                .orElseThrow();
        assertTrue(row.startsWith(bad + ",Sin número,Descripción,,150,"), row);
        Consola.abrir(shop, System.out);
        assertEquals(
                "NaN", Consola.productos().buscar(bad).orElseThrow().precio().toString());
    }
}
