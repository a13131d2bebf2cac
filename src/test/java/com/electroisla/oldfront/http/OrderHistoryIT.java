package com.electroisla.oldfront.http;

import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.notNullValue;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import com.electroisla.http.server.SignedInTest;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.ValidatableResponse;
import java.util.List;
import org.junit.jupiter.api.Test;

/** On any failure but 401 the old front end shows invented orders. */
@QuarkusTest
class OrderHistoryIT extends SignedInTest {

    private long buys(int buyer, long product, int quantity) {
        given.inCart(buyer, product, quantity);
        as(buyer).post("/api/carrito/checkout/").then().statusCode(200);
        return as(buyer)
                .body(PAYMENT)
                .post("/api/pedidos/")
                .then()
                .statusCode(201)
                .extract()
                .jsonPath()
                .getLong("id");
    }

    private ValidatableResponse history(int user) {
        return as(user).get("/api/mis-pedidos/").then().statusCode(200);
    }

    @Test
    void ones_own_orders_come_newest_first_with_numbers_and_with_pictures_of_what_was_bought() {
        long lamp = given.product("Lámpara", "12.50", 9);
        long fan = given.product("Ventilador", "20.00", 10, 9);
        given.sql("UPDATE productos SET imagen = 'productos/l.png' WHERE id = ?", lamp);
        int buyer = given.anyBuyer();
        long first = buys(buyer, lamp, 3);
        given.inCart(buyer, lamp, 1);
        long second = buys(buyer, fan, 2);
        buys(given.anyBuyer(), fan, 1);

        ValidatableResponse answer = history(buyer)
                .body("count", equalTo(2))
                .body("pedidos.id", contains((int) second, (int) first))
                .body("pedidos[1].total", equalTo(37.5f))
                .body("pedidos[1].created_at", equalTo("2026-03-01T12:00:00Z"))
                .body("pedidos[1].direccion_entrega", equalTo("Calle 23 nº 105, Vedado"))
                .body("pedidos[1].telefono", equalTo("555-0100"))
                .body("pedidos[1].metodo_pago", equalTo("tarjeta"))
                .body("pedidos[1].estado", notNullValue())
                .body("pedidos[1].detalles", hasSize(1))
                .body("pedidos[1].detalles[0].cantidad", equalTo(3))
                .body("pedidos[1].detalles[0].precio_unitario", equalTo(12.5f))
                .body("pedidos[1].detalles[0].subtotal", equalTo(37.5f))
                .body("pedidos[1].detalles[0].producto.id", equalTo((int) lamp))
                .body("pedidos[1].detalles[0].producto.nombre", equalTo("Lámpara"))
                .body("pedidos[1].detalles[0].producto.imagen_url", equalTo(address() + "/media/productos/l.png"))
                .body("pedidos[0].detalles", hasSize(2))
                .body("pedidos[0].total", equalTo(48.5f))
                .body("pedidos[0].detalles[1].producto.imagen_url", equalTo(null));
        assertInstanceOf(Integer.class, answer.extract().path("pedidos[0].detalles[0].id"));
    }

    @Test
    void who_bought_nothing_gets_an_empty_list_and_the_staff_only_what_they_bought_themselves() {
        long lamp = given.product("Lámpara", "12.50", 9);
        buys(given.anyBuyer(), lamp, 1);
        for (String role : List.of("cliente", "mensajero", "trabajador", "admin")) {
            history(given.person(role)).body("count", equalTo(0)).body("pedidos", equalTo(List.of()));
        }
    }

    @Test
    void an_order_of_the_old_shops_admin_without_lines_and_one_with_an_amount_that_is_none_are_shown_too() {
        int buyer = given.anyBuyer();
        given.sql("""
                INSERT INTO pedidos (estado, metodo_pago, total, direccion_entrega, telefono, created_at, updated_at,
                    usuario_id) VALUES ('entregado', 'efectivo', 'NaN', 'x', '1', now(), now(), ?)""", buyer);
        history(buyer).body("pedidos[0].total", equalTo(0.0f)).body("pedidos[0].detalles", equalTo(List.of()));
    }

    @Test
    void without_a_token_it_is_a_401() {
        given().get("/api/mis-pedidos/").then().statusCode(401);
    }
}
