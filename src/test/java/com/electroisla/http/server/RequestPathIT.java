package com.electroisla.http.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.electroisla.http.server.RawRequest.RawAnswer;
import io.quarkus.test.junit.QuarkusTest;
import java.io.IOException;
import java.util.Locale;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
class RequestPathIT extends SignedInTest {
    private static final int MUCH = 9_900_000;

    static Stream<String> disguises_of_the_sign_in() {
        return Stream.of(
                "//api/login/",
                "/%61pi/login/",
                "/%61%70%69/login/",
                "/./api/login/",
                "/x/../api/login/",
                "/api;x/login/",
                "/api;x=y/login;z/",
                "/api/login;/",
                "/api//login/",
                "/api/./login/",
                "/api/x/../login/",
                "/api/%2e/login/",
                "/api/x/%2e%2E/login/",
                "/api%2flogin/",
                "/api%2Flogin/",
                "/api%5clogin/",
                "/%2fapi/login/",
                "http://127.0.0.1//api/login/",
                "/api/login/.",
                "/api/login/x/..",
                "/api/%6cogin/",
                "///api/login/",
                "/api/login//");
    }

    @ParameterizedTest
    @MethodSource("disguises_of_the_sign_in")
    void a_path_in_disguise_meets_neither_a_resource_nor_a_larger_limit_and_the_refusal_is_json(String path)
            throws IOException {
        for (String accept : new String[] {"*/*", "text/html"}) {
            String head = "POST " + path + " HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\nAccept: " + accept
                    + "\r\nContent-Type: application/json\r\nContent-Length: " + MUCH + "\r\n\r\n";
            RawAnswer answer;
            try (RawConnection connection = new RawConnection(address())) {
                connection.send(head + "{");
                answer = RawAnswer.parse(connection.readHead());
            }
            assertEquals(404, answer.status(), answer.head());
            assertTrue(
                    answer.head().toLowerCase(Locale.ROOT).contains("content-type: application/json"), answer.head());
            assertTrue(answer.body().contains("no_encontrado"), answer.body());
        }
    }

    @ParameterizedTest
    @MethodSource("disguises_of_the_sign_in")
    void a_path_in_disguise_is_no_way_to_the_sign_in(String path) throws IOException {
        RawAnswer answer = RawRequest.post(path)
                .json("{\"username\":\"nadie\",\"password\":\"x\"}")
                .send(address());
        assertEquals(404, answer.status());
        assertFalse(answer.body().contains("credenciales"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/API/login/",
                "/api/LOGIN/",
                "/api/%2561pi/",
                "/%2e%2e%2fapi/login/",
                "/\\api/login/",
                "\\api\\login",
                "/api\\login/",
                "*",
                "api/login/"
            })
    void whatever_else_looks_like_the_sign_in_is_not_it(String path) throws IOException {
        int status = RawRequest.post(path)
                .json("{\"username\":\"nadie\",\"password\":\"x\"}")
                .send(address())
                .status();
        assertTrue(status == 404 || status == 400, () -> path + " " + status);
    }

    @Test
    void an_absolute_address_and_an_escaped_text_in_a_path_are_in_normal_form() throws IOException {
        assertEquals(
                200,
                RawRequest.get("http://127.0.0.1/api/productos/?page=1")
                        .send(address())
                        .status());
        assertEquals(
                404, RawRequest.get("/api/productos/%C3%B1/").send(address()).status());
        assertTrue(
                RawRequest.get("/api/productos/%C3%B1/").send(address()).body().contains("producto_no_encontrado"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/admin/productos/importar/",
                "/admin/productos/importar",
                "/admin/productos/importarX",
                "//admin/productos/importar",
                "/admin/productos/importar;x",
                "/entrar/",
                "/nada"
            })
    void without_a_session_no_page_takes_a_large_form(String path) throws IOException {
        try (RawConnection connection = new RawConnection(address())) {
            connection.send("POST " + path + " HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\nContent-Type: "
                    + "application/x-www-form-urlencoded\r\nContent-Length: "
                    + 4_000_000 + "\r\n\r\na=");
            int status = RawAnswer.parse(connection.readHead()).status();
            assertTrue(status == 413 || status == 404 || status == 403, () -> path + " " + status);
        }
    }

    @Test
    void a_repeat_without_the_slash_at_the_end_is_a_repeat() {
        long product = given.productWithStock(5);
        int buyer = given.anyBuyer();
        String body = "{\"product_id\":" + product + ",\"quantity\":2}";
        String first = as(buyer)
                .header("Idempotency-Key", "una")
                .body(body)
                .post("/api/carrito/agregar/")
                .then()
                .statusCode(201)
                .extract()
                .asString();
        assertEquals(
                first,
                as(buyer)
                        .header("Idempotency-Key", "una")
                        .body(body)
                        .post("/api/carrito/agregar")
                        .then()
                        .statusCode(201)
                        .extract()
                        .asString());
    }

    @Test
    void nobody_is_switched_to_http_2() throws IOException {
        String upgrade = "Connection: Upgrade, HTTP2-Settings\r\nUpgrade: h2c\r\nHTTP2-Settings: "
                + "AAMAAABkAAQAoAAAAAIAAAAA\r\n";
        for (var server : new java.net.URI[] {address(), java.net.URI.create(operator("/"))}) {
            try (RawConnection connection = new RawConnection(server)) {
                connection.send("GET /health/live HTTP/1.1\r\nHost: x\r\n" + upgrade + "\r\n");
                assertTrue(connection.readHead().startsWith("HTTP/1.1 200 "));
            }
            try (RawConnection connection = new RawConnection(server)) {
                connection.send("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n\0\0\0\4\0\0\0\0\0");
                String answer = connection.readAll();
                assertTrue(answer.isEmpty() || answer.matches("HTTP/\\S+ [45]\\d\\d [\\s\\S]*"), answer);
            }
        }
        String webSocket = "Connection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: "
                + "13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n";
        try (RawConnection connection = new RawConnection(address())) {
            connection.send("GET /vivo HTTP/1.1\r\nHost: x\r\n" + webSocket + "\r\n");
            assertFalse(connection.readHead().contains(" 101 "));
        }
    }
}
