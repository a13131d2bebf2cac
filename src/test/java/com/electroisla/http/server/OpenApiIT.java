package com.electroisla.http.server;

import static io.restassured.RestAssured.given;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.electroisla.order.OrderState;
import io.quarkus.test.junit.QuarkusTest;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

@QuarkusTest
class OpenApiIT extends ServerTest {
    private static final Set<String> METHODS = Set.of("get", "post", "put", "patch", "delete");
    private static final String TESTS_OWN = "/api/prueba";

    @Test
    void what_is_described_is_what_is_routed() {
        Map<String, Map<String, Object>> paths = given().get("/api/openapi.json")
                .then()
                .statusCode(200)
                .extract()
                .path("paths");
        Set<String> described = new TreeSet<>();
        paths.forEach((path, operations) -> operations.keySet().stream()
                .filter(METHODS::contains)
                .forEach(method -> described.add(method.toUpperCase(Locale.ROOT) + " " + path.replaceAll("/$", ""))));
        Set<String> routed = new TreeSet<>();
        for (Routes.Route route : Routes.all()) {
            if (route.path().startsWith("/api/") && !route.path().startsWith(TESTS_OWN)) {
                routed.add(route.method() + " " + route.path());
            }
        }
        assertEquals(described, routed);
        assertTrue(described.contains("POST /api/carrito/checkout"));
    }

    @Test
    void every_operation_has_a_summary_and_says_what_its_errors_look_like() {
        Map<String, Map<String, Object>> paths =
                given().get("/api/openapi.json").then().extract().path("paths");
        paths.forEach((path, operations) -> operations.forEach((method, described) -> {
            if (METHODS.contains(method)) {
                Map<?, ?> operation = (Map<?, ?>) described;
                assertTrue(operation.containsKey("summary"), () -> method + " " + path);
                assertTrue(((Map<?, ?>) operation.get("responses")).containsKey("default"), () -> method + " " + path);
            }
        }));
    }

    @Test
    void the_states_of_an_order_are_described_as_they_are() {
        List<String> described = given().get("/api/openapi.json")
                .then()
                .extract()
                .path("components.schemas.Pedido.properties.estado.enum");
        assertEquals(Arrays.stream(OrderState.values()).map(OrderState::word).toList(), described);
    }
}
