package com.electroisla.oldfront.http;

import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.aMapWithSize;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.lessThanOrEqualTo;
import static org.hamcrest.Matchers.matchesPattern;
import static org.hamcrest.Matchers.notNullValue;
import static org.hamcrest.Matchers.nullValue;
import static org.junit.jupiter.api.Assertions.assertEquals;

import com.electroisla.accounts.Role;
import com.electroisla.http.server.ServerTest;
import com.electroisla.settings.Setting;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.ValidatableResponse;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Sign-up and recovery as the old front end's pages ask for them. */
@QuarkusTest
class AuthCodesIT extends ServerTest {
    private static final String PASSWORD = "Isla#verde7";
    private static final String NEW = "Brisa%lenta42x";

    @Override
    protected Map<Setting, String> flags() {
        return Map.of(Setting.REGISTRATION_LIMIT, "20/PT1H");
    }

    @BeforeEach
    void let_the_limits_end() {
        clock.advance(Duration.ofHours(1));
    }

    private static ValidatableResponse post(String call, String body) {
        return given().contentType("application/json")
                .body(body.replace('\'', '"'))
                .post("/api/auth/" + call + "/")
                .then();
    }

    private static ValidatableResponse register(String username, String email) {
        return post(
                "register-with-verification",
                "{'username':'" + username + "','email':'" + email + "','password':'" + PASSWORD
                        + "','first_name':'Ana','last_name':'Pérez'}");
    }

    private static ValidatableResponse status(String email) {
        return given().get("/api/auth/verification-status/?email=" + email).then();
    }

    private String mailedCode(String email) {
        return fixture.text("SELECT valores ->> 'codigo' FROM correos WHERE para = ? ORDER BY id DESC LIMIT 1", email);
    }

    @Test
    void somebody_registers_confirms_by_code_and_signs_in() {
        post("check-email", "{'email':'ana@example.com'}")
                .statusCode(200)
                .body("", aMapWithSize(1))
                .body("exists", equalTo(false));
        register("ana", "ana@example.com")
                .statusCode(201)
                .body("email", equalTo("ana@example.com"))
                .body("username", equalTo("ana"))
                .body("message", notNullValue())
                .body("expires_in_minutes", equalTo(15));
        status("ana@example.com")
                .statusCode(200)
                .body("", aMapWithSize(6))
                .body("is_verified", equalTo(false))
                .body("verification_expires_at", matchesPattern("\\d{4}-.*Z"))
                .body("resend_count", equalTo(0))
                .body("resend_available_in_seconds", equalTo(0))
                .body("can_resend", equalTo(true));
        post("verify-email", "{'email':'ana@example.com','codigo':'" + mailedCode("ana@example.com") + "'}")
                .statusCode(200)
                .body("email", equalTo("ana@example.com"))
                .body("username", equalTo("ana"));
        post("login", "{'username':'ana@example.com','password':'" + PASSWORD + "'}")
                .statusCode(200)
                .body("user.nombre", equalTo("Ana Pérez"));
        status("ana@example.com").body("is_verified", equalTo(false)).body("can_resend", equalTo(false));
    }

    @Test
    void a_code_sent_again_is_good_and_the_next_one_has_to_wait() {
        register("beto", "beto@example.com").statusCode(201);
        String first = mailedCode("beto@example.com");
        post("resend-verification", "{'email':'beto@example.com'}")
                .statusCode(200)
                .body("expires_in_minutes", equalTo(15));
        status("beto@example.com")
                .body("resend_count", equalTo(1))
                .body("resend_available_in_seconds", lessThanOrEqualTo(60))
                .body("can_resend", equalTo(false));
        post("resend-verification", "{'email':'beto@example.com'}")
                .statusCode(429)
                .body("error", notNullValue())
                .header("Retry-After", notNullValue());
        String second = mailedCode("beto@example.com");
        if (!first.equals(second)) {
            post("verify-email", "{'email':'beto@example.com','codigo':'" + first + "'}")
                    .statusCode(400)
                    .body("code", equalTo("codigo_invalido"))
                    .body("error", containsString("código"));
        }
        post("verify-email", "{'email':'beto@example.com','codigo':'" + second + "'}")
                .statusCode(200);
    }

    @Test
    void a_refused_registration_says_why_in_the_words_that_the_form_reads() {
        post("register-with-verification", "{'username':'celia','email':'celia@example.com','password':'12345678'}")
                .statusCode(400)
                .body("error", containsString("password"))
                .body("detalles.size()", equalTo(1))
                .body("detalles[0]", containsString("cifras"));
        shop.manageAccounts().create("celia", "otra@example.com", PASSWORD, Role.CLIENTE);
        register("CELIA", "celia@example.com")
                .statusCode(400)
                .body("code", equalTo("usuario_ya_existe"))
                .body("detalles.size()", equalTo(1));
    }

    @Test
    void too_many_registrations_from_one_place_make_the_form_count_down() {
        for (int i = 0; i < 20; i++) {
            post("register-with-verification", "{}").statusCode(400);
        }
        register("diego", "diego@example.com")
                .statusCode(429)
                .body("bloqueado", equalTo(true))
                .body("tiempo_restante", lessThanOrEqualTo(3600))
                .body("mensaje", notNullValue());
    }

    @Test
    void a_forgotten_password_is_set_with_a_code_and_every_session_ends() {
        shop.manageAccounts().create("elsa", "elsa@example.com", PASSWORD, Role.CLIENTE);
        String cookie = post("login", "{'username':'elsa','password':'" + PASSWORD + "'}")
                .statusCode(200)
                .extract()
                .cookie("refreshToken");
        String known = post("forgot-password", "{'email':'ELSA@example.com'}")
                .statusCode(200)
                .extract()
                .asString();
        String unknown = post("forgot-password", "{'email':'nadie@example.com'}")
                .statusCode(200)
                .body("message", notNullValue())
                .extract()
                .asString();
        assertEquals(unknown, known);
        String code = mailedCode("elsa@example.com");
        String wrong = "%06d".formatted((Integer.parseInt(code) + 1) % 1_000_000);
        reset("elsa@example.com", wrong, NEW, NEW).statusCode(400).body("code", equalTo("codigo_invalido"));
        reset("elsa@example.com", code, NEW, "otra")
                .statusCode(400)
                .body("campo", equalTo("password_confirm"))
                .body("error", containsString("no es igual"));
        reset("elsa@example.com", code, "12345678", "12345678").statusCode(400).body("campo", equalTo("password"));

        reset("elsa@example.com", code, NEW, NEW).statusCode(200).body("message", notNullValue());

        given().cookie("refreshToken", cookie).post("/api/auth/refresh/").then().statusCode(401);
        post("login", "{'username':'elsa@example.com','password':'" + NEW + "'}")
                .statusCode(200);
        reset("elsa@example.com", code, PASSWORD, PASSWORD).statusCode(400);
    }

    private static ValidatableResponse reset(String email, String code, String password, String confirmed) {
        return post(
                "reset-password",
                "{'email':'" + email + "','codigo':'" + code + "','password':'" + password + "','password_confirm':'"
                        + confirmed + "'}");
    }

    @Test
    void guesses_end_in_a_429_for_an_address_that_nobody_has_as_well() {
        for (int i = 0; i < 5; i++) {
            reset("nadie2@example.com", "12345" + i, NEW, NEW).statusCode(400);
        }
        reset("nadie2@example.com", "123459", NEW, NEW)
                .statusCode(429)
                .body("error", notNullValue())
                .body("bloqueado", equalTo(true));
        clock.advance(Duration.ofMinutes(1));
        for (int i = 0; i < 5; i++) {
            post("verify-email", "{'email':'nadie3@example.com','codigo':'12345" + i + "'}")
                    .statusCode(400);
        }
        post("verify-email", "{'email':'nadie3@example.com','codigo':'123459'}").statusCode(429);
    }

    @Test
    void the_words_come_in_the_language_of_the_page() {
        given().header("Accept-Language", "en")
                .contentType("application/json")
                .body("{\"email\":\"nadie@example.com\"}")
                .post("/api/auth/forgot-password/")
                .then()
                .statusCode(200)
                .body("message", containsString("If an account"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "check-email|{}|email",
                "check-email|{'email':5}|email",
                "check-email|{'email':['a@example.com']}|email",
                "register-with-verification|{'username':'x'}|email",
                "register-with-verification|{'username':'x','email':'x','password':'Isla#verde7'}|email",
                "register-with-verification|{'username':'x','email':'x@example.com','password':{}}|password",
                "register-with-verification|{'username':'x','email':'x@example.com','password':'Isla#verde7',"
                        + "'first_name':7}|first_name",
                "verify-email|{'email':'x@example.com'}|codigo",
                "verify-email|{'email':'x@example.com','codigo':123456}|codigo",
                "verify-email|{'email':'x@example.com','codigo':'12345'}|codigo",
                "verify-email|{'email':'x@example.com','codigo':'١٢٣٤٥٦'}|codigo",
                "verify-email|{'email':'x@example.com','codigo':'12345\\u0000'}|codigo",
                "resend-verification|{'email':null}|email",
                "forgot-password|{'email':true}|email",
                "forgot-password|{}|email",
                "reset-password|{'email':'x@example.com','codigo':'123456'}|password",
                "reset-password|{'email':'x@example.com','codigo':'123456','password':'Isla#verde7'}|password_confirm",
                "reset-password|{'email':'\\ud800','codigo':'123456'}|email"
            })
    void wrong_types_and_missing_fields_are_named(String call, String body, String field) {
        post(call, body).statusCode(400).body("campo", equalTo(field)).body("error", notNullValue());
    }

    @ParameterizedTest
    @ValueSource(strings = {"vİctim@example.com", "victim@gmaİl.com", "victim@iſla.example"})
    void an_address_with_letters_of_many_spellings_is_refused_before_it_counts(String email) {
        long before = fixture.number("SELECT count(*) FROM limites");
        for (String call : List.of("check-email", "resend-verification", "forgot-password")) {
            post(call, "{'email':'" + email + "'}").statusCode(400).body("campo", equalTo("email"));
        }
        post("verify-email", "{'email':'" + email + "','codigo':'123456'}").statusCode(400);
        reset(email, "123456", NEW, NEW).statusCode(400).body("campo", equalTo("email"));
        given().queryParam("email", email)
                .get("/api/auth/verification-status/")
                .then()
                .statusCode(400);
        assertEquals(before, fixture.number("SELECT count(*) FROM limites"));
    }

    @Test
    void a_client_may_ask_for_a_status_three_hundred_times_an_hour() {
        status("nadie@example.com").statusCode(200);
        assertEquals(1, fixture.number("SELECT cuenta FROM limites WHERE clave LIKE 'carta:estado:%'"));
        fixture.sql("UPDATE limites SET cuenta = 300 WHERE clave LIKE 'carta:estado:%'");
        status("nadie@example.com").statusCode(429).header("Retry-After", notNullValue());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "?email=", "?email=%00", "?correo=x"})
    void a_status_of_no_address_is_400(String query) {
        given().get("/api/auth/verification-status/" + query).then().statusCode(400);
    }

    @Test
    void an_address_for_which_nothing_waits_has_a_status_too() {
        status("nadie@example.com")
                .statusCode(200)
                .body("verification_expires_at", nullValue())
                .body("can_resend", equalTo(false));
    }

    @Test
    void a_body_of_100_kb_and_a_form_are_refused() {
        for (String call : List.of(
                "check-email",
                "register-with-verification",
                "verify-email",
                "resend-verification",
                "forgot-password",
                "reset-password")) {
            post(call, "{'email':'" + "x".repeat(100_000) + "'}").statusCode(413);
            given().contentType("application/x-www-form-urlencoded")
                    .body("email=x@example.com")
                    .post("/api/auth/" + call + "/")
                    .then()
                    .statusCode(415);
            given().get("/api/auth/" + call + "/").then().statusCode(405);
        }
    }
}
