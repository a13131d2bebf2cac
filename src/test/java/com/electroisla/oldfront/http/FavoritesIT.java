package com.electroisla.oldfront.http;

import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasSize;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.electroisla.http.server.SignedInTest;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.ValidatableResponse;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
class FavoritesIT extends SignedInTest {

    private ValidatableResponse add(int user, Object product) {
        return as(user).post("/api/favoritos/agregar/" + product + "/").then();
    }

    private ValidatableResponse remove(int user, Object product) {
        return as(user).delete("/api/favoritos/remover/" + product + "/").then();
    }

    private ValidatableResponse among(int user, String ids) {
        return as(user).get("/api/favoritos/verificar-batch/?ids=" + ids).then();
    }

    private long favorites() {
        return given.number("SELECT count(*) FROM favoritos");
    }

    @Test
    void a_product_is_added_once_counted_for_everybody_and_removed() {
        long lamp = given.product("Lámpara", "10.00", 3);
        int ana = given.anyBuyer();
        int leo = given.anyBuyer();
        add(ana, lamp).statusCode(201).body("favoritos_count", equalTo(1)).body("es_favorito", equalTo(true));
        add(ana, lamp).statusCode(200).body("favoritos_count", equalTo(1));
        add(leo, lamp).statusCode(201).body("favoritos_count", equalTo(2));
        remove(ana, lamp).statusCode(200).body("favoritos_count", equalTo(1)).body("es_favorito", equalTo(false));
        remove(ana, lamp).statusCode(200).body("favoritos_count", equalTo(1));
        isFavorite(ana, lamp, false);
        isFavorite(leo, lamp, true);
    }

    private void isFavorite(int user, long product, boolean expected) {
        as(user).get("/api/favoritos/es-favorito/" + product + "/")
                .then()
                .statusCode(200)
                .body("es_favorito", equalTo(expected));
    }

    @Test
    void each_id_that_is_asked_for_gets_its_answer() {
        long lamp = given.product("Lámpara", "10.00", 3);
        long fan = given.product("Ventilador", "10.00", 3);
        int ana = given.anyBuyer();
        add(ana, lamp);
        Map<String, Boolean> answers = among(ana, lamp + "," + fan + ",987654321")
                .statusCode(200)
                .extract()
                .path("favoritos");
        assertEquals(Map.of("" + lamp, true, "" + fan, false, "987654321", false), answers);
        among(given.anyBuyer(), "" + lamp).body("favoritos.'" + lamp + "'", equalTo(false));
        assertEquals(Map.of(), among(ana, "").statusCode(200).extract().path("favoritos"));
        as(ana).get("/api/favoritos/verificar-batch/").then().statusCode(200);
        String thousand =
                LongStream.rangeClosed(1, 1_000).mapToObj(Long::toString).collect(Collectors.joining(","));
        Map<String, Boolean> many =
                among(ana, thousand).statusCode(200).extract().path("favoritos");
        assertEquals(1_000, many.size());
    }

    @ParameterizedTest
    @ValueSource(strings = {"a", "1,b", "-1", "1.5", "1;2", "1,,2", "9223372036854775808", "1%20OR%201=1"})
    void ids_that_are_none_are_refused(String ids) {
        among(given.anyBuyer(), ids).statusCode(400).body("campo", equalTo("ids"));
    }

    @Test
    void a_list_of_a_hundred_thousand_ids_and_control_characters_are_refused_before_any_work() {
        int ana = given.anyBuyer();
        among(ana, "1,".repeat(5_000) + "1").statusCode(414).body("code", equalTo("url_demasiado_larga"));
        int status = among(ana, "1,".repeat(100_000) + "1").extract().statusCode();
        assertTrue(status == 414 || status == 431 || status == 400, () -> "" + status);
        among(ana, "1%00").statusCode(400);
        among(ana, "1%0A2").statusCode(400);
    }

    @Test
    void the_list_has_those_that_are_on_sale_the_latest_first_with_what_the_page_shows() {
        long lamp = given.product("Lámpara", "10.00", 20, 3);
        long fan = given.product("Ventilador", "30.00", 3);
        long retired = given.product("Retirado", "30.00", 3);
        int ana = given.anyBuyer();
        add(ana, fan);
        add(ana, retired);
        add(ana, lamp);
        given.takeOffSale(retired);
        as(ana).get("/api/mis-favoritos/")
                .then()
                .statusCode(200)
                .body("count", equalTo(2))
                .body("favoritos.id", contains((int) lamp, (int) fan))
                .body("favoritos[0].nombre", equalTo("Lámpara"))
                .body("favoritos[0].precio", equalTo("10.00"))
                .body("favoritos[0].descuento", equalTo(20))
                .body("favoritos[0].imagen_url", equalTo(null));
        as(given.anyBuyer()).get("/api/mis-favoritos/").then().body("favoritos", hasSize(0));
        remove(ana, retired).statusCode(200);
    }

    @Test
    void what_is_not_on_sale_is_not_added_and_what_does_not_exist_is_a_404() {
        long retired = given.product("Retirado", "30.00", 3);
        long worthless = given.product("Sin precio", "30.00", 3);
        given.takeOffSale(retired);
        given.sql("UPDATE productos SET precio = 'NaN' WHERE id = ?", worthless);
        int ana = given.anyBuyer();
        long before = favorites();
        for (Object none : new Object[] {retired, worthless, 987654321, "abc", "-1", "9223372036854775808", "%00"}) {
            add(ana, none).statusCode(404).body("code", equalTo("producto_no_encontrado"));
        }
        remove(ana, 987654321).statusCode(404);
        remove(ana, retired).statusCode(200).body("favoritos_count", equalTo(0));
        as(ana).get("/api/favoritos/es-favorito/987654321/").then().statusCode(200);
        assertEquals(before, favorites());
    }

    @Test
    void a_person_has_a_thousand_at_the_most() {
        long lamp = given.product("Lámpara", "10.00", 3);
        int ana = given.anyBuyer();
        given.sql("""
                WITH nuevos AS (INSERT INTO productos (nombre, descripcion, precio, descuento, stock, categoria, activo,
                       en_carrusel, en_carousel_card, en_all_products, created_at, updated_at)
                    SELECT 'Relleno', '', 1, 0, 0, 'otros', true, false, false, true, now(), now()
                      FROM generate_series(1, 1000) RETURNING id)
                INSERT INTO favoritos (created_at, producto_id, usuario_id) SELECT now(), id, ? FROM nuevos""", ana);
        add(ana, lamp)
                .statusCode(409)
                .body("code", equalTo("favoritos_llenos"))
                .body("error", equalTo("Puedes tener 1000 favoritos como máximo."));
        long one = given.number("SELECT min(producto_id) FROM favoritos WHERE usuario_id = ?", ana);
        add(ana, one).statusCode(200);
        remove(ana, one).statusCode(200);
        add(ana, lamp).statusCode(201);
    }

    @Test
    void nobody_is_served_without_a_token_or_with_that_of_an_account_that_ended() {
        long lamp = given.product("Lámpara", "10.00", 3);
        long before = favorites();
        given().post("/api/favoritos/agregar/" + lamp + "/").then().statusCode(401);
        given().delete("/api/favoritos/remover/" + lamp + "/").then().statusCode(401);
        given().get("/api/favoritos/es-favorito/" + lamp + "/").then().statusCode(401);
        given().get("/api/favoritos/verificar-batch/?ids=" + lamp).then().statusCode(401);
        given().get("/api/mis-favoritos/").then().statusCode(401);
        int gone = given.anyBuyer();
        tokenOf(gone);
        given.sql("UPDATE auth_user SET is_active = false WHERE id = ?", gone);
        add(gone, lamp).statusCode(401);
        assertEquals(before, favorites());
    }

    @Test
    void a_repetition_with_the_same_key_gets_the_first_answer() {
        long lamp = given.product("Lámpara", "10.00", 3);
        int ana = given.anyBuyer();
        for (int i = 0; i < 2; i++) {
            as(ana).header("Idempotency-Key", "f")
                    .post("/api/favoritos/agregar/" + lamp + "/")
                    .then()
                    .statusCode(201)
                    .body("favoritos_count", equalTo(1));
        }
    }

    @Test
    void a_favourite_goes_with_its_product() {
        long lamp = given.product("Lámpara", "10.00", 3);
        int ana = given.anyBuyer();
        add(ana, lamp);
        given.sql("DELETE FROM productos WHERE id = ?", lamp);
        as(ana).get("/api/mis-favoritos/").then().body("count", equalTo(0));
    }
}
