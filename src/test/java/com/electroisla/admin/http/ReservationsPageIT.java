package com.electroisla.admin.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.electroisla.accounts.Role;
import com.electroisla.pages.BrowserTest;
import com.electroisla.reservation.ReservationOutcome;
import io.quarkus.test.junit.QuarkusTest;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
class ReservationsPageIT extends BrowserTest {
    private static int people;

    @BeforeEach
    void sign_in() {
        enter("rosa" + ++people, Role.TRABAJADOR);
    }

    @Test
    void step_8_of_the_guide_shows_the_reservations_that_were_made_and_how_long_they_last() {
        long fan = given.product("Ventilador", "20", 10);
        int buyer = given.buyerWith(fan, 4);
        fixture.checkout(buyer);
        long id = given.number("SELECT id FROM stock_reservations WHERE usuario_id = ?", buyer);
        browser.open("/admin/stock-reservations/?producto=" + fan);
        assertTrue(browser.text().contains("Ventilador"));
        assertEquals(List.of("pending"), browser.texts("tbody .sello"));
        assertTrue(browser.find("tbody [data-segundos]").getText().matches("1[45]:\\d\\d"), browser.text());
        browser.submit("tbody th a");
        assertEquals("/admin/stock-reservations/" + id + "/", browser.at());
        browser.see("Creada");
        fixture.cancel(shop, buyer);
        browser.open("/admin/stock-reservations/" + id + "/");
        browser.see("Cancelada");
        browser.open("/admin/stock-reservations/999999999/");
        browser.see("No encontrado.");
        browser.complaints();
    }

    @Test
    void holds_about_to_end_are_listed_soonest_first_and_shown_on_the_first_page() {
        long fan = given.product("Ventilador veloz", "20", 10);
        int first = given.buyerWith(fan, 1);
        fixture.checkout(first);
        clock.advance(Duration.ofMinutes(12));
        int second = given.buyerWith(fan, 1);
        fixture.checkout(second);
        browser.open("/admin/stock-reservations/?estado=por_expirar&producto=" + fan);
        assertEquals(1, browser.texts("tbody tr").size());
        String soonest = given.text("SELECT username FROM auth_user WHERE id = ?", first);
        assertEquals(List.of(soonest), browser.texts("tbody td:nth-child(3)"));
        browser.open("/admin/");
        browser.see("Ventilador veloz ×1");
        assertTrue(given.differences().isEmpty());
        clock.advance(Duration.ofMinutes(4));
        browser.open("/admin/stock-reservations/?estado=pending&producto=" + fan);
        browser.see("vencida");
    }

    @Test
    void many_are_released_at_once_their_units_are_free_and_their_buyers_cannot_pay_them() {
        long fan = given.product("Ventilador de techo", "20", 10);
        long lamp = given.product("Lámpara", "5", 10);
        int buyer = given.buyerWith(fan, 4);
        given.inCart(buyer, lamp, 2);
        fixture.checkout(buyer);
        int other = given.buyerWith(fan, 3);
        fixture.checkout(other);
        browser.open("/admin/stock-reservations/?producto=" + fan);
        browser.click("[data-marca-todo]");
        browser.click("button[form=acciones]");
        browser.driver.switchTo().alert().accept();
        browser.see("2 reservas liberadas.");
        assertEquals("10/0/0", given.figures(fan));
        assertEquals("10/2/0", given.figures(lamp));
        assertEquals(List.of(), given.differences());
        assertEquals(
                2,
                given.number("SELECT count(*) FROM audit_logs WHERE accion = 'liberar' AND objeto_repr "
                        + "LIKE '%Ventilador de techo%'"));

        var refused = assertInstanceOf(ReservationOutcome.HoldsExpired.class, fixture.pay(buyer));
        assertEquals(
                List.of("Ventilador de techo"),
                refused.lost().stream().map(lost -> lost.product()).toList());
        assertEquals("10/2/0", given.figures(lamp));
        assertInstanceOf(ReservationOutcome.HoldsExpired.class, fixture.pay(other));
        browser.open("/admin/stock-reservations/"
                + given.number("SELECT id FROM stock_reservations WHERE usuario_id = ?", other) + "/");
        browser.see("Liberada por el personal");
    }
}
