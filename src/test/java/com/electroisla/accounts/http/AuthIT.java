package com.electroisla.accounts.http;

import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.aMapWithSize;
import static org.hamcrest.Matchers.blankOrNullString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.matchesPattern;
import static org.hamcrest.Matchers.not;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import com.electroisla.http.server.ServerTest;
import com.electroisla.settings.Setting;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.ValidatableResponse;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
class AuthIT extends ServerTest {
    private static final String PASSWORD = "Isla#verde7";

    @Override
    protected Map<Setting, String> flags() {
        return Map.of(Setting.REGISTRATION_LIMIT, "30/PT1H");
    }

    @Test
    void a_buyer_registers_logs_in_exchanges_the_token_and_logs_out() {
        register("ale")
                .statusCode(201)
                .body("", aMapWithSize(4))
                .body("username", equalTo("ale"))
                .body("email", equalTo("ale@example.com"))
                .body("rol", equalTo("cliente"));

        var login = logIn("ale", PASSWORD)
                .statusCode(200)
                .header("Cache-Control", "no-store")
                .body("", aMapWithSize(5))
                .body("token_type", equalTo("Bearer"))
                .body("expires_in", equalTo(900))
                .body("user.username", equalTo("ale"))
                .body("user.rol", equalTo("cliente"))
                .extract()
                .jsonPath();
        var next = post("/api/token/refresh/", "{\"refresh_token\":\"" + login.getString("refresh_token") + "\"}")
                .statusCode(200)
                .body("", aMapWithSize(4))
                .extract()
                .jsonPath();
        assertNotEquals(login.getString("refresh_token"), next.getString("refresh_token"));

        logOut("Bearer " + next.getString("access_token")).statusCode(204).body(blankOrNullString());

        assertNotSignedIn("Bearer " + next.getString("access_token"));
        assertNotSignedIn("Bearer " + login.getString("access_token"));
        post("/api/token/refresh/", "{\"refresh_token\":\"" + next.getString("refresh_token") + "\"}")
                .statusCode(401)
                .body("code", equalTo("refresh_invalido"))
                .body("error", equalTo("La sesión ya no es válida. Inicia sesión de nuevo."));
    }

    @Test
    void a_taken_name_is_409_in_the_callers_language() {
        register("beatriz").statusCode(201);
        register("beatriz")
                .statusCode(409)
                .body("code", equalTo("usuario_ya_existe"))
                .body("error", equalTo("Ese nombre de usuario ya está en uso."));
        given().header("Accept-Language", "en")
                .contentType("application/json")
                .body(registration("beatriz", PASSWORD))
                .post("/api/registro")
                .then()
                .statusCode(409)
                .body("error", equalTo("That username is already taken."));
    }

    @Test
    void an_email_that_somebody_has_is_409_and_opens_that_account() {
        register("celia").statusCode(201);
        for (String language : new String[] {"es", "en"}) {
            given().header("Accept-Language", language)
                    .contentType("application/json")
                    .body("{\"username\":\"otra\",\"email\":\"CELIA@Example.com\",\"password\":\"" + PASSWORD + "\"}")
                    .post("/api/registro")
                    .then()
                    .statusCode(409)
                    .body("code", equalTo("correo_ya_existe"))
                    .body(
                            "error",
                            equalTo(
                                    language.equals("es")
                                            ? "Otra cuenta ya tiene ese correo."
                                            : "Another account already has that e-mail address."));
        }
        clock.advance(Duration.ofHours(1));
        logIn("Celia@EXAMPLE.com", PASSWORD)
                .statusCode(200)
                .body("user.username", equalTo("celia"))
                .body("user.email", equalTo("celia@example.com"));
    }

    @Test
    void refusals_of_a_login_are_one_and_the_same_answer_and_the_sixth_in_a_minute_is_429() {
        register("mario").statusCode(201);
        clock.advance(Duration.ofHours(1));
        String unknown = logIn("nadie", PASSWORD).statusCode(401).extract().asString();
        String wrong = logIn("mario", "equivocada").statusCode(401).extract().asString();
        assertEquals(unknown, wrong);
        assertEquals("{\"error\":\"Usuario o contraseña incorrectos.\",\"code\":\"credenciales_invalidas\"}", wrong);
        for (int i = 0; i < 3; i++) {
            logIn("mario", "equivocada").statusCode(401);
        }

        logIn("mario", PASSWORD)
                .statusCode(429)
                .header("Retry-After", matchesPattern("[1-9][0-9]?"))
                .body("code", equalTo("limite_excedido"))
                .body("error", equalTo("Límite de solicitudes excedido. Intenta más tarde."))
                .body("reset_time", matchesPattern(".*Z"));
        clock.advance(Duration.ofMinutes(1));
        logIn("mario", PASSWORD).statusCode(200);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "/api/registro/|{}|username",
                "/api/registro/|{\"username\":\"x\"}|email",
                "/api/registro/|{\"username\":\"x\",\"email\":\"x@example.com\"}|password",
                "/api/registro/|{\"username\":\"a "
                        + "b\",\"email\":\"x@example.com\",\"password\":\"Isla#verde7\"}|username",
                "/api/registro/|{\"username\":\"x\",\"email\":\"x\",\"password\":\"Isla#verde7\"}|email",
                "/api/registro/|{\"username\":\"x\",\"email\":\"x@example.com\",\"password\":\"123\"}|password",
                "/api/registro/|{\"username\":7,\"email\":\"x@example.com\",\"password\":\"Isla#verde7\"}|username",
                "/api/registro/|{\"username\":\"a\\u0000b\",\"email\":\"x@example.com\","
                        + "\"password\":\"Isla#verde7\"}|username",
                "/api/login/|{}|username",
                "/api/login/|{\"username\":\"x\"}|password",
                "/api/login/|{\"username\":\"x\",\"password\":\"\"}|password",
                "/api/login/|{\"username\":\"\\ud800\",\"password\":\"x\"}|username",
                "/api/login/|{\"username\":[\"x\"],\"password\":\"y\"}|username",
                "/api/login/|{\"username\":\"x\",\"password\":{\"$ne\":1}}|password",
                "/api/token/refresh/|{}|refresh_token",
                "/api/token/refresh/|{\"refresh_token\":1}|refresh_token"
            })
    void what_is_missing_or_wrong_is_named(String path, String body, String field) {
        clock.advance(Duration.ofHours(1));
        post(path, body)
                .statusCode(400)
                .body("code", equalTo("solicitud_invalida"))
                .body("campo", equalTo(field));
    }

    @ParameterizedTest
    @ValueSource(strings = {"' OR '1'='1", "admin'--", "<script>alert(1)</script>", "ñandú\\n", "${jndi:ldap://x}"})
    void hostile_texts_are_just_wrong_names(String username) {
        clock.advance(Duration.ofHours(1));
        logIn(username, PASSWORD).statusCode(401).body("code", equalTo("credenciales_invalidas"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "Bearer", "Bearer ", "Basic YWxlOmFsZQ==", "Bearer nadie", "Bearer a.b.c", "Token x"})
    void without_a_valid_token_nobody_logs_out(String authorization) {
        assertNotSignedIn(authorization);
    }

    @Test
    void a_token_says_whose_it_is_until_its_session_ends() {
        int id = register("noe").statusCode(201).extract().path("id");
        clock.advance(Duration.ofHours(1));
        String token = logIn("noe", PASSWORD).statusCode(200).extract().path("access_token");

        whoAmI("Bearer " + token)
                .statusCode(200)
                .header("Cache-Control", "no-store")
                .body("", aMapWithSize(4))
                .body("id", equalTo(id))
                .body("username", equalTo("noe"))
                .body("rol", equalTo("cliente"))
                .body("expires_at", matchesPattern("\\d{4}-.*Z"));

        logOut("Bearer " + token).statusCode(204);
        whoAmI("Bearer " + token).statusCode(401).body("code", equalTo("no_autenticado"));
        whoAmI("").statusCode(401);
    }

    private static ValidatableResponse whoAmI(String authorization) {
        return given().header("Authorization", authorization)
                .get("/api/quien-soy")
                .then();
    }

    @Test
    void the_scheme_is_read_in_any_case() {
        register("lucia").statusCode(201);
        clock.advance(Duration.ofHours(1));
        String token = logIn("lucia", PASSWORD).statusCode(200).extract().path("access_token");
        logOut("bearer  " + token).statusCode(204);
        logOut("bearer  " + token).statusCode(401);
    }

    private static void assertNotSignedIn(String authorization) {
        logOut(authorization)
                .statusCode(401)
                .header("WWW-Authenticate", "Bearer")
                .body("code", equalTo("no_autenticado"))
                .body("error", not(blankOrNullString()));
    }

    private static ValidatableResponse register(String username) {
        return post("/api/registro/", registration(username, PASSWORD));
    }

    private static String registration(String username, String password) {
        return "{\"username\":\"%s\",\"email\":\"%s@example.com\",\"password\":\"%s\"}"
                .formatted(username, username, password);
    }

    private static ValidatableResponse logIn(String username, String password) {
        return post("/api/login/", "{\"username\":\"%s\",\"password\":\"%s\"}".formatted(username, password));
    }

    private static ValidatableResponse logOut(String authorization) {
        return given().noContentType()
                .header("Authorization", authorization)
                .post("/api/logout/")
                .then();
    }

    private static ValidatableResponse post(String path, String body) {
        return given().contentType("application/json").body(body).post(path).then();
    }
}
