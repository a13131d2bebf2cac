package com.electroisla.oldfront.http;

import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.not;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.electroisla.http.server.PublicAddress;
import com.electroisla.http.server.SignedInTest;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.ValidatableResponse;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The products as the old front end reads them: each field with the type that it reckons with. */
@QuarkusTest
class CatalogueCallsIT extends SignedInTest {
    private static final Map<String, Class<?>> PRODUCT = Map.ofEntries(
            Map.entry("id", Integer.class),
            Map.entry("nombre", String.class),
            Map.entry("descripcion", String.class),
            Map.entry("precio", String.class),
            Map.entry("descuento", Integer.class),
            Map.entry("categoria", String.class),
            Map.entry("stock", Integer.class),
            Map.entry("activo", Boolean.class),
            Map.entry("en_carrusel", Boolean.class),
            Map.entry("en_carousel_card", Boolean.class),
            Map.entry("en_all_products", Boolean.class));

    @BeforeEach
    void an_empty_shop() {
        fixture.sql("UPDATE productos SET activo = false");
    }

    private static ValidatableResponse get(String path) {
        return given().get(path).then().statusCode(200);
    }

    private static void isProduct(Map<String, Object> product) {
        PRODUCT.forEach((name, type) -> assertInstanceOf(type, product.get(name), name));
        assertTrue(product.containsKey("imagen_url"), product::toString);
    }

    @Test
    void the_carousel_has_the_products_that_are_in_it_and_on_sale_newest_first_with_the_price_before_the_discount() {
        long first = fixture.product("Primero", "100.00", 25, 4);
        fixture.product("Fuera", "1.00", 4);
        long second = fixture.product("Segundo", "10.00", 4);
        long retired = fixture.product("Retirado", "10.00", 4);
        fixture.sql("UPDATE productos SET en_carrusel = true WHERE id IN (?, ?, ?)", first, second, retired);
        fixture.takeOffSale(retired);
        fixture.sql("UPDATE productos SET imagen = 'productos/uno.png' WHERE id = ?", first);
        fixture.sql("UPDATE productos SET stock_reservado = 1, stock_vendido = 1 WHERE id = ?", first);

        ValidatableResponse answer = get("/api/carrusel/")
                .body("count", equalTo(2))
                .body("data.id", contains((int) second, (int) first))
                .body("data[1].precio", equalTo("100.00"))
                .body("data[1].descuento", equalTo(25))
                .body("data[1].stock", equalTo(2))
                .body("data[1].imagen_url", equalTo(address() + "/media/productos/uno.png"))
                .body("data[0].imagen_url", equalTo(null));
        isProduct(answer.extract().path("data[0]"));
        get("/api/carrusel").body("count", equalTo(2));
    }

    @Test
    void the_home_page_gets_all_that_is_meant_for_it_at_once_newest_first() {
        long[] products = IntStream.range(0, 60)
                .mapToLong(i -> fixture.product("Producto " + i, "5.00", 1))
                .toArray();
        fixture.sql("UPDATE productos SET en_all_products = false WHERE id = ?", products[30]);
        fixture.takeOffSale(products[40]);
        fixture.sql("UPDATE productos SET precio = -1 WHERE id = ?", products[50]);

        ValidatableResponse answer = get("/api/catalogo/productos/")
                .body("count", equalTo(57))
                .body("data", hasSize(57))
                .body("data[0].id", equalTo((int) products[59]))
                .body("data[56].id", equalTo((int) products[0]));
        isProduct(answer.extract().path("data[3]"));
        isProduct(get("/api/productos/").body("results", hasSize(50)).extract().path("results[0]"));
    }

    @Test
    void one_list_serves_everybody_for_a_second() {
        long lamp = fixture.product("Lámpara", "5.00", 9);
        AtomicLong now = new AtomicLong();
        HomeLists lists = new HomeLists(now::get);
        PublicAddress site = new PublicAddress("https://tienda.example");
        byte[] first = lists.json(shop.products(), HomeLists.Kind.HOME_PAGE, site);
        fixture.sql("UPDATE productos SET stock_total = 8 WHERE id = ?", lamp);
        now.addAndGet(999_999_999);
        assertSame(first, lists.json(shop.products(), HomeLists.Kind.HOME_PAGE, site));
        assertTrue(
                text(lists.json(shop.products(), HomeLists.Kind.HOME_PAGE, new PublicAddress("https://otra.example")))
                        .contains("\"stock\":8"));
        now.incrementAndGet();
        assertTrue(text(lists.json(shop.products(), HomeLists.Kind.HOME_PAGE, site))
                .contains("\"stock\":8"));
    }

    private static String text(byte[] list) {
        return new String(list, StandardCharsets.UTF_8);
    }

    @Test
    void a_product_page_has_the_product_its_neighbours_and_how_many_like_it() {
        long lamp = inCategory("Lámpara", "luces");
        long[] others = Stream.of("a", "b", "c", "d", "e", "f", "g", "h", "i", "j", "k", "l")
                .mapToLong(name -> inCategory(name, "luces"))
                .toArray();
        fixture.takeOffSale(others[11]);
        inCategory("Otra cosa", "mesas");
        int buyer = fixture.anyBuyer();
        as(buyer).post("/api/favoritos/agregar/" + lamp + "/").then().statusCode(201);

        ValidatableResponse answer = get("/api/productos/" + lamp + "/")
                .body("id", equalTo((int) lamp))
                .body("precio", equalTo("20.00"))
                .body("producto.id", equalTo((int) lamp))
                .body("producto.favoritos_count", equalTo(1))
                .body("favoritos_count", equalTo(1))
                .body("productos_relacionados", hasSize(10))
                .body("productos_relacionados[0].id", equalTo((int) others[10]))
                .body("productos_relacionados[9].id", equalTo((int) others[1]));
        isProduct(answer.extract().path("producto"));
        isProduct(answer.extract().path("productos_relacionados[4]"));
    }

    @Test
    void the_etag_is_over_the_neighbours_and_the_favourites_too() {
        long lamp = inCategory("Lámpara", "faros");
        long other = inCategory("Farol", "faros");
        String first = tag(lamp);
        assertEquals(first, tag(lamp));
        fixture.sql("UPDATE productos SET nombre = 'Farola' WHERE id = ?", other);
        String second = tag(lamp);
        assertTrue(!first.equals(second), second);
        as(fixture.anyBuyer())
                .post("/api/favoritos/agregar/" + lamp + "/")
                .then()
                .statusCode(201);
        given().header("If-None-Match", second)
                .get("/api/productos/" + lamp + "/")
                .then()
                .statusCode(200)
                .header("ETag", not(equalTo(second)));
    }

    private static String tag(long product) {
        return get("/api/productos/" + product + "/").extract().header("ETag");
    }

    private long inCategory(String name, String category) {
        long product = fixture.product(name, "20.00", 3);
        fixture.sql("UPDATE productos SET categoria = ? WHERE id = ?", category, product);
        return product;
    }
}
