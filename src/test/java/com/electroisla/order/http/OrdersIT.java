package com.electroisla.order.http;

import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItems;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.nullValue;
import static org.junit.jupiter.api.Assertions.assertEquals;

import com.electroisla.http.server.SignedInTest;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.ValidatableResponse;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The visibility of orders, and the units that cancelling one gives back. */
@QuarkusTest
class OrdersIT extends SignedInTest {

    @AfterEach
    void figures_and_rows_agree_whatever_was_done() {
        assertEquals(List.of(), given.differences());
    }

    private int orderOf(int buyer, long product, int quantity) {
        given.inCart(buyer, product, quantity);
        as(buyer).post("/api/carrito/checkout/").then().statusCode(200);
        return as(buyer)
                .body(PAYMENT)
                .post("/api/pedidos/")
                .then()
                .statusCode(201)
                .extract()
                .path("id");
    }

    private ValidatableResponse see(int user, int order) {
        return as(user).get("/api/pedidos/" + order + "/").then();
    }

    private ValidatableResponse cancel(int user, int order) {
        return as(user).post("/api/pedidos/" + order + "/cancelar/").then();
    }

    private void move(int order, String state) {
        given.sql("UPDATE pedidos SET estado = ? WHERE id = ?", state, order);
    }

    @Test
    void a_buyer_sees_and_cancels_his_own_orders_and_nobody_elses() {
        long lamp = given.product("Lámpara", "5.00", 9);
        int buyer = given.anyBuyer();
        int other = given.anyBuyer();
        int order = orderOf(buyer, lamp, 1);
        see(buyer, order).statusCode(200).body("id", equalTo(order));
        see(other, order)
                .statusCode(404)
                .body("code", equalTo("pedido_no_encontrado"))
                .body("error", equalTo("Pedido no encontrado."));
        cancel(other, order).statusCode(404).body("code", equalTo("pedido_no_encontrado"));
        as(other).get("/api/pedidos/").then().body("$", hasSize(0));
        see(buyer, order).body("estado", equalTo("confirmado"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"trabajador", "admin"})
    void staff_sees_and_cancels_every_order(String role) {
        long lamp = given.product("Lámpara", "5.00", 9);
        int first = orderOf(given.anyBuyer(), lamp, 1);
        int second = orderOf(given.anyBuyer(), lamp, 2);
        int staff = given.person(role);
        as(staff).get("/api/pedidos/").then().statusCode(200).body("id", hasItems(second, first));
        see(staff, first).statusCode(200);
        cancel(staff, first).statusCode(200).body("estado", equalTo("cancelado"));
        assertEquals("9/0/2", given.figures(lamp));
        assertEquals(staff, given.number("SELECT usuario_id FROM movimientos_stock WHERE pedido_id = ?", first));
    }

    @Test
    void a_courier_sees_what_he_delivers_and_his_own_and_cannot_cancel_a_delivery() {
        long lamp = given.product("Lámpara", "5.00", 9);
        int courier = given.person("mensajero");
        int delivery = orderOf(given.anyBuyer(), lamp, 1);
        int someoneElses = orderOf(given.anyBuyer(), lamp, 1);
        int own = orderOf(courier, lamp, 1);
        given.sql("UPDATE pedidos SET mensajero_id = ? WHERE id = ?", courier, delivery);
        as(courier).get("/api/pedidos/").then().body("id", contains(own, delivery));
        see(courier, delivery).statusCode(200);
        see(courier, someoneElses).statusCode(404);
        cancel(courier, delivery).statusCode(403).body("code", equalTo("prohibido"));
        cancel(courier, someoneElses).statusCode(404);
        cancel(courier, own).statusCode(200);
    }

    @Test
    void a_buyer_who_was_once_named_as_courier_does_not_see_the_order() {
        int order = orderOf(given.anyBuyer(), given.productWithStock(1), 1);
        int buyer = given.anyBuyer();
        given.sql("UPDATE pedidos SET mensajero_id = ? WHERE id = ?", buyer, order);
        see(buyer, order).statusCode(404);
        as(buyer).get("/api/pedidos/").then().body("$", hasSize(0));
    }

    @Test
    void units_return_once_also_when_five_cancel_at_once() {
        long lamp = given.product("Lámpara", "5.00", 9);
        int buyer = given.anyBuyer();
        int order = orderOf(buyer, lamp, 4);
        assertEquals("9/0/4", given.figures(lamp));
        try (ExecutorService clients = Executors.newVirtualThreadPerTaskExecutor()) {
            List<CompletableFuture<Integer>> answers = IntStream.range(0, 5)
                    .mapToObj(i -> CompletableFuture.supplyAsync(
                            () -> cancel(buyer, order).extract().statusCode(), clients))
                    .toList();
            assertEquals(
                    List.of(200, 409, 409, 409, 409),
                    answers.stream().map(CompletableFuture::join).sorted().toList());
        }
        assertEquals("9/0/0", given.figures(lamp));
        assertEquals(
                1,
                given.number(
                        "SELECT count(*) FROM movimientos_stock WHERE pedido_id = ? AND tipo = 'devolucion'", order));
    }

    @ParameterizedTest
    @ValueSource(strings = {"en_camino", "entregado", "cancelado"})
    void what_has_left_the_house_is_not_cancelled(String state) {
        long lamp = given.product("Lámpara", "5.00", 9);
        int buyer = given.anyBuyer();
        int order = orderOf(buyer, lamp, 4);
        move(order, state);
        cancel(buyer, order)
                .statusCode(409)
                .body("code", equalTo("pedido_no_cancelable"))
                .body("estado", equalTo(state))
                .body("error", equalTo("Este pedido ya no se puede cancelar."));
        assertEquals("9/0/4", given.figures(lamp));
        see(buyer, order).body("estado", equalTo(state));
    }

    @ParameterizedTest
    @ValueSource(strings = {"pendiente", "confirmado", "en_preparacion"})
    void what_is_still_in_the_house_is(String state) {
        long lamp = given.product("Lámpara", "5.00", 9);
        int buyer = given.anyBuyer();
        int order = orderOf(buyer, lamp, 4);
        move(order, state);
        cancel(buyer, order).statusCode(200).body("estado", equalTo("cancelado"));
        assertEquals("9/0/0", given.figures(lamp));
    }

    @Test
    void an_order_of_the_old_shop_that_is_cancelled_enters_its_units_as_a_return() {
        long lamp = given.product("Lámpara", "5.00", 9);
        int buyer = given.anyBuyer();
        int order = (int) given.number("""
                INSERT INTO pedidos (usuario_id, estado, metodo_pago, total, direccion_entrega, telefono, created_at,
                    updated_at)
                VALUES (?, 'pendiente', 'efectivo', 15, 'Calle 1', '5', now(), now()) RETURNING id""", buyer);
        given.sql(
                "INSERT INTO detalles_pedido (pedido_id, producto_id, cantidad, precio_unitario, "
                        + "subtotal) VALUES (?, ?, 3, 5, 15)",
                order,
                lamp);
        see(buyer, order).statusCode(200).body("total", equalTo("15.00")).body("notas", nullValue());
        cancel(buyer, order).statusCode(200);
        assertEquals("12/0/0", given.figures(lamp));
        assertEquals(
                "devolucion 3 0",
                given.text(
                        "SELECT tipo || ' ' || delta_total || ' ' || delta_vendido FROM movimientos_stock WHERE "
                                + "pedido_id = ?",
                        order));
        cancel(buyer, order).statusCode(409);
    }

    @Test
    void orders_come_in_pages_newest_first_with_their_neighbours_in_the_link_header() {
        long lamp = given.product("Lámpara", "5.00", 9);
        int buyer = given.anyBuyer();
        int first = orderOf(buyer, lamp, 1);
        int second = orderOf(buyer, lamp, 1);
        int third = orderOf(buyer, lamp, 1);
        as(buyer)
                .get("/api/pedidos/")
                .then()
                .body("id", contains(third, second, first))
                .header("Link", nullValue());
        as(buyer)
                .get("/api/pedidos/?page_size=2")
                .then()
                .body("id", contains(third, second))
                .header("Link", equalTo("</api/pedidos/?page=2&page_size=2>; rel=\"next\""));
        as(buyer)
                .get("/api/pedidos/?page_size=2&page=2")
                .then()
                .body("id", contains(first))
                .header("Link", equalTo("</api/pedidos/?page=1&page_size=2>; rel=\"prev\""));
        as(buyer)
                .get("/api/pedidos/?page_size=2&page=3")
                .then()
                .statusCode(404)
                .body("code", equalTo("pagina_no_encontrada"));
        as(given.anyBuyer()).get("/api/pedidos/?page=1").then().statusCode(200);
    }
}
