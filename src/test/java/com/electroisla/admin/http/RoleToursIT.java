package com.electroisla.admin.http;

import static org.hamcrest.Matchers.equalTo;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.electroisla.accounts.Role;
import com.electroisla.admin.Section;
import com.electroisla.pages.BrowserTest;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The shop and the admin as each role sees them. */
@QuarkusTest
class RoleToursIT extends BrowserTest {
    private static final Map<Role, String> NAMES = Map.of(
            Role.CLIENTE,
            "Cliente",
            Role.MENSAJERO,
            "Mensajero",
            Role.TRABAJADOR,
            "Trabajador",
            Role.ADMIN,
            "Administrador");

    /** A product with the guide's own figures: 10 in all, 3 held, 2 sold, 5 left. */
    private long ovenOfTheGuide() {
        long oven = given.product("Horno de la guía", "99.99", 10);
        int paid = given.buyerWith(oven, 2);
        fixture.checkout(paid);
        fixture.pay(paid);
        fixture.checkout(given.buyerWith(oven, 3));
        return oven;
    }

    @Test
    void each_role_walks_through_what_is_its_own_and_may_nothing_else() {
        long oven = ovenOfTheGuide();
        for (Role role : Role.values()) {
            String name = "ronda-" + role.text();
            enter(name, role);
            List<Section> own = Section.openTo(role);
            if (!own.isEmpty()) {
                browser.open("/admin/");
                browser.see("Hola, " + name);
                assertEquals(
                        name + " " + NAMES.get(role),
                        browser.find(".quien > span").getText().replaceAll("\\s+", " "));
            }
            own.forEach(this::walkTo);
            Arrays.stream(Section.values())
                    .filter(section -> !own.contains(section))
                    .findFirst()
                    .ifPresent(this::mayNot);
            if (own.contains(Section.PRODUCTS)) {
                step8(oven);
            }
        }
    }

    private void walkTo(Section section) {
        browser.submit(".fija a[href='" + section.href() + "']");
        assertEquals(section.href(), browser.at());
        assertEquals("200 text/html", browser.answer());
        assertEquals(section.href(), browser.find(".fija [aria-current=page]").getDomAttribute("href"));
        assertEquals(1, browser.texts("h1").size());
    }

    private void mayNot(Section section) {
        browser.open(section.href());
        browser.see("No tienes permiso para hacer esto.");
        assertEquals("403 text/html", browser.answer());
    }

    /**
     * API › Productos shows the three fields of the guide and the free units; API › Stock Reservations shows the new
     * reservation.
     */
    private void step8(long oven) {
        browser.open("/admin/productos/?q=" + oven);
        assertEquals(
                List.of("10", "3", "2", "5"),
                browser.texts("#producto-" + oven + " td.numero").subList(1, 5));
        browser.open("/admin/stock-reservations/?producto=" + oven);
        assertEquals(List.of("pending", "confirmed"), browser.texts("tbody .sello"));
    }

    @Test
    void step_10_of_the_guide_in_one_walk_the_shop_the_api_and_the_panel_have_the_same_figures() {
        long oven = ovenOfTheGuide();
        enter("guia", Role.CLIENTE);
        browser.open("/?search=de+la+gu%C3%ADa&ordering=-created_at");
        shows(oven, "¡Últimas 5!");
        browser.submit(".producto h2 a[href='/productos/" + oven + "/']");
        shows(oven, "¡Últimas 5!");
        expect(oven, 10, 3, 2, 5);
        browser.fill("cantidad", "2");
        browser.submit(".comprar button");
        // A cart line holds no units.
        expect(oven, 10, 3, 2, 5);
        browser.submit("#reservar");
        browser.see("15:00");
        expect(oven, 10, 5, 2, 3);
        browser.open("/productos/" + oven + "/");
        shows(oven, "¡Últimas 3!");
        browser.open("/reserva/");
        browser.fill("direccion_entrega", "Calle 10 # 5-21");
        browser.fill("telefono", "3005550104");
        browser.click("[value=efectivo]");
        browser.submit("#pagar-ahora");
        browser.see("¡Gracias! Tu pedido está hecho.");
        expect(oven, 10, 3, 4, 3);
        assertTrue(canBeBought(oven));
        fixture.checkout(given.buyerWith(oven, 3));
        assertFalse(canBeBought(oven));
        shows(oven, "Agotado");
        expect(oven, 10, 6, 4, 0);
        enter("guia-personal", Role.TRABAJADOR);
        browser.open("/admin/productos/" + oven + "/");
        assertEquals(List.of("10", "6", "4", "0"), browser.texts(".cifra dd"));
        assertEquals(List.of(), given.differences());
    }

    private boolean canBeBought(long product) {
        browser.open("/productos/" + product + "/");
        return browser.find("[data-comprar]").isEnabled();
    }

    private void shows(long product, String badge) {
        assertEquals(List.of(badge), browser.texts("[data-stock='" + product + "']"));
    }

    private static void expect(long product, int total, int reserved, int sold, int available) {
        RestAssured.get("/api/productos/" + product + "/")
                .then()
                .statusCode(200)
                .body(
                        "stock",
                        equalTo(available),
                        "stock_total",
                        equalTo(total),
                        "stock_reservado",
                        equalTo(reserved),
                        "stock_vendido",
                        equalTo(sold),
                        "stock_disponible",
                        equalTo(available));
    }
}
