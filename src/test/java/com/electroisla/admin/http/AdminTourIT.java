package com.electroisla.admin.http;

import static org.junit.jupiter.api.Assertions.assertTrue;

import com.electroisla.accounts.Role;
import com.electroisla.demo.DemoShop;
import com.electroisla.pages.BrowserTest;
import io.quarkus.test.junit.QuarkusTest;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** Walks through the admin of the demo shop, which is what a person sees first; its pictures are those of the README. */
@QuarkusTest
class AdminTourIT extends BrowserTest {

    @Test
    void every_page_of_the_demos_admin_is_accessible_fits_a_phone_and_costs_few_statements() {
        new DemoShop(database, clock, Duration.ofMinutes(15)).openOrFill(() -> "!");
        enter("ana-visita", Role.ADMIN);
        long product = given.number("SELECT producto_id FROM stock_reservations WHERE status = 'confirmed' ORDER BY id LIMIT 1");
        long order = given.number("SELECT max(id) FROM pedidos");
        visit("/admin/", "panel-inicio");
        visit("/admin/productos/", "panel-productos");
        visit("/admin/productos/" + product + "/", "panel-producto");
        visit("/admin/productos/" + product + "/kardex/", "panel-kardex");
        visit("/admin/stock-reservations/", "panel-reservas");
        visit("/admin/pedidos/", "panel-pedidos");
        visit("/admin/pedidos/" + order + "/", "panel-pedido");
        visit("/admin/usuarios/", "panel-usuarios");
        visit("/admin/carritos/", "panel-carritos");
        visit("/admin/auditoria/", "panel-auditoria");
        browser.open("/admin/productos/?tema=oscuro&lang=en");
        browser.see("Products");
        browser.screenshot("panel-oscuro");
    }

    private void visit(String path, String picture) {
        long before = database.statementsBegun();
        browser.open(path);
        long statements = database.statementsBegun() - before;
        assertTrue(statements <= 9, () -> path + " cost " + statements + " statements");
        browser.screenshot(picture);
        browser.assertAccessible();
        browser.assertFitsPhone();
    }
}
