package com.electroisla.http.server;

import static io.restassured.RestAssured.get;
import static io.restassured.RestAssured.given;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quarkus.test.junit.QuarkusTest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
class MetricsIT extends ServerTest {
    @Test
    void what_anybody_sends_makes_no_label_of_its_own() throws IOException {
        long known = labels().size();
        for (int i = 0; i < 250; i++) {
            given().get("/nada-" + i);
        }
        for (int i = 0; i < 30; i++) {
            RawRequest.of("BREW" + i, "/api/productos/").send(address());
            RawRequest.post("/otra-" + i + "/")
                    .header("Content-Type", "application/x-www-form-urlencoded")
                    .body("a".repeat(70_000))
                    .send(address());
            RawRequest.get("/%zz" + i).send(address());
            RawRequest.get("/larga-" + i + "?" + "a".repeat(9_000)).send(address());
            RawRequest.get("//doble-" + i).send(address());
            try (RawConnection aborted = new RawConnection(address())) {
                aborted.send("POST /rota-" + i + "/ HTTP/1.1\r\nHost: x\r\nContent-Length: 9\r\nContent-Type: "
                        + "application/x-www-form-urlencoded\r\n\r\na");
            }
            given().get("/api/productos/" + (9_000_000 + i) + "/");
        }
        List<String> labels = labels();

        assertTrue(labels.size() - known < 20, labels::toString);
        for (String line : labels) {
            assertFalse(
                    Pattern.compile("nada-|BREW|otra-|zz|larga-|doble-|rota-|9000")
                            .matcher(line)
                            .find(),
                    line);
        }
        assertTrue(
                labels.stream()
                        .anyMatch(line ->
                                line.contains("uri=\"/api/productos/{id}\"") && line.contains("status=\"404\"")),
                labels::toString);
        assertTrue(labels.stream().anyMatch(line -> line.contains("method=\"UNKNOWN\"")), labels::toString);
    }

    private static List<String> labels() {
        return get(operator("/metrics"))
                .body()
                .asString()
                .lines()
                .filter(line -> line.startsWith("http_server_requests_seconds_count"))
                .toList();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/metrics",
                "/metrics/",
                "/metrics/x",
                "//metrics",
                "//metrics/",
                "/./metrics",
                "/x/../metrics",
                "/%6detrics",
                "/metrics;a=b",
                "/METRICS",
                "/metrics%2f",
                "/metrics?a=b",
                "/q/metrics",
                "/health",
                "/health/",
                "/health/started",
                "/health/well",
                "/health/group/x",
                "/q/health",
                "//health/live",
                "/health/live/x",
                "/%68ealth"
            })
    void buyers_find_no_metrics_and_no_details_of_health_however_they_spell_them(String path) throws IOException {
        assertEquals(404, RawRequest.get(path).send(address()).status());
    }

    @ParameterizedTest
    @ValueSource(strings = {"/health/live", "/health/ready", "/health/live/", "/health/ready/"})
    void health_is_told_to_everybody_in_one_word_whatever_the_host(String path) throws IOException {
        for (String host : List.of("tienda", "10.0.0.7:8000", "otra.example")) {
            var answer = RawRequest.RawAnswer.parse(RawConnection.exchange(
                    address(), "GET " + path + " HTTP/1.1\r\nHost: " + host + "\r\nConnection: close\r\n\r\n"));
            assertEquals(200, answer.status());
            assertEquals("{\"status\":\"UP\"}", answer.body());
        }
        assertEquals(405, RawRequest.post(path).send(address()).status());
    }

    @Test
    void the_operator_sees_the_checks_of_health() {
        assertEquals("base_de_datos", get(operator("/health/ready")).jsonPath().getString("checks[0].name"));
        assertEquals(200, get(operator("/health/live")).statusCode());
        assertEquals(404, get(operator("/api/productos/")).statusCode());
    }

    @Test
    void every_metric_of_the_reference_page_is_there() throws Exception {
        List<String> documented = Pattern.compile("`(electro_isla_\\w+)`")
                .matcher(Files.readString(Path.of("docs/reference/metrics.md")))
                .results()
                .map((MatchResult name) -> name.group(1))
                .toList();
        assertFalse(documented.isEmpty());

        List<String> shown = get(operator("/metrics")).body().asString().lines().toList();

        for (String name : documented) {
            assertTrue(
                    shown.stream().anyMatch(line -> line.startsWith(name + " ") || line.startsWith(name + "{")), name);
        }
        for (String line : shown) {
            String name = line.replaceAll("[ {].*", "");
            assertTrue(
                    !name.startsWith("electro_isla_") || documented.contains(name), () -> name + " is not documented");
        }
    }
}
