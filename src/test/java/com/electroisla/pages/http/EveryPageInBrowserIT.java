package com.electroisla.pages.http;

import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.electroisla.demo.DemoShop;
import com.electroisla.demo.DemoUser;
import com.electroisla.http.Language;
import com.electroisla.mail.Letter;
import com.electroisla.mail.Letters;
import com.electroisla.pages.BrowserTest;
import com.electroisla.pages.PageWords;
import io.quarkus.test.junit.QuarkusTest;
import java.net.URI;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/**
 * Every page of the program, found by its classes, in a browser on the demo shop, which people see first: on a desktop
 * and on a phone, light and dark, in Spanish and in English. Its screenshots are those of the README.
 */
@QuarkusTest
class EveryPageInBrowserIT extends BrowserTest {
    /** A stream and files, which are no pages. */
    private static final Set<String> NO_PAGES = Set.of(
            "/vivo/",
            "/cuenta/datos/mis-datos.json/",
            "/admin/productos/exportar/productos.csv/",
            "/admin/productos/exportar/productos.xlsx/",
            "/admin/productos/{id}/kardex/kardex.csv/",
            "/admin/productos/{id}/kardex/kardex.xlsx/",
            "/admin/productos/importar/plantilla.csv/",
            "/admin/productos/importar/plantilla.xlsx/");

    private static final Set<String> DOORS = Set.of(
            "/entrar/",
            "/entrar/codigo/",
            "/registro/",
            "/recuperar/",
            "/recuperar/codigo/",
            "/invitacion/",
            "/clave/",
            "/admin/login/");
    private static final Map<String, String> PICTURES = Map.ofEntries(
            Map.entry("/", "tienda-catalogo"),
            Map.entry("/productos/{id}/", "tienda-producto"),
            Map.entry("/carrito/", "tienda-carrito"),
            Map.entry("/reserva/", "tienda-reserva"),
            Map.entry("/pedidos/{id}/", "tienda-pedido"),
            Map.entry("/admin/", "panel-inicio"),
            Map.entry("/admin/productos/", "panel-productos"),
            Map.entry("/admin/productos/{id}/", "panel-producto"),
            Map.entry("/admin/productos/{id}/kardex/", "panel-kardex"),
            Map.entry("/admin/stock-reservations/", "panel-reservas"),
            Map.entry("/admin/pedidos/", "panel-pedidos"));
    private static final Map<String, String> PHONE_PICTURES =
            Map.of("/", "movil-catalogo", "/reserva/", "movil-reserva", "/admin/productos/", "movil-productos");
    /** A product with an entry, a loss, an invalid discount, and a cart line. */
    private static final long PRODUCT = 6;

    @Test
    void every_page_has_no_serious_problem_fits_a_phone_and_speaks_the_readers_language() {
        new DemoShop(database, clock, Duration.ofMinutes(15)).openOrFill(() -> "!");
        database.useTransaction(handle -> Letters.write(
                handle,
                Letter.accountExists("ana@example.com", Locale.of("es"), "Ana", "cuenta-1"),
                clock.now(handle)));
        given.sql("UPDATE correos SET estado = 'fallido', fallo = '550'");
        given.refundOwed(DemoUser.LUCIA.id(), "12.50");
        given.sql("""
                INSERT INTO direcciones (usuario_id, nombre, direccion, telefono, principal, created_at, updated_at)
                VALUES (?, 'Casa', 'Calle 23 nº 105', '555-0100', true, now(), now())
                """, DemoUser.LUCIA.id());
        Set<String> pages = new TreeSet<>(PageRoutes.all().gets());
        assertTrue(pages.containsAll(NO_PAGES), "a page that is gone");
        assertTrue(pages.containsAll(PICTURES.keySet()), "a picture of a page that is gone");
        pages.removeAll(NO_PAGES);
        visitAll(DOORS);
        become(DemoUser.LUCIA.id());
        pages.removeAll(DOORS);
        visitAll(pages.stream().filter(page -> !page.startsWith("/admin/")).toList());
        become(DemoUser.ADMIN.id());
        visitAll(pages.stream().filter(page -> page.startsWith("/admin/")).toList());
        browser.open("/admin/productos/?tema=oscuro&lang=en");
        browser.screenshot("panel-oscuro");
        browser.open("/no-hay-nada/");
        assertEquals("404 text/html", browser.answer());
        browser.assertUsableByAll();
    }

    private void visitAll(Collection<String> routes) {
        assertAll(routes.stream().map(route -> () -> visit(route)));
    }

    private void visit(String route) {
        String path = route.replace("{id}", id(route));
        browser.open(path);
        assertEquals(path, browser.at());
        assertEquals("200 text/html", browser.answer(), path);
        PageWords.assertSpeaks(browser, Language.SPANISH);
        List<String> inEnglish = browser.pieces(URI.create(path + "?lang=en"));
        browser.speakSpanish();
        PageWords.assertSpeaks(inEnglish, Language.ENGLISH, path);
        if (PICTURES.containsKey(route)) {
            browser.screenshot(PICTURES.get(route));
        }
        browser.assertUsableByAll();
        if (PHONE_PICTURES.containsKey(route)) {
            browser.phone();
            browser.screenshot(PHONE_PICTURES.get(route));
            browser.desktop();
        }
    }

    private String id(String route) {
        if (route.startsWith("/pedido/")) {
            int guest = given.guest(given.text("SELECT email FROM auth_user WHERE id = ?", DemoUser.LUCIA.id()));
            given.inCart(guest, given.product("Linterna", "10.00", 3), 1);
            fixture.checkout(guest);
            fixture.pay(guest);
            return given.orderLink(guest).split("/")[2];
        }
        if (route.contains("/pagos/")) {
            return given.text("SELECT max(id)::text FROM pagos WHERE usuario_id = ?", DemoUser.LUCIA.id());
        }
        if (route.contains("/pedidos/")) {
            return given.text("SELECT max(id)::text FROM pedidos WHERE usuario_id = ?", DemoUser.LUCIA.id());
        }
        if (route.contains("/direcciones/")) {
            return given.text("SELECT max(id)::text FROM direcciones WHERE usuario_id = ?", DemoUser.LUCIA.id());
        }
        if (route.contains("/reembolsos/")) {
            return given.text("SELECT max(id)::text FROM reembolsos");
        }
        if (route.contains("/correos/")) {
            return given.text("SELECT max(id)::text FROM correos");
        }
        return route.contains("/stock-reservations/")
                ? given.text("SELECT max(id)::text FROM stock_reservations WHERE status = 'pending'")
                : Long.toString(PRODUCT);
    }
}
