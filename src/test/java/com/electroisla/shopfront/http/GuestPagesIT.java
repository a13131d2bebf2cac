package com.electroisla.shopfront.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.electroisla.accounts.Role;
import com.electroisla.http.Language;
import com.electroisla.pages.BrowserTest;
import com.electroisla.pages.PageWords;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import io.restassured.response.Response;
import java.time.Duration;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.openqa.selenium.Cookie;

@QuarkusTest
class GuestPagesIT extends BrowserTest {
    private static final String CART = "electro_isla_invitado";

    private String cart() {
        return browser.driver.manage().getCookieNamed(CART).getValue();
    }

    private int guestOf(String email) {
        return (int) given.number("SELECT usuario_id FROM invitados WHERE email = ?", email);
    }

    private void introduce(String name, String email) {
        browser.fill("nombre", name);
        browser.fill("correo", email);
        browser.submit("#reservar");
    }

    private void fillDelivery() {
        browser.fill("direccion_entrega", "Calle 23, <b>Vedado</b>");
        browser.fill("telefono", "555-0100");
    }

    private String link(int guest) {
        shop.distributeEvents().run();
        return "/pedido/" + given.text("""
                SELECT c.valores ->> 'enlace' FROM correos c JOIN pedidos o ON c.clave = 'pedido_creado/' || o.id
                 WHERE o.usuario_id = ?
                """, guest) + "/";
    }

    @Test
    void a_buyer_without_an_account_goes_from_nothing_to_a_receipt_and_later_takes_the_order_over() {
        long fan = given.product("Ventilador de invitados", "120.00", 25, 3);
        browser.open("/productos/" + fan + "/");
        browser.fill("cantidad", "2");
        browser.submit(".comprar button");
        assertEquals("/carrito/", browser.at());
        browser.see("Carrito (2)");
        browser.see("Compra sin cuenta");
        browser.assertAccessible();
        browser.assertFitsPhone();

        // Closed and opened again, the browser has its lasting cookies only.
        Set<Cookie> kept = browser.driver.manage().getCookies();
        browser.forget();
        kept.stream().filter(cookie -> cookie.getExpiry() != null).forEach(browser.driver.manage()::addCookie);
        browser.open("/carrito/");
        browser.see("Carrito (2)");

        browser.driver.executeScript("document.querySelector('[name=correo]').type = 'text'");
        introduce("<script>Ana</script>", "nada");
        browser.see("no es una dirección de correo");
        introduce("<script>Ana</script>", "ana.invitada@example.com");
        assertEquals("/reserva/", browser.at());
        browser.see("15:00");
        assertEquals("3/2/0", given.figures(fan));
        fillDelivery();
        browser.click("[value=transferencia]");
        browser.submit("#pagar-ahora");
        browser.see("¡Gracias! Tu pedido está hecho.");
        browser.see("Mandamos el recibo a ana.invitada@example.com");
        assertEquals("3/0/2", given.figures(fan));
        browser.assertAccessible();
        browser.assertFitsPhone();
        browser.open("/pedidos/");
        browser.submit("td.nombre a");

        int guest = guestOf("ana.invitada@example.com");
        String link = link(guest);
        browser.forget();
        browser.open(link);
        browser.see("Calle 23, <b>Vedado</b>");
        browser.assertAccessible();
        browser.assertFitsPhone();
        browser.submit("main a[href^='/registro/']");
        browser.fill("username", "ana_cuenta");
        browser.fill("email", "Ana.invitada@example.com");
        browser.fill("password", PASSWORD);
        browser.submit("main button[type=submit]");
        assertEquals(link, browser.at());
        browser.submit("#pasar-a-cuenta");
        browser.see("El pedido está ahora en tu cuenta.");
        assertEquals(
                "ana_cuenta",
                given.text(
                        "SELECT u.username FROM pedidos o JOIN auth_user u ON u.id = o.usuario_id "
                                + "JOIN detalles_pedido d ON d.pedido_id = o.id WHERE d.producto_id = ?",
                        fan));
        browser.open(link);
        browser.see("404");
        browser.complaints();
    }

    @Test
    void a_guest_reads_english_and_gets_the_receipt_in_english_and_cancels_by_its_link() {
        long kettle = given.product("Hervidor para todos", "24.50", 9);
        browser.open("/?lang=en&search=hervidor+para");
        browser.submit(".pie-producto button");
        browser.see("Added to your cart.");
        PageWords.assertSpeaks(browser, Language.ENGLISH);
        introduce("Grace", "grace.guest@example.com");
        browser.see("Everything is reserved. It is yours for 15 minutes.");
        fillDelivery();
        browser.submit("#pagar-ahora");
        browser.see("We sent the receipt to grace.guest@example.com");
        PageWords.assertSpeaks(browser, Language.ENGLISH);
        int guest = guestOf("grace.guest@example.com");
        String link = link(guest);
        assertEquals("en", given.text("SELECT idioma FROM correos WHERE para = 'grace.guest@example.com'"));
        browser.open(link);
        PageWords.assertSpeaks(browser, Language.ENGLISH);
        browser.click("#cancelar");
        browser.driver.switchTo().alert().accept();
        browser.see("Order cancelled.");
        assertEquals("9/0/0", given.figures(kettle));
    }

    @Test
    void the_wanted_product_is_in_the_cart_of_whoever_signs_in_or_signs_up_and_the_page_says_so() {
        long radio = given.product("Radio recordada", "15.00", 5);
        int account = account("recuerda", Role.CLIENTE);
        given.inCart(account, radio, 1);
        browser.open("/productos/" + radio + "/");
        browser.fill("cantidad", "2");
        browser.submit(".comprar button");
        browser.submit("main a[href^='/entrar/']");
        browser.fill("username", "recuerda");
        browser.fill("password", PASSWORD);
        browser.submit("main button[type=submit]");
        assertEquals("/carrito/", browser.at());
        browser.see("lo que elegiste antes de entrar: Radio recordada");
        browser.see("Carrito (3)");
        assertEquals(null, browser.driver.manage().getCookieNamed(CART));
        browser.open("/carrito/");
        browser.see("Carrito (3)");

        browser.forget();
        browser.open("/productos/" + radio + "/");
        browser.submit(".comprar button");
        browser.submit("main a[href^='/registro/']");
        browser.fill("username", "recien");
        browser.fill("email", "recien@example.com");
        browser.fill("password", "123456789");
        browser.submit("main button[type=submit]");
        browser.fill("password", PASSWORD);
        browser.submit("main button[type=submit]");
        assertEquals("/carrito/", browser.at());
        browser.see("Carrito (1)");
        browser.submit("#reservar");
        browser.see("15:00");
        browser.complaints();
    }

    @Test
    void a_guest_who_signs_in_while_units_are_held_pays_for_them_in_the_account() {
        long last = given.product("La última", "30.00", 1);
        account("aguanta", Role.CLIENTE);
        browser.open("/productos/" + last + "/");
        browser.submit(".comprar button");
        introduce("Ana", "aguanta.guest@example.com");
        browser.see("15:00");
        browser.submit(".quien a[href^='/entrar/']");
        browser.fill("username", "aguanta");
        browser.fill("password", PASSWORD);
        browser.submit("main button[type=submit]");
        assertEquals("/reserva/", browser.at());
        browser.see("Tu reserva sigue en pie");
        fillDelivery();
        browser.submit("#pagar-ahora");
        browser.see("¡Gracias! Tu pedido está hecho.");
        assertEquals("1/0/1", given.figures(last));
        assertEquals(
                "aguanta",
                given.text(
                        "SELECT u.username FROM pedidos o JOIN auth_user u ON u.id = o.usuario_id "
                                + "JOIN detalles_pedido d ON d.pedido_id = o.id WHERE d.producto_id = ?",
                        last));
    }

    @Test
    void a_cart_that_a_stranger_planted_shows_them_nothing_of_the_order() {
        long lamp = given.product("Lámpara plantada", "10.00", 5);
        browser.open("/productos/" + lamp + "/");
        browser.submit(".comprar button");
        String planted = cart();
        browser.forget();
        browser.open("/");
        browser.driver.manage().addCookie(new Cookie(CART, planted));
        browser.open("/carrito/");
        introduce("Víctima", "victima.plantada@example.com");
        browser.see("15:00");
        assertFalse(cart().equals(planted));
        RestAssured.given()
                .cookie(CART, planted)
                .redirects()
                .follow(false)
                .get("/reserva/")
                .then()
                .statusCode(303);
        fillDelivery();
        browser.submit("#pagar-ahora");
        browser.see("¡Gracias!");
        long order = given.number("SELECT max(id) FROM pedidos");
        for (String path : java.util.List.of("/pedidos/" + order + "/", "/pedidos/", "/reserva/")) {
            RestAssured.given()
                    .cookie(CART, planted)
                    .redirects()
                    .follow(false)
                    .get(path)
                    .then()
                    .statusCode(303);
        }
        // Another guest, with a cookie that is good, sees a stranger's order as little.
        browser.forget();
        browser.open("/productos/" + lamp + "/");
        browser.submit(".comprar button");
        for (String path : java.util.List.of("/pedidos/" + order + "/", "/pedido/" + order + "/", "/pedido/x/")) {
            browser.open(path);
            browser.see("404");
        }
        browser.complaints();
    }

    @Test
    void an_address_that_has_an_account_gets_the_same_answers_and_nothing_of_the_account() {
        account("duena", Role.CLIENTE);
        long lamp = given.product("Lámpara ajena", "10.00", 5);
        Response known = checkout(lamp, "duena@example.com");
        Response unknown = checkout(lamp, "de.nadie@example.com");
        assertEquals(unknown.statusCode(), known.statusCode());
        assertEquals(unknown.header("Location"), known.header("Location"));
        assertEquals("5/2/0", given.figures(lamp));
        assertEquals(
                0,
                given.number("SELECT count(*) FROM sesiones_web s JOIN auth_user u ON u.id = s.usuario_id "
                        + "WHERE u.username = 'duena'"));
    }

    /** The whole way to the hold, as a browser without scripts goes it. */
    private Response checkout(long product, String email) {
        Response page = RestAssured.get("/productos/" + product + "/");
        Response added = RestAssured.given()
                .cookies(page.cookies())
                .redirects()
                .follow(false)
                .formParam("csrf_token", field(page, "csrf_token"))
                .formParam("una_vez", field(page, "una_vez"))
                .formParam("producto", product)
                .formParam("cantidad", 1)
                .post("/carrito/agregar/");
        assertEquals(303, added.statusCode());
        Response cart = RestAssured.given()
                .cookies(page.cookies())
                .cookies(added.cookies())
                .get("/carrito/");
        return RestAssured.given()
                .cookies(page.cookies())
                .cookie(CART, added.cookie(CART))
                .redirects()
                .follow(false)
                .formParam("csrf_token", field(cart, "csrf_token"))
                .formParam("una_vez", java.util.UUID.randomUUID().toString())
                .formParam("nombre", "Ana")
                .formParam("correo", email)
                .post("/reserva/");
    }

    private static String field(Response page, String name) {
        return page.htmlPath().getString("**.find { it.@name == '" + name + "' }.@value");
    }

    @Test
    void a_double_click_on_adding_and_on_reserving_makes_one_guest_and_one_hold() {
        long lamp = given.product("Lámpara doble", "10.00", 5);
        Response page = RestAssured.get("/productos/" + lamp + "/");
        var add = RestAssured.given()
                .cookies(page.cookies())
                .redirects()
                .follow(false)
                .formParam("csrf_token", field(page, "csrf_token"))
                .formParam("una_vez", field(page, "una_vez"))
                .formParam("producto", lamp)
                .formParam("cantidad", 1);
        Response first = add.post("/carrito/agregar/");
        Response second = add.post("/carrito/agregar/");
        assertEquals(first.cookie(CART), second.cookie(CART));
        assertEquals(
                "1", given.text("SELECT string_agg(quantity::text, ',') FROM cart_items WHERE product_id = ?", lamp));
        var reserve = RestAssured.given()
                .cookies(page.cookies())
                .cookie(CART, first.cookie(CART))
                .redirects()
                .follow(false)
                .formParam("csrf_token", field(page, "csrf_token"))
                .formParam("una_vez", java.util.UUID.randomUUID().toString())
                .formParam("nombre", "Ana")
                .formParam("correo", "doble.clic@example.com");
        Response held = reserve.post("/reserva/");
        Response again = reserve.post("/reserva/");
        assertEquals("/reserva/", held.header("Location").replaceFirst("https?://[^/]+", ""));
        assertEquals("/reserva/", again.header("Location").replaceFirst("https?://[^/]+", ""));
        assertEquals(held.cookie(CART), again.cookie(CART));
        assertEquals("5/1/0", given.figures(lamp));
        String cookie = held.header("Set-Cookie");
        assertTrue(
                held.headers().getValues("Set-Cookie").stream()
                        .anyMatch(each -> each.startsWith(CART + "=")
                                && each.contains("HttpOnly")
                                && each.contains("SameSite=Lax")
                                && each.contains("Max-Age=2592000")),
                () -> cookie);
    }

    @Test
    void who_came_to_buy_what_is_gone_or_unknown_makes_no_guest() {
        long gone = given.product("Agotada ya", "10.00", 0);
        long before = given.number("SELECT count(*) FROM invitados");
        for (String product : java.util.List.of(Long.toString(gone), "999999999")) {
            Response page = RestAssured.get("/productos/" + gone + "/");
            RestAssured.given()
                    .cookies(page.cookies())
                    .redirects()
                    .follow(false)
                    .formParam("csrf_token", field(page, "csrf_token"))
                    .formParam("una_vez", field(page, "una_vez"))
                    .formParam("producto", product)
                    .formParam("cantidad", 1)
                    .post("/carrito/agregar/")
                    .then()
                    .statusCode(303);
        }
        assertEquals(before, given.number("SELECT count(*) FROM invitados"));
    }

    @Test
    void a_cart_whose_guest_was_forgotten_is_empty_and_the_buyer_may_begin_again() {
        long lamp = given.product("Lámpara olvidada", "10.00", 5);
        browser.open("/productos/" + lamp + "/");
        browser.submit(".comprar button");
        given.sql("UPDATE invitados SET huella = NULL");
        browser.open("/carrito/");
        browser.see("Tu carrito está vacío.");
        browser.open("/reserva/");
        assertEquals("/entrar/?next=%2Freserva%2F", browser.at());
        browser.open("/productos/" + lamp + "/");
        browser.submit(".comprar button");
        browser.see("Carrito (1)");
    }

    @Test
    void the_staff_see_that_an_order_is_a_guests_and_find_it_by_the_address() {
        long lamp = given.product("Lámpara del panel", "10.00", 5);
        browser.open("/productos/" + lamp + "/");
        browser.submit(".comprar button");
        introduce("Olga", "olga.panel@example.com");
        fillDelivery();
        browser.submit("#pagar-ahora");
        browser.see("¡Gracias!");
        enter("jefa_invitados", Role.ADMIN);
        browser.open("/admin/pedidos/?q=Olga.Panel%40example.com");
        browser.see("Olga · olga.panel@example.com");
        browser.submit("th.nombre a");
        browser.see("Olga · olga.panel@example.com");
        browser.open("/admin/usuarios/?q=olga.panel%40example.com");
        browser.see("Ningún usuario coincide");
        browser.open("/admin/usuarios/?tipo=invitados&q=olga.panel%40example.com");
        browser.see("Olga");
        browser.assertAccessible();
        browser.assertFitsPhone();
        assertFalse(browser.has("[name=rol]"));
        enter("correo_invitados", Role.MENSAJERO);
        given.sql(
                "UPDATE pedidos SET mensajero_id = (SELECT id FROM auth_user WHERE username = 'correo_invitados') "
                        + "WHERE usuario_id = ?",
                guestOf("olga.panel@example.com"));
        browser.open("/admin/pedidos/");
        browser.see("Olga");
        assertFalse(browser.text().contains("olga.panel@example.com"));
    }

    @Test
    void after_too_many_carts_from_one_address_the_next_is_asked_to_sign_in_and_comes_back_to_the_product() {
        long lamp = given.product("Lámpara concurrida", "10.00", 500);
        account("paciente", Role.CLIENTE);
        clock.advance(Duration.ofHours(2));
        given.sql("INSERT INTO limites (clave, ventana_hasta, cuenta) VALUES ('invitado:ip:127.0.0.1', "
                + "'2026-03-01T14:30:00Z', 60) ON CONFLICT (clave) DO UPDATE SET ventana_hasta = "
                + "EXCLUDED.ventana_hasta, cuenta = 60");
        try {
            browser.open("/productos/" + lamp + "/");
            browser.fill("cantidad", "3");
            browser.submit(".comprar button");
            browser.see("Desde tu conexión se han abierto muchos carritos");
            browser.fill("username", "paciente");
            browser.fill("password", PASSWORD);
            browser.submit("main button[type=submit]");
            assertEquals("/productos/" + lamp + "/?cantidad=3", browser.at());
            browser.submit(".comprar button");
            browser.see("Carrito (3)");
        } finally {
            given.sql("DELETE FROM limites");
            clock.advance(Duration.ofHours(-2));
        }
    }
}
