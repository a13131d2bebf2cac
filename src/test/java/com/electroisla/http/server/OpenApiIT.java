package com.electroisla.http.server;

import static io.restassured.RestAssured.given;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.electroisla.order.OrderState;
import com.electroisla.payment.PaymentState;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import java.util.ArrayList;
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
    void the_states_of_an_order_and_a_payment_are_described_as_they_are_and_in_one_place() {
        List<String> states =
                Arrays.stream(OrderState.values()).map(OrderState::word).toList();
        Map<String, Object> description =
                given().get("/api/openapi.json").then().extract().path("$");
        List<String> lists = new ArrayList<>();
        collectLists("", description, Set.copyOf(states), lists);
        assertEquals(
                List.of("/components/schemas/EstadoPago/enum", "/components/schemas/EstadoPedido/enum"),
                lists.stream().sorted().toList());
        JsonPath schemas =
                given().get("/api/openapi.json").then().extract().jsonPath().setRootPath("components.schemas");
        assertEquals(states, schemas.getList("EstadoPedido.enum"));
        assertEquals(
                Arrays.stream(PaymentState.values()).map(PaymentState::word).toList(),
                schemas.getList("EstadoPago.enum"));
        for (String order : List.of("Pedido", "PedidoPasado")) {
            assertEquals("#/components/schemas/EstadoPedido", schemas.getString(order + ".properties.estado.'$ref'"));
        }
    }

    /** The places of the lists that have one of these words. */
    private static void collectLists(String place, Object value, Set<String> words, List<String> found) {
        switch (value) {
            case Map<?, ?> map -> map.forEach((name, each) -> collectLists(place + "/" + name, each, words, found));
            case List<?> list
            when list.stream().anyMatch(each -> each instanceof String word && words.contains(word)) ->
                found.add(place);
            case List<?> list -> list.forEach(each -> collectLists(place + "/-", each, words, found));
            case null, default -> {}
        }
    }
}
