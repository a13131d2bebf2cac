package com.electroisla.admin.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.electroisla.http.server.SignedInTest;
import com.electroisla.transfer.LoadCatalogue;
import com.electroisla.transfer.LoadOptions;
import com.electroisla.transfer.LoadOutcome;
import com.electroisla.transfer.LoadPreview;
import com.electroisla.transfer.SameName;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import io.restassured.response.Response;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.ZoneOffset;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The list of products as a file. */
@QuarkusTest
class ProductExportIT extends SignedInTest {
    private static final String HEADER = "id,nombre,descripcion,precio,descuento,categoria,stock_total,activo,"
            + "imagen_url,stock_reservado,stock_vendido,stock_disponible";

    @BeforeEach
    void empty() {
        given.sql("DELETE FROM movimientos_stock");
        given.sql("DELETE FROM cart_items");
        given.sql("DELETE FROM stock_reservations");
        given.sql("DELETE FROM productos");
    }

    private Response get(String role, String path) {
        int person = given.person(role);
        var now = clock.present().atOffset(ZoneOffset.UTC);
        given.sql("""
                INSERT INTO sesiones_web (huella, usuario_id, created_at, ultimo_uso, expires_at, ip_address)
                VALUES (sha256(convert_to(?, 'UTF8')), ?, ?, ?, ?, '127.0.0.1')
                """, "lista-" + person, person, now, now, now.plusDays(7));
        return RestAssured.given()
                .cookie("electro_isla_sesion", "lista-" + person)
                .accept("text/html")
                .redirects()
                .follow(false)
                .get("/admin/productos/" + path);
    }

    private List<String> csv(String query) {
        return get("trabajador", "exportar/productos.csv" + query)
                .then()
                .statusCode(200)
                .header("Content-Type", "text/csv; charset=utf-8")
                .header("Content-Disposition", "attachment; filename=\"productos.csv\"")
                .header("Transfer-Encoding", "chunked")
                .extract()
                .asString()
                .lines()
                .toList();
    }

    @Test
    void the_file_has_what_the_list_finds_in_its_order_over_all_pages_with_its_figures() {
        long oven = given.product("Horno", "99.90", 10);
        fixture.checkout(given.buyerWith(oven, 3));
        for (int i = 0; i < 60; i++) {
            given.product("Lámpara " + i, i + ".50", 0);
        }
        given.sql("UPDATE productos SET categoria = 'lamparas', activo = id % 2 = 0 WHERE nombre LIKE 'Lámpara %'");
        assertEquals(62, csv("").size());
        assertEquals(
                List.of(HEADER, oven + ",Horno,Descripción,99.90,0,otros,10,true,,3,0,7"),
                csv("?q=horno&orden=-precio&categoria=otros&activo=si"));
        List<String> dearest = csv("?categoria=lamparas&orden=-precio&stock=agotado&activo=&q=lampara");
        assertEquals(61, dearest.size());
        assertTrue(
                dearest.get(1).contains("Lámpara 59") && dearest.getLast().contains("Lámpara 0,"), dearest::toString);
        assertEquals(31, csv("?activo=no").size());
        assertEquals(List.of(HEADER), csv("?q=nada"));
        String page =
                get("admin", "?q=horno&orden=-precio&categoria=otros&activo=si").asString();
        assertTrue(
                page.contains("href=\"/admin/productos/exportar/productos.xlsx?q=horno&amp;"
                        + "categoria=otros&amp;activo=si&amp;orden=-precio\""),
                page);
    }

    @Test
    void a_load_takes_both_files_back_and_no_spreadsheet_takes_a_text_for_a_formula(@TempDir Path folder)
            throws IOException {
        long oven = given.product("=HYPERLINK(\"x\")", "99.90", 10);
        long odd = given.product("@Rara", "1.00", 0);
        given.sql("UPDATE productos SET precio = 'NaN', stock = 4 WHERE id = ?", odd);
        given.sql("UPDATE productos SET descripcion = E'+1\\n\"dos\"' WHERE id = ?", oven);
        byte[] text = get("admin", "exportar/productos.csv").asByteArray();
        byte[] sheet = get("admin", "exportar/productos.xlsx")
                .then()
                .statusCode(200)
                .extract()
                .asByteArray();
        assertTrue(new String(text, java.nio.charset.StandardCharsets.UTF_8)
                .contains("\n" + oven + ",\"'=HYPERLINK(\"\"x\"\")\",\"'+1\n\"\"dos\"\"\",99.90,"));
        for (Path file :
                List.of(Files.write(folder.resolve("c.csv"), text), Files.write(folder.resolve("c.xlsx"), sheet))) {
            LoadPreview preview =
                    new LoadCatalogue(database, clock).preview(file, LoadOptions.strict(SameName.REFUSE), 10);
            LoadOutcome.Loaded same = assertInstanceOf(
                    LoadOutcome.Loaded.class,
                    preview.outcome(),
                    () -> preview.outcome().toString());
            assertEquals("0/0/2", same.created() + "/" + same.updated() + "/" + same.unchanged());
            assertEquals(List.of("stock_reservado", "stock_vendido", "stock_disponible"), preview.leftOut());
        }
    }

    @Test
    void what_no_file_can_say_is_said_by_the_list() {
        long oven = given.product("Horno", "99.90", 1);
        assertEquals(
                "/admin/productos/?activo=quizas",
                get("admin", "exportar/productos.csv?activo=quizas")
                        .then()
                        .statusCode(303)
                        .extract()
                        .header("Location"));
        given.sql("UPDATE productos SET descripcion = repeat(E'\\r', 5000) WHERE id = ?", oven);
        Response refused = get("admin", "exportar/productos.xlsx?q=horno");
        assertEquals("303 /admin/productos/?q=horno", refused.statusCode() + " " + refused.header("Location"));
        assertEquals(200, get("admin", "exportar/productos.xlsx?q=otro").statusCode());
        assertEquals(200, get("admin", "exportar/productos.csv").statusCode());
        assertEquals(403, get("mensajero", "exportar/productos.csv").statusCode());
        assertEquals(403, get("cliente", "exportar/productos.xlsx").statusCode());
    }
}
