package com.electroisla.catalog.http;

import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.nullValue;
import static org.hamcrest.Matchers.startsWith;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.electroisla.catalog.ProductField;
import com.electroisla.http.server.SignedInTest;
import io.quarkus.test.junit.QuarkusTest;
import java.util.Base64;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Pictures that the old shop kept as text in the product's row, beside uploaded files and addresses. */
@QuarkusTest
class PicturesIT extends SignedInTest {
    private static final String PNG_BEGINS = "89504e470d0a1a0a";

    /** A picture with the given first bytes: 60 kB of image data, 80 kB as text. */
    private static byte[] picture(String beginning, int seed) {
        byte[] bytes = new byte[60_000];
        new Random(seed).nextBytes(bytes);
        byte[] head = java.util.HexFormat.of().parseHex(beginning);
        System.arraycopy(head, 0, bytes, 0, head.length);
        return bytes;
    }

    private static String text(byte[] picture) {
        return "data:image/png;base64," + Base64.getEncoder().encodeToString(picture);
    }

    private long product(String text, String uploaded) {
        long id = given.productWithStock(5);
        given.sql("UPDATE productos SET imagen_url = ?, imagen = ? WHERE id = ?", text, uploaded, id);
        return id;
    }

    private String addressOf(long product) {
        return given().get("/api/productos/" + product + "/")
                .then()
                .statusCode(200)
                .extract()
                .path("imagen_url");
    }

    @BeforeAll
    void fill_a_page_with_pictures() {
        for (int i = 0; i < 20; i++) {
            given.sql(
                    "UPDATE productos SET categoria = 'cuadros' WHERE id = ?",
                    product(text(picture(PNG_BEGINS, i)), null));
        }
    }

    @Test
    void a_list_of_twenty_products_with_pictures_in_their_rows_stays_small_wherever_it_is_shown() {
        int buyer = given.anyBuyer();
        given.sql("INSERT INTO carts (user_id, created_at, updated_at) VALUES (?, now(), now())", buyer);
        given.sql("""
                INSERT INTO cart_items (cart_id, product_id, quantity, price_at_addition, created_at, updated_at)
                SELECT c.id, p.id, 1, 1, now(), now() FROM carts c, productos p
                WHERE c.user_id = ? AND p.categoria = 'cuadros'""", buyer);
        for (String body : new String[] {
            given().get("/api/productos/?categoria=cuadros")
                    .then()
                    .statusCode(200)
                    .body("results.size()", equalTo(20))
                    .extract()
                    .asString(),
            given().accept("text/html")
                    .get("/?categoria=cuadros")
                    .then()
                    .statusCode(200)
                    .extract()
                    .asString(),
            as(buyer)
                    .get("/api/carrito/")
                    .then()
                    .statusCode(200)
                    .body("items.size()", equalTo(20))
                    .extract()
                    .asString(),
            as(buyer)
                    .body("{\"quantity\": 2}")
                    .patch("/api/carrito/items/"
                            + given.number(
                                    "SELECT min(i.id) FROM cart_items i JOIN carts c ON c.id = "
                                            + "i.cart_id WHERE c.user_id = ?",
                                    buyer)
                            + "/")
                    .then()
                    .statusCode(200)
                    .extract()
                    .asString()
        }) {
            assertFalse(body.contains("data:image/png"), body);
            assertTrue(body.length() < 40_000, () -> Integer.toString(body.length()));
            assertEquals(20, body.split("/imagenes/", -1).length - 1, body);
        }
    }

    @Test
    void the_address_of_a_picture_gives_its_bytes_for_a_year_and_a_changed_picture_has_another() {
        byte[] picture = picture(PNG_BEGINS, 99);
        long id = product(text(picture), null);
        String address = addressOf(id);
        assertTrue(address.startsWith(address() + "/imagenes/" + id + "/"), address);
        var answer = given().get(address)
                .then()
                .statusCode(200)
                .contentType("image/png")
                .header("Cache-Control", "public, max-age=31536000, immutable")
                .header("X-Content-Type-Options", "nosniff")
                .header("Content-Security-Policy", "default-src 'none'")
                .extract();
        assertArrayEquals(picture, answer.asByteArray());
        given().header("If-None-Match", answer.header("ETag"))
                .get(address)
                .then()
                .statusCode(304)
                .header("ETag", answer.header("ETag"));
        given().head(address).then().statusCode(200).header("ETag", answer.header("ETag"));
        given().header("Accept", "image/avif,image/*;q=0.8").get(address).then().statusCode(200);

        given.sql("UPDATE productos SET stock_reservado = 1, descripcion = 'otra' WHERE id = ?", id);
        assertEquals(address, addressOf(id));
        given.sql("UPDATE productos SET activo = false WHERE id = ?", id);
        given().get(address).then().statusCode(200);
        given.sql(
                "UPDATE productos SET activo = true, imagen_url = ? WHERE id = ?", text(picture(PNG_BEGINS, 100)), id);
        assertNotEquals(address, addressOf(id));
        given().get(address).then().statusCode(404);
        given().get(addressOf(id)).then().statusCode(200);
        given.sql("UPDATE productos SET imagen_url = 'https://cdn.example/a.png' WHERE id = ?", id);
        assertEquals("https://cdn.example/a.png", addressOf(id));
    }

    /** The type that the text claims is ignored. */
    @ParameterizedTest
    @CsvSource({
        "89504e470d0a1a0a, image/png",
        "ffd8ffe0, image/jpeg",
        "474946383961, image/gif",
        "524946460000000057454250, image/webp",
        "0000001c6674797061766966, image/avif",
        "424d0000000000000000, image/bmp",
        "00000100, image/x-icon"
    })
    void the_kind_of_a_picture_is_found_in_its_bytes(String beginning, String kind) {
        byte[] picture = picture(beginning, 7);
        for (String head : new String[] {
            "data:image/svg+xml;base64,",
            "data:text/html;charset=utf-8;base64,",
            "DATA:;BASE64,",
            " \n data:image/jpeg;base64,",
            ""
        }) {
            String address = addressOf(product(head + Base64.getMimeEncoder().encodeToString(picture), null));
            assertArrayEquals(
                    picture,
                    given().get(address)
                            .then()
                            .statusCode(200)
                            .contentType(kind)
                            .extract()
                            .asByteArray());
        }
        String address = addressOf(product(
                "data:image/png;base64,"
                        + Base64.getEncoder()
                                .encodeToString(picture)
                                .replace("+", "%2B")
                                .replace("/", "%2F"),
                null));
        assertArrayEquals(
                picture,
                given().get(address)
                        .then()
                        .statusCode(200)
                        .contentType(kind)
                        .extract()
                        .asByteArray());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "data:image/svg+xml;base64,PHN2ZyB4bWxucz0iaHR0cDovL3d3dy53My5vcmcvMjAwMC9zdmciIG9ubG9hZD0iYWxlcnQ"
                        + "oMSkiLz4=",
                "data:image/svg+xml,<svg onload=alert(1)>",
                "data:text/html,<script>alert(1)</script>",
                "data:text/html;base64,PHNjcmlwdD4=",
                "data:image/png;base64,PHNjcmlwdD4=",
                "data:image/png;base64,",
                "data:image/png",
                "data:",
                "data:image/png;base64,ñ%ZZ"
            })
    void what_is_no_picture_has_no_bytes_at_its_address(String text) {
        long id = product(text, null);
        String address = addressOf(id);
        assertTrue(address.contains("/imagenes/" + id + "/"), address);
        given().get(address).then().statusCode(404);
    }

    @Test
    void an_address_that_nobody_was_given_is_a_404() {
        long id = product(text(picture(PNG_BEGINS, 5)), null);
        for (String address : new String[] {
            "/imagenes/" + id + "/",
            "/imagenes/" + id + "/00000000-0000-0000-0000-000000000000",
            "/imagenes/0/x",
            "/imagenes/x/y",
            "/imagenes/",
            "/imagenes/" + id + "/%00",
            "/imagenes/99999999999999999999/00000000-0000-0000-0000-000000000000",
            addressOf(id)
                    .toUpperCase(java.util.Locale.ROOT)
                    .replace("HTTP://", "http://")
                    .replace("IMAGENES", "imagenes")
        }) {
            given().get(address).then().statusCode(404);
        }
        long none = given.productWithStock(1);
        given().get("/imagenes/" + none + "/null").then().statusCode(404);
    }

    @Test
    void an_uploaded_file_goes_before_the_text_and_every_address_on_this_site_is_whole() {
        String data = text(picture(PNG_BEGINS, 3));
        for (Map.Entry<String, Long> each : Map.of(
                        address() + "/media/productos/Gemini_%C3%B1_102.png",
                        product(data, "productos/Gemini_ñ_102.png"),
                        address() + "/media/a%20b.jpg",
                        product("https://cdn.example/102.jpg", "a b.jpg"),
                        address() + "/r.jpg",
                        product("/r.jpg", ""),
                        "https://cdn.example/102.jpg",
                        product("https://cdn.example/102.jpg", " "))
                .entrySet()) {
            assertEquals(each.getKey(), addressOf(each.getValue()));
            int buyer = given.anyBuyer();
            as(buyer)
                    .body(line(each.getValue(), 1))
                    .post("/api/carrito/agregar/")
                    .then()
                    .statusCode(201)
                    .body("items[0].product.imagen_url", equalTo(each.getKey()));
            as(buyer).get("/api/carrito/").then().body("items[0].product.imagen_url", equalTo(each.getKey()));
            given().accept("text/html")
                    .get("/productos/" + each.getValue() + "/")
                    .then()
                    .statusCode(200);
        }
        for (String text : new String[] {"", "  ", null}) {
            given().get("/api/productos/" + product(text, "") + "/").then().body("imagen_url", nullValue());
        }
        String lengthy = "https://cdn.example/" + "x".repeat(5_000);
        assertEquals(lengthy, addressOf(product(lengthy, null)), "an address is one however long it is");
        given().get("/api/productos/" + product("x".repeat(5_000), null) + "/")
                .then()
                .body("imagen_url", startsWith(address() + "/imagenes/"));
    }

    @Test
    void whoever_edits_a_product_sees_the_address_of_its_picture_and_leaves_the_picture_where_it_is() {
        String data = text(picture(PNG_BEGINS, 4));
        long id = product(data, null);
        var edits = shop.editProducts();
        var found = edits.find(id).orElseThrow();
        String image = found.details().text(ProductField.IMAGE);
        assertTrue(image.matches("/imagenes/" + id + "/[0-9a-f-]{36}"), image);
        assertFalse(found.version().contains("data:"));
        given.sql("UPDATE productos SET imagen_url = ? WHERE id = ?", data + "\n", id);
        assertNotEquals(found.version(), edits.find(id).orElseThrow().version());
    }
}
