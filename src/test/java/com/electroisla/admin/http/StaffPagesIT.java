package com.electroisla.admin.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.electroisla.accounts.Role;
import com.electroisla.pages.BrowserTest;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.util.List;
import org.junit.jupiter.api.Test;

@QuarkusTest
class StaffPagesIT extends BrowserTest {

    private long orderOf(long product, int quantity) {
        int buyer = given.buyerWith(product, quantity);
        fixture.checkout(buyer);
        fixture.pay(buyer);
        return given.number("SELECT id FROM pedidos WHERE usuario_id = ?", buyer);
    }

    @Test
    void an_order_goes_its_way_by_those_whose_role_allows_it() {
        long drill = given.product("Taladro", "50", 10);
        long order = orderOf(drill, 2);
        int courier = person("mario", Role.MENSAJERO);
        enter("teo", Role.TRABAJADOR);
        browser.open("/admin/pedidos/" + order + "/");
        browser.choose("mensajero", Integer.toString(courier));
        browser.submit("article form button");
        browser.submit("#a-en_preparacion");
        browser.see("En preparación");

        become(courier);
        browser.open("/admin/pedidos/" + order + "/");
        assertFalse(browser.has("#a-cancelado"));
        browser.submit("#a-en_camino");
        browser.submit("#a-entregado");
        assertEquals(
                "entregado",
                given.text("SELECT estado FROM pedidos WHERE id = ? AND fecha_entrega IS NOT NULL", order));
        long others = orderOf(drill, 1);
        browser.open("/admin/pedidos/" + others + "/");
        browser.see("No encontrado.");
        browser.open("/admin/pedidos/");
        assertEquals(List.of("#" + order), browser.texts("tbody th"));
        browser.open("/admin/usuarios/");
        browser.see("No tienes permiso para hacer esto.");
        browser.complaints();
    }

    @Test
    void a_cancelled_order_returns_its_units_once_and_who_comes_second_is_told() {
        long drill = given.product("Taladro doble", "50", 10);
        long order = orderOf(drill, 3);
        enter("teo2", Role.TRABAJADOR);
        browser.open("/admin/pedidos/" + order + "/");
        given.sql("UPDATE pedidos SET estado = 'en_preparacion' WHERE id = ?", order);
        browser.submit("#a-en_preparacion");
        browser.see("El pedido cambió mientras tanto");
        browser.click("#a-cancelado");
        browser.driver.switchTo().alert().accept();
        browser.see("Guardado.");
        assertEquals("10/0/0", given.figures(drill));
        assertEquals(List.of(), given.differences());
    }

    @Test
    void an_admin_changes_roles_deactivates_and_ends_sessions_but_not_his_own() {
        int worker = person("tania", Role.TRABAJADOR);
        int admin = enter("ana", Role.ADMIN);
        browser.open("/admin/usuarios/?q=tania");
        browser.choose("rol", "mensajero");
        browser.submit("#usuario-" + worker + " form[action$='/rol/'] button");
        assertEquals("mensajero", given.text("SELECT rol FROM user_profiles WHERE user_id = ?", worker));
        browser.open("/admin/usuarios/?q=tania");
        browser.click("#usuario-" + worker + " form[action$='/activo/'] button");
        browser.driver.switchTo().alert().accept();
        browser.see("Guardado.");
        assertEquals(1, given.number("SELECT count(*) FROM auth_user WHERE id = ? AND NOT is_active", worker));
        browser.open("/admin/usuarios/?q=ana");
        assertFalse(browser.has("#usuario-" + admin + " form[action$='/rol/']"));
        String token = browser.find("[name=csrf_token]").getDomAttribute("value");
        String session =
                browser.driver.manage().getCookieNamed("electro_isla_sesion").getValue();
        RestAssured.given()
                .cookie("electro_isla_sesion", session)
                .formParam("csrf_token", token)
                .formParam("rol", "cliente")
                .post("/admin/usuarios/" + admin + "/rol/")
                .then()
                .statusCode(403);
        browser.open("/admin/auditoria/?modulo=usuario");
        browser.see("tania");
        browser.see("rol: mensajero");
        browser.assertAccessible();
        browser.assertFitsPhone();
    }

    @Test
    void carts_can_be_looked_at() {
        given.buyerWith(given.product("Plancha <i>", "9.50", 5), 2);
        enter("teo3", Role.TRABAJADOR);
        browser.open("/admin/carritos/");
        browser.see("Plancha <i> ×2");
        browser.see("$19,00");
        browser.open("/admin/carritos/?lang=en");
        browser.see("$19.00");
    }

    @Test
    void the_kardex_tells_every_movement_with_its_figures_and_how_it_stood_at_any_moment() {
        enter("teo4", Role.TRABAJADOR);
        long saw = given.product("Sierra", "30", 10);
        String start = clock.present().toString();
        clock.advance(Duration.ofMinutes(1));
        int keeps = given.buyerWith(saw, 2);
        fixture.checkout(keeps);
        clock.advance(Duration.ofMinutes(1));
        String held =
                LocalDateTime.ofInstant(clock.present(), shop.settings().zone()).toString();
        clock.advance(Duration.ofMinutes(1));
        fixture.pay(keeps);
        clock.advance(Duration.ofMinutes(1));
        int loses = given.buyerWith(saw, 3);
        fixture.checkout(loses);
        clock.advance(Duration.ofMinutes(20));
        shop.expireReservations().run(hold -> {});
        browser.open("/admin/productos/" + saw + "/");
        browser.choose("tipo", "entrada");
        browser.fill("cantidad", "5");
        browser.fill("motivo", "=Compra");
        browser.submit("#ajuste button");

        browser.open("/admin/productos/" + saw + "/kardex/?momento=" + held);
        assertEquals(
                List.of("Entrada", "Liberación", "Reserva", "Venta", "Reserva"),
                browser.texts("tbody td:nth-child(2)"));
        assertEquals(List.of("13", "8", "5", "8", "8"), browser.texts("tbody td:nth-child(7)"));
        assertEquals(List.of("10", "2", "0", "8"), browser.texts("#pasado dd"));
        assertTrue(browser.find("#pasado").getText().contains("×2"));
        browser.assertAccessible();
        browser.assertFitsPhone();

        String session =
                browser.driver.manage().getCookieNamed("electro_isla_sesion").getValue();
        String csv = RestAssured.given()
                .cookie("electro_isla_sesion", session)
                .get("/admin/productos/" + saw + "/kardex/kardex.csv")
                .asString();
        assertEquals(6, csv.lines().count(), csv);
        assertTrue(csv.contains(",entrada,5,0,0,15,0,2,13,teo4,'=Compra,,"), csv);
        byte[] xlsx = RestAssured.given()
                .cookie("electro_isla_sesion", session)
                .get("/admin/productos/" + saw + "/kardex/kardex.xlsx")
                .asByteArray();
        assertEquals("PK", new String(xlsx, 0, 2, java.nio.charset.StandardCharsets.US_ASCII));
        assertTrue(
                csv.contains("\n"
                        + OffsetDateTime.ofInstant(
                                        Instant.parse(start), shop.settings().zone())
                                .plusMinutes(1) + ",reserva,"),
                csv);
    }
}
