package com.electroisla.admin.http;

import static com.electroisla.picture.SamplePictures.fresh;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.electroisla.pages.Form;
import com.electroisla.pages.http.PersonTest;
import com.electroisla.picture.SamplePictures;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The pictures on a product's page, as a browser without scripts sends them. */
@QuarkusTest
class PicturesPageIT extends PersonTest {
    private Person staff;
    private long oven;
    private String address;

    @BeforeEach
    void sign_in() {
        staff = signedIn(given.person("trabajador"));
        oven = given.product("Horno Austral", "10.00", 1);
        address = "/admin/productos/" + oven + "/fotos/";
    }

    private Response upload(Map<String, byte[]> files) {
        return upload(staff, UUID.randomUUID().toString(), files);
    }

    private Response upload(Person person, String key, Map<String, byte[]> files) {
        RequestSpecification form = person.uploads().multiPart(Form.KEY, key);
        files.forEach((name, bytes) -> form.multiPart("fotos", name, bytes, "image/jpeg"));
        return form.post(address);
    }

    private long uploaded() {
        assertEquals(303, upload(Map.of("f.jpg", fresh("jpg", 40, 30))).statusCode());
        return given.number("SELECT max(id) FROM fotos_productos WHERE producto_id = ?", oven);
    }

    private List<String> ids() {
        return given.texts(
                "SELECT id::text FROM fotos_productos WHERE producto_id = ? AND quitada_at IS NULL ORDER BY posicion",
                oven);
    }

    private String shown() {
        return given.text("SELECT COALESCE(imagen, '') FROM productos WHERE id = ?", oven);
    }

    private String file(long picture) {
        return given.text("SELECT archivo FROM fotos_productos WHERE id = ?", picture);
    }

    private Response arrange(List<Long> seen, List<Long> order, Map<String, String> more) {
        Map<String, String> fields = new HashMap<>(more);
        fields.put(Form.KEY, UUID.randomUUID().toString());
        fields.put("visto", String.join(",", seen.stream().map(String::valueOf).toList()));
        return staff.sends(fields).formParam("orden", order).post(address);
    }

    private String said(Response answer) {
        assertEquals(303, answer.statusCode());
        String page = staff.asks()
                .cookies(answer.cookies())
                .get("/admin/productos/" + oven + "/")
                .asString();
        return page.substring(page.indexOf("<main"));
    }

    @Test
    void pictures_are_added_at_the_end_put_in_order_described_taken_away_and_brought_back() {
        assertTrue(said(upload(Map.of("uno.jpg", fresh("jpg", 40, 30), "dos.png", fresh("png", 40, 30))))
                .contains("2 fotos añadidas."));
        long third = uploaded();
        List<Long> ids = ids().stream().map(Long::valueOf).toList();
        assertEquals(3, ids.size());
        assertEquals(third, ids.getLast());
        assertEquals(file(ids.getFirst()), shown());

        List<Long> turned = List.of(third, ids.get(0), ids.get(1));
        String was = "era_" + third;
        assertTrue(said(arrange(ids, turned, Map.of("texto_" + third, " De frente ", was, "")))
                .contains("Fotos guardadas."));
        assertEquals(turned.stream().map(String::valueOf).toList(), ids());
        assertEquals(file(third), shown());
        assertEquals("De frente", given.text("SELECT texto_alternativo FROM fotos_productos WHERE id = ?", third));
        RestAssured.given()
                .get("/api/productos/" + oven + "/")
                .then()
                .body("imagenes[0].alt", org.hamcrest.Matchers.equalTo("De frente"));
        assertTrue(RestAssured.given()
                .accept("text/html")
                .get("/productos/" + oven + "/")
                .asString()
                .contains("alt=\"De frente\""));

        arrange(turned, turned, Map.of("paso", "despues-" + third));
        List<Long> moved = List.of(ids.get(0), third, ids.get(1));
        assertEquals(moved.stream().map(String::valueOf).toList(), ids());
        arrange(moved, moved, Map.of("paso", "quita-" + ids.getFirst()));
        assertEquals(file(third), shown());
        List<Long> left = List.of(third, ids.get(1));
        arrange(left, left, Map.of("paso", "vuelve-" + ids.getFirst()));
        assertEquals(
                List.of(third, ids.get(1), ids.get(0)).stream()
                        .map(String::valueOf)
                        .toList(),
                ids());
        assertTrue(given.text(
                        "SELECT detalles::text FROM audit_logs WHERE modulo = 'producto' AND objeto_id = ? "
                                + "ORDER BY id DESC LIMIT 1",
                        (int) oven)
                .contains("\"fotos\""));
        List<Long> all = ids().stream().map(Long::valueOf).toList();
        for (int i = 0; i < 3; i++) {
            List<Long> rest = all.subList(i, 3);
            arrange(rest, rest, Map.of("paso", "quita-" + all.get(i)));
        }
        assertEquals("", shown());
    }

    @Test
    void of_two_who_arrange_at_once_the_second_is_told_and_writes_nothing() {
        long first = uploaded();
        long second = uploaded();
        List<Long> seen = List.of(first, second);
        List<Long> turned = List.of(second, first);
        arrange(seen, turned, Map.of());
        assertTrue(
                said(arrange(seen, seen, Map.of("paso", "quita-" + first))).contains("Otra persona cambió las fotos"));
        assertTrue(said(arrange(List.of(first), List.of(first), Map.of("paso", "quita-" + first)))
                .contains("Otra persona cambió las fotos"));
        assertTrue(said(arrange(turned, List.of(second), Map.of())).contains("Otra persona cambió las fotos"));
        assertEquals(turned.stream().map(String::valueOf).toList(), ids());
        given.sql("UPDATE fotos_productos SET texto_alternativo = 'Suyo' WHERE id = ?", first);
        assertTrue(said(arrange(turned, turned, Map.of("texto_" + first, "Mío", "era_" + first, "")))
                .contains("Otra persona cambió las fotos"));
        assertEquals("Suyo", given.text("SELECT texto_alternativo FROM fotos_productos WHERE id = ?", first));
        // A text that nobody else touched is written, whatever order somebody else gave the pictures.
        arrange(seen, seen, Map.of("texto_" + second, "De lado", "era_" + second, ""));
        assertEquals("De lado", given.text("SELECT texto_alternativo FROM fotos_productos WHERE id = ?", second));
        assertEquals(turned.stream().map(String::valueOf).toList(), ids());
    }

    @Test
    void an_upload_that_comes_twice_is_there_once_and_so_is_the_same_picture() {
        String key = UUID.randomUUID().toString();
        Map<String, byte[]> form = Map.of("f.jpg", fresh("jpg", 40, 30));
        upload(staff, key, form);
        assertTrue(said(upload(staff, key, form)).contains("Ya se había aplicado; así quedó."));
        assertTrue(said(upload(form)).contains("Este producto ya tenía esas fotos."));
        assertEquals(1, ids().size());
        upload(staff, key, Map.of("g.jpg", fresh("jpg", 40, 30)));
        assertEquals(1, ids().size());
    }

    @Test
    void the_old_shops_picture_is_the_first_until_somebody_moves_it() {
        given.sql("UPDATE productos SET imagen = 'productos/viejo.png' WHERE id = ?", oven);
        uploaded();
        assertEquals("productos/viejo.png", shown());
        List<Long> ids = ids().stream().map(Long::valueOf).toList();
        assertEquals(2, ids.size());
        given.sql("UPDATE productos SET imagen = 'productos/nuevo.png' WHERE id = ?", oven);
        String page = staff.asks().get("/admin/productos/" + oven + "/").asString();
        assertTrue(page.contains("name=\"orden\" value=\"0\""), "one that somebody else wrote has no row yet");
        List<Long> seen = List.of(0L, ids.get(0), ids.get(1));
        arrange(seen, List.of(ids.get(1), 0L, ids.get(0)), Map.of("texto_0", "Nuevo", "era_0", ""));
        assertEquals(file(ids.get(1)), shown());
        assertEquals(
                "Nuevo",
                given.text("SELECT texto_alternativo FROM fotos_productos WHERE archivo = 'productos/nuevo.png'"));
    }

    @Test
    void bad_files_are_named_and_good_ones_beside_them_are_kept() {
        byte[] script = "<svg onload=alert(1)>".getBytes(StandardCharsets.US_ASCII);
        String page = said(upload(
                Map.of("buena.jpg", fresh("jpg", 40, 30), "../../<script>.svg", script, "x".repeat(300), script)));
        assertTrue(page.contains("1 foto añadida."), page);
        assertTrue(page.contains("«../../&lt;script&gt;.svg» no es una imagen"), page);
        assertTrue(page.contains("x".repeat(60) + "…") && !page.contains("x".repeat(61)), page);
        assertEquals(1, ids().size());
        assertTrue(said(upload(Map.of("bomba.png", SamplePictures.pngOf(50_000, 50_000))))
                .contains("demasiados píxeles"));
        assertTrue(said(upload(Map.of("mas.png", Arrays.copyOf(fresh("png", 9, 9), 5 * 1024 * 1024 + 1))))
                .contains("pesa más de 5 MB"));
        assertTrue(said(upload(Map.of())).contains("Elige primero alguna foto."));
        assertEquals(1, ids().size());
    }

    @Test
    void there_is_a_limit_for_a_form_and_for_a_product_and_for_a_text() {
        Map<String, byte[]> eleven = new HashMap<>();
        for (int i = 0; i < 11; i++) {
            eleven.put("f" + i + ".png", fresh("png", 9, 9));
        }
        assertTrue(said(upload(eleven)).contains("sube como máximo 10"));
        eleven.remove("f0.png");
        assertTrue(said(upload(eleven)).contains("10 fotos añadidas."));
        eleven.replaceAll((name, _) -> fresh("png", 10, 9));
        assertTrue(said(upload(eleven)).contains("Un producto tiene como máximo 12 fotos."));
        assertEquals(10, ids().size());
        List<Long> seen = ids().stream().map(Long::valueOf).toList();
        String texto = "texto_" + seen.getFirst();
        assertTrue(said(arrange(seen, seen, Map.of(texto, "x".repeat(251)))).contains("como máximo 250 caracteres"));
        arrange(seen, seen, Map.of(texto, "<script>\"'".repeat(25)));
        String page = staff.asks().get("/admin/productos/" + oven + "/").asString();
        assertTrue(page.contains("&lt;script&gt;") && !page.contains("<script>\""), page);
    }

    @Test
    void only_who_may_change_products_sends_pictures_and_only_with_the_forms_token_and_key() {
        Map<String, byte[]> large = Map.of("f.png", Arrays.copyOf(fresh("png", 9, 9), 200_000));
        for (String role : List.of("cliente", "mensajero")) {
            Person person = signedIn(given.person(role));
            assertEquals(
                    403, upload(person, UUID.randomUUID().toString(), large).statusCode());
            assertEquals(
                    403,
                    upload(person, UUID.randomUUID().toString(), Map.of("f.png", fresh("png", 9, 9)))
                            .statusCode());
        }
        assertEquals(403, upload(staff, "", large).statusCode());
        assertEquals(
                403,
                staff.asks()
                        .multiPart("fotos", "f.png", fresh("png", 9, 9), "image/png")
                        .post(address)
                        .statusCode());
        assertEquals(
                403,
                RestAssured.given()
                        .multiPart("fotos", "f.png", large.get("f.png"), "image/png")
                        .post(address)
                        .statusCode());
        assertFalse(ids().stream().findAny().isPresent());
    }
}
