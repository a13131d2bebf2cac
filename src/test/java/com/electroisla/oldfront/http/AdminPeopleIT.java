package com.electroisla.oldfront.http;

import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.notNullValue;
import static org.hamcrest.Matchers.nullValue;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.electroisla.accounts.ManageAccounts;
import com.electroisla.accounts.Role;
import com.electroisla.audit.Actor;
import com.electroisla.http.server.SignedInTest;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.ValidatableResponse;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The accounts and the orders in the old front end's admin, and who may see and change them. */
@QuarkusTest
class AdminPeopleIT extends SignedInTest {
    private static final String PEOPLE = "/api/admin/users/";
    private static final String ORDERS = "/api/admin/pedidos/";

    @AfterEach
    void figures_and_rows_agree_whatever_was_done() {
        assertEquals(List.of(), given.differences());
    }

    private int named(String role, String username, String first, String last) {
        int id = given.person(role);
        given.sql(
                "UPDATE auth_user SET username = ?, email = ?, first_name = ?, last_name = ? WHERE id = ?",
                username,
                username + "@tienda.example",
                first,
                last,
                id);
        return id;
    }

    private ValidatableResponse change(int who, int whom, String body) {
        return as(who).body(body).patch(PEOPLE + whom + "/").then();
    }

    private String roleOf(int person) {
        return given.text("SELECT rol FROM user_profiles WHERE user_id = ?", person);
    }

    @Test
    void the_staff_sees_the_accounts_with_a_part_of_their_addresses() {
        int worker = given.person("trabajador");
        int nora = named("mensajero", "nora.lara", "Nora", "Lara Peña");
        as(worker)
                .get(PEOPLE + "?search=lara+pena&rol=mensajero&activo=true")
                .then()
                .statusCode(200)
                .body("count", equalTo(1))
                .body("results[0].id", equalTo(nora))
                .body("results[0].username", equalTo("nora.lara"))
                .body("results[0].email_parcial", equalTo("n***@tienda.example"))
                .body("results[0].first_name", equalTo("Nora"))
                .body("results[0].last_name", equalTo("Lara Peña"))
                .body("results[0].is_active", equalTo(true))
                .body("results[0].rol", equalTo("mensajero"))
                .body("results[0].fecha_registro", notNullValue())
                .body("results[0].ultimo_acceso", nullValue());
        as(worker).get(PEOPLE + "?search=tienda.example").then().body("count", equalTo(0));
        as(worker).get(PEOPLE + "?search=lara&activo=false").then().body("count", equalTo(0));
        as(worker).get(PEOPLE + "?rol=jefe").then().statusCode(400);
        as(worker).get(PEOPLE + "?activo=1").then().statusCode(400);
        as(worker).get(PEOPLE + "?page_size=1").then().body("results.size()", equalTo(1));
        given.sql("UPDATE auth_user SET email = '' WHERE id = ?", nora);
        as(worker).get(PEOPLE + "?search=nora").then().body("results[0].email_parcial", nullValue());
    }

    @Test
    void an_admin_changes_role_and_activity_in_one_step_and_the_sessions_end() {
        int admin = given.person("admin");
        int nora = given.anyBuyer();
        String token = tokenOf(nora);
        change(admin, nora, "{\"rol\": \"mensajero\", \"is_active\": true}")
                .statusCode(200)
                .body("rol", equalTo("mensajero"))
                .body("is_active", equalTo(true));
        assertEquals("mensajero", roleOf(nora));
        change(admin, nora, "{\"rol\": \"trabajador\", \"is_active\": false}")
                .statusCode(200)
                .body("is_active", equalTo(false));
        assertEquals(
                3,
                given.number(
                        "SELECT count(*) FROM audit_logs WHERE modulo = 'usuario' AND objeto_id = ? AND usuario_id = ?",
                        nora,
                        admin));
        given().header("Authorization", "Bearer " + token)
                .get("/api/carrito/")
                .then()
                .statusCode(401);
        change(admin, nora, "{\"rol\": \"trabajador\", \"is_active\": false}").statusCode(200);
        assertEquals(
                3, given.number("SELECT count(*) FROM audit_logs WHERE objeto_id = ? AND usuario_id = ?", nora, admin));
    }

    @ParameterizedTest
    @ValueSource(strings = {"cliente", "mensajero", "trabajador"})
    void nobody_else_changes_a_role_least_of_all_their_own(String role) {
        int person = given.person(role);
        int other = given.anyBuyer();
        change(person, person, "{\"rol\": \"admin\"}").statusCode(403).body("code", equalTo("prohibido"));
        change(person, other, "{\"is_active\": false}").statusCode(403);
        assertEquals(role, roleOf(person));
        if (!role.equals("trabajador")) {
            as(person).get(PEOPLE).then().statusCode(403);
        }
    }

    @Test
    void an_admin_keeps_their_own_rights_and_the_shop_its_last_admin() throws Exception {
        int first = given.person("admin");
        int second = given.person("admin");
        given.sql("UPDATE auth_user SET is_superuser = false");
        given.sql(
                "UPDATE user_profiles SET rol = 'cliente' WHERE rol = 'admin' AND user_id NOT IN (?, ?)",
                first,
                second);
        change(first, first, "{\"rol\": \"cliente\"}").statusCode(403);
        change(first, first, "{\"is_active\": false}").statusCode(403);
        change(first, first, "{\"rol\": \"admin\", \"is_active\": true}").statusCode(200);
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var one = CompletableFuture.supplyAsync(
                    () -> change(first, second, "{\"rol\": \"cliente\"}")
                            .extract()
                            .statusCode(),
                    threads);
            var other = CompletableFuture.supplyAsync(
                    () -> change(second, first, "{\"is_active\": false}")
                            .extract()
                            .statusCode(),
                    threads);
            List<Integer> statuses = List.of(one.get(), other.get());
            assertTrue(statuses.contains(200), statuses::toString);
        }
        assertEquals(
                1,
                given.number("SELECT count(*) FROM auth_user u JOIN user_profiles p ON p.user_id = u.id "
                        + "WHERE u.is_active AND p.rol = 'admin'"));
        int left = (int) given.number("SELECT u.id FROM auth_user u JOIN user_profiles p ON p.user_id = u.id "
                + "WHERE u.is_active AND p.rol = 'admin'");
        var outcome = shop.manageAccounts().set(left, Role.CLIENTE, null, new Actor(0, null, null));
        assertEquals(ManageAccounts.Change.LAST_ADMIN, outcome);
    }

    @Test
    void a_superuser_stays_an_admin_whatever_is_sent() {
        int admin = given.person("admin");
        int root = given.anyBuyer();
        given.sql("UPDATE auth_user SET is_superuser = true WHERE id = ?", root);
        as(admin).get(PEOPLE + "?rol=admin&page_size=100").then().body("results.id", hasItem(root));
        change(admin, root, "{\"rol\": \"cliente\"}").statusCode(400).body("code", equalTo("cuenta_privilegiada"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"rol\": \"jefe\"}",
                "{\"rol\": 1}",
                "{\"is_active\": \"true\"}",
                "{\"is_active\": 1}",
                "[]",
                "nada"
            })
    void a_change_of_the_wrong_kind_is_refused(String body) {
        int admin = given.person("admin");
        int other = given.anyBuyer();
        change(admin, other, body).statusCode(400);
        assertEquals("cliente", roleOf(other));
        as(admin).body("{}").patch(PEOPLE + "2147483648/").then().statusCode(404);
        as(admin).body("{}").patch(PEOPLE + "abc/").then().statusCode(404);
    }

    private long orderOf(int buyer, long product, int units) {
        given.inCart(buyer, product, units);
        fixture.checkout(buyer);
        fixture.pay(buyer);
        return given.number("SELECT max(id) FROM pedidos WHERE usuario_id = ?", buyer);
    }

    private ValidatableResponse move(int who, long order, String state) {
        return as(who).body("{\"estado\": \"" + state + "\"}")
                .patch(ORDERS + order + "/")
                .then();
    }

    @Test
    void the_staff_sees_every_order_with_its_lines_and_searches_by_buyer_number_and_telephone() {
        int worker = given.person("trabajador");
        int buyer = named("cliente", "quico.mesa", "Quico", "Mesa");
        long order = orderOf(buyer, given.product("Lámpara", "5.00", 9), 2);
        given.sql("UPDATE pedidos SET telefono = '809-555-7777', notas = 'Tocar' WHERE id = ?", order);
        for (String search : List.of("quico", "" + order, "555-7777")) {
            as(worker)
                    .get(ORDERS + "?estado=confirmado&search=" + search)
                    .then()
                    .statusCode(200)
                    .body("results[0].id", equalTo((int) order))
                    .body("results[0].usuario_nombre", equalTo("Quico Mesa"))
                    .body("results[0].usuario_email", equalTo("quico.mesa@tienda.example"))
                    .body("results[0].estado", equalTo("confirmado"))
                    .body("results[0].metodo_pago", equalTo("tarjeta"))
                    .body("results[0].telefono", equalTo("809-555-7777"))
                    .body("results[0].direccion_entrega", equalTo("Calle 23"))
                    .body("results[0].notas", equalTo("Tocar"))
                    .body("results[0].mensajero_nombre", nullValue())
                    .body("results[0].created_at", notNullValue())
                    .body("results[0].total", equalTo("10.00"))
                    .body("results[0].detalles[0].producto_nombre", equalTo("Lámpara"))
                    .body("results[0].detalles[0].producto_imagen", nullValue())
                    .body("results[0].detalles[0].cantidad", equalTo(2))
                    .body("results[0].detalles[0].subtotal", equalTo("10.00"))
                    .body("results[0].detalles[0].id", notNullValue());
        }
        as(worker).get(ORDERS + "?estado=entregado&search=quico").then().body("results", empty());
        as(worker).get(ORDERS + "?estado=perdido").then().statusCode(400);
        as(worker).get(ORDERS + "?page_size=0").then().statusCode(400);
        as(given.anyBuyer()).get(ORDERS).then().statusCode(403);
        given().get(ORDERS).then().statusCode(401);
    }

    @Test
    void a_courier_sees_and_moves_their_own_deliveries_and_no_others() {
        int courier = given.person("mensajero");
        int worker = given.person("trabajador");
        long lamp = given.product("Lámpara", "5.00", 9);
        long mine = orderOf(given.anyBuyer(), lamp, 1);
        long others = orderOf(given.anyBuyer(), lamp, 1);
        long bought = orderOf(courier, lamp, 1);
        given.sql("UPDATE pedidos SET estado = 'en_preparacion' WHERE id IN (?, ?, ?)", mine, others, bought);
        given.sql("UPDATE pedidos SET mensajero_id = ? WHERE id = ?", courier, mine);
        as(courier)
                .get(ORDERS)
                .then()
                .statusCode(200)
                .body("results.id", contains((int) mine))
                .body("results[0].mensajero", equalTo(courier))
                .body("results[0].usuario_email", equalTo(""));
        move(courier, others, "en_camino").statusCode(404);
        move(courier, bought, "en_camino").statusCode(404);
        move(courier, mine, "cancelado").statusCode(400).body("code", equalTo("estado_imposible"));
        move(courier, mine, "en_camino").statusCode(200).body("estado", equalTo("en_camino"));
        move(courier, mine, "en_camino").statusCode(200);
        move(courier, mine, "entregado").statusCode(200).body("fecha_entrega", notNullValue());
        assertEquals(
                2,
                given.number(
                        "SELECT count(*) FROM audit_logs WHERE modulo = 'pedido' AND objeto_id = ? AND usuario_id = ?",
                        mine,
                        courier));
        move(worker, bought, "en_camino").statusCode(200);
        move(given.anyBuyer(), bought, "entregado").statusCode(403);
    }

    @Test
    void a_cancelled_orders_units_come_back_once_and_no_state_is_skipped() {
        int worker = given.person("trabajador");
        long lamp = given.product("Lámpara", "5.00", 9);
        long order = orderOf(given.anyBuyer(), lamp, 4);
        move(worker, order, "entregado")
                .statusCode(400)
                .body("error", containsString("«confirmado»"))
                .body("error", not(containsString("{0}")));
        move(worker, order, "cancelado").statusCode(200);
        move(worker, order, "cancelado").statusCode(200);
        move(worker, order, "confirmado").statusCode(400);
        assertEquals("9/0/0", given.figures(lamp));
        as(worker).body("{}").patch(ORDERS + order + "/").then().statusCode(400);
        as(worker).body("{\"estado\": 1}").patch(ORDERS + order + "/").then().statusCode(400);
        move(worker, 999_999_999L, "confirmado").statusCode(404);
    }
}
