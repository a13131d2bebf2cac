package com.electroisla.catalog.http;

import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.everyItem;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.matchesPattern;
import static org.hamcrest.Matchers.nullValue;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.electroisla.http.server.ServerTest;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
class ProductsIT extends ServerTest {
    private static final int PRODUCTS = 1_000;
    private static final int ALL_PAGES = Integer.MAX_VALUE;
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final HttpClient HTTP =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    /**
     * Many products share a name, a price and a moment, so that only the id distinguishes them. Every tenth is not on
     * sale.
     */
    @BeforeAll
    void fill_the_catalogue() {
        database.inTransaction(handle -> handle.execute("""
                INSERT INTO productos (nombre, descripcion, precio, descuento, stock, categoria, activo, en_carrusel,
                                       en_carousel_card,
                                       en_all_products, created_at, updated_at, stock_total, stock_reservado,
                                       stock_vendido)
                SELECT 'Ñandú ' || n % 7, 'página_' || n || CASE WHEN n % 50 = 7 THEN ' 100% \\puro' ELSE '' END,
                       (n % 13) + 0.99, n % 101, 0,
                       CASE WHEN n % 3 = 0 THEN 'herramientas' ELSE 'otros' END, n % 10 <> 0, false, false, true,
                       timestamptz '2026-01-01 00:00:00.123456Z' + n % 11 * interval '1 hour', now(),
                       CASE WHEN n % 4 = 0 THEN 5 ELSE 100 END, 3, 2
                  FROM generate_series(1, ?) n""", PRODUCTS * 10 / 9 + 1));
    }

    @ParameterizedTest
    @ValueSource(strings = {"id", "-id", "nombre", "-nombre", "precio", "-precio", "created_at", "-created_at"})
    void following_next_meets_every_product_once_also_while_stock_is_sold(String ordering) throws Exception {
        AtomicBoolean done = new AtomicBoolean();
        AtomicReference<Throwable> failure = new AtomicReference<>();
        // One for each page: thousands would leave the table full of dead rows, which every later search looks through.
        Semaphore wanted = new Semaphore(0);
        Thread sales = Thread.ofVirtual().start(() -> {
            try {
                for (wanted.acquire(); !done.get(); wanted.acquire()) {
                    database.inTransaction(handle -> handle.execute(
                            "UPDATE productos SET stock_vendido = 5 - stock_vendido, stock_reservado = 5 - "
                                    + "stock_reservado WHERE id % 17 = 0"));
                }
            } catch (Throwable broken) {
                failure.set(broken);
            }
        });
        List<Object> ids = new ArrayList<>();
        List<Object> keys = new ArrayList<>();
        int count = given().get("/api/productos/?page_size=1").jsonPath().getInt("count");
        String next = "/api/productos/?page_size=97&ordering=" + ordering;
        int pages = 0;
        while (next != null) {
            wanted.release();
            JsonNode page = page(next);
            assertEquals(count, page.get("count").asInt());
            for (JsonNode product : page.get("results")) {
                ids.add(product.get("id").asLong());
                keys.add(product.get(ordering.replace("-", "")).asText());
            }
            next = page.get("next").textValue();
            pages++;
        }
        done.set(true);
        wanted.release();
        sales.join();
        assertEquals(null, failure.get());
        assertEquals((count + 96) / 97, pages);
        assertEquals(count, ids.size());
        assertEquals(count, new HashSet<>(ids).size());
        assertTrue(count >= PRODUCTS, "products: " + count);
        assertSorted(keys, ordering);
    }

    private static void assertSorted(List<Object> keys, String ordering) {
        Comparator<Object> order = ordering.endsWith("precio")
                ? Comparator.comparing(price -> new java.math.BigDecimal(price.toString()))
                : ordering.endsWith("id")
                        ? Comparator.comparing(id -> Long.valueOf(id.toString()))
                        : Comparator.comparing(Object::toString);
        List<Object> sorted = new ArrayList<>(keys);
        sorted.sort(ordering.startsWith("-") ? order.reversed() : order);
        assertEquals(sorted, keys);
    }

    @Test
    void a_page_by_its_number_is_the_page_that_next_leads_to() {
        JsonPath first = given().get("/api/productos/?page_size=10&ordering=-precio&categoria=otros")
                .jsonPath();
        List<Object> followed = given().get(first.getString("next")).jsonPath().getList("results.id");
        JsonPath counted = given().get("/api/productos/?page_size=10&ordering=-precio&categoria=otros&page=2")
                .jsonPath();
        assertEquals(followed, counted.getList("results.id"));
        assertEquals(
                first.getList("results.id"),
                given().get(counted.getString("previous")).jsonPath().getList("results.id"));
        assertTrue(first.getString("next").startsWith(address() + "/api/productos/?"), first.getString("next"));
    }

    @Test
    void a_list_has_fifty_products_a_page_and_the_newest_first_also_those_that_the_old_home_page_leaves_out() {
        long id = add("Recién llegado", "1.00", 0, null, null, true);
        database.inTransaction(handle -> handle.execute(
                "UPDATE productos SET en_all_products = false, created_at = clock_timestamp() + interval '1 "
                        + "day' WHERE id = ?",
                id));
        JsonPath page = given().get("/api/productos/")
                .then()
                .statusCode(200)
                .body("results", hasSize(50))
                .body("results[0].id", equalTo((int) id))
                .body("results[0].en_all_products", equalTo(false))
                .extract()
                .jsonPath();
        assertEquals(
                given().get("/api/productos/?ordering=-created_at").jsonPath().getList("results.id"),
                page.getList("results.id"));
        List<Object> keys = new ArrayList<>();
        List<Map<String, Object>> rows = page.getList("results");
        rows.forEach(row -> keys.add(row.get("created_at") + " %09d".formatted((int) row.get("id"))));
        assertSorted(keys, "-created_at");
        given().accept("text/html")
                .get("/")
                .then()
                .statusCode(200)
                .body(containsString("href=\"/productos/" + id + "/\""));
        database.inTransaction(handle -> handle.execute("DELETE FROM productos WHERE id = ?", id));
    }

    @Test
    void a_client_that_changes_the_page_in_a_next_gets_the_page_it_asks_for() {
        String next = given().get("/api/productos/?page_size=10").jsonPath().getString("next");
        assertEquals(
                given().get("/api/productos/?page_size=10&page=5").jsonPath().getList("results.id"),
                given().get(next.replace("page=2", "page=5")).jsonPath().getList("results.id"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "page=0",
                "page=-1",
                "page=abc",
                "page=1.5",
                "page=%2B1",
                "page=%D9%A1",
                "page_size=0",
                "page_size=101",
                "page_size=-5",
                "page_size=x",
                "page_size=99999999999999999999",
                "ordering=stock",
                "ordering=--precio",
                "ordering=precio;DROP%20TABLE%20productos",
                "ordering=nombre,id",
                "search=%FF",
                "search=%C3",
                "search=%ED%A0%80",
                "categoria=%00",
                "categoria=a%0Ab",
                "disponible=quizas",
                "cursor=x",
                "cursor=%25%25",
                "cursor=AAAAAAAAAAAAAAAAAAAA",
                "%FF=1"
            })
    void a_query_that_makes_no_sense_is_a_400(String query) {
        given().get("/api/productos/?" + query)
                .then()
                .statusCode(400)
                .body("code", matchesPattern("solicitud_invalida|peticion_malformada"));
    }

    @Test
    void a_text_longer_than_any_name_is_a_400() {
        given().get("/api/productos/?search=" + "a".repeat(201)).then().statusCode(400);
        given().get("/api/productos/?categoria=" + "a".repeat(51)).then().statusCode(400);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "page=5000",
                "page=99999999999999999999999",
                "page=2&categoria=nada",
                "page=2&page_size=100&search=puro"
            })
    void past_the_end_is_a_404(String query) {
        given().get("/api/productos/?" + query).then().statusCode(404).body("code", equalTo("pagina_no_encontrada"));
    }

    @Test
    void an_unknown_category_is_an_empty_list() {
        given().get("/api/productos/?categoria=nada")
                .then()
                .statusCode(200)
                .body("count", equalTo(0))
                .body("results", hasSize(0))
                .body("next", nullValue())
                .body("previous", nullValue());
        given().get("/api/productos/?categoria=nada&page=1").then().statusCode(200);
    }

    @Test
    void a_cursor_that_was_changed_or_moved_to_another_search_is_a_400() {
        String next = given().get("/api/productos/?page_size=10&categoria=otros")
                .jsonPath()
                .getString("next");
        given().get(next.replace("categoria=otros", "categoria=herramientas"))
                .then()
                .statusCode(400);
        given().get(next + "A").then().statusCode(400);
        int at = next.indexOf("cursor=") + 12;
        char other = next.charAt(at) == 'A' ? 'B' : 'A';
        given().get(next.substring(0, at) + other + next.substring(at + 1))
                .then()
                .statusCode(400);
    }

    @Test
    void search_looks_in_name_and_description_whatever_the_case_and_takes_wildcards_literally() {
        given().get("/api/productos/?search=%C3%B1AND%C3%9A%203")
                .then()
                .statusCode(200)
                .body("results.collect { it.nombre + it.descripcion }", everyItem(matchesPattern("(?s)Ñandú.*3.*")));
        given().get("/api/productos/?search=p%C3%A1gina_7&page_size=100")
                .then()
                .body("results.descripcion", everyItem(containsString("página_7")));
        assertEquals(0, count("search=p%C3%A1gina%257"));
        assertEquals(0, count("search=p%C3%A1ginaX7"));
        assertTrue(count("search=100%25") > 0);
        assertTrue(count("search=%5Cpuro") > 0);
        assertEquals(0, count("search=%27%20OR%201=1%20--"));
        assertEquals(count("page=1"), count("search=&categoria=&ordering=&page=&disponible=false"));
    }

    @Test
    void every_word_is_found_in_any_order_whatever_lies_between_them() {
        long id = add("Cámara sumergible", "3.00", 0, null, null, true);
        database.inTransaction(handle ->
                handle.execute("UPDATE productos SET descripcion = 'para el buceo con linterna' WHERE id = ?", id));
        for (String typed : List.of(
                "camara",
                "%20camara%20",
                "%09camara",
                "camara%0A",
                "camara%01",
                "%C2%A0camara%E2%80%83",
                "sumergible+camara",
                "camara++sumergible",
                "camara%09sumergible",
                "camara%0D%0Asumergible",
                "camara%01sumergible",
                "camara%C2%A0sumergible",
                "LINTERNA+C%C3%81MARA",
                "linterna+buceo+cam",
                "camara+camara")) {
            given().get("/api/productos/?search=" + typed)
                    .then()
                    .statusCode(200)
                    .body("results.id", contains((int) id));
            given().accept("text/html")
                    .get("/?search=" + typed)
                    .then()
                    .statusCode(200)
                    .body(containsString("href=\"/productos/" + id + "/\""));
        }
        assertEquals(0, count("search=camara+oxidada"));
        assertEquals(0, count("search=cam_ra"));
        assertEquals(0, count("search=cam%25ra"));
        for (String nothing : List.of("%20", "%09%0A", "%C2%A0", "%01")) {
            assertEquals(count("page=1"), count("search=" + nothing), nothing);
        }
        given().get("/api/productos/?search=" + "a+".repeat(21).replace("a+", "a")
                        + "+b+c+d+e+f+g+h+i+j+k+l+m+n+o+p+q+r+s+t+u")
                .then()
                .statusCode(400)
                .body("campo", equalTo("search"));
        database.inTransaction(handle -> handle.execute("DELETE FROM productos WHERE id = ?", id));
    }

    @Test
    void a_search_needs_no_accents_and_takes_those_that_are_typed_in_whatever_way() {
        assertTrue(count("search=nandu%203") > 0);
        for (String typed :
                List.of("%C3%B1and%C3%BA%203", "%C3%91AND%C3%9A%203", "n%CC%83andu%CC%81%203", "%C3%B1and%C3%B9%203")) {
            assertEquals(count("search=nandu%203"), count("search=" + typed), typed);
        }
        long id = add("Zo\u0301calo", "3.00", 0, null, null, true);
        assertEquals(1, count("search=z%C3%B3calo"));
        database.inTransaction(handle ->
                handle.execute("UPDATE productos SET nombre = 'ÁRBOL', descripcion = 'con pingüino' WHERE id = ?", id));
        assertEquals(0, count("search=zocalo"));
        assertEquals(1, count("search=arbol"));
        assertEquals(1, count("search=PING%C3%9CINO"));
        given().get("/api/productos/?search=pinguino").then().body("results.nombre", contains("ÁRBOL"));
        database.inTransaction(handle -> handle.execute("DELETE FROM productos WHERE id = ?", id));
    }

    @Test
    void a_search_follows_every_change_of_a_product_and_all_its_pages_are_the_whole_of_it() {
        List<Long> ids = new ArrayList<>();
        for (int i = 0; i < 25; i++) {
            ids.add(add("Zarcillo " + (char) ('Z' - i), i % 3 + ".00", 0, null, null, true));
        }
        for (String ordering : List.of("id", "-id", "nombre", "-nombre", "precio", "-precio", "created_at")) {
            List<Integer> found = new ArrayList<>();
            for (String next = "/api/productos/?search=zarcillo&page_size=10&disponible"
                            + "=true&categoria=otros&ordering=" + ordering;
                    next != null; ) {
                var page = given().get(next)
                        .then()
                        .statusCode(200)
                        .body("count", equalTo(25))
                        .extract()
                        .jsonPath();
                found.addAll(page.getList("results.id"));
                next = page.getString("next");
            }
            assertEquals(25, new HashSet<>(found).size(), ordering);
            assertEquals(25, found.size(), ordering);
        }
        long id = ids.getFirst();
        for (Map.Entry<String, Integer> change : List.of(
                Map.entry("nombre = 'Otra cosa'", 24),
                Map.entry("descripcion = 'con ZARCILLO'", 25),
                Map.entry("activo = false", 24),
                Map.entry("stock_total = stock_total + 1", 24),
                Map.entry("activo = true", 25),
                Map.entry("categoria = 'hogar'", 24))) {
            database.inTransaction(
                    handle -> handle.execute("UPDATE productos SET " + change.getKey() + " WHERE id = ?", id));
            assertEquals(change.getValue(), count("search=zarcillo&categoria=otros"), change.getKey());
        }
        database.inTransaction(handle -> handle.execute("DELETE FROM productos WHERE nombre LIKE 'Zarcillo%'"));
        assertEquals(1, count("search=zarcillo"));
    }

    @Test
    void a_search_that_finds_more_than_is_sorted_has_the_pages_of_the_list_without_what_was_not_found()
            throws Exception {
        database.inTransaction(handle -> handle.execute("""
                INSERT INTO productos (nombre, descripcion, precio, descuento, stock, categoria, activo, en_carrusel,
                                       en_carousel_card,
                                       en_all_products, created_at, updated_at, stock_total, stock_reservado,
                                       stock_vendido)
                SELECT CASE WHEN n % 40 = 0 THEN 'Otro ' ELSE 'Tuerca ' END || n % 500, 'hexagonal', n % 7, 0, 0,
                       'tuercas', n % 41 <> 0, false, false, true,
                       now(), now(), n % 3, 0, 0
                  FROM generate_series(1, 6000) n"""));
        for (String ordering : List.of("id", "nombre", "-precio")) {
            for (String filter : List.of("", "&disponible=true")) {
                List<Long> all = nuts(ordering, !filter.isEmpty());
                String search =
                        "/api/productos/?categoria=tuercas&page_size=100&search=TUERCA&ordering=" + ordering + filter;
                if (ordering.equals("nombre")) {
                    assertEquals(all, ids(search, ALL_PAGES), search);
                } else {
                    int nearTheEnd = all.size() / 100 - 1;
                    assertEquals(all.subList(0, 300), ids(search, 3), search);
                    assertEquals(
                            all.subList((nearTheEnd - 1) * 100, all.size()),
                            ids(search + "&page=" + nearTheEnd, ALL_PAGES),
                            search);
                }
                assertEquals(all.size(), count("search=TUERCA" + filter));
            }
        }
        assertTrue(count("search=tuerca") > 5_000);
        String byName = "/api/productos/?search=tuerca&page_size=100&ordering=nombre";
        assertEquals(nuts("nombre", false).subList(200, 300), ids(byName + "&page=3", 1));
        database.inTransaction(handle -> handle.execute("DELETE FROM productos WHERE categoria = 'tuercas'"));
    }

    /** The products that a search for nuts finds, in this order, by a statement of the test's own. */
    private List<Long> nuts(String ordering, boolean onlyAvailable) {
        String direction = ordering.startsWith("-") ? " DESC" : "";
        return database.read(handle -> handle.createQuery("SELECT id FROM productos WHERE activo AND nombre LIKE "
                        + "'Tuerca%'" + (onlyAvailable ? " AND stock_total > stock_reservado + stock_vendido" : "")
                        + " ORDER BY " + ordering.replace("-", "") + direction + ", id" + direction)
                .mapTo(Long.class)
                .list());
    }

    /** The ids on a page and on those that {@code next} leads to, so many pages at most. */
    private static List<Long> ids(String first, int most) throws Exception {
        List<Long> ids = new ArrayList<>();
        String next = first;
        for (int pages = 0; next != null && pages < most; pages++) {
            JsonNode page = page(next);
            page.get("results").forEach(product -> ids.add(product.get("id").asLong()));
            next = page.get("next").textValue();
        }
        return ids;
    }

    /**
     * Reads a page without REST-assured's paths, each of which is compiled as a program: over hundreds of pages that
     * takes a minute.
     */
    private static JsonNode page(String address) throws Exception {
        HttpResponse<byte[]> answer = HTTP.send(
                HttpRequest.newBuilder(address().resolve(address)).build(), HttpResponse.BodyHandlers.ofByteArray());
        assertEquals(200, answer.statusCode(), address);
        return JSON.readTree(answer.body());
    }

    private static int count(String query) {
        return given().get("/api/productos/?" + query)
                .then()
                .statusCode(200)
                .extract()
                .path("count");
    }

    @Test
    void disponible_leaves_out_what_is_held_and_sold_to_the_last_unit() {
        assertTrue(count("disponible=true") < count("page=1"));
        given().get("/api/productos/?disponible=true&page_size=100")
                .then()
                .body("results.findAll { it.stock_disponible <= 0 }", hasSize(0));
    }

    @Test
    void a_product_has_exactly_the_fields_of_the_contract_in_their_order() {
        long id = add("Lámpara", "99.99", 15, null, "productos/lámpara 1.jpg", true);
        String body = given().get("/api/productos/" + id)
                .then()
                .statusCode(200)
                .extract()
                .asString();
        assertTrue(
                body.matches("\\{\"id\":" + id + ",\"nombre\":\"Lámpara\",\"descripcion\":\"\","
                        + "\"precio\":\"99.99\",\"descuento\":15,"
                        + "\"precio_final\":\"84.99\",\"categoria\":\"otros\",\"imagen_url\":\"" + address()
                        + "/media/productos/l%C3%A1mpara%201.jpg\",\"activo\":true,"
                        + "\"en_carrusel\":false,\"en_carousel_card\":false,\"en_all_products\":true,"
                        + "\"stock\":5,\"stock_total\":10,\"stock_reservado\":3,\"stock_vendido\":2,"
                        + "\"stock_disponible\":5,"
                        + "\"created_at\":\"[^\"]+Z\",\"updated_at\":\"[^\"]+Z\","
                        + "\"producto\":\\{\"id\":" + id + ",.*,\"favoritos_count\":0},"
                        + "\"productos_relacionados\":\\[.*],\"favoritos_count\":0,"
                        + "\"imagenes\":\\[\\{\"url\":\"[^\"]*l%C3%A1mpara%201.jpg\",\"alt\":\"\","
                        + "\"ancho\":null,\"alto\":null,\"tamanos\":\\[]}]}"),
                body);
    }

    @Test
    void an_etag_changes_with_the_product_and_saves_the_body_until_then() {
        long id = add("Ventilador", "10.00", 0, "https://img.example/v.jpg", null, true);
        String tag = given().get("/api/productos/" + id + "/")
                .then()
                .statusCode(200)
                .header("ETag", matchesPattern("\"[0-9a-f]{32}\""))
                .extract()
                .header("ETag");
        given().header("If-None-Match", tag)
                .get("/api/productos/" + id + "/")
                .then()
                .statusCode(304)
                .header("ETag", tag)
                .body(equalTo(""));
        given().header("If-None-Match", "\"x\", " + tag)
                .get("/api/productos/" + id)
                .then()
                .statusCode(304);
        given().header("If-None-Match", "\"x\"")
                .get("/api/productos/" + id)
                .then()
                .statusCode(200);
        database.inTransaction(handle -> handle.execute("UPDATE productos SET stock_reservado = 4 WHERE id = ?", id));
        given().header("If-None-Match", tag)
                .get("/api/productos/" + id)
                .then()
                .statusCode(200)
                .body("stock", equalTo(4));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "0",
                "-1",
                "abc",
                "1.0",
                "9223372036854775807",
                "9223372036854775808",
                "99999999999999999999999999",
                "%00",
                "1%20OR%201=1",
                "%F0%9F%98%80"
            })
    void what_is_no_product_is_a_404(String id) {
        given().get("/api/productos/" + id + "/")
                .then()
                .statusCode(404)
                .body("code", equalTo("producto_no_encontrado"));
    }

    @Test
    void what_is_not_on_sale_is_not_shown() {
        long id = add("Retirado", "1.00", 0, null, null, false);
        given().get("/api/productos/" + id).then().statusCode(404);
        assertEquals(0, count("search=Retirado"));
    }

    @Test
    void a_product_whose_stock_was_never_initialised_sells_nothing_and_loses_nothing() {
        long id = database.inTransaction(
                handle -> handle.createQuery("""
                INSERT INTO productos (nombre, descripcion, precio, descuento, stock, categoria, activo, en_carrusel,
                                       en_carousel_card,
                                       en_all_products, created_at, updated_at, stock_total, stock_reservado,
                                       stock_vendido)
                VALUES ('Viejo', '', 5, 0, 40, 'otros', true, false, false, true, now(), now(), 0, 0, 0)
                RETURNING id""").mapTo(Long.class).one());
        given().get("/api/productos/" + id)
                .then()
                .body("stock", equalTo(0))
                .body("stock_disponible", equalTo(0))
                .body("stock_total", equalTo(0));
        given().get("/api/productos/?search=Viejo&disponible=true").then().body("results", hasSize(0));
        given().get("/api/productos/?search=Viejo").then().body("results.id", contains((int) id));
    }

    private long add(String name, String price, int discount, String imageUrl, String image, boolean active) {
        return database.inTransaction(handle -> handle.createQuery("""
                INSERT INTO productos (nombre, descripcion, precio, descuento, stock, categoria, imagen_url, imagen,
                                       activo, en_carrusel,
                                       en_carousel_card, en_all_products, created_at, updated_at, stock_total,
                                       stock_reservado, stock_vendido)
                VALUES (:name, '', CAST(:price AS numeric), :discount, 0, 'otros', :url, :image, :active, false, false,
                    true, now(), now(), 10, 3, 2)
                RETURNING id""")
                .bind("name", name)
                .bind("price", price)
                .bind("discount", discount)
                .bind("url", imageUrl)
                .bind("image", image)
                .bind("active", active)
                .mapTo(Long.class)
                .one());
    }
}
