package com.electroisla.admin.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.electroisla.accounts.Role;
import com.electroisla.pages.BrowserTest;
import io.quarkus.test.junit.QuarkusTest;
import java.util.List;
import org.junit.jupiter.api.Test;

@QuarkusTest
class DifferencesPageIT extends BrowserTest {
    private static int people;

    /** A product whose figure has lost its hold, as the reconciliation leaves it. */
    private long closed(String name) {
        long product = given.product(name, "20", 10);
        fixture.checkout(given.buyerWith(product, 4));
        given.sql("UPDATE productos SET stock_reservado = 1, cerrado_desde = now() WHERE id = ?", product);
        given.sql("""
                INSERT INTO diferencias (aspecto, sujeto, producto_id, cifra, esperado, mal_desde, encontrada_at)
                VALUES ('reservado', 'producto/' || ?, ?, 1, 4, now(), now())""", product, product);
        return product;
    }

    private String row(long product) {
        return "#diferencia-" + given.number("SELECT max(id) FROM diferencias WHERE producto_id = ?", product);
    }

    private String state(long product) {
        return given.text(
                "SELECT situacion || ' ' || (cerrado_desde IS NOT NULL) || ' ' || stock_reservado FROM diferencias d "
                        + "JOIN productos p ON p.id = d.producto_id WHERE p.id = ?",
                product);
    }

    @Test
    void a_worker_repairs_from_the_first_page_on_and_may_accept_nothing() {
        long product = closed("Radio de onda corta");
        enter("perito" + ++people, Role.TRABAJADOR);
        browser.open("/admin/productos/" + product + "/");
        browser.see("sus cifras no cuadran");
        browser.open("/admin/");
        browser.submit("#diferencias a");
        assertEquals("/admin/diferencias/", browser.at());
        assertEquals(List.of(), browser.texts(row(product) + " details"));
        browser.submit(row(product) + " form button");
        browser.see("La diferencia está reparada. El producto vuelve a la venta.");
        assertEquals("reparada false 4", state(product));
        browser.open("/admin/diferencias/?estado=terminadas");
        browser.see("Radio de onda corta");
        browser.complaints();
    }

    @Test
    void an_admin_accepts_with_a_reason_and_never_without() {
        long product = closed("Radio de onda larga");
        enter("jefa" + ++people, Role.ADMIN);
        browser.open("/admin/diferencias/");
        browser.find(row(product) + " summary").click();
        browser.find(row(product) + " input[name=motivo]").sendKeys("   ");
        browser.submit(row(product) + " details button");
        browser.see("Escribe el motivo");
        assertEquals("abierta true 1", state(product));
        browser.find(row(product) + " summary").click();
        browser.find(row(product) + " input[name=motivo]").sendKeys("Contado a mano");
        browser.submit(row(product) + " details button");
        browser.see("La diferencia queda aceptada. El producto vuelve a la venta.");
        assertEquals("aceptada false 1", state(product));
        assertTrue(given.text("SELECT motivo FROM diferencias WHERE producto_id = ?", product)
                .equals("Contado a mano"));
        given.sql("UPDATE productos SET stock_reservado = 4 WHERE id = ?", product);
    }
}
