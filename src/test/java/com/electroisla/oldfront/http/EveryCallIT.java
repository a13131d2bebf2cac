package com.electroisla.oldfront.http;

import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.notNullValue;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.electroisla.http.server.DatabaseContents;
import com.electroisla.http.server.RawConnection;
import com.electroisla.http.server.SignedInTest;
import com.electroisla.oldfront.http.FrontEndCall.Foreign;
import com.electroisla.oldfront.http.FrontEndCall.Who;
import com.electroisla.settings.Setting;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.http.Cookie;
import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/**
 * Each threat to the calls of the old front end, against all of them. The tests of single calls go into depth; these
 * see to it that none is forgotten.
 */
@QuarkusTest
class EveryCallIT extends SignedInTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String FRONT_END = "https://tienda.example";
    private static final Set<String> OURS = Set.of("tienda antigua", "administración");
    private static final List<String> NO_IDS =
            List.of("abc", "-1", "1.5", "9223372036854775808", "%00", "1%20OR%201=1");

    private FrontEndCalls shopCalls;
    private List<FrontEndCall> calls;
    private DatabaseContents contents;
    private String cookie = "";

    /** Limits are tested elsewhere; here they would stop the table in the middle. */
    @Override
    protected Map<Setting, String> flags() {
        return Map.of(
                Setting.CORS, FRONT_END,
                Setting.ADD_LIMIT, "off",
                Setting.LOGIN_LIMIT, "off",
                Setting.REGISTRATION_LIMIT, "off");
    }

    @BeforeAll
    void fill_the_shop() {
        shopCalls = new FrontEndCalls(fixture);
        calls = shopCalls.all();
        contents = new DatabaseContents(given);
    }

    private interface Attack {
        void on(FrontEndCall call) throws Exception;
    }

    /** One test for each of these calls; none of them may change a row. */
    private Stream<DynamicTest> against(Predicate<FrontEndCall> which, Attack attack) {
        return calls.stream()
                .filter(which)
                .map(call -> DynamicTest.dynamicTest(call.named(), () -> {
                    Map<String, String> before = contents.now();
                    attack.on(call);
                    assertEquals(before, contents.now());
                }));
    }

    private RequestSpecification with(String token) {
        return token.isEmpty() ? given() : given().header("Authorization", "Bearer " + token);
    }

    private String tokenFor(FrontEndCall call) {
        return call.who == Who.ANYBODY
                ? ""
                : tokenOf(shopCalls.person(call.who == Who.SIGNED_IN ? "cliente" : "admin"));
    }

    /** The call as the page makes it, with this body. */
    private static Response send(RequestSpecification request, FrontEndCall call, String target, ObjectNode fields) {
        if (!call.form) {
            return sendJson(request, call, target, fields);
        }
        fields.properties()
                .forEach(field ->
                        request.multiPart(field.getKey(), field.getValue().textValue()));
        return request.request(call.method, target);
    }

    private static Response send(RequestSpecification request, FrontEndCall call, String target) {
        return send(request, call, target, call.fields());
    }

    private static Response sendJson(
            RequestSpecification request, FrontEndCall call, String target, ObjectNode fields) {
        return fields.isEmpty()
                ? request.request(call.method, target)
                : request.contentType("application/json")
                        .body(fields.toString())
                        .request(call.method, target);
    }

    @Test
    void no_call_is_missing_in_the_list() {
        Map<String, Map<String, Object>> paths =
                given().get("/api/openapi.json").then().extract().path("paths");
        Set<String> described = new TreeSet<>(FrontEndCalls.SHARED);
        Set<String> all = new TreeSet<>();
        paths.forEach((path, operations) -> operations.forEach((method, operation) -> {
            String named = method.toUpperCase(Locale.ROOT) + " " + path;
            all.add(named);
            if (operation instanceof Map<?, ?> object
                    && object.get("tags") instanceof List<?> tags
                    && tags.stream().anyMatch(OURS::contains)) {
                described.add(named);
            }
        }));
        assertEquals(described, calls.stream().map(FrontEndCall::named).collect(Collectors.toCollection(TreeSet::new)));
        assertEquals(described.size(), calls.size());
        assertTrue(all.containsAll(FrontEndCalls.SHARED), all::toString);
    }

    /** One after the other, because some need what others did. */
    @TestFactory
    Stream<DynamicTest> each_call_answers_with_what_the_page_reads_also_to_a_page_of_another_origin() {
        return calls.stream()
                .map(call -> DynamicTest.dynamicTest(call.named(), () -> {
                    RequestSpecification request = with(tokenFor(call)).header("Origin", FRONT_END);
                    if (!cookie.isEmpty()) {
                        request.cookie("refreshToken", cookie);
                    }
                    Response answer = send(request, call, call.target);
                    answer.then()
                            .statusCode(call.status)
                            .header("Access-Control-Allow-Origin", equalTo(FRONT_END))
                            .header("Access-Control-Allow-Credentials", equalTo("true"));
                    call.reads.forEach(field -> isThere(field, answer));
                    hasCookie(call, answer.detailedCookie("refreshToken"));
                }));
    }

    private static void isThere(String field, Response answer) {
        String[] words = field.split(" ");
        JsonNode value = node(answer).at("/" + words[0].replace("[0]", "/0").replace('.', '/'));
        boolean fits = switch (words[1]) {
            case "int" -> value.isIntegralNumber();
            case "number" -> value.isNumber();
            case "text" -> value.isTextual();
            case "text?" -> value.isTextual() || value.isNull();
            case "time" -> value.isTextual() && Instant.parse(value.textValue()).getEpochSecond() > 0;
            case "bool" -> value.isBoolean();
            case "false" -> value.isBoolean() && !value.booleanValue();
            case "map" -> value.isObject();
            default -> throw new IllegalArgumentException(field);
        };
        assertTrue(fits, () -> field + " in " + answer.asString());
    }

    private static JsonNode node(Response answer) {
        try {
            return JSON.readTree(answer.asByteArray());
        } catch (IOException noJson) {
            throw new AssertionError(answer.asString(), noJson);
        }
    }

    private void hasCookie(FrontEndCall call, Cookie set) {
        if (call.cookieSeconds < 0) {
            assertEquals(null, set);
            return;
        }
        assertEquals(call.cookieSeconds, set.getMaxAge());
        assertEquals("/ Lax true", set.getPath() + " " + set.getSameSite() + " " + set.isHttpOnly());
        assertEquals(call.cookieSeconds == 0, set.getValue().isEmpty());
        cookie = set.getValue();
    }

    @TestFactory
    Stream<DynamicTest> a_browser_may_ask_beforehand_for_each_call() {
        return against(
                _ -> true,
                call -> given().header("Origin", FRONT_END)
                        .header("Access-Control-Request-Method", call.method)
                        .header("Access-Control-Request-Headers", "authorization,content-type,x-csrftoken")
                        .options(call.target)
                        .then()
                        .statusCode(204)
                        .header("Access-Control-Allow-Origin", equalTo(FRONT_END))
                        .header("Access-Control-Allow-Credentials", equalTo("true"))
                        .header("Access-Control-Allow-Methods", containsString(call.method)));
    }

    @TestFactory
    Stream<DynamicTest> nobody_comes_in_without_a_token_of_ours() {
        return against(call -> call.who != Who.ANYBODY, call -> {
            int person = shopCalls.person("admin");
            for (String token : List.of(
                    "",
                    "nadie",
                    tokens.expired(person),
                    tokens.signedByStranger(person),
                    tokens.unsigned(person),
                    tokens.withAnotherSubject(shopCalls.person("cliente"), person))) {
                send(with(token), call, call.target)
                        .then()
                        .statusCode(401)
                        .header("WWW-Authenticate", notNullValue())
                        .body("code", equalTo("no_autenticado"));
            }
        });
    }

    @TestFactory
    Stream<DynamicTest> a_lower_role_is_refused() {
        return against(call -> call.who != Who.ANYBODY && call.who != Who.SIGNED_IN, call -> {
            for (String role : Who.SIGNED_IN.roles) {
                RequestSpecification request = with(tokenOf(shopCalls.person(role)));
                if (!call.who.roles.contains(role)) {
                    send(request, call, call.target).then().statusCode(403).body("code", equalTo("prohibido"));
                }
            }
        });
    }

    @TestFactory
    Stream<DynamicTest> what_is_anothers_is_not_there() {
        return against(_ -> true, call -> {
            for (Foreign foreign : call.foreign) {
                send(with(tokenOf(foreign.user())), call, call.path.replace("{id}", Long.toString(foreign.id())))
                        .then()
                        .statusCode(foreign.status())
                        .body("error", notNullValue());
            }
            if (call.who == Who.SIGNED_IN && call.method.equals("GET")) {
                String another = Integer.toString(shopCalls.person("admin"));
                String more = (call.target.contains("?") ? "&" : "?") + "user_id=" + another + "&usuario=" + another
                        + "&usuario_id=" + another;
                assertEquals(
                        send(with(tokenFor(call)), call, call.target).asString(),
                        send(with(tokenFor(call)), call, call.target + more).asString());
            }
        });
    }

    @TestFactory
    Stream<DynamicTest> ids_queries_and_fields_of_the_wrong_type_change_nothing() {
        return against(_ -> true, call -> {
            String token = tokenFor(call);
            for (String id : call.path.contains("{id}") ? NO_IDS : List.<String>of()) {
                refused(sendJson(with(token), call, call.path.replace("{id}", id), call.fields()), call.noRow, id);
            }
            for (String query : call.wrongQueries) {
                refused(send(with(token), call, call.path + query), 400, query);
            }
            for (ObjectNode fields : call.bodiesOfWrongTypes()) {
                refused(send(with(token), call, call.target, fields), call.wrongField, fields.toString());
            }
        });
    }

    private static void refused(Response answer, int status, String why) {
        assertEquals(status, answer.statusCode(), () -> why + " " + answer.asString());
        if (status >= 400) {
            assertFalse(node(answer).path("error").asText().isBlank(), why);
        }
    }

    @TestFactory
    Stream<DynamicTest> a_hundred_megabytes_are_refused_unread() {
        return against(_ -> true, call -> {
            String token = tokenFor(call);
            try (var connection = new RawConnection(address())) {
                connection.send(call.method + " " + call.target + " HTTP/1.1\r\nHost: localhost\r\n"
                        + (token.isEmpty() ? "" : "Authorization: Bearer " + token + "\r\n")
                        + "Content-Type: " + (call.form ? "multipart/form-data; boundary=b" : "application/json")
                        + "\r\nContent-Length: 104857600\r\n\r\n");
                String answer = connection.readHead();
                assertTrue(answer.startsWith("HTTP/1.1 413 "), answer);
            }
        });
    }

    @TestFactory
    Stream<DynamicTest> a_script_and_a_bomb_in_a_pictures_clothes_get_in_nowhere() {
        byte[] script = "<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>".getBytes(StandardCharsets.UTF_8);
        byte[] bomb = AdminPicturesIT.picture("png");
        ByteBuffer.wrap(bomb).putInt(16, 60_000).putInt(20, 60_000);
        return against(call -> !call.method.equals("GET"), call -> {
            for (byte[] file : List.of(script, bomb)) {
                var answer = send(
                                with(tokenFor(call)).multiPart("imagen", "foto.png", file, "image/png"),
                                call,
                                call.target,
                                call.form ? call.fields() : JSON.createObjectNode())
                        .then();
                if (call.form) {
                    answer.statusCode(400).body("campo", equalTo("imagen"));
                } else {
                    answer.statusCode(415);
                }
            }
        });
    }
}
