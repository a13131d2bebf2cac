package com.electroisla.docs;

import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.startsWith;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.electroisla.accounts.TestTokens;
import com.electroisla.http.server.ServerTest;
import com.electroisla.pages.Browser;
import com.electroisla.settings.Setting;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The page on the old front end: its proxies serve a front end's files and the server's calls, and its form buys. */
@QuarkusTest
class OldFrontEndPageIT extends ServerTest {
    private static final String TIENDA = "tienda.example.com";
    private static final String PANEL = "panel.example.com";
    private static final String WWW = "www.example.com";
    private static final String API = "api.example.com";
    private static final DocsPage PAGE = page();

    @TempDir
    Path folder;

    /** The settings of both set-ups: their names are answered to at once. */
    @Override
    protected Map<Setting, String> flags() {
        return Map.of(
                Setting.URL, setting(0, Setting.URL) + "," + setting(1, Setting.URL),
                Setting.CORS, setting(1, Setting.CORS),
                Setting.PROXIES, setting(0, Setting.PROXIES));
    }

    private static DocsPage page() {
        try {
            return DocsPage.read(Path.of("docs/how-to/old-front-end.md"));
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    private static List<String> blocks(String language) {
        return PAGE.blocks().stream()
                .filter(block -> block.language().equals(language))
                .map(DocsPage.Block::text)
                .toList();
    }

    private static String block(String language) {
        List<String> found = blocks(language);
        assertEquals(1, found.size(), language);
        return found.getFirst();
    }

    /** A line of one of the page's lists of settings. */
    private static String setting(int list, Setting setting) {
        return blocks("ini")
                .get(list)
                .lines()
                .filter(line -> line.startsWith(setting.variable() + "="))
                .map(line -> line.substring(line.indexOf('=') + 1))
                .findFirst()
                .orElseThrow();
    }

    /** One of the page's two files for Caddy, without TLS. */
    private String caddyfile(int file) throws IOException {
        return blocks("caddyfile")
                .get(file)
                .replaceAll("(?m)^(\\S+\\.example\\.com) \\{", "http://$1 {")
                .replace("/srv/electro_isla/frontend", frontEnd().toString())
                .replace("127.0.0.1:8000", "127.0.0.1:" + address().getPort());
    }

    /** A front end of three files, in the folder that the page names. */
    private Path frontEnd() throws IOException {
        Path files = Files.createDirectories(folder.resolve("frontend"));
        Files.writeString(files.resolve("index.html"), "<title>frontend</title>");
        Files.writeString(files.resolve("sw.js"), "// the front end's own");
        Files.createDirectories(files.resolve("assets"));
        Files.writeString(files.resolve("assets/app-1a2b.js"), "// app");
        return files;
    }

    @Test
    void caddy_sends_every_path_where_the_page_says() throws Exception {
        try (TlsProxy proxy = TlsProxy.caddy(folder, caddyfile(0))) {
            every_path_goes_where_the_page_says(proxy.http, TIENDA);
            ask(proxy.http, PANEL, "/").then().statusCode(200).header("Content-Type", startsWith("text/html"));
            ask(proxy.http, PANEL, "/sw.js").then().statusCode(200).header("Cache-Control", equalTo("no-cache"));
        }
    }

    @Test
    void with_two_addresses_the_cart_is_changed_at_the_front_ends_own_and_all_else_at_the_apis() throws Exception {
        long lamp = fixture.product("Lámpara", "10.00", 3);
        String token = new TestTokens(database, shop.settings().home()).of(fixture.anyBuyer());
        try (TlsProxy proxy = TlsProxy.caddy(folder, caddyfile(1))) {
            String at = "http://127.0.0.1:" + proxy.http;
            assertEquals(
                    "<title>frontend</title>",
                    ask(proxy.http, WWW, "/carrito").getBody().asString());
            given().header("Host", WWW)
                    .header("Origin", "https://" + WWW)
                    .header("Authorization", "Bearer " + token)
                    .contentType("application/json")
                    .body("{\"updates\": {\"" + lamp + "\": 2}}")
                    .post(at + "/api/carrito/bulk-update/")
                    .then()
                    .statusCode(200)
                    .body("cart.items[0].quantity", equalTo(2));
            given().header("Host", API)
                    .header("Origin", "https://" + WWW)
                    .header("Authorization", "Bearer " + token)
                    .get(at + "/api/carrito/")
                    .then()
                    .statusCode(200)
                    .header("Access-Control-Allow-Origin", equalTo("https://" + WWW))
                    .header("Access-Control-Allow-Credentials", equalTo("true"))
                    .body("items[0].quantity", equalTo(2));
        }
    }

    @Test
    void nginx_sends_every_path_where_the_page_says() throws Exception {
        String site = block("nginx")
                .replace("/srv/electro_isla/frontend", frontEnd().toString())
                .replace("127.0.0.1:8000", "127.0.0.1:" + address().getPort());
        try (TlsProxy proxy = TlsProxy.nginx(folder, site)) {
            every_path_goes_where_the_page_says(proxy.http, TIENDA);
        }
    }

    private void every_path_goes_where_the_page_says(int port, String host) {
        fixture.product("Lámpara", "10.00", 3);
        for (String path : List.of("/", "/producto/17", "/carrito", "/admin", "/admin/productos", "/login")) {
            Response shown = ask(port, host, path);
            shown.then().statusCode(200).header("Cache-Control", equalTo("no-cache"));
            assertEquals("<title>frontend</title>", shown.getBody().asString(), path);
        }
        ask(port, host, "/sw.js").then().statusCode(200).header("Cache-Control", equalTo("no-cache"));
        assertEquals(
                "// the front end's own",
                ask(port, host, "/sw.js").getBody().asString().strip());
        ask(port, host, "/assets/app-1a2b.js")
                .then()
                .statusCode(200)
                .header("Cache-Control", startsWith("public, max-age=31536000"));
        ask(port, host, "/api/catalogo/productos/").then().statusCode(200).body("data[0].nombre", equalTo("Lámpara"));
        ask(port, host, "/api/carrito/").then().statusCode(401).body("code", equalTo("no_autenticado"));
        ask(port, host, "/api/nada/").then().statusCode(404).body("code", equalTo("no_encontrado"));
        ask(port, host, "/media/productos/nada.png").then().statusCode(404);
        ask(port, host, "/imagenes/1/nada").then().statusCode(404);
        given().header("Host", host)
                .contentType("application/json")
                .body("{}")
                .post("http://127.0.0.1:" + port + "/api/carrito/items/sync/")
                .then()
                .statusCode(204);
    }

    private static Response ask(int port, String host, String path) {
        return given().header("Host", host).redirects().follow(false).get("http://127.0.0.1:" + port + path);
    }

    @Test
    void the_forms_two_calls_buy_what_is_in_the_cart_at_the_price_less_the_discount() {
        long lamp = fixture.product("Lámpara", "100.00", 25, 5);
        int buyer = fixture.buyerWith(lamp, 2);
        String token = new TestTokens(database, shop.settings().home()).of(buyer);
        String script = block("js") + "return buy('/api', '" + token + "', {address: 'Calle 23', phone: '555-0100'})"
                + ".then(order => order.total, failure => String(failure));";
        try (Browser browser =
                Browser.alone(URI.create("http://localhost:" + address().getPort()))) {
            browser.open("/");
            assertEquals("150.00", browser.driver.executeScript(script));
            assertEquals("5/0/2", fixture.figures(lamp));
            assertTrue(String.valueOf(browser.driver.executeScript(script)).startsWith("Error: "), "an empty cart");
        }
    }
}
