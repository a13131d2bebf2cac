package com.electroisla.oldfront.http;

import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.allOf;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasKey;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.nullValue;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.electroisla.http.server.SignedInTest;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The product list and form of the old front end, and the number of units that the form sends back. */
@QuarkusTest
class AdminProductsIT extends SignedInTest {
    private static final String ALL = "/api/admin/productos/";

    private int staff;
    private long oven;

    @BeforeEach
    void a_worker_and_an_oven() {
        staff = given.person("trabajador");
        oven = given.product("Horno Austral", "1249.00", 10);
    }

    @AfterEach
    void figures_and_rows_agree_whatever_was_done() {
        assertEquals(List.of(), given.differences());
    }

    private RequestSpecification form(int user, Map<String, String> fields) {
        RequestSpecification request = given().header("Authorization", "Bearer " + tokenOf(user));
        fields.forEach(request::multiPart);
        return request;
    }

    private Response save(int user, long product, Map<String, String> fields) {
        return form(user, fields).patch(ALL + product + "/");
    }

    /** The form as the front end fills it from its list, with some fields changed. */
    private static Map<String, String> whole(int units, Map<String, String> changed) {
        Map<String, String> fields = new LinkedHashMap<>(Map.of(
                "nombre", "Horno Austral",
                "precio", "1249.00",
                "descuento", "",
                "stock", Integer.toString(units),
                "stock_total", Integer.toString(units),
                "categoria", "otros",
                "activo", "true",
                "en_carrusel", "false",
                "en_carousel_card", "true",
                "en_all_products", "true"));
        fields.putAll(changed);
        return fields;
    }

    private int listed(int user, long product) {
        return as(user).get(ALL + "?search=" + product)
                .then()
                .statusCode(200)
                .extract()
                .path("results.find { it.id == " + product + " }.stock");
    }

    private String movements(long product) {
        return String.join(
                " ",
                given.texts(
                        "SELECT tipo || delta_total || '/' || delta_vendido FROM movimientos_stock "
                                + "WHERE producto_id = ? ORDER BY id",
                        product));
    }

    @Test
    void the_list_has_what_the_page_shows_and_what_is_not_on_sale_too() {
        given.sql(
                "UPDATE productos SET creado_por_id = ?, descuento = 150, en_carrusel = true WHERE id = ?",
                staff,
                oven);
        given.takeOffSale(oven);
        as(staff)
                .get(ALL + "?search=" + oven + "&activo=false&categoria=otros")
                .then()
                .statusCode(200)
                .body("count", equalTo(1))
                .body("next", nullValue())
                .body("results[0].id", equalTo((int) oven))
                .body("results[0].nombre", equalTo("Horno Austral"))
                .body("results[0].descripcion", equalTo("Descripción"))
                .body("results[0].precio", equalTo("1249.00"))
                .body("results[0].descuento", equalTo(100))
                .body("results[0].stock", equalTo(10))
                .body("results[0].categoria", equalTo("otros"))
                .body("results[0].imagen", nullValue())
                .body("results[0].imagen_url", nullValue())
                .body("results[0].activo", equalTo(false))
                .body("results[0].en_carrusel", equalTo(true))
                .body("results[0].en_carousel_card", equalTo(false))
                .body("results[0].en_all_products", equalTo(true))
                .body("results[0].creado_por_username", equalTo("trabajador" + numberOf(staff)))
                .body("results[0]", allOf(hasKey("created_at"), not(hasKey("creado_por_id"))));
        as(staff).get(ALL + "?search=" + oven + "&activo=true").then().body("results", hasSize(0));
        as(staff).get(ALL + "?activo=quizas").then().statusCode(400).body("campo", equalTo("activo"));
    }

    private String numberOf(int user) {
        return given.text("SELECT replace(username, 'trabajador', '') FROM auth_user WHERE id = ?", user);
    }

    @Test
    void a_page_has_as_many_rows_as_were_asked_for_the_newest_first() {
        long newer = given.product("Horno Boreal", "1.00", 1);
        as(staff)
                .get(ALL + "?search=horno&page_size=1")
                .then()
                .body("results.id", contains((int) newer))
                .body("next", containsString("page=2"));
        as(staff).get(ALL + "?search=horno&page_size=1&page=2").then().body("results.id", contains((int) oven));
        as(staff).get(ALL + "?page_size=101").then().statusCode(400);
        as(staff).get(ALL + "?page=100000").then().statusCode(404);
    }

    @Test
    void a_number_that_the_list_showed_is_no_wish_however_much_was_sold_since() {
        assertEquals(10, listed(staff, oven));
        fixture.checkout(given.buyerWith(oven, 3));
        save(staff, oven, whole(10, Map.of("nombre", "Horno Austral II")))
                .then()
                .statusCode(200)
                .body("nombre", equalTo("Horno Austral II"))
                .body("stock", equalTo(7));
        assertEquals("10/3/0", given.figures(oven));
        assertEquals("", movements(oven));
    }

    @Test
    void the_same_form_sent_again_brings_no_sold_unit_back() {
        assertEquals(10, listed(staff, oven));
        fixture.checkout(given.buyerWith(oven, 3));
        for (int times = 0; times < 3; times++) {
            save(staff, oven, whole(10, Map.of())).then().statusCode(200).body("stock", equalTo(7));
        }
        assertEquals("10/3/0", given.figures(oven));
        assertEquals("", movements(oven));
    }

    @Test
    void a_form_that_waited_in_a_tab_while_another_fetched_the_list_anew_brings_none_back_either() {
        assertEquals(10, listed(staff, oven));
        fixture.checkout(given.buyerWith(oven, 3));
        assertEquals(7, listed(staff, oven));
        fixture.checkout(given.buyerWith(oven, 2));
        save(staff, oven, whole(10, Map.of())).then().body("stock", equalTo(5));
        save(staff, oven, whole(7, Map.of())).then().body("stock", equalTo(5));
        assertEquals("10/5/0", given.figures(oven));
        assertEquals("", movements(oven));
    }

    @Test
    void of_one_product_the_last_two_hundred_numbers_are_remembered_for_a_person() {
        listed(staff, oven);
        given.sql(
                "INSERT INTO existencias_mostradas SELECT usuario_id, producto_id, 1000 + n, "
                        + "mostrado_at - n * interval '1 second' FROM existencias_mostradas, generate_series(1, 300) n "
                        + "WHERE usuario_id = ? AND producto_id = ?",
                staff,
                oven);
        fixture.checkout(given.buyerWith(oven, 3));
        listed(staff, oven);
        assertEquals(
                "200/7/1198",
                given.text(
                        "SELECT count(*) || '/' || min(disponible) || '/' || max(disponible) "
                                + "FROM existencias_mostradas WHERE usuario_id = ? AND producto_id = ?",
                        staff,
                        oven));
    }

    @Test
    void another_number_is_a_wish_for_free_units_and_becomes_an_adjustment_once() {
        listed(staff, oven);
        int buyer = given.buyerWith(oven, 3);
        fixture.checkout(buyer);
        fixture.pay(buyer);
        fixture.checkout(given.buyerWith(oven, 2));
        save(staff, oven, whole(15, Map.of())).then().statusCode(200).body("stock", equalTo(15));
        assertEquals("20/2/3", given.figures(oven));
        assertEquals("ajuste10/0", movements(oven));
        assertEquals(
                1,
                given.number(
                        "SELECT count(*) FROM audit_logs WHERE accion = 'ajustar' AND objeto_id = ? AND usuario_id = ?",
                        oven,
                        staff));
        fixture.checkout(given.buyerWith(oven, 4));
        save(staff, oven, whole(15, Map.of())).then().body("stock", equalTo(11));
        save(staff, oven, whole(15, Map.of())).then().body("stock", equalTo(11));
        assertEquals("ajuste10/0", movements(oven), "the first answer had shown 15");
        save(staff, oven, whole(0, Map.of())).then().body("stock", equalTo(0));
        assertEquals("9/6/3", given.figures(oven));
    }

    @Test
    void a_mistyped_number_is_taken_back_by_the_number_before_it_and_that_again() {
        listed(staff, oven);
        fixture.checkout(given.buyerWith(oven, 3));
        assertEquals(7, listed(staff, oven));
        save(staff, oven, whole(70, Map.of())).then().body("stock", equalTo(70));
        assertEquals(70, listed(staff, oven));
        save(staff, oven, whole(10, Map.of())).then().body("stock", equalTo(70));
        for (int times = 0; times < 2; times++) {
            save(staff, oven, whole(7, Map.of())).then().statusCode(200).body("stock", equalTo(7));
        }
        assertEquals("ajuste63/0 ajuste-63/0", movements(oven));
        save(staff, oven, whole(70, Map.of())).then().body("stock", equalTo(70));
        assertEquals("73/3/0", given.figures(oven));
    }

    @Test
    void a_number_takes_nothing_back_that_was_sold_since_or_that_somebody_else_or_another_day_put_there() {
        listed(staff, oven);
        save(staff, oven, whole(100, Map.of())).then().body("stock", equalTo(100));
        int buyer = given.buyerWith(oven, 1);
        fixture.checkout(buyer);
        save(staff, oven, whole(10, Map.of())).then().body("stock", equalTo(99));
        fixture.cancel(shop, buyer);
        int other = given.person("admin");
        listed(other, oven);
        save(other, oven, whole(101, Map.of())).then().body("stock", equalTo(101));
        save(staff, oven, whole(10, Map.of())).then().body("stock", equalTo(101));
        save(staff, oven, whole(100, Map.of())).then().body("stock", equalTo(101));
        clock.advance(Duration.ofMinutes(10));
        save(other, oven, whole(100, Map.of())).then().body("stock", equalTo(101));
        assertEquals("ajuste90/0 ajuste1/0", movements(oven));
    }

    @Test
    void each_person_has_been_shown_their_own_number_and_after_a_day_the_present_one_counts() {
        listed(staff, oven);
        fixture.checkout(given.buyerWith(oven, 3));
        int other = given.person("admin");
        save(other, oven, whole(7, Map.of())).then().statusCode(200);
        assertEquals("", movements(oven), "seven are there");
        save(other, oven, whole(10, Map.of())).then().body("stock", equalTo(10));
        assertEquals("ajuste3/0", movements(oven), "this person has not been shown ten");
        clock.advance(Duration.ofHours(25));
        save(staff, oven, whole(9, Map.of())).then().body("stock", equalTo(9));
        assertEquals("ajuste3/0 ajuste-1/0", movements(oven));
    }

    @Test
    void the_eye_button_changes_the_one_thing_and_no_units() {
        listed(staff, oven);
        fixture.checkout(given.buyerWith(oven, 3));
        save(staff, oven, Map.of("activo", "false"))
                .then()
                .statusCode(200)
                .body("activo", equalTo(false))
                .body("nombre", equalTo("Horno Austral"))
                .body("en_all_products", equalTo(true));
        assertEquals("10/3/0", given.figures(oven));
        assertEquals(
                "{\"activo\": \"false\"}",
                given.text(
                        "SELECT detalles ->> 'despues' FROM audit_logs WHERE modulo = 'producto' AND objeto_id = ?",
                        oven));
    }

    @Test
    void a_product_that_is_not_initialised_keeps_its_stock_until_another_number_is_wished() {
        given.sql("UPDATE productos SET stock_total = 0 WHERE id = ?", oven);
        given.sql("UPDATE productos SET stock = 5 WHERE id = ?", oven);
        assertEquals(0, listed(staff, oven));
        save(staff, oven, whole(0, Map.of())).then().statusCode(200);
        clock.advance(Duration.ofHours(25));
        save(staff, oven, whole(0, Map.of())).then().statusCode(200);
        assertEquals(5, given.number("SELECT stock FROM productos WHERE id = ?", oven));
        assertEquals("0/0/0", given.figures(oven));
        save(staff, oven, whole(5, Map.of())).then().body("stock", equalTo(5));
        assertEquals("5/0/0", given.figures(oven));
        assertEquals("", movements(oven), "as in step 3, no unit came or went");
    }

    @Test
    void two_wishes_at_once_beside_buyers_lose_no_unit_that_is_held_or_sold() throws Exception {
        int other = given.person("admin");
        List<Integer> buyers = new ArrayList<>();
        for (int i = 0; i < 12; i++) {
            buyers.add(given.buyerWith(oven, 1));
        }
        listed(staff, oven);
        listed(other, oven);
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<CompletableFuture<?>> all = new ArrayList<>();
            for (int i = 0; i < 6; i++) {
                int units = 20 + i;
                int who = i % 2 == 0 ? staff : other;
                all.add(CompletableFuture.runAsync(
                        () -> save(who, oven, whole(units, Map.of())).then().statusCode(200), threads));
            }
            buyers.forEach(buyer -> all.add(CompletableFuture.runAsync(
                    () -> {
                        fixture.checkout(buyer);
                        fixture.pay(buyer);
                    },
                    threads)));
            CompletableFuture.allOf(all.toArray(CompletableFuture[]::new)).get();
        }
        long sold = given.number(
                "SELECT COALESCE(sum(cantidad), 0) FROM stock_reservations "
                        + "WHERE producto_id = ? AND status = 'confirmed'",
                oven);
        assertEquals(sold, given.number("SELECT stock_vendido FROM productos WHERE id = ?", oven));
        assertEquals(
                given.number("SELECT stock_total FROM productos WHERE id = ?", oven),
                10
                        + given.number(
                                "SELECT COALESCE(sum(delta_total), 0) FROM movimientos_stock WHERE producto_id = ?",
                                oven));
        long free = given.number("SELECT stock FROM productos WHERE id = ?", oven);
        assertTrue(free >= 8 && free <= 25, () -> "free: " + free);
    }

    @Test
    void a_new_product_begins_with_an_entry_of_its_units_once_for_each_key() {
        Map<String, String> fields = whole(6, Map.of("nombre", "Estufa", "descripcion", "De gas", "activo", "false"));
        Response first = form(staff, fields).header("Idempotency-Key", "estufa").post(ALL);
        int id = first.then()
                .statusCode(201)
                .body("nombre", equalTo("Estufa"))
                .body("descripcion", equalTo("De gas"))
                .body("descuento", equalTo(0))
                .body("stock", equalTo(6))
                .body("activo", equalTo(false))
                .body("en_carousel_card", equalTo(true))
                .body("creado_por_username", equalTo("trabajador" + numberOf(staff)))
                .extract()
                .path("id");
        assertEquals("6/0/0", given.figures(id));
        assertEquals("entrada6/0", movements(id));
        Response again = form(staff, fields).header("Idempotency-Key", "estufa").post(ALL);
        assertEquals(first.asString(), again.asString());
        form(staff, whole(7, Map.of()))
                .header("Idempotency-Key", "estufa")
                .post(ALL)
                .then()
                .statusCode(422);
        assertEquals(1, given.number("SELECT count(*) FROM productos WHERE nombre = 'Estufa'"));
        assertEquals(
                1,
                given.number(
                        "SELECT count(*) FROM audit_logs "
                                + "WHERE accion = 'crear' AND modulo = 'producto' AND objeto_id = ?",
                        id));
    }

    @ParameterizedTest
    @CsvSource({
        "nombre, ' '",
        "precio, gratis",
        "precio, -1",
        "precio, 1.249",
        "precio, 100000000",
        "descuento, 101",
        "descuento, -1",
        "descuento, 5.5",
        "stock, muchas",
        "stock, -1",
        "stock, 2147483648",
        "stock, ''",
        "activo, si",
        "en_carrusel, ''",
        "categoria, ''"
    })
    void a_value_of_the_wrong_kind_is_named_and_changes_nothing(String field, String value) {
        Map<String, String> some = new LinkedHashMap<>(Map.of("nombre", "Otro"));
        some.put(field, value);
        save(staff, oven, some)
                .then()
                .statusCode(400)
                .body("campo", equalTo(field))
                .body("code", equalTo("solicitud_invalida"));
        Map<String, String> all = whole(1, Map.of("nombre", "Nuevo malo"));
        all.put(field, value);
        form(staff, all).post(ALL).then().statusCode(400);
        assertEquals("Horno Austral", given.text("SELECT nombre FROM productos WHERE id = ?", oven));
        assertEquals(0, given.number("SELECT count(*) FROM productos WHERE nombre = 'Nuevo malo'"));
    }

    @Test
    void a_new_product_needs_a_name_and_a_price_and_two_numbers_of_units_are_none() {
        form(staff, Map.of("nombre", "Sin precio"))
                .post(ALL)
                .then()
                .statusCode(400)
                .body("campo", equalTo("precio"));
        form(staff, Map.of("precio", "5")).post(ALL).then().statusCode(400).body("campo", equalTo("nombre"));
        save(staff, oven, Map.of("stock", "4", "stock_total", "5"))
                .then()
                .statusCode(400)
                .body("campo", equalTo("stock_total"));
        save(staff, oven, Map.of("stock", "2147483647")).then().statusCode(200);
        fixture.checkout(given.buyerWith(oven, 1));
        save(staff, oven, Map.of("stock", "2147483646", "nombre", "Nada"))
                .then()
                .statusCode(200);
        int other = given.person("trabajador");
        save(other, oven, Map.of("stock", "2147483647", "nombre", "De más"))
                .then()
                .statusCode(400)
                .body("campo", equalTo("stock"));
        assertEquals("Nada", given.text("SELECT nombre FROM productos WHERE id = ?", oven));
    }

    @Test
    void json_with_the_same_names_is_read_like_the_form() {
        as(staff)
                .body("{\"precio\": 19.5, \"stock\": 12, \"activo\": false, \"en_carrusel\": null}")
                .patch(ALL + oven + "/")
                .then()
                .statusCode(200)
                .body("precio", equalTo("19.50"))
                .body("stock", equalTo(12));
        as(staff).body("{\"nombre\": [\"x\"]}").patch(ALL + oven + "/").then().statusCode(400);
        given().header("Authorization", "Bearer " + tokenOf(staff))
                .contentType("application/x-www-form-urlencoded")
                .body("nombre=x")
                .patch(ALL + oven + "/")
                .then()
                .statusCode(415);
    }

    @Test
    void a_product_is_deleted_by_an_admin_once_and_leaves_the_carts() {
        int admin = given.person("admin");
        int buyer = given.buyerWith(oven, 2);
        as(staff).delete(ALL + oven + "/").then().statusCode(403);
        as(admin).delete(ALL + oven + "/").then().statusCode(204);
        as(admin).delete(ALL + oven + "/").then().statusCode(404);
        as(buyer).get("/api/carrito/").then().statusCode(200).body("items", hasSize(0));
        assertEquals(
                "Horno Austral",
                given.text(
                        "SELECT detalles -> 'antes' ->> 'nombre' FROM audit_logs WHERE accion = 'eliminar' "
                                + "AND objeto_id = ?",
                        oven));
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void a_product_that_somebody_has_held_or_ordered_stays(boolean ordered) {
        int admin = given.person("admin");
        int buyer = given.buyerWith(oven, 2);
        fixture.checkout(buyer);
        if (ordered) {
            fixture.pay(buyer);
        }
        as(admin).delete(ALL + oven + "/").then().statusCode(409).body("code", equalTo("producto_en_uso"));
        assertEquals(ordered ? "10/0/2" : "10/2/0", given.figures(oven));
    }

    @Test
    void a_product_that_another_programs_row_needs_stays() {
        int admin = given.person("admin");
        given.sql("CREATE TABLE de_otros (producto_id bigint REFERENCES productos (id) DEFERRABLE INITIALLY DEFERRED)");
        given.sql("INSERT INTO de_otros VALUES (?)", oven);
        as(admin).delete(ALL + oven + "/").then().statusCode(409);
        given.sql("DROP TABLE de_otros");
        as(admin).delete(ALL + oven + "/").then().statusCode(204);
    }

    @ParameterizedTest
    @ValueSource(strings = {"cliente", "mensajero"})
    void lower_roles_see_and_change_nothing(String role) {
        int nobody = given.person(role);
        as(nobody).get(ALL).then().statusCode(403).body("code", equalTo("prohibido"));
        form(nobody, whole(1, Map.of())).post(ALL).then().statusCode(403);
        save(nobody, oven, Map.of("nombre", "Mío")).then().statusCode(403);
        as(nobody).body("{\"nombre\": \"Mío\"}").patch(ALL + oven + "/").then().statusCode(403);
        as(nobody).delete(ALL + oven + "/").then().statusCode(403);
        assertEquals("Horno Austral", given.text("SELECT nombre FROM productos WHERE id = ?", oven));
    }

    @Test
    void nobody_comes_in_without_a_token() {
        given().get(ALL).then().statusCode(401);
        given().multiPart("nombre", "x").post(ALL).then().statusCode(401).header("WWW-Authenticate", "Bearer");
        given().header("Authorization", "Bearer " + tokens.expired(staff))
                .multiPart("nombre", "x")
                .patch(ALL + oven + "/")
                .then()
                .statusCode(401);
        given().delete(ALL + oven + "/").then().statusCode(401);
        save(staff, 999_999_999L, Map.of("nombre", "x")).then().statusCode(404);
        as(staff).body("{}").patch(ALL + "abc/").then().statusCode(404);
    }
}
