package com.electroisla.shopfront.http;

import static org.hamcrest.Matchers.equalTo;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.eatthepath.otp.HmacOneTimePasswordGenerator;
import com.electroisla.accounts.Role;
import com.electroisla.http.Language;
import com.electroisla.pages.BrowserTest;
import com.electroisla.pages.PageWords;
import com.electroisla.pages.Words;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import io.restassured.response.Response;
import java.security.InvalidKeyException;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** People who look after their own accounts, from the first click to the last, in both languages. */
@QuarkusTest
class AccountFlowsIT extends BrowserTest {
    private static final String NEW = "Brisa%lenta42x";
    private static final String THIRD = "Palma-alta93q";

    private Language language = Language.SPANISH;

    private void speak(Language chosen) {
        language = chosen;
        browser.forget();
        browser.open("/?lang=" + chosen.locale().getLanguage());
    }

    private String said(String area, String key, Object... arguments) {
        return new Words(language, area).text(key, arguments);
    }

    private void sees(String area, String key, Object... arguments) {
        browser.see(said(area, key, arguments));
    }

    private String name(String person) {
        return person + "_" + language.locale().getLanguage();
    }

    private String mailed(String kind, String to) {
        return given.text(
                "SELECT valores ->> 'codigo' FROM correos WHERE tipo = ? AND lower(para) = lower(?) "
                        + "ORDER BY id DESC LIMIT 1",
                kind,
                to);
    }

    private void looksGood() {
        PageWords.assertSpeaks(browser, language);
        browser.assertUsableByAll();
    }

    @ParameterizedTest
    @EnumSource
    void a_lost_password_comes_back_by_mail_and_the_code_is_good_once(Language chosen) {
        speak(chosen);
        String ana = name("ana");
        account(ana, Role.CLIENTE);
        browser.open("/entrar/");
        browser.submit("a[href='/recuperar/']");
        browser.fill("email", "nadie-" + ana + "@example.com");
        browser.submit("main button[type=submit]");
        sees("pages", "recuperar_enviado");
        browser.open("/recuperar/");
        browser.fill("email", ana + "@EXAMPLE.com");
        browser.submit("main button[type=submit]");
        sees("pages", "recuperar_enviado");
        looksGood();
        String code = mailed("codigo_recuperacion", ana + "@example.com");
        reset("%06d".formatted((Integer.parseInt(code) + 1) % 1_000_000), NEW);
        looksGood();
        reset(code.substring(0, 3) + " " + code.substring(3), "12345678");
        reset(code, NEW);
        assertEquals("/entrar/", browser.at());
        sees("pages", "clave_recuperada");
        browser.signIn("/entrar/", ana, PASSWORD);
        assertEquals("/entrar/", browser.at());
        browser.signIn("/entrar/", ana, NEW);
        assertEquals("/", browser.at());

        browser.forget();
        speak(chosen);
        browser.open("/recuperar/codigo/");
        browser.fill("email", ana + "@example.com");
        reset(code, THIRD);
        assertEquals("/recuperar/codigo/", browser.at());
        clock.advance(Duration.ofMinutes(20));
    }

    private void reset(String code, String password) {
        browser.fill("codigo", code);
        browser.fill("password", password);
        browser.submit("main button[type=submit]");
    }

    @ParameterizedTest
    @EnumSource
    void a_stolen_session_is_seen_and_ended_and_stops_at_once_with_its_refresh_token(Language chosen) {
        speak(chosen);
        String ana = name("berta");
        account(ana, Role.CLIENTE);
        Response login = RestAssured.given()
                .contentType("application/json")
                .header("User-Agent", "Mozilla/5.0 (Linux; Android 14) Firefox/127.0")
                .body("{\"username\":\"" + ana + "\",\"password\":\"" + PASSWORD + "\"}")
                .post("/api/login/");
        String access = login.path("access_token");
        String refresh = login.path("refresh_token");
        browser.signIn("/entrar/", ana, PASSWORD);
        String thief =
                browser.driver.manage().getCookieNamed("electro_isla_sesion").getValue();
        browser.forget();
        speak(chosen);
        browser.signIn("/entrar/", ana, PASSWORD);
        browser.submit(".quien a[href='/cuenta/']");
        looksGood();
        browser.submit("a[href='/cuenta/sesiones/']");
        browser.see("Firefox · Android");
        looksGood();
        assertEquals(3, browser.texts("tbody tr").size());

        browser.submit("form.acciones button");
        sees("shopfront", "sesion_terminada");
        assertEquals(2, browser.texts("tbody tr").size());
        assertTrue(RestAssured.given()
                .cookie("electro_isla_sesion", thief)
                .redirects()
                .follow(false)
                .get("/cuenta/")
                .header("Location")
                .startsWith("/entrar/"));

        browser.submit("#terminar-demas");
        RestAssured.given()
                .header("Authorization", "Bearer " + access)
                .get("/api/quien-soy/")
                .then()
                .statusCode(401);
        RestAssured.given()
                .contentType("application/json")
                .body("{\"refresh_token\":\"" + refresh + "\"}")
                .post("/api/token/refresh/")
                .then()
                .statusCode(401);

        browser.open("/cuenta/clave/");
        browser.fill("password_actual", PASSWORD);
        browser.fill("password", NEW);
        browser.submit("main button[type=submit]");
        sees("shopfront", "clave_cambiada");
        assertEquals("/cuenta/", browser.at());
    }

    @ParameterizedTest
    @EnumSource
    void another_address_is_confirmed_from_its_mail_by_its_signed_in_owner_alone(Language chosen) {
        speak(chosen);
        String ana = name("carla");
        int user = account(ana, Role.CLIENTE);
        String wanted = ana + "-nueva@example.com";
        browser.signIn("/entrar/", ana, PASSWORD);
        browser.open("/cuenta/correo/");
        browser.fill("email", wanted);
        browser.fill("password", PASSWORD);
        browser.submit("main button[type=submit]");
        sees("shopfront", "correo_enviado", wanted);
        assertEquals(ana + "@example.com", given.text("SELECT email FROM auth_user WHERE id = ?", user));
        assertEquals(
                1,
                given.number(
                        "SELECT count(*) FROM correos WHERE tipo = 'aviso_cambio_correo' AND para = ?",
                        ana + "@example.com"));
        String link = "/cuenta/correo/confirmar/?codigo=" + mailed("codigo_cambio_correo", wanted);

        account(name("ladron"), Role.CLIENTE);
        browser.forget();
        speak(chosen);
        browser.open(link);
        assertTrue(browser.at().startsWith("/entrar/?next="), browser.at());
        browser.signIn("/entrar/", name("ladron"), PASSWORD);
        browser.open(link);
        browser.submit("main button[type=submit]");
        sees("shopfront", "correo_enlace_terminado");
        looksGood();

        browser.forget();
        speak(chosen);
        browser.open(link);
        browser.fill("username", ana);
        browser.fill("password", PASSWORD);
        browser.submit("main button[type=submit]");
        assertTrue(browser.at().startsWith("/cuenta/correo/confirmar/"), browser.at());
        browser.submit("main button[type=submit]");
        sees("shopfront", "correo_cambiado", wanted);
        assertEquals(wanted, given.text("SELECT email FROM auth_user WHERE id = ?", user));
        browser.open(link);
        browser.submit("main button[type=submit]");
        sees("shopfront", "correo_cambiado", wanted);
    }

    @ParameterizedTest
    @EnumSource
    void a_colleague_is_invited_and_delivers_a_first_order(Language chosen) {
        speak(chosen);
        enter(name("jefa"), Role.ADMIN);
        browser.open("/admin/usuarios/?lang=" + chosen.locale().getLanguage());
        browser.submit("a[href='/admin/usuarios/equipo/']");
        String colleague = name("tomas") + "@example.com";
        browser.fill("email", colleague);
        browser.choose("rol", "trabajador");
        browser.submit("main section form button[type=submit]");
        sees("admin", "invitado", colleague);
        looksGood();
        String link = "/invitacion/?codigo=" + mailed("codigo_invitacion", colleague);
        browser.open(link);
        sees("pages", "enlace_sesion_de", name("jefa"));
        browser.submit("main form button[type=submit]");
        looksGood();
        browser.fill("username", name("tomas"));
        browser.fill("password", NEW);
        browser.submit("main button[type=submit]");
        assertEquals("/admin/", browser.at());

        int buyer = given.buyerWith(given.product("Lámpara " + chosen, "10.00", 3), 1);
        fixture.checkout(buyer);
        fixture.pay(buyer);
        String order = given.text("SELECT id::text FROM pedidos WHERE usuario_id = ?", buyer);
        for (String state : List.of("en_preparacion", "en_camino", "entregado")) {
            browser.open("/admin/pedidos/" + order + "/");
            browser.submit("form:has([name=hacia][value=" + state + "]) button[type=submit]");
        }
        assertEquals("entregado", given.text("SELECT estado FROM pedidos WHERE id = ?::bigint", order));
        browser.forget();
        speak(chosen);
        browser.open(link);
        sees("pages", "invitacion_terminada");
    }

    @ParameterizedTest
    @EnumSource
    void staff_of_whom_a_second_factor_is_required_are_led_to_it_and_sign_in_with_their_phone(Language chosen)
            throws Exception {
        speak(chosen);
        String jefa = name("duenia");
        account(jefa, Role.ADMIN);
        browser.signIn("/admin/login/", jefa, PASSWORD);
        browser.open("/admin/usuarios/equipo/");
        browser.click("[aria-labelledby=exigir] button");
        browser.driver.switchTo().alert().accept();
        sees("shopfront", "factor_hace_falta");
        assertEquals("/cuenta/segundo-factor/", browser.at());
        browser.open("/admin/productos/");
        assertEquals("/cuenta/segundo-factor/", browser.at());
        looksGood();
        RestAssured.given()
                .contentType("application/json")
                .body("{\"username\":\"" + jefa + "\",\"password\":\"" + PASSWORD + "\"}")
                .post("/api/login/")
                .then()
                .statusCode(403)
                .body("code", equalTo("segundo_factor_por_activar"));

        String key = browser.find(".clave-larga").getText().replace(" ", "");
        browser.fill("password", PASSWORD);
        browser.fill("codigo", code(key));
        browser.submit("main button[type=submit]");
        sees("shopfront", "factor_codigos_texto");
        looksGood();
        String recovery = browser.texts(".respaldo li").getFirst();
        browser.open("/admin/productos/");
        assertEquals("/admin/productos/", browser.at());

        clock.advance(Duration.ofMinutes(1));
        browser.forget();
        speak(chosen);
        browser.signIn("/admin/login/", jefa, PASSWORD);
        sees("pages", "segundo_paso_texto");
        looksGood();
        browser.fill("codigo", "000000");
        browser.submit("main button[type=submit]");
        browser.fill("codigo", code(key));
        browser.submit("main button[type=submit]");
        assertEquals("/admin/", browser.at());
        RestAssured.given()
                .contentType("application/json")
                .body("{\"username\":\"" + jefa + "\",\"password\":\"" + PASSWORD + "\",\"codigo\":\"" + recovery
                        + "\"}")
                .post("/api/login/")
                .then()
                .statusCode(200);
        RestAssured.given()
                .contentType("application/json")
                .body("{\"username\":\"" + jefa + "\",\"password\":\"" + PASSWORD + "\"}")
                .post("/api/login/")
                .then()
                .statusCode(401)
                .body("code", equalTo("segundo_factor_requerido"));
        given.sql("DELETE FROM ajustes_cuentas");
    }

    /** The code that a phone with this key shows now. */
    private String code(String key) throws InvalidKeyException {
        StringBuilder bits = new StringBuilder();
        for (char each : key.toCharArray()) {
            String five = Integer.toBinaryString("ABCDEFGHIJKLMNOPQRSTUVWXYZ234567".indexOf(each));
            bits.append("0".repeat(5 - five.length())).append(five);
        }
        byte[] secret = new byte[bits.length() / 8];
        for (int i = 0; i < secret.length; i++) {
            secret[i] = (byte) Integer.parseInt(bits.substring(8 * i, 8 * i + 8), 2);
        }
        return new HmacOneTimePasswordGenerator()
                .generateOneTimePasswordString(
                        new SecretKeySpec(secret, "RAW"), clock.present().getEpochSecond() / 30, Locale.ROOT);
    }
}
