package com.electroisla.pages.http;

import com.electroisla.http.server.SignedInTest;
import io.restassured.RestAssured;
import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import java.time.ZoneOffset;
import java.util.LinkedHashMap;
import java.util.Map;

/** A {@link SignedInTest} whose users have a browser's cookie, and send the forms that they find. */
public abstract class PersonTest extends SignedInTest {
    /** A signed-in user with a browser's cookie. */
    public record Person(int id, String session) {
        public RequestSpecification asks() {
            return RestAssured.given()
                    .cookie(Cookies.SESSION, session)
                    .redirects()
                    .follow(false);
        }

        /** A request with a form, without a one-time key. */
        public RequestSpecification sends(Map<String, String> fields) {
            return asks().urlEncodingEnabled(true)
                    .contentType("application/x-www-form-urlencoded; charset=utf-8")
                    .formParam("csrf_token", Csrf.tokenFor(session))
                    .formParams(fields);
        }

        /** A request with a form that has files, without a one-time key. */
        public RequestSpecification uploads() {
            return asks().multiPart("csrf_token", Csrf.tokenFor(session));
        }

        /** The form with this action, as the page has it now. */
        FoundForm form(String page, String action) {
            return FoundForm.on(asks().get(page).asString()).stream()
                    .filter(form -> form.action().equals(action))
                    .findFirst()
                    .orElseThrow(() -> new AssertionError("no form " + action + " on " + page));
        }

        /** Sends a form as the page has it now, with typed and chosen values. */
        public Response fills(String page, String action, Map<String, String> typed) {
            Map<String, String> fields = new LinkedHashMap<>(form(page, action).given());
            fields.putAll(typed);
            return sends(fields).post(action);
        }
    }

    protected Person signedIn(int user) {
        String session = "prueba-" + user;
        var now = clock.present().atOffset(ZoneOffset.UTC);
        given.sql("""
                INSERT INTO sesiones_web (huella, usuario_id, created_at, ultimo_uso, expires_at, ip_address)
                VALUES (sha256(convert_to(?, 'UTF8')), ?, ?, ?, ?, '127.0.0.1')
                """, session, user, now, now, now.plusDays(7));
        return new Person(user, session);
    }
}
