package com.electroisla.admin.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.electroisla.accounts.Role;
import com.electroisla.pages.BrowserTest;
import com.electroisla.picture.SamplePictures;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.openqa.selenium.Keys;

@QuarkusTest
class ProductsPageIT extends BrowserTest {
    private static int people;

    private String me;

    @BeforeEach
    void sign_in() {
        me = "tina" + ++people;
        enter(me, Role.TRABAJADOR);
    }

    private long oven(int units) {
        return given.product("Horno Austral", "99.90", units);
    }

    private static String row(long product) {
        return "#producto-" + product + " ";
    }

    @Test
    void step_8_of_the_guide_shows_the_figures_of_each_product() {
        long oven = oven(10);
        fixture.checkout(given.buyerWith(oven, 3));
        int paid = given.buyerWith(oven, 2);
        fixture.checkout(paid);
        fixture.pay(paid);
        browser.open("/admin/productos/?q=" + oven);
        assertEquals(
                List.of("stock_total", "reservado", "vendido", "disponible"),
                browser.texts("thead th").subList(3, 7));
        assertEquals(
                List.of("10", "3", "2", "5"),
                browser.texts(row(oven) + "td.numero").subList(1, 5));
        browser.open("/admin/productos/" + oven + "/");
        assertEquals(List.of("10", "3", "2", "5"), browser.texts(".cifra dd"));
        assertEquals(List.of(), given.differences());
    }

    @Test
    void the_list_is_searched_filtered_sorted_and_paged() {
        given.sql("UPDATE productos SET categoria = 'vieja'");
        for (int i = 0; i < 60; i++) {
            given.product("Lámpara " + (char) ('A' + i % 26) + i, i + ".50", i);
        }
        given.sql("UPDATE productos SET categoria = 'lamparas' WHERE nombre LIKE 'Lámpara %'");
        browser.open("/admin/productos/?categoria=lamparas&orden=-precio");
        assertEquals(50, browser.texts("tbody tr").size());
        browser.see("60 productos");
        assertTrue(browser.texts("tbody th").getFirst().startsWith("Lámpara H59"));
        browser.submit("a[rel=next]");
        assertEquals(10, browser.texts("tbody tr").size());
        assertTrue(browser.texts("tbody th").getLast().startsWith("Lámpara A0"));
        browser.open("/admin/productos/?categoria=lamparas&stock=agotado");
        assertEquals(1, browser.texts("tbody tr").size());
        browser.open("/admin/productos/?categoria=lamparas&stock=bajo");
        assertEquals(6, browser.texts("tbody tr").size());
        browser.fill("q", "lampara b1");
        browser.see("1 producto");
        assertTrue(browser.texts("tbody th").getFirst().startsWith("Lámpara B1"));
        assertTrue(browser.at().contains("q=l"), browser.at());
        browser.fill("q", "100%_'\"<script>");
        browser.see("Ningún producto coincide");
    }

    @Test
    void a_page_of_the_list_and_a_product_cost_a_handful_of_statements() {
        long oven = oven(3);
        browser.open("/admin/productos/");
        assertTrue(statementsOf("/admin/productos/") <= 6);
        assertTrue(statementsOf("/admin/productos/" + oven + "/") <= 8);
        assertTrue(statementsOf("/admin/") <= 9);
    }

    private long statementsOf(String path) {
        long before = database.statementsBegun();
        browser.open(path);
        return database.statementsBegun() - before;
    }

    @Test
    void price_and_active_are_changed_in_the_list_and_written_to_the_audit_log() {
        long oven = oven(1);
        browser.open("/admin/productos/?q=" + oven);
        browser.typeOver(row(oven) + "[name=precio]", "120,5");
        browser.see("Guardado.");
        assertEquals("120.50", given.text("SELECT precio::text FROM productos WHERE id = ?", oven));
        browser.click(row(oven) + "[name=activo]");
        browser.until(
                _ -> given.number("SELECT count(*) FROM productos WHERE id = ? AND activo", oven) == 0
                        ? Boolean.TRUE
                        : null,
                "still active");
        assertEquals(
                List.of(
                        "{\"antes\": {\"precio\": \"99.90\"}, \"despues\": {\"precio\": \"120.50\"}}",
                        "{\"antes\": {\"activo\": \"true\"}, \"despues\": {\"activo\": \"false\"}}"),
                given.texts(
                        "SELECT detalles::text FROM audit_logs WHERE modulo = 'producto' AND "
                                + "objeto_id = ? ORDER BY id",
                        (int) oven));
        browser.typeOver(row(oven) + "[name=precio]", "caro");
        browser.until(now -> browser.has(row(oven) + ".sello.mal") ? Boolean.TRUE : null, "no refusal");
        browser.complaints();
    }

    @Test
    void of_two_who_edit_one_product_each_keeps_what_is_theirs_and_where_both_changed_a_field_the_second_chooses() {
        long oven = oven(1);
        browser.open("/admin/productos/" + oven + "/");
        given.sql("UPDATE productos SET precio = 77 WHERE id = ?", oven);
        browser.fill("nombre", "Horno Boreal");
        browser.submit("#ficha-formulario button");
        browser.see("Guardado. Lo que otra persona cambió mientras tanto quedó como lo dejó: Precio.");
        assertEquals(
                "Horno Boreal/77.00", given.text("SELECT nombre || '/' || precio FROM productos WHERE id = ?", oven));

        given.sql("UPDATE productos SET precio = 78, descripcion = 'Suya' WHERE id = ?", oven);
        browser.fill("precio", "80");
        browser.fill("descripcion", "Mía");
        browser.fill("categoria", "hornos");
        browser.submit("#ficha-formulario button");
        browser.see("Otra persona cambió lo mismo que tú mientras lo editabas.");
        assertEquals(List.of("Descripción", "Precio"), browser.texts("#diferencias tbody th"));
        assertEquals(List.of("Suya", "Mía", "78.00", "80.00"), browser.texts("#diferencias tbody td"));
        assertEquals(
                "Horno Boreal/78.00/otros",
                given.text("SELECT nombre || '/' || precio || '/' || categoria FROM productos WHERE id = ?", oven));
        browser.assertAccessible();
        browser.click("[name=gana_precio][value=suyo]");
        browser.click("[name=gana_descripcion][value=mio]");
        browser.submit("#ficha-formulario button");
        browser.see("Guardado.");
        assertEquals(
                "Mía/78.00/hornos",
                given.text(
                        "SELECT descripcion || '/' || precio || '/' || categoria FROM productos WHERE id = ?", oven));

        browser.open("/admin/productos/?q=" + oven);
        given.sql("UPDATE productos SET precio = 79 WHERE id = ?", oven);
        browser.typeOver(row(oven) + "[name=precio]", "50");
        browser.see("Otra persona lo cambió mientras tanto");
        assertEquals("79.00", browser.find(row(oven) + "[name=precio]").getDomAttribute("value"));
        browser.click("#propone-" + oven);
        browser.see("Guardado.");
        assertEquals("50.00", given.text("SELECT precio::text FROM productos WHERE id = ?", oven));
        browser.complaints();
    }

    @Test
    void a_price_changed_in_the_list_keeps_what_was_typed_asks_before_it_leaps_and_never_loses_the_keyboards_place() {
        long oven = oven(1);
        browser.open("/admin/productos/?q=" + oven);
        browser.typeOver(row(oven) + "[name=precio]", "1.249");
        browser.see("No está claro cuánto es");
        assertEquals("1.249", browser.find(row(oven) + "[name=precio]").getDomProperty("value"));
        // The tabulator key that sent the change also moved the focus to the next field.
        assertEquals("activo-" + oven, browser.driver.switchTo().activeElement().getDomAttribute("id"));
        browser.typeOver(row(oven) + "[name=precio]", "9.990,00");
        browser.see("cambia en más de la mitad");
        assertEquals("99.90", given.text("SELECT precio::text FROM productos WHERE id = ?", oven));
        browser.click("#propone-" + oven);
        browser.see("Guardado.");
        assertEquals("9990.00", given.text("SELECT precio::text FROM productos WHERE id = ?", oven));
        browser.complaints();
    }

    @Test
    void a_new_product_gets_its_stock_by_an_entry_and_script_text_stays_text() {
        browser.open("/admin/productos/nuevo/");
        browser.fill("nombre", "<script>alert('x')</script>");
        browser.fill("descripcion", "<img src=x onerror=alert(1)>");
        browser.fill("precio", "10");
        browser.fill("categoria", "\"><b>otros");
        browser.fill("imagen_url", "javascript:alert(1)");
        browser.submit("#ficha-formulario button");
        browser.see("La imagen es una dirección");
        browser.fill("imagen_url", "");
        browser.submit("#ficha-formulario button");
        browser.see("<script>alert('x')</script>");
        adjust("entrada", "12", "Compra <b>1</b>");
        browser.see("Existencias ajustadas: 12 en total, 12 disponibles.");
        browser.see("Compra <b>1</b>");
        browser.open("/admin/productos/?q=script");
        browser.see("<script>alert('x')</script>");
        browser.complaints();
    }

    private void adjust(String kind, String quantity, String reason) {
        browser.choose("tipo", kind);
        browser.fill("cantidad", quantity);
        browser.fill("motivo", reason);
        browser.submit("#ajuste button");
    }

    @Test
    void an_adjustment_that_breaks_holds_shows_whose_first_and_releases_the_newest() {
        long oven = oven(5);
        int first = given.buyerWith(oven, 2);
        fixture.checkout(first);
        clock.advance(java.time.Duration.ofMinutes(1));
        int second = given.buyerWith(oven, 2);
        fixture.checkout(second);
        browser.open("/admin/productos/" + oven + "/");
        adjust("merma", "2", "Se rompieron dos");
        browser.see("Este ajuste deja sin unidades a 1 reserva viva.");
        assertEquals(1, browser.texts("#afectados li").size());
        String loser = given.text("SELECT username FROM auth_user WHERE id = ?", second);
        assertTrue(browser.texts("#afectados li").getFirst().startsWith(loser));
        assertEquals("5/4/0", given.figures(oven));
        browser.assertAccessible();
        browser.screenshot("panel-ajuste");
        browser.submit("#ajuste button");
        browser.see("Existencias ajustadas: 3 en total, 1 disponibles. Se liberó 1 reserva.");
        assertEquals("3/2/0", given.figures(oven));
        assertEquals("cancelled", given.text("SELECT status FROM stock_reservations WHERE usuario_id = ?", second));
        assertEquals(
                "merma/-2/Se rompieron dos",
                given.text(
                        "SELECT tipo || '/' || delta_total || '/' || "
                                + "motivo FROM movimientos_stock WHERE "
                                + "producto_id = ?",
                        oven));
        assertEquals(List.of(), given.differences());
        adjust("merma", "9", "Demasiado");
        browser.see("No se puede: hay 3 en total");
        adjust("devolucion", "1", "Nadie compró nada");
        browser.see("Escribe de qué pedido vuelve");
        adjust("merma", "-1", "Al revés");
        browser.see("Escribe una cantidad entera");
        browser.complaints();
    }

    @Test
    void many_are_taken_off_sale_at_once_and_exported() {
        long one = oven(1);
        long other = oven(2);
        browser.open("/admin/productos/?q=" + one);
        browser.click(row(one) + "[name=id]");
        browser.submit("button[value=desactivar]");
        browser.see("1 producto desactivado.");
        assertEquals(
                "false/true",
                given.text(
                        "SELECT (SELECT activo FROM productos WHERE id = ?) || "
                                + "'/' || (SELECT activo FROM productos WHERE id = ?)",
                        one,
                        other));
        browser.open("/admin/productos/");
        String token = browser.find("#acciones [name=csrf_token]").getDomAttribute("value");
        String csv = RestAssured.given()
                .cookie(
                        "electro_isla_sesion",
                        browser.driver
                                .manage()
                                .getCookieNamed("electro_isla_sesion")
                                .getValue())
                .formParam("csrf_token", token)
                .formParam("accion", "exportar")
                .formParam("id", other)
                .post("/admin/productos/acciones/")
                .asString();
        assertTrue(
                csv.startsWith("id,nombre,")
                        && csv.contains("\n" + other + ",Horno Austral,")
                        && !csv.contains("\n" + one + ","),
                csv);
    }

    private List<Object> pictures(long product) {
        return List.of(
                given.texts(
                        "SELECT archivo FROM fotos_productos WHERE producto_id = ? AND quitada_at IS NULL "
                                + "ORDER BY posicion",
                        product),
                given.text("SELECT COALESCE(imagen, '') FROM productos WHERE id = ?", product));
    }

    @Test
    void pictures_are_chosen_dropped_dragged_and_moved_by_the_keyboard_and_the_shop_shows_them(@TempDir Path folder)
            throws IOException {
        long oven = oven(1);
        browser.open("/admin/productos/" + oven + "/");
        browser.see("Este producto no tiene fotos");
        Path one = Files.write(folder.resolve("una.jpg"), SamplePictures.fresh("jpg", 900, 600));
        Path other = Files.write(folder.resolve("otra ñ.png"), SamplePictures.fresh("png", 300, 600));
        browser.find("#fotos-archivos").sendKeys(one + "\n" + other);
        browser.see("2 fotos añadidas.");
        // Dropped from the desktop: a JPEG that the browser itself makes, larger than the server takes.
        browser.driver.executeScript("""
                const bytes = Uint8Array.from(atob(arguments[0]), each => each.charCodeAt(0));
                const data = new DataTransfer();
                data.items.add(new File([bytes, new Uint8Array(6 * 1024 * 1024)], 'grande.jpg', {type: 'image/jpeg'}));
                document.querySelector('#fotos-subir').dispatchEvent(
                    new DragEvent('drop', {bubbles: true, cancelable: true, dataTransfer: data}));
                """, Base64.getEncoder().encodeToString(SamplePictures.fresh("jpg", 200, 100)));
        browser.see("1 foto añadida.");
        List<String> ids =
                given.texts("SELECT id::text FROM fotos_productos WHERE producto_id = ? ORDER BY posicion", oven);

        browser.find("#despues-" + ids.get(0)).sendKeys(Keys.ENTER);
        browser.see("Fotos guardadas.");
        assertEquals(
                "despues-" + ids.get(0),
                browser.driver.switchTo().activeElement().getDomAttribute("id"));
        browser.typeOver("[name=texto_" + ids.get(1) + "]", "De frente <b>");
        browser.driver.executeScript("""
                const [from, to] = [...arguments].map(id => document.querySelector(`[data-foto="${id}"]`));
                const data = new DataTransfer();
                const event = (kind, where) => where.dispatchEvent(new DragEvent(kind, {bubbles: true, \
                cancelable: true, dataTransfer: data, clientY: to.getBoundingClientRect().top + 1}));
                event('dragstart', from.querySelector('img'));
                event('dragover', to);
                event('drop', to);
                event('dragend', from.querySelector('img'));
                """, ids.get(2), ids.get(1));
        browser.until(
                _ -> pictures(oven).getLast().toString().contains("-200x100.jpg") ? Boolean.TRUE : null, "not first");
        browser.see("Fotos guardadas.");
        assertEquals(
                List.of("200x100", "300x600", "900x600"),
                given.texts(
                        "SELECT substring(archivo, '[0-9]+x[0-9]+') FROM fotos_productos WHERE producto_id = ? "
                                + "ORDER BY posicion",
                        oven));
        assertEquals(
                "De frente <b>",
                given.text("SELECT texto_alternativo FROM fotos_productos WHERE id = ?", Long.valueOf(ids.get(1))));
        assertEquals("/admin/productos/" + oven + "/", browser.at());
        browser.assertUsableByAll();
        browser.screenshot("panel-fotos");
        browser.click("#quita-" + ids.get(0));
        browser.see("Quitadas hoy");
        browser.click(".quitadas button");
        browser.until(_ -> browser.has(".quitadas") ? null : Boolean.TRUE, "still away");

        browser.open("/productos/" + oven + "/");
        assertEquals(3, browser.texts("ul.foto img").size());
        assertEquals("De frente <b>", browser.find("#foto-2 img").getDomAttribute("alt"));
        browser.until(
                _ -> browser.driver
                                .executeScript("return document.querySelector('#foto-1 img').naturalWidth > 0")
                                .equals(true)
                        ? Boolean.TRUE
                        : null,
                "no picture");
        browser.assertUsableByAll();
        browser.screenshot("tienda-fotos");
        given.sql("UPDATE productos SET imagen = 'productos/perdida.jpg' WHERE id = ?", oven);
        browser.open("/productos/" + oven + "/");
        browser.until(now -> browser.has("#foto-1 .dibujo") ? Boolean.TRUE : null, "no drawing for a lost picture");
        browser.complaints();
    }

    @Test
    void a_courier_may_not_and_a_buyers_session_opens_nothing() {
        long oven = oven(1);
        enter("mensa" + people, Role.MENSAJERO);
        browser.open("/admin/productos/" + oven + "/");
        browser.see("No tienes permiso para hacer esto.");
        browser.open("/admin/");
        browser.see("pedidos que te han asignado");
        browser.assertAccessible();
        browser.complaints();
    }

    @Test
    void an_import_shows_what_it_would_change_before_it_does() {
        long oven = oven(4);
        browser.open("/admin/productos/importar/");
        browser.fill("contenido", "id,precio,stock_total\n" + oven + ",caro,4");
        browser.submit("#importar button");
        browser.see("Línea 2, precio");
        browser.fill("contenido", "id,precio,stock_total\n" + oven + ",120.00,7");
        browser.submit("#importar button");
        assertEquals(
                List.of("precio 99.90 120.00", "stock_total 4 7"),
                browser.texts("#vista-previa tbody tr").stream()
                        .map(row -> row.replace("Horno Austral ", ""))
                        .toList());
        assertEquals("4/0/0", given.figures(oven));
        browser.assertAccessible();
        browser.submit("#aplicar button");
        browser.see("Importado: 0 nuevos y 1 cambiados.");
        assertEquals("7/0/0", given.figures(oven));
        assertEquals(List.of("texto pegado 0/1"), imports());
        browser.complaints();
    }

    @Test
    void a_file_chosen_in_the_browser_is_what_is_looked_at_and_imported(@TempDir Path folder) throws IOException {
        long oven = oven(4);
        Path file = Files.writeString(
                folder.resolve("precios de otoño.csv"), "id,nombre,precio\n" + oven + ",Horno Ñandú «2»,77.70\n");
        browser.open("/admin/productos/importar/");
        browser.find("#importar input[type=file]")
                .sendKeys(file.toAbsolutePath().toString());
        browser.submit("#importar button");
        assertEquals(
                List.of("Horno Austral nombre Horno Austral Horno Ñandú «2»", "Horno Austral precio 99.90 77.70"),
                browser.texts("#vista-previa tbody tr"));
        browser.submit("#aplicar button");
        browser.see("Importado: 0 nuevos y 1 cambiados.");
        assertEquals(List.of("precios de otoño.csv 0/1"), imports());
        assertEquals(
                "Horno Ñandú «2»/77.70",
                given.text("SELECT nombre || '/' || precio FROM productos WHERE id = ?", oven));
    }

    private List<String> imports() {
        return given.texts("""
                SELECT objeto_repr || ' ' || (detalles->'despues'->>'nuevos') || '/'
                       || (detalles->'despues'->>'cambiados') FROM audit_logs
                 WHERE accion = 'importar' AND usuario_id = (SELECT id FROM auth_user WHERE username = ?)
                 ORDER BY id""", me);
    }

    @Test
    void an_import_shows_prices_that_leap_first_and_counts_them() {
        long oven = oven(4);
        long other = oven(4);
        preview("id,nombre,precio\n" + oven + ",Horno menor,99.80\n" + other + ",,9.99");
        browser.see("Un precio cambia en más de la mitad");
        assertEquals(List.of("0", "2", "0", "1"), browser.texts("#vista-previa .cifra dd"));
        assertEquals(
                List.of(
                        "Horno Austral precio 99.90 9.99 salto de precio",
                        "Horno Austral nombre Horno Austral Horno menor",
                        "Horno Austral precio 99.90 99.80"),
                browser.texts("#cambiados tbody tr"));
        browser.assertAccessible();
        browser.submit("#aplicar button");
        browser.see("Importado: 0 nuevos y 2 cambiados.");
        browser.complaints();
    }

    private void preview(String content) {
        browser.open("/admin/productos/importar/");
        browser.fill("contenido", content);
        browser.submit("#importar button");
    }

    @Test
    void a_workbook_is_taken_and_the_templates_are_files_that_it_takes(@TempDir Path folder) throws IOException {
        browser.open("/admin/productos/importar/");
        String session =
                browser.driver.manage().getCookieNamed("electro_isla_sesion").getValue();
        byte[] csv = RestAssured.given()
                .cookie("electro_isla_sesion", session)
                .get("/admin/productos/importar/plantilla.csv")
                .asByteArray();
        assertEquals(
                "\uFEFFnombre,descripcion,precio,descuento,categoria,stock_total,activo,imagen_url\n",
                new String(csv, java.nio.charset.StandardCharsets.UTF_8));
        byte[] xlsx = RestAssured.given()
                .cookie("electro_isla_sesion", session)
                .get("/admin/productos/importar/plantilla.xlsx")
                .asByteArray();
        browser.open("/admin/productos/importar/");
        browser.find("#importar input[type=file]")
                .sendKeys(Files.write(folder.resolve("plantilla.xlsx"), xlsx)
                        .toAbsolutePath()
                        .toString());
        browser.submit("#importar button");
        assertEquals(List.of("0", "0", "0"), browser.texts("#vista-previa .cifra dd"));

        var bytes = new java.io.ByteArrayOutputStream();
        try (var workbook = new org.dhatim.fastexcel.Workbook(bytes, "prueba", "1.0")) {
            var sheet = workbook.newWorksheet("hoja");
            List.of("nombre", "precio", "stock", "stock_total")
                    .forEach(name -> sheet.value(
                            0,
                            List.of("nombre", "precio", "stock", "stock_total").indexOf(name),
                            name));
            sheet.value(1, 0, "Farol de gas");
            sheet.value(1, 1, 99.99);
            sheet.value(1, 3, 7);
        }
        browser.find("#importar input[type=file]")
                .sendKeys(Files.write(folder.resolve("libro.xlsx"), bytes.toByteArray())
                        .toAbsolutePath()
                        .toString());
        browser.submit("#importar button");
        assertEquals(List.of("Farol de gas 99.99 0 % otros 7 true"), browser.texts("#nuevos tbody tr"));
        assertTrue(browser.find("#columnas-sin-usar").getText().endsWith("stock"));
        browser.assertUsableByAll();
        browser.submit("#aplicar button");
        browser.see("Importado: 1 nuevos y 0 cambiados.");
    }

    @Test
    void an_import_applies_to_the_figures_that_were_shown_or_asks_again() {
        long oven = oven(100);
        preview("id,stock_total\n" + oven + ",120");
        given.sql("UPDATE productos SET stock_total = 150, stock = 150 WHERE id = ?", oven);
        browser.submit("#aplicar button");
        browser.see("Mientras lo mirabas cambiaron productos de este archivo, y no se escribió nada.");
        assertEquals(List.of("Horno Austral stock_total 150 120"), browser.texts("#cambiados tbody tr"));
        assertEquals("150/0/0", given.figures(oven));
        browser.submit("#aplicar button");
        browser.see("Importado: 0 nuevos y 1 cambiados.");
        assertEquals("120/0/0", given.figures(oven));
        browser.complaints();
    }

    @Test
    void an_import_that_is_sent_twice_is_applied_once() {
        preview("nombre,precio\nLinterna doble,5");
        String session =
                browser.driver.manage().getCookieNamed("electro_isla_sesion").getValue();
        var form = RestAssured.given()
                .cookie("electro_isla_sesion", session)
                .redirects()
                .follow(false);
        for (String name : List.of("csrf_token", "una_vez", "aplicar", "mismo_nombre", "visto", "carga")) {
            form.multiPart(name, browser.find("#aplicar [name=" + name + "]").getDomAttribute("value"));
        }
        form.post("/admin/productos/importar/").then().statusCode(303);
        form.post("/admin/productos/importar/").then().statusCode(303);
        assertEquals(1, given.number("SELECT count(*) FROM productos WHERE nombre = 'Linterna doble'"));
        browser.open("/admin/productos/");
    }

    @Test
    void a_line_without_an_id_whose_name_is_taken_is_asked_about() {
        given.product("Cocina de dos hornillas", "50.00", 1);
        preview("nombre,precio\ncocina de dos hornillas,60");
        browser.see("ya hay un producto que se llama así");
        browser.choose("mismo_nombre", "actualizar");
        browser.submit("#importar button");
        assertEquals(
                List.of("Cocina de dos hornillas precio 50.00 60.00"),
                browser.texts("#cambiados tbody tr").stream()
                        .filter(row -> row.contains("precio"))
                        .toList());
        browser.submit("#aplicar button");
        browser.see("Importado: 0 nuevos y 1 cambiados.");
        browser.complaints();
    }
}
