package com.electroisla.http.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.electroisla.accounts.Role;
import com.electroisla.http.server.RawRequest.RawAnswer;
import com.electroisla.settings.Setting;
import io.quarkus.test.junit.QuarkusTest;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The shop behind a TLS proxy, byte for byte: names, redirects, cookies. */
@QuarkusTest
class SiteIT extends ServerTest {
    private static final String PASSWORD = "isla.Bonita7";
    private static final String FORM = "application/x-www-form-urlencoded";

    private int accounts;

    @Override
    protected Map<Setting, String> flags() {
        return Map.of(
                Setting.URL, "https://tienda.example, http://taller.example:8000", Setting.PROXIES, "127.0.0.1/32");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/",
                "/entrar/",
                "/api/productos/",
                "/metrics",
                "/recursos/estilo.css",
                "/media/x.png",
                "/api/docs/"
            })
    void under_a_name_that_is_not_the_shops_nothing_is_answered_and_the_setting_is_named(String path)
            throws IOException {
        for (String host : List.of("evil.example", "tienda.example.evil.example", "192.168.7.7", "evil.example:443")) {
            RawAnswer answer = RawRequest.get(path).header("Host", host).send(address());
            assertEquals(421, answer.status(), answer.head());
            assertTrue(
                    answer.body().contains("ELECTRO_ISLA_URL") && answer.body().contains("\"sitio_desconocido\""),
                    answer.body());
        }
        RawAnswer absolute = RawRequest.get("http://evil.example" + path)
                .header("Host", "tienda.example")
                .send(address());
        assertEquals(421, absolute.status(), absolute.head());
    }

    @Test
    void the_shops_names_are_answered_and_health_under_any() throws IOException {
        for (String host : List.of(
                "tienda.example",
                "TIENDA.example:8443",
                "taller.example",
                "localhost:1",
                "127.0.0.1",
                "[::1]:8000",
                "a.localhost")) {
            assertEquals(
                    200,
                    RawRequest.get("/entrar/")
                            .header("Host", host)
                            .send(address())
                            .status(),
                    host);
        }
        for (String host : List.of("evil.example", "192.168.7.7", "")) {
            assertEquals(
                    200,
                    RawRequest.get("/health/live")
                            .header("Host", host)
                            .send(address())
                            .status(),
                    host);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "a b",
                "tienda.example/x",
                "tienda.example@evil.example",
                "tienda.example, evil.example",
                "[::1",
                "<script>"
            })
    void what_is_no_name_at_all_is_a_bad_request(String host) throws IOException {
        assertEquals(
                400,
                RawRequest.get("/entrar/").header("Host", host).send(address()).status());
    }

    @Test
    void what_only_begins_like_health_opens_nothing() throws IOException {
        for (String path : List.of("/health/../entrar/", "/health/%2e%2e/entrar/")) {
            assertTrue(
                    RawRequest.get(path)
                                    .header("Host", "evil.example")
                                    .send(address())
                                    .status()
                            >= 400,
                    path);
        }
    }

    @Test
    void two_names_are_none() throws IOException {
        assertEquals(
                400,
                RawRequest.get("/entrar/")
                        .header("Host", "tienda.example")
                        .header("Host", "evil.example")
                        .send(address())
                        .status());
    }

    @Test
    void the_host_that_a_caller_forwards_is_not_believed() throws IOException {
        fixture.productWithStock(1);
        fixture.productWithStock(1);
        RawAnswer answer = RawRequest.get("/api/productos/?page_size=1")
                .header("Host", "tienda.example")
                .header("X-Forwarded-Host", "evil.example")
                .send(address());
        assertTrue(answer.body().contains("\"next\":\"https://tienda.example/api/productos/?"), answer.body());
    }

    @Test
    void a_picture_on_this_site_has_the_first_public_address_whatever_the_caller_named() throws IOException {
        long product = fixture.productWithStock(1);
        fixture.sql("UPDATE productos SET imagen = 'productos/a.png' WHERE id = ?", product);
        for (String host : List.of("tienda.example", "taller.example:8000", "localhost:8000")) {
            RawAnswer answer = RawRequest.get("/api/productos/" + product + "/")
                    .header("Host", host)
                    .send(address());
            assertTrue(
                    answer.body().contains("\"imagen_url\":\"https://tienda.example/media/productos/a.png\""),
                    answer.body());
        }
    }

    @Test
    void the_secure_transport_is_promised_where_it_is_one() throws IOException {
        assertTrue(get("tienda.example", "").head().contains("Strict-Transport-Security: max-age=31536000"));
        assertFalse(get("taller.example", "").head().contains("Strict-Transport-Security"));
        assertTrue(get("taller.example", "X-Forwarded-Proto: https").head().contains("Strict-Transport-Security"));
        assertTrue(get("taller.example", "Forwarded: for=1.2.3.4;proto=https")
                .head()
                .contains("Strict-Transport-Security"));
        assertFalse(get("taller.example", "X-Forwarded-Proto: http").head().contains("Strict-Transport-Security"));
    }

    private RawAnswer get(String host, String header) throws IOException {
        RawRequest request = RawRequest.get("/entrar/").header("Host", host);
        return (header.isEmpty() ? request : request.header(header.split(": ")[0], header.split(": ")[1]))
                .send(address());
    }

    @Test
    void over_https_signing_in_answers_a_path_and_cookies_that_nobody_else_can_set() throws IOException {
        RawAnswer entered = signIn("tienda.example", "");
        assertEquals("/pedidos/", location(entered));
        Map<String, String> cookies = cookies(entered);
        assertTrue(cookies.containsKey("__Host-electro_isla_sesion"), cookies::toString);
        for (String line : setCookies(entered)) {
            assertTrue(
                    line.startsWith("__Host-")
                            && line.contains(";Secure")
                            && line.contains("Path=\"/\"") | line.contains("Path=/")
                            && !line.contains("Domain"),
                    line);
        }
    }

    @Test
    void in_the_clear_the_names_are_plain() throws IOException {
        RawAnswer entered = signIn("taller.example", "");
        assertEquals("/pedidos/", location(entered));
        assertTrue(
                setCookies(entered).stream().noneMatch(line -> line.contains("__Host-") || line.contains("Secure")),
                entered.head());
    }

    @Test
    void a_session_that_came_under_a_plain_name_is_not_believed_over_https() throws IOException {
        String session = cookies(signIn("tienda.example", "")).get("__Host-electro_isla_sesion");
        assertEquals(
                200,
                RawRequest.get("/pedidos/")
                        .header("Host", "tienda.example")
                        .header("Cookie", "__Host-electro_isla_sesion=" + session)
                        .send(address())
                        .status());
        assertEquals(
                303,
                RawRequest.get("/pedidos/")
                        .header("Host", "tienda.example")
                        .header("Cookie", "electro_isla_sesion=" + session)
                        .send(address())
                        .status());
        assertEquals(
                303,
                RawRequest.get("/pedidos/")
                        .header("Host", "taller.example")
                        .header("Cookie", "__Host-electro_isla_sesion=" + session)
                        .send(address())
                        .status());
    }

    @Test
    void a_notice_is_shown_to_whom_it_was_written_for_and_a_planted_one_to_nobody() throws IOException {
        String mine = cookies(signIn("taller.example", "")).get("electro_isla_sesion");
        String other = cookies(signIn("taller.example", "")).get("electro_isla_sesion");
        RawAnswer page = RawRequest.get("/carrito/")
                .header("Host", "taller.example")
                .header("Cookie", "electro_isla_sesion=" + mine)
                .send(address());
        RawAnswer added = RawRequest.post("/carrito/agregar/")
                .header("Host", "taller.example")
                .header("Cookie", "electro_isla_sesion=" + mine)
                .header("Content-Type", FORM)
                .body("csrf_token=" + token(page) + "&una_vez=" + java.util.UUID.randomUUID() + "&producto="
                        + fixture.productWithStock(5) + "&cantidad=1")
                .send(address());
        assertEquals("/carrito/", location(added));
        String notice = cookies(added).get("aviso");
        assertTrue(cart(mine, notice).contains("Añadido al carrito."), notice);
        assertFalse(cart(other, notice).contains("Añadido al carrito."));
        String planted = java.util.Base64.getUrlEncoder()
                .withoutPadding()
                .encodeToString(" Llama ya al 800-ESTAFA".getBytes(java.nio.charset.StandardCharsets.UTF_8));
        assertFalse(cart(mine, planted).contains("ESTAFA"));
        String[] parts = notice.split("\\.");
        assertFalse(cart(mine, parts[0] + "." + planted + "." + parts[2]).contains("ESTAFA"));
        for (String senseless : List.of("a", "..", "a.b.c", "%", "x".repeat(3_000))) {
            assertFalse(cart(mine, senseless).contains("Añadido al carrito."), senseless);
        }
    }

    private String cart(String session, String notice) throws IOException {
        RawAnswer answer = RawRequest.get("/carrito/")
                .header("Host", "taller.example")
                .header("Cookie", "electro_isla_sesion=" + session + "; aviso=" + notice)
                .send(address());
        assertEquals(200, answer.status());
        return answer.body();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/<script>",
                "/%250d%250aSet-Cookie:%2520a=b",
                "//evil.example",
                "/%5Cevil.example",
                "/%0d%0aSet-Cookie:%20a=b",
                "https://evil.example",
                "/a%22%3E%7C%5E"
            })
    void wherever_a_sign_in_is_asked_to_lead_it_leads_into_this_shop(String next) throws IOException {
        String location = location(signIn("tienda.example", next));
        assertTrue(location.matches("/([^/\\\\\\s<>\"|].*)?"), location);
        RawAnswer form = RawRequest.get(
                        "/entrar/?next=" + next.replace("<", "%3C").replace(">", "%3E"))
                .send(address());
        assertTrue(form.status() == 200 || form.status() == 400, form.head());
        assertFalse(form.body().contains("value=\"//") || form.body().contains("value=\"https:"), form.body());
    }

    @Test
    void who_must_sign_in_first_is_sent_by_a_path_also_to_a_part_of_a_page() throws IOException {
        assertEquals(
                "/entrar/?next=%2Fpedidos%2F%3Fx%3D1",
                location(RawRequest.get("/pedidos/?x=1")
                        .header("Host", "tienda.example")
                        .send(address())));
        RawAnswer part = RawRequest.get("/admin/")
                .header("HX-Request", "true")
                .header("Host", "tienda.example")
                .send(address());
        assertTrue(part.head().contains("HX-Redirect: /admin/login/?next=%2Fadmin%2F"), part.head());
        RawAnswer docs = RawRequest.get("/api/docs")
                .header("Host", "tienda.example")
                .header("X-Forwarded-Proto", "https")
                .send(address());
        assertFalse(docs.head().contains("Location: http"), docs.head());
    }

    /** Signs a new account in by the form, and returns the answer. */
    private RawAnswer signIn(String host, String next) throws IOException {
        String username = "persona" + ++accounts;
        var _ = shop.accounts()
                .manage()
                .create(username, username + "@example.com", PASSWORD, Role.CLIENTE)
                .orElseThrow();
        RawAnswer page = RawRequest.get("/entrar/").header("Host", host).send(address());
        String cookies = cookies(page).entrySet().stream()
                .map(each -> each.getKey() + "=" + each.getValue())
                .collect(Collectors.joining("; "));
        RawAnswer entered = RawRequest.post("/entrar/")
                .header("Host", host)
                .header("Cookie", cookies)
                .header("Content-Type", FORM)
                .body("csrf_token=" + token(page) + "&username=" + username + "&password=" + PASSWORD + "&next="
                        + (next.isEmpty() ? "/pedidos/" : next))
                .send(address());
        assertEquals(303, entered.status(), entered.head());
        return entered;
    }

    private static String token(RawAnswer page) {
        var found = Pattern.compile("name=\"csrf_token\" value=\"([^\"]+)\"").matcher(page.body());
        assertTrue(found.find(), page.body());
        return found.group(1);
    }

    private static String location(RawAnswer answer) {
        var found = Pattern.compile("(?im)^location: (.*)$").matcher(answer.head());
        assertTrue(found.find(), answer.head());
        return found.group(1).strip();
    }

    private static List<String> setCookies(RawAnswer answer) {
        return Pattern.compile("(?im)^set-cookie: (.*)$")
                .matcher(answer.head())
                .results()
                .map(found -> found.group(1).strip())
                .toList();
    }

    private static Map<String, String> cookies(RawAnswer answer) {
        Map<String, String> cookies = new LinkedHashMap<>();
        for (String line : setCookies(answer)) {
            String[] pair = line.split(";", 2)[0].split("=", 2);
            cookies.put(pair[0], pair[1].replace("\"", ""));
        }
        return cookies;
    }
}
