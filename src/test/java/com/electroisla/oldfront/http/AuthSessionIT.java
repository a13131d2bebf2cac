package com.electroisla.oldfront.http;

import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.aMapWithSize;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.lessThanOrEqualTo;
import static org.hamcrest.Matchers.notNullValue;
import static org.hamcrest.Matchers.nullValue;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.electroisla.accounts.Role;
import com.electroisla.http.server.RawConnection;
import com.electroisla.http.server.ServerTest;
import com.electroisla.settings.Setting;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.http.Cookie;
import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The sign-in calls as the old front end makes them. */
@QuarkusTest
class AuthSessionIT extends ServerTest {
    private static final String PASSWORD = "Isla#verde7";
    private static final String FRONT_END = "https://tienda.example";
    private int ana;
    private String jar = "";

    @Override
    protected Map<Setting, String> flags() {
        return Map.of(Setting.CORS, FRONT_END, Setting.PROXIES, "127.0.0.0/8");
    }

    @BeforeAll
    void open_an_account() {
        ana = shop.manageAccounts()
                .create("ana~?>", "Ana@example.com", PASSWORD, Role.CLIENTE)
                .orElseThrow()
                .id();
        fixture.sql("UPDATE auth_user SET first_name = 'Ana', last_name = 'Ñúñez' WHERE id = ?", ana);
    }

    private Response logIn(String name) {
        return given().contentType("application/json")
                .body("{\"username\":\"" + name + "\",\"password\":\"" + PASSWORD + "\"}")
                .post("/api/auth/login/");
    }

    /** A good cookie: the next one of a session that is still open, because a login costs half a second. */
    private String cookie() {
        Response answer = refresh(jar);
        if (answer.cookie("refreshToken") == null) {
            answer = logIn("ana@example.com");
        }
        jar = answer.then().statusCode(200).extract().cookie("refreshToken");
        return jar;
    }

    private static RequestSpecification with(String cookie) {
        return given().cookie("refreshToken", cookie);
    }

    private static Response refresh(String cookie) {
        return with(cookie).post("/api/auth/refresh/");
    }

    @Test
    void every_page_may_ask_for_a_csrf_token_and_needs_none() {
        given().get("/api/auth/csrf-token/").then().statusCode(200).body("", aMapWithSize(0));
    }

    @Test
    void a_login_by_address_or_name_gives_a_token_a_person_and_a_cookie_that_no_script_reads() {
        for (String name : List.of("ANA@Example.com", "ana~?>")) {
            Response answer = logIn(name);
            answer.then()
                    .statusCode(200)
                    .header("Cache-Control", equalTo("no-store"))
                    .body("", aMapWithSize(2))
                    .body("user", aMapWithSize(4))
                    .body("user.id", equalTo(ana))
                    .body("user.email", equalTo("Ana@example.com"))
                    .body("user.nombre", equalTo("Ana Ñúñez"))
                    .body("user.rol", equalTo("cliente"));
            Cookie cookie = answer.detailedCookie("refreshToken");
            assertTrue(cookie.isHttpOnly() && !cookie.isSecured(), cookie.toString());
            assertEquals("/", cookie.getPath());
            assertEquals("Lax", cookie.getSameSite());
            assertEquals(Duration.ofDays(7).toSeconds(), cookie.getMaxAge());
            assertEquals(null, cookie.getDomain());
        }
    }

    @Test
    void the_page_reads_the_token_with_atob_alone() {
        String token = logIn("ana~?>").then().extract().path("accessToken");
        String payload = token.split("\\.")[1];

        assertFalse(payload.contains("-") || payload.contains("_"), payload);
        String read = new String(Base64.getDecoder().decode(payload), StandardCharsets.ISO_8859_1);
        var claims = io.restassured.path.json.JsonPath.from(read);
        assertEquals("ana~?>", claims.getString("username"));
        assertTrue(claims.get("exp") instanceof Integer, read);
        given().header("Authorization", "bearer " + token)
                .get("/api/quien-soy/")
                .then()
                .statusCode(200);
    }

    @Test
    void over_https_the_cookie_is_secure_and_keeps_its_name() {
        Response answer = given().header("X-Forwarded-Proto", "https")
                .contentType("application/json")
                .body("{\"username\":\"ana@example.com\",\"password\":\"" + PASSWORD + "\"}")
                .post("/api/auth/login/");
        assertTrue(answer.detailedCookie("refreshToken").isSecured());
    }

    @Test
    void a_page_load_refreshes_with_an_empty_body_and_later_with_an_empty_object() {
        String first = cookie();
        Response load = refresh(first);
        load.then()
                .statusCode(200)
                .body("accessToken", notNullValue())
                .body("user.id", equalTo(ana))
                .body("user.nombre", equalTo("Ana Ñúñez"));
        String second = load.cookie("refreshToken");
        assertNotEquals(first, second);
        assertEquals("Lax", load.detailedCookie("refreshToken").getSameSite());
        with(second)
                .contentType("application/json")
                .body("{}")
                .post("/api/auth/refresh/")
                .then()
                .statusCode(200)
                .cookie("refreshToken");
    }

    @Test
    void two_tabs_that_load_at_once_both_stay_signed_in_and_have_one_cookie() throws Exception {
        String shared = cookie();
        List<Callable<Response>> tabs = List.of(() -> refresh(shared), () -> refresh(shared), () -> refresh(shared));
        List<String> cookies = new ArrayList<>();
        try (var executor = Executors.newFixedThreadPool(tabs.size())) {
            for (Future<Response> tab : executor.invokeAll(tabs)) {
                Response answer = tab.get();
                assertEquals(200, answer.statusCode());
                cookies.add(answer.cookie("refreshToken"));
            }
        }
        assertEquals(1, cookies.stream().distinct().count(), cookies.toString());
        refresh(cookies.getFirst()).then().statusCode(200);
    }

    @Test
    void a_cookie_that_was_replaced_longer_ago_ends_the_session() {
        String first = cookie();
        String second = refresh(first).cookie("refreshToken");
        clock.advance(Duration.ofSeconds(31));
        refresh(first)
                .then()
                .statusCode(401)
                .body("code", equalTo("refresh_invalido"))
                .cookies(Map.of());
        refresh(second).then().statusCode(401);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "nadie", "a.b.c", "%00", "' OR 1=1 --"})
    void without_a_good_cookie_the_visitor_is_anonymous(String cookie) {
        given().header("Cookie", "refreshToken=" + cookie)
                .post("/api/auth/refresh/")
                .then()
                .statusCode(401)
                .body("error", notNullValue());
        given().post("/api/auth/refresh/").then().statusCode(401);
    }

    @Test
    void a_refresh_token_of_the_api_and_one_of_the_cookie_are_one_kind_but_the_api_stays_strict() {
        String first = cookie();
        String second = refresh(first).cookie("refreshToken");
        given().contentType("application/json")
                .body("{\"refresh_token\":\"" + first + "\"}")
                .post("/api/token/refresh/")
                .then()
                .statusCode(401);
        refresh(second).then().statusCode(401);
    }

    @Test
    void five_wrong_passwords_are_401_and_the_next_attempt_tells_the_page_how_long_to_wait() {
        clock.advance(Duration.ofMinutes(2));
        for (int i = 0; i < 5; i++) {
            wrongLogIn().then().statusCode(401).body("error", equalTo("Usuario o contraseña incorrectos."));
        }
        wrongLogIn()
                .then()
                .statusCode(429)
                .body("bloqueado", equalTo(true))
                .body("tiempo_restante", lessThanOrEqualTo(60))
                .body("mensaje", equalTo("Límite de solicitudes excedido. Intenta más tarde."))
                .body("error", notNullValue())
                .header("Retry-After", notNullValue());
        clock.advance(Duration.ofMinutes(2));
    }

    private static Response wrongLogIn() {
        return given().contentType("application/json")
                .body("{\"username\":\"nadie\",\"password\":\"equivocada\"}")
                .post("/api/auth/login/");
    }

    @Test
    void a_logout_ends_the_tokens_session_and_the_cookies_and_expires_the_cookie() {
        Response login = logIn("ana@example.com");
        String token = login.path("accessToken");
        String another = cookie();

        Response out = with(another)
                .header("Authorization", "bEaReR " + token)
                .contentType("application/json")
                .body("{}")
                .post("/api/auth/logout/");

        out.then().statusCode(200).body("message", equalTo("Sesión cerrada"));
        Cookie expired = out.detailedCookie("refreshToken");
        assertEquals(0, expired.getMaxAge());
        assertEquals("/", expired.getPath());
        assertEquals("", expired.getValue());
        given().header("Authorization", "Bearer " + token)
                .get("/api/quien-soy/")
                .then()
                .statusCode(401);
        refresh(another).then().statusCode(401);
        refresh(login.cookie("refreshToken")).then().statusCode(401);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "Bearer", "Bearer nadie", "Basic YQ=="})
    void a_logout_without_a_session_is_200_too(String authorization) {
        given().header("Authorization", authorization)
                .post("/api/auth/logout/")
                .then()
                .statusCode(200)
                .cookie("refreshToken", "");
    }

    @Test
    void a_session_of_an_account_that_was_deactivated_is_over() {
        String cookie = cookie();
        fixture.sql("UPDATE auth_user SET is_active = false WHERE id = ?", ana);
        refresh(cookie).then().statusCode(401);
        fixture.sql("UPDATE auth_user SET is_active = true WHERE id = ?", ana);
        refresh(cookie).then().statusCode(200);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"https://otra.example", "null", "https://tienda.example.evil.example", "http://127.0.0.1.evil"})
    void another_sites_page_acts_by_no_cookie(String origin) {
        String cookie = cookie();
        with(cookie)
                .header("Origin", origin)
                .post("/api/auth/refresh/")
                .then()
                .statusCode(403)
                .header("Access-Control-Allow-Origin", nullValue());
        with(cookie)
                .header("Origin", origin)
                .post("/api/auth/logout/")
                .then()
                .statusCode(403)
                .cookies(Map.of());
        refresh(cookie).then().statusCode(200);
    }

    @Test
    void the_allowed_front_end_and_our_own_pages_do_whatever_their_port() {
        for (String origin : List.of(FRONT_END, "http://127.0.0.1:5173", "http://127.0.0.1")) {
            with(cookie())
                    .header("Origin", origin)
                    .post("/api/auth/refresh/")
                    .then()
                    .statusCode(200);
        }
        with(cookie())
                .header("Origin", FRONT_END)
                .post("/api/auth/refresh/")
                .then()
                .header("Access-Control-Allow-Origin", equalTo(FRONT_END))
                .header("Access-Control-Allow-Credentials", equalTo("true"));
        with(cookie())
                .header("Origin", "http://127.0.0.1")
                .header("X-Forwarded-Proto", "https")
                .post("/api/auth/refresh/")
                .then()
                .statusCode(403);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "{\"username\":1,\"password\":\"x\"}",
                "{\"username\":\"x\",\"password\":[]}",
                "[]",
                "{",
                ""
            })
    void a_login_of_wrong_types_is_400(String body) {
        given().contentType("application/json")
                .body(body)
                .post("/api/auth/login/")
                .then()
                .statusCode(400)
                .body("error", notNullValue());
    }

    @Test
    void a_body_of_100_mb_is_refused_by_its_announcement() throws IOException {
        for (String path : List.of("login", "refresh", "logout")) {
            try (var connection = new RawConnection(address())) {
                connection.send("POST /api/auth/" + path + "/ HTTP/1.1\r\nHost: localhost\r\n"
                        + "Content-Type: application/json\r\nContent-Length: 104857600\r\n\r\n");
                String answer = connection.readHead();
                assertTrue(answer.startsWith("HTTP/1.1 413 "), answer);
            }
        }
    }
}
