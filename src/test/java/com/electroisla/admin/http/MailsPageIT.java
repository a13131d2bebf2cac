package com.electroisla.admin.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.electroisla.mail.Letter;
import com.electroisla.mail.Letters;
import com.electroisla.pages.http.PersonTest;
import io.quarkus.test.junit.QuarkusTest;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The page of letters: who sees what, and another try. */
@QuarkusTest
class MailsPageIT extends PersonTest {
    private static int letters;

    private long code;
    private long failed;

    @BeforeEach
    void two_letters() {
        letters++;
        Instant now = clock.present();
        code = write(Letter.signUpCode(
                "ana" + letters + "@example.com",
                Locale.of("es"),
                "Ana",
                "482913",
                now.plus(Duration.ofDays(1)),
                "registro-" + letters));
        failed = write(Letter.accountExists("eva@example.com", Locale.ENGLISH, "Eva", "cuenta-" + letters));
        given.sql("UPDATE correos SET estado = 'fallido', intentos = 3, fallo = '550 <nadie>' WHERE id = ?", failed);
    }

    private long write(Letter letter) {
        database.useTransaction(handle -> Letters.write(handle, letter, clock.present()));
        return given.number("SELECT max(id) FROM correos");
    }

    private static String page(Person person, String path) {
        return person.asks().get(path).then().statusCode(200).extract().asString();
    }

    @Test
    void the_list_shows_every_letter_with_its_state_and_finds_them_by_state_and_address() {
        Person worker = signedIn(given.person("trabajador"));
        String all = page(worker, "/admin/correos/");
        assertTrue(all.contains("No hay servidor de correo"), all);
        assertTrue(all.contains("Tu código para crear la cuenta en Electro Isla"), all);
        String failures = page(worker, "/admin/correos/?estado=fallido");
        assertTrue(failures.contains("/admin/correos/" + failed + "/"), failures);
        assertFalse(failures.contains("/admin/correos/" + code + "/"), failures);
        String hers = page(worker, "/admin/correos/?q=ANA" + letters + "@");
        assertTrue(hers.contains("/admin/correos/" + code + "/"), hers);
        assertFalse(hers.contains("eva@example.com"), hers);
        assertTrue(page(worker, "/admin/correos/?estado=perdido").contains("estado = «perdido»"));
    }

    @Test
    void a_code_is_shown_to_an_admin_and_to_nobody_else_of_the_staff() {
        Person admin = signedIn(given.person("admin"));
        Person worker = signedIn(given.person("trabajador"));
        assertTrue(page(admin, "/admin/correos/" + code + "/").contains("482913"));
        assertEquals(
                1,
                given.number(
                        "SELECT count(*) FROM audit_logs WHERE accion = 'ver_codigo' AND objeto_id::text = ?::text",
                        code));
        String seen = page(worker, "/admin/correos/" + code + "/");
        assertFalse(seen.contains("482913"), seen);
        assertTrue(seen.contains("El código solo lo ve quien administra la tienda."), seen);
        assertFalse(page(admin, "/admin/correos/").contains("482913"));
    }

    @Test
    void a_letter_that_failed_shows_why_and_is_sent_again_and_one_that_waits_has_no_button() {
        Person worker = signedIn(given.person("trabajador"));
        String path = "/admin/correos/" + failed + "/";
        assertTrue(page(worker, path).contains("550 &lt;nadie&gt;"));
        worker.fills(path, path + "reenviar/", Map.of()).then().statusCode(303);
        assertEquals("pendiente 0", given.text("SELECT estado || ' ' || intentos FROM correos WHERE id = ?", failed));
        assertFalse(page(worker, path).contains("reenviar/"));
        assertFalse(page(worker, "/admin/correos/" + code + "/").contains("reenviar/"));
        assertTrue(page(signedIn(given.person("admin")), "/admin/auditoria/?modulo=correo")
                .contains("Correo #" + failed));
    }

    @Test
    void what_a_restored_backup_had_pending_is_held_until_somebody_sends_or_drops_it() {
        long order = write(Letter.accountExists("luis@example.com", Locale.of("es"), "Luis", "retenido-" + letters));
        database.useTransaction(handle -> assertTrue(Letters.holdBack(handle) >= 1));
        Person worker = signedIn(given.person("trabajador"));
        String list = page(worker, "/admin/correos/?estado=retenido");
        assertTrue(list.contains("/admin/correos/" + order + "/"), list);
        assertFalse(list.contains("/admin/correos/" + failed + "/"), list);
        assertFalse(page(worker, "/admin/correos/?estado=pendiente").contains("/admin/correos/" + order + "/"));
        String path = "/admin/correos/" + order + "/";
        assertTrue(page(worker, path).contains("viene de un respaldo restaurado"));

        worker.fills(path, path + "reenviar/", Map.of()).then().statusCode(303);
        assertEquals(1, given.number("SELECT count(*) FROM correos WHERE id = ? AND siguiente_at < now()", order));
        database.useTransaction(Letters::holdBack);
        String all = "/admin/correos/";
        worker.fills(all, all + "retenidos/", Map.of("accion", "enviar")).then().statusCode(303);
        assertEquals(
                "correos pendiente",
                given.text(
                        "SELECT 'correos ' || estado FROM correos WHERE id = ? AND siguiente_at < 'infinity'", order));
        assertFalse(page(worker, all).contains("id=\"retenidos\""));
        assertEquals(
                "caducado", given.text("SELECT estado FROM correos WHERE id = ?", code), "a code is never sent late");

        database.useTransaction(Letters::holdBack);
        worker.fills(all, all + "retenidos/", Map.of("accion", "descartar"))
                .then()
                .statusCode(303);
        assertEquals(0, given.number("SELECT count(*) FROM correos WHERE estado = 'pendiente'"));
        assertFalse(page(worker, all).contains("id=\"retenidos\""));
        assertEquals(
                "descartar enviar",
                given.text(
                        "SELECT string_agg(DISTINCT accion, ' ') FROM audit_logs WHERE usuario_id = ? "
                                + "AND objeto_repr = 'Correos retenidos'",
                        worker.id()));
    }
}
