package com.electroisla.admin.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.electroisla.pages.http.PersonTest;
import io.quarkus.test.junit.QuarkusTest;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

@QuarkusTest
class FiltersIT extends PersonTest {
    private static final String TOLD = "No se entiende este filtro, y no se aplicó: ";

    @Test
    void a_filter_that_means_nothing_is_told_and_stays_as_it_was_typed() {
        Person admin = signedIn(given.person("admin"));
        String kardex = "/admin/productos/" + given.productWithStock(1) + "/kardex/";
        List<String> silent = new ArrayList<>();
        for (String bad : List.of(
                "/admin/productos/?activo=quizas",
                "/admin/productos/?stock=mucho",
                "/admin/productos/?orden=-color",
                "/admin/stock-reservations/?estado=rara",
                "/admin/stock-reservations/?producto=abc",
                "/admin/stock-reservations/?producto=99999999999999999999",
                "/admin/pedidos/?estado=perdido",
                "/admin/pedidos/?antes=ayer",
                "/admin/correos/?estado=perdido",
                "/admin/reembolsos/?estado=perdido",
                "/admin/reembolsos/?antes=x",
                "/admin/informe/?desde=ayer",
                "/admin/informe/?hasta=2026-02-30",
                "/admin/correos/?antes=x",
                "/admin/usuarios/?antes=x",
                "/admin/carritos/?antes=-1",
                "/admin/auditoria/?modulo=nada",
                "/admin/auditoria/?antes=1.5",
                kardex + "?desde=31/12/2026",
                kardex + "?hasta=2026-02-30",
                kardex + "?desde=0001-01-01",
                kardex + "?momento=2026-03-01",
                kardex + "?momento=2026-03-01T25:00")) {
            String name = bad.replaceAll(".*\\?(\\w+)=.*", "$1");
            String page = admin.asks().get(bad).asString();
            if (!page.contains(TOLD + name + " = «" + bad.replaceAll(".*=", "") + "»")) {
                silent.add(bad);
            }
        }
        assertEquals(List.of(), silent);
        assertTrue(admin.asks()
                .get("/admin/stock-reservations/?producto=abc")
                .asString()
                .contains("name=\"producto\" value=\"abc\""));
        assertTrue(admin.asks().get(kardex + "?desde=ayer").asString().contains("name=\"desde\" value=\"ayer\""));
        for (String list : List.of("/admin/stock-reservations/?producto=abc", "/admin/productos/?stock=mucho")) {
            assertTrue(
                    admin.asks()
                            .header("HX-Request", "true")
                            .header("HX-Target", "lista")
                            .get(list)
                            .asString()
                            .contains(TOLD),
                    list);
        }
        for (String good : List.of(
                "/admin/productos/?activo=si&stock=bajo&orden=-precio&q=x",
                "/admin/stock-reservations/?estado=por_expirar&producto=1",
                kardex + "?desde=2026-03-01&momento=2026-03-01T10:00")) {
            assertFalse(admin.asks().get(good).asString().contains(TOLD), good);
        }
    }

    @Test
    void a_file_of_the_kardex_with_a_day_that_is_none_leads_to_the_page_that_says_so() {
        Person admin = signedIn(given.person("admin"));
        String kardex = "/admin/productos/" + given.productWithStock(1) + "/kardex/";
        String location = admin.asks()
                .get(kardex + "kardex.csv?desde=ayer")
                .then()
                .statusCode(303)
                .extract()
                .header("Location");
        assertTrue(location.endsWith(kardex + "?desde=ayer"), location);
    }

    @Test
    void a_couriers_order_leads_to_no_page_that_couriers_may_not_see() {
        long oven = given.productWithStock(5);
        int buyer = given.buyerWith(oven, 1);
        fixture.checkout(buyer);
        fixture.pay(buyer);
        int courier = given.person("mensajero");
        given.sql("UPDATE pedidos SET mensajero_id = ? WHERE usuario_id = ?", courier, buyer);
        Person mensajero = signedIn(courier);
        String order = "/admin/pedidos/" + given.number("SELECT id FROM pedidos WHERE usuario_id = ?", buyer) + "/";
        for (String page : List.of("/admin/", "/admin/pedidos/", order)) {
            Pattern.compile("href=\"(/admin/[^\"]*)\"")
                    .matcher(mensajero.asks().get(page).asString())
                    .results()
                    .map(link -> link.group(1))
                    .distinct()
                    .forEach(link ->
                            assertEquals(200, mensajero.asks().get(link).statusCode(), page + " leads to " + link));
        }
    }
}
