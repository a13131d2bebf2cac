package com.electroisla.pages.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.electroisla.accounts.Role;
import com.electroisla.audit.Actor;
import com.electroisla.logs.HeardLines;
import com.electroisla.pages.BrowserTest;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import io.restassured.response.Response;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

@QuarkusTest
class SignInPagesIT extends BrowserTest {

    @Test
    void staff_sign_in_at_the_admins_own_form_and_out_again() {
        account("ana", Role.ADMIN);
        browser.signIn("/admin/login/", "ana", PASSWORD);
        assertEquals("/admin/", browser.at());
        browser.see("Hola, ana");
        browser.submit(".quien button");
        assertEquals("/admin/login/", browser.at());
        browser.open("/admin/");
        assertTrue(browser.at().startsWith("/admin/login/?next="), browser.at());
    }

    @Test
    void who_was_sent_to_the_form_comes_back_to_where_he_wanted_to_go_but_never_to_another_site() {
        account("tomas", Role.TRABAJADOR);
        browser.open("/admin/?x=1");
        assertEquals("/admin/login/?next=%2Fadmin%2F%3Fx%3D1", browser.at());
        browser.fill("username", "tomas");
        browser.fill("password", PASSWORD);
        browser.submit("main button[type=submit]");
        assertEquals("/admin/?x=1", browser.at());
    }

    @Test
    void a_buyer_and_a_wrong_password_get_no_further_than_the_form() {
        account("beto", Role.CLIENTE);
        browser.signIn("/admin/login/", "beto", PASSWORD);
        browser.see("Tu cuenta no tiene acceso al panel.");
        browser.open("/admin/");
        assertTrue(browser.at().startsWith("/admin/login/"));
        browser.signIn("/entrar/", "beto", "no es");
        browser.see("Usuario o contraseña incorrectos.");
        browser.signIn("/entrar/", "<script>alert(1)</script>", "no es");
        browser.see("Usuario o contraseña incorrectos.");
        assertEquals(
                "<script>alert(1)</script>", browser.find("[name=username]").getDomAttribute("value"));
    }

    @Test
    void a_session_ends_when_it_is_ended_elsewhere_idle_or_its_account_is_deactivated() {
        int ana = account("ana2", Role.ADMIN);
        browser.signIn("/admin/login/", "ana2", PASSWORD);
        shop.accounts().manage().endSessions(ana, new Actor(ana, "127.0.0.1", "prueba"));
        browser.open("/admin/");
        assertTrue(browser.at().startsWith("/admin/login/"));

        browser.signIn("/admin/login/", "ana2", PASSWORD);
        assertEquals("/admin/", browser.at());
        clock.advance(Duration.ofHours(13));
        browser.open("/admin/");
        assertTrue(browser.at().startsWith("/admin/login/"));

        browser.signIn("/admin/login/", "ana2", PASSWORD);
        given.sql("UPDATE auth_user SET is_active = false WHERE id = ?", ana);
        browser.open("/admin/");
        assertTrue(browser.at().startsWith("/admin/login/"));
        clock.advance(Duration.ofHours(-13));
    }

    @Test
    void a_form_of_somebody_whose_account_is_gone_leads_to_the_sign_in_and_ends_the_session() {
        int gone = account("yanet", Role.ADMIN);
        browser.signIn("/admin/login/", "yanet", PASSWORD);
        browser.open("/admin/usuarios/");
        given.sql("DELETE FROM user_profiles WHERE user_id = ?", gone);
        given.sql("DELETE FROM auth_user WHERE id = ?", gone);

        browser.submit(".quien button");

        assertTrue(browser.at().startsWith("/admin/login/"), browser.at());
        browser.see("Solo para el personal");
        browser.open("/entrar/");
        assertEquals("/entrar/", browser.at());
    }

    @Test
    void a_new_buyer_signs_up_and_is_signed_in() {
        browser.open("/registro/");
        browser.fill("username", "nuevo");
        browser.fill("email", "nuevo@example.com");
        browser.fill("password", "123456789");
        browser.submit("main button[type=submit]");
        browser.see("no puede tener solo cifras");
        browser.fill("password", PASSWORD);
        browser.submit("main button[type=submit]");
        assertEquals("/", browser.at());
        assertEquals(
                1,
                given.number("SELECT count(*) FROM sesiones_web s JOIN auth_user u ON u.id = s.usuario_id "
                        + "WHERE u.username = 'nuevo'"));
        browser.complaints();
    }

    @Test
    void both_doors_open_by_email_and_an_email_that_somebody_has_is_told_on_the_page() {
        account("tere", Role.TRABAJADOR);
        browser.signIn("/admin/login/", "TERE@example.com", PASSWORD);
        browser.see("Hola, tere");
        browser.submit(".quien button");
        browser.signIn("/entrar/", "tere@Example.com", PASSWORD);
        assertEquals("/", browser.at());
        browser.open("/registro/");
        browser.fill("username", "otra_tere");
        browser.fill("email", "Tere@example.com");
        browser.fill("password", PASSWORD);
        browser.submit("main button[type=submit]");
        browser.see("Otra cuenta ya tiene ese correo.");
        assertEquals(0, given.number("SELECT count(*) FROM auth_user WHERE username = 'otra_tere'"));
    }

    @Test
    void a_form_without_its_token_or_with_another_visitors_is_refused_and_logged() {
        try (HeardLines security = HeardLines.of("electroisla.security")) {
            forms_without_their_token();
            assertEquals(
                    List.of(
                            "formulario rechazado sin token CSRF: /admin/login/ usuario=- ip=127.0.0.1",
                            "formulario rechazado sin token CSRF: /entrar/ usuario=- ip=127.0.0.1"),
                    security.lines());
        }
    }

    private static void forms_without_their_token() {
        RestAssured.given()
                .formParam("username", "ana")
                .formParam("password", PASSWORD)
                .post("/admin/login/")
                .then()
                .statusCode(403);
        Response page = RestAssured.get("/entrar/");
        String token = page.htmlPath().getString("**.find { it.@name == 'csrf_token' }.@value");
        assertFalse(token.isEmpty());
        RestAssured.given()
                .formParam("csrf_token", token)
                .formParam("username", "x")
                .formParam("password", "y")
                .post("/entrar/")
                .then()
                .statusCode(403);
        RestAssured.given()
                .cookies(page.cookies())
                .formParam("csrf_token", token)
                .formParam("username", "x")
                .formParam("password", "y")
                .post("/entrar/")
                .then()
                .statusCode(401);
        RestAssured.given()
                .cookies(page.cookies())
                .header("X-CSRF-Token", token)
                .formParam("username", "x")
                .formParam("password", "y")
                .post("/entrar")
                .then()
                .statusCode(401);
    }

    @Test
    void pages_carry_a_strict_policy_and_cookies_that_no_script_reads() {
        Response page = RestAssured.get("/entrar/");
        String policy = page.header("Content-Security-Policy");
        assertTrue(policy.contains("default-src 'none'") && !policy.contains("unsafe"), policy);
        assertEquals("no-store", page.header("Cache-Control"));
        for (String cookie : page.headers().getValues("Set-Cookie")) {
            assertTrue(
                    cookie.contains("HttpOnly") && cookie.contains("SameSite=Lax") && !cookie.contains("Secure"),
                    cookie);
        }
        String style = page.htmlPath().getList("html.head.link.@href").get(2).toString();
        assertEquals(
                "public, max-age=31536000, immutable", RestAssured.get(style).header("Cache-Control"));
        RestAssured.get(style.replaceFirst("[0-9a-f]{16}", "0123456789abcdef"))
                .then()
                .statusCode(404);
        RestAssured.get("/recursos/estilo.css").then().statusCode(200);
    }

    @Test
    void the_forms_speak_english_and_are_dark_by_choice() {
        browser.open("/entrar/?lang=en");
        browser.see("Sign in");
        browser.open("/admin/login/");
        browser.see("Staff only.");
        browser.open("/admin/login/?tema=oscuro");
        assertEquals("dark", browser.find("html").getDomAttribute("data-theme"));
    }
}
