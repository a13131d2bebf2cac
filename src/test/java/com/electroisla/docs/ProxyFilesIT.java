package com.electroisla.docs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.electroisla.accounts.Role;
import com.electroisla.http.server.ServerTest;
import com.electroisla.pages.Browser;
import com.electroisla.settings.Setting;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.openqa.selenium.Cookie;

/** A buyer and the staff in a real browser, over https, through each proxy with files in {@code deploy/}. */
@QuarkusTest
class ProxyFilesIT extends ServerTest {
    private static final String SITE = "https://" + TlsProxy.NAME;
    private static final String PASSWORD = "isla.Bonita7";
    private static final int SLOW = 400;
    /** The limit of {@code deploy/nginx/electro-isla.conf}. */
    private static final int HELD_AT_MOST = 256;

    @TempDir
    Path folder;

    @Override
    protected Map<Setting, String> flags() {
        return Map.of(Setting.URL, SITE, Setting.PROXIES, "127.0.0.1/32");
    }

    @Test
    void through_caddy_every_form_of_a_purchase_and_of_the_staff_works_by_https() throws Exception {
        try (TlsProxy proxy = TlsProxy.caddy(folder, address().getPort())) {
            everything_works_through(proxy, "caddy");
        }
    }

    @Test
    void through_nginx_every_form_of_a_purchase_and_of_the_staff_works_by_https() throws Exception {
        try (TlsProxy proxy = TlsProxy.nginx(folder, address().getPort())) {
            everything_works_through(proxy, "nginx");
        }
    }

    /**
     * nginx has fewer connections here than on a Debian, and the stranger opens more than it has: slow uploads, whose
     * bodies nginx waits for by itself.
     */
    @Test
    void through_nginx_four_hundred_slow_requests_of_one_address_leave_room_for_another() throws Exception {
        try (TlsProxy proxy = TlsProxy.nginx(folder, address().getPort());
                var stranger = new SlowStranger("127.0.0.1", proxy.https)) {
            stranger.opens(SLOW, HELD_AT_MOST);
            assertTrue(stranger.held() > HELD_AT_MOST / 2, () -> stranger.held() + " are held");
            String answer = SlowStranger.exchange("127.0.0.2", proxy.https, "GET /api/productos/ HTTP/1.1");
            assertTrue(answer.startsWith("HTTP/1.1 200 "), answer);
            String refused = SlowStranger.exchange("127.0.0.1", proxy.https, "GET /api/productos/ HTTP/1.1");
            assertTrue(refused.startsWith("HTTP/1.1 503 "), refused);
            assertTrue(refused.contains("\"code\": \"servicio_ocupado\""), refused);
        }
    }

    private void everything_works_through(TlsProxy proxy, String name) {
        RestAssured.given()
                .header("Host", TlsProxy.NAME)
                .redirects()
                .follow(false)
                .get("http://127.0.0.1:" + proxy.http + "/carrito/?x=1")
                .then()
                .statusCode(org.hamcrest.Matchers.in(List.of(301, 308)))
                .header("Location", org.hamcrest.Matchers.startsWith(SITE))
                .header("Location", org.hamcrest.Matchers.endsWith("/carrito/?x=1"));
        String rules = "MAP " + TlsProxy.NAME + ":443 127.0.0.1:" + proxy.https + ", MAP " + TlsProxy.NAME
                + ":80 127.0.0.1:" + proxy.http;
        try (Browser browser =
                Browser.alone(URI.create(SITE), "--host-resolver-rules=" + rules, "--ignore-certificate-errors")) {
            a_buyer_buys(browser, name);
            the_staff_works(browser, name);
            assertEquals(List.of(), browser.complaints());
        }
    }

    private void a_buyer_buys(Browser browser, String proxy) {
        long lamp = fixture.product("Lámpara " + proxy, "10.00", 9);
        browser.open("/registro/");
        browser.fill("username", "ana-" + proxy);
        browser.fill("email", proxy + "@example.com");
        browser.fill("password", PASSWORD);
        browser.submit("main button[type=submit]");
        assertEquals("/", browser.at());
        assertTrue(browser.driver.getCurrentUrl().startsWith(SITE + "/"), browser.driver.getCurrentUrl());
        cookies_are_this_hosts_own(browser);
        add(browser, lamp);
        browser.see("Añadido al carrito.");
        browser.submit(".acciones form[action$='/quitar/'] button");
        browser.see("carrito está vacío");
        add(browser, lamp);
        browser.typeOver("[name=cantidad]", "3");
        browser.see("$30,00");
        browser.submit("#reservar");
        assertEquals("/reserva/", browser.at());
        browser.click("#soltar");
        browser.driver.switchTo().alert().accept();
        browser.see("las unidades vuelven a la venta");
        browser.open("/carrito/");
        browser.submit("#reservar");
        pay(browser);
        assertEquals("9/0/3", fixture.figures(lamp));
        browser.click("#cancelar");
        browser.driver.switchTo().alert().accept();
        browser.see("Pedido cancelado.");
        browser.submit("form[action='/salir/'] button");
        browser.signIn("/entrar/?next=/pedidos/", "ana-" + proxy, PASSWORD);
        assertEquals("/pedidos/", browser.at());
        browser.submit("form[action='/salir/'] button");
    }

    private static void add(Browser browser, long product) {
        browser.open("/productos/" + product + "/");
        browser.submit(".comprar button");
        assertEquals("/carrito/", browser.at());
    }

    private static void pay(Browser browser) {
        browser.fill("direccion_entrega", "Calle 23");
        browser.fill("telefono", "555-0100");
        browser.click("[value=tarjeta]");
        browser.submit("#pagar-ahora");
        browser.submit("#prueba-pagar");
        browser.see("¡Gracias! Recibimos tu pago y tu pedido está hecho.");
        browser.submit("#ver-pedido");
    }

    private void the_staff_works(Browser browser, String proxy) {
        String username = "jefa-" + proxy;
        var _ = shop.accounts()
                .manage()
                .create(username, username + "@example.com", PASSWORD, Role.ADMIN)
                .orElseThrow();
        browser.open("/admin/productos/");
        browser.fill("username", username);
        browser.fill("password", PASSWORD);
        browser.submit("main button[type=submit]");
        assertEquals("/admin/productos/", browser.at());
        long saw = fixture.product("Sierra " + proxy, "20.00", 4);
        browser.open("/admin/productos/" + saw + "/");
        browser.fill("nombre", "Sierra nueva " + proxy);
        browser.submit("main form[action$='/" + saw + "/'] button[type=submit]");
        browser.see("Sierra nueva " + proxy);
        assertEquals("Sierra nueva " + proxy, fixture.text("SELECT nombre FROM productos WHERE id = ?", saw));
        browser.open("/admin/usuarios/");
        browser.submit("form[action='/salir/'] button");
        assertEquals("/admin/login/", browser.at());
    }

    private static void cookies_are_this_hosts_own(Browser browser) {
        var cookies = browser.driver.manage().getCookies();
        assertTrue(
                cookies.stream()
                        .map(Cookie::getName)
                        .collect(Collectors.toCollection(TreeSet::new))
                        .contains("__Host-electro_isla_sesion"),
                cookies::toString);
        assertTrue(
                cookies.stream()
                        .allMatch(cookie ->
                                cookie.getName().startsWith("__Host-") && cookie.isSecure() && cookie.isHttpOnly()),
                cookies::toString);
    }
}
