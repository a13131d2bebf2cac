package com.electroisla.http.server;

import static io.restassured.RestAssured.get;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quarkus.test.junit.QuarkusTest;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

@QuarkusTest
class MetricsIT extends ServerTest {
    @Test
    void every_metric_of_the_reference_page_is_there() throws Exception {
        List<String> documented = Pattern.compile("`(electro_isla_\\w+)`").matcher(Files.readString(Path.of("docs/reference/metrics.md"))).results()
                .map((MatchResult name) -> name.group(1))
                .toList();
        assertFalse(documented.isEmpty());

        List<String> shown = get("/metrics").body().asString().lines().toList();

        for (String name : documented) {
            assertTrue(shown.stream().anyMatch(line -> line.startsWith(name + " ") || line.startsWith(name + "{")), name);
        }
        for (String line : shown) {
            String name = line.replaceAll("[ {].*", "");
            assertTrue(!name.startsWith("electro_isla_") || documented.contains(name), () -> name + " is not documented");
        }
    }
}
