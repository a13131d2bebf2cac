package com.electroisla.http.server;

import static io.restassured.RestAssured.given;
import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.allOf;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.lessThan;
import static org.hamcrest.Matchers.matchesPattern;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.startsWith;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import com.electroisla.logs.HarmlessConsole;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.ValidatableResponse;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.logging.Handler;
import java.util.logging.Logger;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.jboss.logmanager.ExtHandler;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
class ErrorsIT extends ServerTest {
    private static final String THING = "{\"nombre\":\"taladro\",\"cantidad\":1}";

    static Stream<Arguments> refused_requests() {
        String json = "Content-Type: application/json\r\n";
        return Stream.of(
                Arguments.of("GET /api HTTP/1.1", "", "", 404, "no_encontrado"),
                Arguments.of("GET /api/ HTTP/1.1", "", "", 404, "no_encontrado"),
                Arguments.of("GET /api/nada HTTP/1.1", "", "", 404, "no_encontrado"),
                Arguments.of("POST /api/nada/ HTTP/1.1", json, THING, 404, "no_encontrado"),
                Arguments.of("GET /api/prueba/eco/x HTTP/1.1", "", "", 404, "no_encontrado"),
                Arguments.of("GET //api//nada HTTP/1.1", "", "", 404, "no_encontrado"),
                Arguments.of("GET /api/../../etc/passwd HTTP/1.1", "", "", 404, "no_encontrado"),
                Arguments.of("GET /api/prueba/eco HTTP/1.1", "", "", 405, "metodo_no_permitido"),
                Arguments.of("DELETE /api/prueba/eco/ HTTP/1.1", "", "", 405, "metodo_no_permitido"),
                Arguments.of("BREW /api/prueba/eco HTTP/1.1", "", "", 405, "metodo_no_permitido"),
                Arguments.of("TRACE /api/prueba/eco HTTP/1.1", "", "", 405, "metodo_no_permitido"),
                Arguments.of("GET /api/%zz HTTP/1.1", "", "", 400, "peticion_malformada"),
                Arguments.of("GET /api/<script> HTTP/1.1", "", "", 400, "peticion_malformada"),
                Arguments.of("GET /api/productos/?search=%zz HTTP/1.1", "", "", 400, "peticion_malformada"),
                Arguments.of("GET /api/productos/?search=% HTTP/1.1", "", "", 400, "peticion_malformada"),
                Arguments.of("OPTIONS * HTTP/1.1", "", "", 404, "no_encontrado"),
                Arguments.of("GET /api/productos/%ff HTTP/1.1", "", "", 404, "producto_no_encontrado"),
                Arguments.of("GET /api/productos/%00 HTTP/1.1", "", "", 404, "producto_no_encontrado"),
                Arguments.of("POST /api/prueba/xml HTTP/1.1", json, THING, 415, "tipo_no_soportado"),
                Arguments.of(
                        "POST /api/prueba/xml HTTP/1.1",
                        "Content-Type: application/xml\r\nAccept: image/png\r\n",
                        "<a/>",
                        406,
                        "no_aceptable"),
                Arguments.of("POST /api/prueba/eco HTTP/1.1", "", THING, 415, "tipo_no_soportado"),
                Arguments.of("POST /api/prueba/eco HTTP/1.1", "Content-Type: \r\n", THING, 415, "tipo_no_soportado"),
                Arguments.of(
                        "POST /api/prueba/eco HTTP/1.1", "Content-Type: ;;;/\r\n", THING, 400, "peticion_malformada"),
                Arguments.of(
                        "POST /api/prueba/eco HTTP/1.1",
                        "Content-Type: text/plain\r\n",
                        THING,
                        415,
                        "tipo_no_soportado"),
                Arguments.of(
                        "POST /api/prueba/eco HTTP/1.1",
                        "Content-Type: multipart/form-data; boundary=x\r\n",
                        "--x--",
                        415,
                        "tipo_no_soportado"),
                Arguments.of(
                        "POST /api/prueba/eco HTTP/1.1",
                        "Content-Type: application/x-www-form-urlencoded\r\n",
                        "a=%zz",
                        415,
                        "tipo_no_soportado"),
                Arguments.of("POST /api/prueba/eco HTTP/1.1", json, "", 400, "json_invalido"),
                Arguments.of("POST /api/prueba/eco HTTP/1.1", json, "{", 400, "json_invalido"),
                Arguments.of("POST /api/prueba/eco HTTP/1.1", json, "null", 400, "json_invalido"),
                Arguments.of("POST /api/prueba/eco HTTP/1.1", json, "[]", 400, "json_invalido"),
                Arguments.of("POST /api/prueba/eco HTTP/1.1", json, "{\"nombre\":\"\u00ff\"}", 400, "json_invalido"),
                Arguments.of("POST /api/prueba/eco HTTP/1.1", json, "[".repeat(30_000), 400, "json_invalido"),
                Arguments.of("POST /api/prueba/eco HTTP/1.1", json, "{\"cantidad\":\"1\"}", 400, "solicitud_invalida"),
                Arguments.of("POST /api/prueba/eco HTTP/1.1", json, "{\"cantidad\":1.5}", 400, "solicitud_invalida"),
                Arguments.of(
                        "POST /api/prueba/eco HTTP/1.1", json, "{\"cantidad\":99999999999}", 400, "solicitud_invalida"),
                Arguments.of(
                        "POST /api/prueba/eco HTTP/1.1", json, "{\"cantidad\":1e999999999}", 400, "solicitud_invalida"),
                Arguments.of("POST /api/prueba/eco HTTP/1.1", json, "{\"cantidad\":[1]}", 400, "solicitud_invalida"),
                Arguments.of(
                        "POST /api/prueba/eco HTTP/1.1", json, "{\"nombre\":\"a\\u0000b\"}", 400, "solicitud_invalida"),
                Arguments.of("POST /api/prueba/eco HTTP/1.1", json, " ".repeat(65_537), 413, "cuerpo_demasiado_grande"),
                Arguments.of("POST /api/nada HTTP/1.1", json, "x".repeat(200_000), 413, "cuerpo_demasiado_grande"),
                Arguments.of("GET /api/nada?" + "a".repeat(9_000) + " HTTP/1.1", "", "", 414, "url_demasiado_larga"),
                Arguments.of(
                        "GET /api/nada HTTP/1.1",
                        "X-Largo: " + "a".repeat(17_000) + "\r\n",
                        "",
                        431,
                        "cabeceras_demasiado_grandes"),
                Arguments.of("GET /api/prueba/sql HTTP/1.1", "", "", 500, "error_interno"),
                Arguments.of("POST /api/prueba/commit HTTP/1.1", json, "{}", 503, "resultado_desconocido"),
                Arguments.of("GET /api/prueba/error HTTP/1.1", "", "", 500, "error_interno"));
    }

    @ParameterizedTest
    @MethodSource("refused_requests")
    void every_error_is_json_with_words_and_a_code_and_nothing_else(
            String line, String headers, String body, int status, String code) throws IOException {
        String answer = RawConnection.exchange(
                address(),
                line + "\r\nHost: localhost\r\nConnection: close\r\n" + headers
                        + (line.startsWith("GET") ? "" : "Content-Length: " + body.length() + "\r\n") + "\r\n" + body);
        assertThat(answer, startsWith("HTTP/1.1 " + status + " "));
        assertThat(
                answer.toLowerCase(Locale.ROOT),
                allOf(
                        containsString("content-type: application/json; charset=utf-8"),
                        containsString("x-request-id: "),
                        containsString("x-content-type-options: nosniff")));
        String json = answer.substring(answer.indexOf("\r\n\r\n") + 4);
        assertThat(json, allOf(startsWith("{\"error\":\""), containsString("\"code\":\"" + code + "\"")));
        for (String inside : List.of("Exception", "java", "com.electroisla", "SELECT", "ninguna", "PSQL", "\tat ")) {
            assertThat(json, not(containsString(inside)));
        }
    }

    @Test
    void a_bare_status_answers_what_goes_far_beyond_every_limit() throws IOException {
        String answer = RawConnection.exchange(
                address(), "GET /api/nada HTTP/1.1\r\nHost: localhost\r\nX-Largo: " + "a".repeat(70_000) + "\r\n\r\n");
        assertThat(answer, startsWith("HTTP/1.1 431 "));
    }

    @Test
    void a_method_that_is_not_allowed_is_told_which_are() {
        given().delete("/api/prueba/eco").then().statusCode(405).header("Allow", containsString("POST"));
        given().post("/api/productos/").then().statusCode(405).header("Allow", containsString("GET"));
    }

    @Test
    void a_body_of_just_64_KiB_is_read_and_one_byte_more_is_not_also_when_it_comes_in_chunks() throws IOException {
        String fits = "{\"nombre\":\"x\"" + " ".repeat(65_536 - 14) + "}";
        assertThat(chunked(fits), startsWith("HTTP/1.1 200 "));
        String over = chunked(fits + " ");
        assertThat(over, allOf(startsWith("HTTP/1.1 413 "), containsString("\"code\":\"cuerpo_demasiado_grande\"")));
    }

    private static String chunked(String body) throws IOException {
        StringBuilder chunks = new StringBuilder();
        for (int from = 0; from < body.length(); from += 10_000) {
            String part = body.substring(from, Math.min(body.length(), from + 10_000));
            chunks.append(Integer.toHexString(part.length()))
                    .append("\r\n")
                    .append(part)
                    .append("\r\n");
        }
        return RawConnection.exchange(
                address(),
                "POST /api/prueba/eco HTTP/1.1\r\nHost: localhost\r\nConnection: "
                        + "close\r\n"
                        + "Content-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\n" + chunks
                        + "0\r\n\r\n");
    }

    @Test
    void an_empty_body_is_answered_at_once_however_it_is_sent() throws IOException {
        String line = "POST /api/prueba/vacio HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n";
        assertThat(RawConnection.exchange(address(), line + "\r\n"), startsWith("HTTP/1.1 200 "));
        assertThat(RawConnection.exchange(address(), line + "Content-Length: 0\r\n\r\n"), startsWith("HTTP/1.1 200 "));
        assertThat(
                RawConnection.exchange(
                        address(),
                        line + "Content-Type: application/x-www-form-urlencoded\r\nContent-Length: 0\r\n\r\n"),
                startsWith("HTTP/1.1 200 "));
        assertThat(
                RawConnection.exchange(address(), line + "Transfer-Encoding: chunked\r\n\r\n0\r\n\r\n"),
                startsWith("HTTP/1.1 200 "));
    }

    @Test
    void a_body_that_never_ends_is_cut_off() throws IOException {
        try (RawConnection connection = new RawConnection(address())) {
            connection.send("POST /api/prueba/eco HTTP/1.1\r\nHost: localhost\r\nContent-Type: "
                    + "application/json\r\nTransfer-Encoding: chunked\r\n\r\n");
            String chunk = "8000\r\n" + " ".repeat(0x8000) + "\r\n";
            int sent = 0;
            try {
                for (; sent < 10_000; sent++) {
                    connection.send(chunk);
                }
            } catch (IOException cut) {
                // The expected end.
            }
            assertThat(sent, lessThan(10_000));
        }
    }

    @Test
    void a_request_that_is_aborted_half_way_never_reaches_a_resource() throws IOException {
        FailingResource.BODIES.clear();
        try (RawConnection connection = new RawConnection(address())) {
            connection.send("POST /api/prueba/eco HTTP/1.1\r\nHost: localhost\r\nContent-Type: "
                    + "application/json\r\nContent-Length: 100\r\n\r\n{\"nombre\":");
        }
        given().contentType("application/json")
                .body(THING)
                .post("/api/prueba/eco")
                .then()
                .statusCode(200);
        assertThat(FailingResource.BODIES, equalTo(List.of(THING.length())));
    }

    @Test
    void broken_chunks_end_the_connection_and_reach_no_resource() throws IOException {
        FailingResource.BODIES.clear();
        String answer = RawConnection.exchange(
                address(),
                "POST /api/prueba/eco HTTP/1.1\r\nHost: "
                        + "localhost\r\nConnection: close\r\n"
                        + "Content-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n");
        assertThat(answer, equalTo(""));
        assertThat(FailingResource.BODIES, equalTo(List.of()));
    }

    @Test
    void errors_speak_the_callers_language() {
        given().get("/api/nada").then().body("error", equalTo("No encontrado."));
        given().header("Accept-Language", "en-US,en;q=0.9")
                .get("/api/nada")
                .then()
                .body("error", equalTo("Not found."));
        given().header("Accept-Language", "fr").get("/api/nada").then().body("error", equalTo("No encontrado."));
        given().header("Accept-Language", "%%%").get("/api/nada").then().body("error", equalTo("No encontrado."));
    }

    @Test
    void outside_the_api_a_browser_gets_a_page_and_everybody_else_json() {
        given().header("Accept", "text/html,*/*;q=0.8")
                .get("/nada")
                .then()
                .statusCode(404)
                .contentType("text/html; charset=utf-8")
                .body(containsString("No encontrado."));
        given().header("Accept", "text/html")
                .header("Accept-Language", "en")
                .get("/media/x.jpg")
                .then()
                .statusCode(404)
                .contentType("text/html; charset=utf-8")
                .body(containsString("Not found."));
        given().header("Accept", "*/*")
                .get("/nada")
                .then()
                .statusCode(404)
                .contentType("application/json; charset=utf-8");
        given().get("/nada").then().statusCode(404).body("code", equalTo("no_encontrado"));
        given().header("Accept", "text/html")
                .get("/api/nada")
                .then()
                .statusCode(404)
                .body("code", equalTo("no_encontrado"));
    }

    @Test
    void head_and_options_behave() {
        given().head("/api/productos/").then().statusCode(200).header("Content-Type", containsString("json"));
        given().head("/api/nada").then().statusCode(404);
        given().options("/api/productos/").then().statusCode(200).header("Allow", containsString("GET"));
    }

    @Test
    void a_request_id_is_kept_when_it_is_well_formed_and_made_otherwise() {
        given().header("X-Request-Id", "pedido-7.a_b")
                .get("/api/prueba/quien")
                .then()
                .header("X-Request-Id", "pedido-7.a_b")
                .body("peticion", equalTo("pedido-7.a_b"))
                .body("virtual", equalTo(true));
        for (String senseless : new String[] {"a b", "<script>", "x".repeat(65), ""}) {
            given().header("X-Request-Id", senseless)
                    .get("/api/nada")
                    .then()
                    .header("X-Request-Id", matchesPattern("[0-9a-f]{16}"));
        }
    }

    @Test
    void an_answer_to_somebody_in_particular_is_never_cached() {
        given().header("Authorization", "Bearer x")
                .get("/api/productos/")
                .then()
                .header("Cache-Control", "no-store");
        ValidatableResponse open = given().get("/api/productos/").then();
        open.header("Cache-Control", not(containsString("no-store")));
        given().contentType("application/json")
                .body(THING)
                .post("/api/prueba/eco")
                .then()
                .header("Cache-Control", "no-store");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/health/live", "/health/ready"})
    void health_is_told(String path) {
        // Ready requires an answer within a moment, which a machine busy with other tests may not give.
        Awaitility.await()
                .atMost(Duration.ofSeconds(30))
                .untilAsserted(() -> given().get(path).then().statusCode(200).body("status", equalTo("UP")));
    }

    @Test
    void metrics_are_there_for_prometheus() {
        given().get(operator("/metrics"))
                .then()
                .statusCode(200)
                .body(
                        containsString("jvm_memory_used_bytes"),
                        containsString("http_server_requests_seconds"),
                        containsString("electro_isla_commit_queue{queue=\"reservations\"} 0.0"),
                        containsString("electro_isla_commit_batches_total{queue=\"carts\"}"));
    }

    @Test
    void the_api_is_described_and_browsable_without_other_hosts() {
        given().get("/api/openapi.json")
                .then()
                .statusCode(200)
                .contentType(containsString("json"))
                .body("openapi", startsWith("3.1"));
        given().redirects()
                .follow(true)
                .get("/api/docs/")
                .then()
                .statusCode(200)
                .contentType(containsString("html"))
                .body(containsString("swagger"), not(containsString("https://")));
    }

    @Test
    void the_console_of_a_server_obeys_no_name_that_is_logged() {
        List<Handler> consoles = consoles(Logger.getLogger("").getHandlers());
        assertFalse(consoles.isEmpty());
        for (Handler each : consoles) {
            assertInstanceOf(HarmlessConsole.class, each.getFormatter());
        }
    }

    private static List<Handler> consoles(Handler... handlers) {
        return Stream.of(handlers)
                .flatMap(each -> each instanceof ExtHandler several && several.getHandlers().length > 0
                        ? consoles(several.getHandlers()).stream()
                        : Stream.of(each))
                .filter(each -> each.getFormatter() != null)
                .toList();
    }
}
