package com.electroisla.reservation.http;

import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.nullValue;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import com.electroisla.http.server.SignedInTest;
import com.electroisla.settings.Setting;
import com.electroisla.settings.Settings;
import com.electroisla.wiring.RunningServer;
import com.electroisla.wiring.Shop;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The guide's step 7 over HTTP, with every field. */
@QuarkusTest
class PurchaseIT extends SignedInTest {
    private static final Duration TTL = Duration.ofMinutes(15);

    @AfterEach
    void figures_and_rows_agree_whatever_was_done() {
        assertEquals(List.of(), given.differences());
    }

    private static String json(Response answer, int status) {
        return answer.then()
                .statusCode(status)
                .contentType("application/json; charset=utf-8")
                .extract()
                .asString();
    }

    @Test
    void the_guides_step_7_from_the_cart_to_the_order_and_back() {
        long product = given.product("Lámpara", "99.99", 10);
        int buyer = given.anyBuyer();
        Instant now = clock.present();

        Response added = as(buyer).body(line(product, 2)).post("/api/carrito/agregar/");
        long cart = added.jsonPath().getLong("id");
        long item = added.jsonPath().getLong("items[0].id");
        assertEquals("""
                {"id":%d,"items":[{"id":%d,"product":{"id":%d,"nombre":"Lámpara","imagen_url":null,\
                "categoria":"otros"},"quantity":2,\
                "price_at_addition":"99.99","subtotal":199.98,"created_at":"%s","updated_at":"%s"}],"total":199.98,\
                "total_items":2,\
                "created_at":"%s","updated_at":"%s"}\
                """.formatted(cart, item, product, now, now, now, now), json(added, 201));
        assertEquals(added.asString(), json(as(buyer).get("/api/carrito/"), 200));

        clock.advance(Duration.ofSeconds(1));
        Response reserved = as(buyer).post("/api/carrito/checkout/");
        long hold = reserved.jsonPath().getLong("reservas[0].id");
        Instant reservedAt = clock.present();
        assertEquals("""
                {"message":"Stock reservado \
                exitosamente","reservas":[{"id":%d,"producto":"Lámpara","cantidad":2,"expires_at":"%s"}],\
                "total_items":2,"ttl_minutos":15}""".formatted(hold, reservedAt.plus(TTL)), json(reserved, 200));
        assertEquals("10/2/0", given.figures(product));

        clock.advance(Duration.ofMillis(59_500));
        assertEquals(
                """
                [{"id":%d,"product_id":%d,"producto":"Lámpara","cantidad":2,"status":"pending","created_at":"%s",\
                "expires_at":"%s",\
                "segundos_restantes":841}]\
                """.formatted(hold, product, reservedAt, reservedAt.plus(TTL)),
                json(as(buyer).get("/api/reservas/"), 200));

        Response paid = as(buyer).body(PAYMENT).post("/api/pedidos/");
        long order = paid.jsonPath().getLong("id");
        String placed = order("confirmado", order, product, clock.present(), clock.present());
        assertEquals(placed, json(paid, 201));
        assertEquals(placed, json(as(buyer).get("/api/pedidos/" + order + "/"), 200));
        assertEquals("[" + placed + "]", json(as(buyer).get("/api/pedidos/"), 200));
        assertEquals("10/0/2", given.figures(product));
        as(buyer)
                .get("/api/carrito/")
                .then()
                .body("items", hasSize(0))
                .body("total", equalTo(0.0f))
                .body("total_items", equalTo(0));
        as(buyer)
                .get("/api/reservas/")
                .then()
                .body("status", contains("confirmed"))
                .body("segundos_restantes", contains(0));

        Instant paidAt = clock.present();
        clock.advance(Duration.ofMinutes(1));
        assertEquals(
                order("cancelado", order, product, paidAt, clock.present()),
                json(as(buyer).post("/api/pedidos/" + order + "/cancelar/"), 200));
        assertEquals("10/0/0", given.figures(product));
    }

    private static String order(String state, long id, long product, Instant created, Instant updated) {
        return """
                {"id":%d,"estado":"%s","metodo_pago":"tarjeta","total":"199.98","direccion_entrega":"Calle 23 nº 105, \
                Vedado",\
                "telefono":"555-0100","notas":"Tocar fuerte","created_at":"%s","updated_at":"%s","fecha_entrega":null,\
                "detalles":[{"product_id":%d,"producto":"Lámpara","cantidad":2,"precio_unitario":"99.99",\
                "subtotal":"199.98"}]}\
                """.formatted(id, state, created, updated, product);
    }

    @ParameterizedTest
    @ValueSource(strings = {"efectivo", "transferencia"})
    void what_is_not_paid_by_card_waits_for_its_money(String method) {
        int buyer = given.buyerWith(given.productWithStock(1), 1);
        as(buyer).post("/api/carrito/checkout").then().statusCode(200);
        as(buyer)
                .body("{\"metodo_pago\":\"" + method + "\",\"direccion_entrega\":\"Calle 1\",\"telefono\":\"5\"}")
                .post("/api/pedidos")
                .then()
                .statusCode(201)
                .body("estado", equalTo("pendiente"))
                .body("metodo_pago", equalTo(method))
                .body("notas", nullValue());
    }

    @Test
    void a_trailing_slash_makes_no_difference() {
        long product = given.productWithStock(10);
        int buyer = given.anyBuyer();
        for (String slash : List.of("", "/")) {
            as(buyer)
                    .body(line(product, 1))
                    .post("/api/carrito/agregar" + slash)
                    .then()
                    .statusCode(201);
            String item = as(buyer)
                    .get("/api/carrito" + slash)
                    .then()
                    .statusCode(200)
                    .extract()
                    .path("items[0].id")
                    .toString();
            as(buyer)
                    .body("{\"quantity\":2}")
                    .patch("/api/carrito/items/" + item + slash)
                    .then()
                    .statusCode(200);
            as(buyer).post("/api/carrito/checkout" + slash).then().statusCode(200);
            as(buyer).post("/api/carrito/checkout/cancelar" + slash).then().statusCode(200);
            as(buyer).post("/api/carrito/checkout" + slash).then().statusCode(200);
            String order = as(buyer)
                    .body(PAYMENT)
                    .post("/api/pedidos" + slash)
                    .then()
                    .statusCode(201)
                    .extract()
                    .path("id")
                    .toString();
            as(buyer).get("/api/pedidos/" + order + slash).then().statusCode(200);
            as(buyer).post("/api/pedidos/" + order + "/cancelar" + slash).then().statusCode(200);
            as(buyer).get("/api/pedidos" + slash).then().statusCode(200);
            as(buyer).get("/api/reservas" + slash).then().statusCode(200);
            as(buyer).delete("/api/carrito/items/" + item + slash).then().statusCode(404);
            as(buyer).post("/api/carrito/vaciar" + slash).then().statusCode(200);
        }
    }

    @Test
    void messages_are_in_the_callers_language() {
        int buyer = given.buyerWith(given.productWithStock(1), 1);
        as(buyer)
                .header("Accept-Language", "en")
                .post("/api/carrito/checkout/")
                .then()
                .body("message", equalTo("Stock reserved successfully"));
        as(buyer).post("/api/carrito/checkout/").then().body("message", equalTo("Stock reservado exitosamente"));
        as(buyer)
                .header("Accept-Language", "en-GB")
                .post("/api/carrito/checkout/cancelar/")
                .then()
                .body("message", equalTo("Reservations cancelled"));
        as(buyer)
                .header("Accept-Language", "en")
                .post("/api/carrito/checkout/cancelar/")
                .then()
                .statusCode(404)
                .body("error", equalTo("You have no pending reservations."))
                .body("code", equalTo("sin_reservas"));
        as(buyer)
                .post("/api/carrito/checkout/cancelar/")
                .then()
                .body("error", equalTo("No tienes reservas pendientes."));
    }

    @Test
    void giving_up_a_checkout_frees_its_units_at_once_and_keeps_the_cart() {
        long lamp = given.product("Lámpara", "5.00", 3);
        long fan = given.product("Ventilador", "7.00", 3);
        int buyer = given.buyerWith(lamp, 3);
        given.inCart(buyer, fan, 1);
        as(buyer)
                .post("/api/carrito/checkout/")
                .then()
                .body("total_items", equalTo(4))
                .body("reservas", hasSize(2));

        assertEquals(
                "{\"message\":\"Reservas canceladas\",\"reservas_canceladas\":2}",
                json(as(buyer).post("/api/carrito/checkout/cancelar/"), 200));

        assertEquals("3/0/0", given.figures(lamp));
        as(buyer).get("/api/carrito/").then().body("total_items", equalTo(4));
        as(buyer).get("/api/reservas/").then().body("status", contains("cancelled", "cancelled"));
        as(buyer).body(PAYMENT).post("/api/pedidos/").then().statusCode(409);
    }

    @Test
    void a_checkout_that_is_refused_says_what_is_short_and_leaves_earlier_holds_alone() {
        long lamp = given.product("Lámpara", "5.00", 3);
        long fan = given.product("Ventilador", "7.00", 1);
        int buyer = given.buyerWith(lamp, 2);
        as(buyer).post("/api/carrito/checkout/").then().statusCode(200);
        given.inCart(buyer, fan, 4);

        assertEquals("""
                {"error":"No hay stock suficiente para tu pedido. No se reservó nada.","code":"stock_insuficiente",\
                "productos":[{"product_id":%d,"producto":"Ventilador","disponible":1,"solicitado":4}]}\
                """.formatted(fan), json(as(buyer).post("/api/carrito/checkout/"), 409));

        assertEquals("3/2/0", given.figures(lamp));
        assertEquals("1/0/0", given.figures(fan));
    }

    @Test
    void what_is_off_sale_counts_as_none_available() {
        long lamp = given.product("Lámpara", "5.00", 3);
        int buyer = given.buyerWith(lamp, 2);
        given.takeOffSale(lamp);
        as(buyer)
                .post("/api/carrito/checkout/")
                .then()
                .statusCode(409)
                .body("productos[0].disponible", equalTo(0))
                .body("productos[0].solicitado", equalTo(2));
    }

    @Test
    void a_price_that_changed_is_named_once_and_the_order_charges_the_reserved_one() {
        long lamp = given.product("Lámpara", "10.00", 9);
        int buyer = given.buyerWith(lamp, 3);
        given.sql("UPDATE productos SET precio = 9.99, descuento = 15 WHERE id = ?", lamp);

        as(buyer)
                .post("/api/carrito/checkout/")
                .then()
                .statusCode(200)
                .body(
                        "precios_cambiados",
                        equalTo(List.of(Map.of(
                                "product_id",
                                (int) lamp,
                                "producto",
                                "Lámpara",
                                "precio_anterior",
                                "10.00",
                                "precio_nuevo",
                                "8.49"))));
        as(buyer)
                .get("/api/carrito/")
                .then()
                .body("items[0].price_at_addition", equalTo("8.49"))
                .body("total", equalTo(25.47f));
        assertFalse(json(as(buyer).post("/api/carrito/checkout/"), 200).contains("precios_cambiados"));

        given.sql("UPDATE productos SET precio = 100, descuento = 0 WHERE id = ?", lamp);
        as(buyer)
                .body(PAYMENT)
                .post("/api/pedidos/")
                .then()
                .statusCode(201)
                .body("total", equalTo("25.47"))
                .body("detalles[0].precio_unitario", equalTo("8.49"))
                .body("detalles[0].subtotal", equalTo("25.47"));
    }

    @Test
    void a_hold_is_over_the_instant_it_runs_out_and_paying_then_sells_nothing() {
        long lamp = given.product("Lámpara", "5.00", 2);
        int buyer = given.buyerWith(lamp, 2);
        as(buyer).post("/api/carrito/checkout/").then().statusCode(200);
        clock.advance(TTL.minusNanos(1_000));
        as(buyer)
                .get("/api/reservas/")
                .then()
                .body("status", contains("pending"))
                .body("segundos_restantes", contains(1));
        clock.advance(Duration.ofNanos(1_000));
        as(buyer)
                .get("/api/reservas/")
                .then()
                .body("status", contains("expired"))
                .body("segundos_restantes", contains(0));

        assertEquals("""
                {"error":"Tu reserva expiró. Vuelve a reservar desde el carrito.","code":"reserva_expirada",\
                "productos":[{"product_id":%d,"producto":"Lámpara","cantidad":2}]}\
                """.formatted(lamp), json(as(buyer).body(PAYMENT).post("/api/pedidos/"), 409));

        assertEquals(0, given.number("SELECT stock_vendido FROM productos WHERE id = ?", lamp));
        assertEquals(0, given.number("SELECT count(*) FROM pedidos WHERE usuario_id = ?", buyer));
        as(given.buyerWith(lamp, 2)).post("/api/carrito/checkout/").then().statusCode(200);
    }

    @Test
    void paying_without_a_reservation_is_refused_and_names_nothing() {
        as(given.anyBuyer())
                .body(PAYMENT)
                .post("/api/pedidos/")
                .then()
                .statusCode(409)
                .body("code", equalTo("reserva_expirada"))
                .body("productos", hasSize(0));
    }

    @Test
    void a_line_added_after_the_checkout_stays_in_the_cart() {
        long lamp = given.product("Lámpara", "5.00", 9);
        long fan = given.product("Ventilador", "7.00", 9);
        int buyer = given.buyerWith(lamp, 2);
        as(buyer).post("/api/carrito/checkout/").then().statusCode(200);
        as(buyer).body(line(fan, 1)).post("/api/carrito/agregar/").then().statusCode(201);
        as(buyer).body(line(lamp, 1)).post("/api/carrito/agregar/").then().statusCode(201);

        as(buyer)
                .body(PAYMENT)
                .post("/api/pedidos/")
                .then()
                .statusCode(201)
                .body("total", equalTo("10.00"))
                .body("detalles", hasSize(1));

        as(buyer)
                .get("/api/carrito/")
                .then()
                .body("items.product.nombre", contains("Lámpara", "Ventilador"))
                .body("items.quantity", contains(1, 1));
    }

    @Test
    void reservations_come_in_pages_newest_first_with_their_neighbours_in_the_link_header() {
        long lamp = given.product("Lámpara", "5.00", 9);
        int buyer = given.anyBuyer();
        for (int quantity = 1; quantity <= 5; quantity++) {
            given.inCart(buyer, lamp, quantity);
            as(buyer).post("/api/carrito/checkout/").then().statusCode(200);
        }
        as(buyer)
                .get("/api/reservas/")
                .then()
                .header("Link", nullValue())
                .body("cantidad", contains(5, 4, 3, 2, 1))
                .body("status", contains("pending", "cancelled", "cancelled", "cancelled", "cancelled"));
        as(buyer)
                .get("/api/reservas/?page_size=2")
                .then()
                .body("cantidad", contains(5, 4))
                .header("Link", equalTo("</api/reservas/?page=2&page_size=2>; rel=\"next\""));
        as(buyer)
                .get("/api/reservas/?page=2&page_size=2")
                .then()
                .body("cantidad", contains(3, 2))
                .header(
                        "Link",
                        equalTo("</api/reservas/?page=3&page_size=2>; rel=\"next\", "
                                + "</api/reservas/?page=1&page_size=2>; "
                                + "rel=\"prev\""));
        as(buyer)
                .get("/api/reservas/?page=3&page_size=2")
                .then()
                .body("cantidad", contains(1))
                .header("Link", equalTo("</api/reservas/?page=2&page_size=2>; rel=\"prev\""));
        as(buyer)
                .get("/api/reservas/?page=4&page_size=2")
                .then()
                .statusCode(404)
                .body("code", equalTo("pagina_no_encontrada"));
        as(given.anyBuyer()).get("/api/reservas/").then().statusCode(200).body("$", hasSize(0));
    }

    @Test
    void a_reservation_keeps_who_asked_and_a_stranger_cannot_lend_himself_an_address() {
        int buyer = given.buyerWith(given.productWithStock(1), 1);
        as(buyer)
                .header("User-Agent", "Tienda/1.0 (Android)")
                .header("X-Forwarded-For", "203.0.113.9")
                .post("/api/carrito/checkout/")
                .then()
                .statusCode(200);
        assertEquals("127.0.0.1", addressOfHold(buyer));
        assertEquals(
                "Tienda/1.0 (Android)",
                given.text("SELECT user_agent FROM stock_reservations WHERE usuario_id = ?", buyer));
    }

    @Test
    void behind_a_trusted_proxy_the_address_is_the_one_that_the_proxy_saw() {
        int buyer = given.buyerWith(given.productWithStock(1), 1);
        Path home = shop.settings().home();
        Settings behindProxy =
                Settings.load(home, Map.of(Setting.HOME, home.toString(), Setting.PROXIES, "127.0.0.0/8"), Map.of());
        try (Shop proxied = Shop.open(behindProxy, database, clock)) {
            RunningServer.start(proxied);
            as(buyer)
                    .header("X-Forwarded-For", "198.51.100.1, 203.0.113.9")
                    .post("/api/carrito/checkout/")
                    .then()
                    .statusCode(200);
        } finally {
            RunningServer.start(shop);
        }
        assertEquals("203.0.113.9", addressOfHold(buyer));
    }

    private String addressOfHold(int buyer) {
        return given.text("SELECT host(ip_address) FROM stock_reservations WHERE usuario_id = ?", buyer);
    }

    private Response payWith(int buyer, String amount) {
        return as(buyer)
                .body(PAYMENT.replace("{", "{\"importe\": " + amount + ", "))
                .post("/api/pedidos/");
    }

    @ParameterizedTest
    @ValueSource(strings = {"\"199.99\"", "199.99", "0", "\"0.00\"", "-199.98", "19998", "199.9800001", "99.99"})
    void another_sum_than_the_one_that_is_charged_sells_nothing_and_the_right_one_is_said(String amount) {
        long product = given.product("Lámpara", "99.99", 10);
        int buyer = given.buyerWith(product, 2);
        as(buyer).post("/api/carrito/checkout/").then().statusCode(200);

        payWith(buyer, amount)
                .then()
                .statusCode(409)
                .body("code", equalTo("importe_distinto"))
                .body("importe", equalTo("199.98"));
        assertEquals("10/2/0", given.figures(product));
        payWith(buyer, "\"199.98\"").then().statusCode(201).body("total", equalTo("199.98"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"199.98", "\"199.980\"", "199.980", "null"})
    void the_right_sum_may_be_a_text_or_a_number_or_left_out(String amount) {
        int buyer = given.buyerWith(given.product("Lámpara", "99.99", 10), 2);
        as(buyer).post("/api/carrito/checkout/").then().statusCode(200);
        payWith(buyer, amount).then().statusCode(201).body("total", equalTo("199.98"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"\"\"", "\"veinte\"", "\"-1\"", "\"NaN\"", "\"1e3\"", "true", "[]", "{}", "\"20,00\"", "\"$20\""
            })
    void a_sum_that_is_none_is_a_400_that_names_it(String amount) {
        int buyer = given.buyerWith(given.product("Lámpara", "99.99", 10), 2);
        as(buyer).post("/api/carrito/checkout/").then().statusCode(200);
        payWith(buyer, amount).then().statusCode(400).body("campo", equalTo("importe"));
    }

    @Test
    void a_sum_is_judged_by_what_is_held_when_its_turn_comes() {
        long product = given.product("Lámpara", "20.00", 30);
        int buyer = given.buyerWith(product, 1);
        as(buyer).post("/api/carrito/checkout/").then().statusCode(200);
        given.inCart(buyer, product, 16);
        as(buyer).post("/api/carrito/checkout/").then().statusCode(200);

        payWith(buyer, "\"20.00\"").then().statusCode(409).body("importe", equalTo("320.00"));
        payWith(buyer, "320").then().statusCode(201).body("total", equalTo("320.00"));
    }
}
