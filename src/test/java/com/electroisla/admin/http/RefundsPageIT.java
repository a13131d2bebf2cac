package com.electroisla.admin.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.electroisla.pages.http.PersonTest;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The pages of money that goes back: refunds, lines of an order that come back, and the report. */
@QuarkusTest
class RefundsPageIT extends PersonTest {
    private static String page(Person person, String path) {
        return person.asks().get(path).then().statusCode(200).extract().asString();
    }

    private long order(int buyer, long product, int units) {
        given.inCart(buyer, product, units);
        fixture.checkout(buyer);
        fixture.pay(buyer);
        long order = given.number("SELECT max(id) FROM pedidos WHERE usuario_id = ?", buyer);
        if (given.number("SELECT count(*) FROM pagos WHERE pedido_id = ?", order) == 0) {
            given.charged(order);
        }
        return order;
    }

    /** The page to which the answer leads. */
    private String after(Person person, Response answer) {
        assertEquals(303, answer.statusCode(), answer.asString());
        return person.asks()
                .cookies(answer.cookies())
                .get(answer.header("Location").replaceFirst("https?://[^/]+", ""))
                .asString();
    }

    @Test
    void the_list_shows_who_is_owed_how_much_and_why_and_finds_what_is_still_owed() {
        Person worker = signedIn(given.person("trabajador"));
        int buyer = given.anyBuyer();
        long first = given.refundOwed(buyer, "12.50");
        long second = given.refundOwed(buyer, "7.00");
        given.sql("UPDATE reembolsos SET estado = 'hecho', hecho_at = now(), como = 'en <mano>' WHERE id = ?", first);
        String all = page(worker, "/admin/reembolsos/");
        String name = given.text("SELECT username FROM auth_user WHERE id = ?", buyer);
        assertTrue(all.contains(name) && all.contains("$12,50") && all.contains("Pago tardío, sin unidades"), all);
        assertTrue(all.indexOf("/admin/reembolsos/" + second + "/") < all.indexOf("/admin/reembolsos/" + first + "/"));
        String open = page(worker, "/admin/reembolsos/?estado=abierto");
        assertTrue(open.contains("/admin/reembolsos/" + second + "/"), open);
        assertFalse(open.contains("/admin/reembolsos/" + first + "/"), open);
        assertTrue(page(worker, "/admin/reembolsos/" + first + "/").contains("en &lt;mano&gt;"));
        assertTrue(page(worker, "/admin/").contains("id=\"por-devolver\""));
    }

    @Test
    void an_admin_gives_money_back_and_a_worker_only_sees_it() {
        Person admin = signedIn(given.person("admin"));
        Person worker = signedIn(given.person("trabajador"));
        long refund = given.refundOwed(given.anyBuyer(), "12.50");
        String path = "/admin/reembolsos/" + refund + "/";
        String seen = page(worker, path);
        assertTrue(seen.contains("Solo quien administra la tienda devuelve dinero."), seen);
        assertFalse(seen.contains("/hecho/"), seen);
        worker.sends(Map.of("como", "yo", "visto", "debido"))
                .post(path + "hecho/")
                .then()
                .statusCode(403);
        worker.sends(Map.of()).post(path + "proveedor/").then().statusCode(403);

        Response blank = admin.fills(path, path + "hecho/", Map.of("como", " "));
        assertEquals(400, blank.statusCode());
        assertTrue(blank.asString().contains("Escribe cómo se devolvió"), blank.asString());
        assertTrue(after(admin, admin.fills(path, path + "hecho/", Map.of("como", "transferencia 4711")))
                .contains("transferencia 4711"));
        assertEquals(
                "hecho transferencia 4711 " + admin.id(),
                given.text("SELECT estado || ' ' || como || ' ' || hecho_por FROM reembolsos WHERE id = ?", refund));
        assertTrue(page(admin, "/admin/auditoria/?modulo=reembolso").contains("Reembolso #" + refund));
    }

    @Test
    void a_form_that_somebody_else_overtook_says_so_and_keeps_what_was_typed() {
        Person admin = signedIn(given.person("admin"));
        long refund = given.refundOwed(given.anyBuyer(), "12.50");
        String path = "/admin/reembolsos/" + refund + "/";
        page(admin, path);
        given.sql("UPDATE reembolsos SET estado = 'pedido' WHERE id = ?", refund);
        Response answer = admin.sends(
                        Map.of("como", "en mano", "visto", "debido", "una_vez", "una-vez-" + "x".repeat(20) + refund))
                .post(path + "hecho/");
        assertEquals(409, answer.statusCode());
        assertTrue(answer.asString().contains("Otra persona empezó a devolverlo"), answer.asString());
    }

    @Test
    void lines_come_back_in_two_steps_and_the_buyer_reads_what_is_owed() {
        Person worker = signedIn(given.person("trabajador"));
        int buyer = given.anyBuyer();
        long lamp = given.product("Lámpara", "10.00", 9);
        long order = order(buyer, lamp, 3);
        String path = "/admin/pedidos/" + order + "/";

        Response bad = worker.fills(path, path + "devolver/", Map.of("unidades_0", "dos", "motivo", "<roto>"));
        assertEquals(400, bad.statusCode());
        assertTrue(bad.asString().contains("value=\"dos\""), bad.asString());
        assertTrue(bad.asString().contains("value=\"&lt;roto&gt;\""), bad.asString());
        assertEquals(
                409,
                worker.fills(path, path + "devolver/", Map.of("unidades_0", "4"))
                        .statusCode());

        Map<String, String> two = Map.of("unidades_0", "2", "destino_0", "merma", "motivo", "roto");
        Response proposal = worker.fills(path, path + "devolver/", two);
        assertEquals(200, proposal.statusCode());
        assertTrue(proposal.asString().contains("name=\"importe\" value=\"20.00\""), proposal.asString());
        assertEquals(0, given.number("SELECT count(*) FROM reembolsos WHERE pedido_id = ?", order), "only proposed");

        Map<String, String> confirmed = new java.util.HashMap<>(two);
        confirmed.putAll(Map.of("paso", "confirmar", "importe", "20,01", "una_vez", "una-vez-" + "y".repeat(20)));
        assertEquals(409, worker.sends(confirmed).post(path + "devolver/").statusCode());
        confirmed.put("importe", "15,00");
        assertTrue(after(worker, worker.sends(confirmed).post(path + "devolver/"))
                .contains("Volvieron 2 unidades, y se deben $15,00 al comprador."));
        assertEquals("7/0/1", given.figures(lamp));
        assertTrue(after(worker, worker.sends(confirmed).post(path + "devolver/"))
                .contains("Ya se había aplicado; así quedó."));
        assertTrue(page(worker, path).contains("$15,00"));

        Person reader = signedIn(buyer);
        String seen = page(reader, "/pedidos/" + order + "/");
        assertTrue(seen.contains("Devolviste 2 unidades de Lámpara."), seen);
        assertTrue(seen.contains("Te debemos $15,00 de este pedido."), seen);
        given.sql("UPDATE reembolsos SET estado = 'hecho', hecho_at = now(), como = 'x' WHERE pedido_id = ?", order);
        assertTrue(page(reader, "/pedidos/" + order + "/").contains("Te devolvimos $15,00 de este pedido el"));
    }

    @Test
    void a_courier_takes_nothing_back() {
        Person courier = signedIn(given.person("mensajero"));
        long order = order(given.anyBuyer(), given.product("Lámpara", "10.00", 9), 1);
        given.sql("UPDATE pedidos SET mensajero_id = ? WHERE id = ?", courier.id(), order);
        String path = "/admin/pedidos/" + order + "/";
        assertFalse(page(courier, path).contains("devolver/"));
        courier.sends(Map.of(
                        "unidades_0",
                        "1",
                        "paso",
                        "confirmar",
                        "importe",
                        "10",
                        "una_vez",
                        "una-vez-" + "z".repeat(20)))
                .post(path + "devolver/")
                .then()
                .statusCode(403);
        assertEquals(0, given.number("SELECT count(*) FROM reembolsos WHERE pedido_id = ?", order));
    }

    @Test
    void the_report_counts_the_holds_and_orders_of_its_days_that_never_became_money() {
        Person worker = signedIn(given.person("trabajador"));
        long lamp = given.product("Lámpara que nadie paga", "10.00", 50);
        int buyer = given.anyBuyer();
        var now = clock.present().atOffset(java.time.ZoneOffset.UTC);
        given.sql("""
                INSERT INTO stock_reservations (usuario_id, producto_id, cantidad, status, created_at, expires_at)
                VALUES (?, ?, 7, 'expired', ?, ?)
                """, buyer, lamp, now.minusHours(1), now);
        given.sql("""
                INSERT INTO pedidos (estado, metodo_pago, total, direccion_entrega, telefono, created_at, updated_at,
                       usuario_id, vence)
                VALUES ('cancelado', 'transferencia', 33.25, 'x', 'x', ?, ?, ?, ?)
                """, now.minusHours(2), now, buyer, now);
        String report = page(worker, "/admin/informe/");
        assertTrue(report.contains("Lámpara que nadie paga"), report);
        assertTrue(report.contains("Transferencia") && report.contains("1<br>$33,25"), report);
        String before = page(worker, "/admin/informe/?desde=2001-01-01&hasta=2001-01-31");
        assertTrue(before.contains("Ningún pedido en estos días."), before);
        assertTrue(before.contains("id=\"r-expiradas\">0<"), before);
        assertEquals(
                403,
                signedIn(given.person("mensajero"))
                        .asks()
                        .get("/admin/informe/")
                        .statusCode());
    }
}
