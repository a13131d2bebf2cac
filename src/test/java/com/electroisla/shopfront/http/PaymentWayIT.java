package com.electroisla.shopfront.http;

import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.nullValue;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.electroisla.accounts.Role;
import com.electroisla.http.Language;
import com.electroisla.pages.BrowserTest;
import com.electroisla.pages.PageWords;
import com.electroisla.purchase.http.TestEvents;
import com.electroisla.settings.Setting;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import io.restassured.response.ValidatableResponse;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.openqa.selenium.Cookie;

/** A card from the reservation to the bank's page and back, in a browser. */
@QuarkusTest
class PaymentWayIT extends BrowserTest {
    private static final Duration WINDOW = Duration.ofMinutes(35);

    @Override
    protected Map<Setting, String> flags() {
        return Map.of(Setting.PAYMENTS, "prueba", Setting.TEST_EVENT_SECRET, TestEvents.SECRET);
    }

    @AfterEach
    void figures_and_rows_agree() {
        assertEquals(List.of(), given.differences());
    }

    /** Holds a unit for a buyer who is signed in, and begins to pay by card; returns the buyer. */
    private int begin(String username, long product) {
        int buyer = enter(username, Role.CLIENTE);
        given.inCart(buyer, product, 1);
        fixture.checkout(buyer);
        payByCard();
        return buyer;
    }

    private void payByCard() {
        browser.open("/reserva/");
        browser.fill("direccion_entrega", "Calle 23");
        browser.fill("telefono", "555-0100");
        browser.click("[value=tarjeta]");
        browser.submit("#pagar-ahora");
        browser.find("#prueba-pagar");
    }

    private long payment(int buyer) {
        return given.number("SELECT max(id) FROM pagos WHERE usuario_id = ?", buyer);
    }

    private String pageOf(int buyer) {
        return "/pagos/" + payment(buyer) + "/";
    }

    @Test
    void a_buyer_pays_on_the_banks_page_and_comes_back_to_an_order() {
        long fan = given.product("Ventilador con tarjeta", "120.00", 9);
        int buyer = begin("celia", fan);
        browser.see("Esto es una prueba: no se mueve dinero.");
        browser.see("Ventilador con tarjeta");
        browser.see("$120,00");
        browser.assertUsableByAll();

        browser.open("/reserva/");
        browser.see("Pago de $120,00 en curso");
        browser.see("35:00");
        assertFalse(browser.has("#pagar-ahora"));
        assertFalse(browser.has("#soltar"));
        browser.assertUsableByAll();
        browser.open("/carrito/");
        browser.see("Tienes un pago en curso.");
        browser.submit("main a[href='" + pageOf(buyer) + "']");
        browser.see("Esperando tu pago");
        browser.assertUsableByAll();

        // The page hears of it without being touched.
        new TestEvents(TestEvents.SECRET).paid(payment(buyer), "120.00").then().statusCode(200);
        browser.see("¡Gracias! Recibimos tu pago y tu pedido está hecho.");
        browser.assertAccessible();
        browser.submit("#ver-pedido");
        browser.see("Confirmado");
        assertEquals("9/0/1", given.figures(fan));
        browser.submit("main a[href='" + pageOf(buyer) + "']");
        browser.see("Pagado");
    }

    @Test
    void a_buyer_whose_card_is_declined_pays_again_in_another_way_and_in_english() {
        long fan = given.product("Ventilador rechazado", "20.00", 9);
        int buyer = enter("grace", Role.CLIENTE);
        given.inCart(buyer, fan, 1);
        fixture.checkout(buyer);
        browser.open("/?lang=en");
        payByCard();
        sees("This is a test: no money moves.", "Pay $20.00");
        browser.submit("#prueba-rechazar");
        sees("The payment was not accepted. You have not been charged, and what you reserved is still yours");
        browser.submit("#pagar-otra-vez");
        payByCard();
        browser.submit("#prueba-rechazar");
        browser.submit("#pagar-otra-vez");
        browser.fill("direccion_entrega", "Calle 23");
        browser.click("[value=transferencia]");
        browser.submit("#pagar-ahora");
        sees("Thank you! Your order is placed.", "Bank transfer");
        assertEquals("9/0/1", given.figures(fan));
        assertEquals(
                2, given.number("SELECT count(*) FROM pagos WHERE usuario_id = ? AND estado = 'rechazado'", buyer));
    }

    private void sees(String... texts) {
        List.of(texts).forEach(browser::see);
        PageWords.assertSpeaks(browser, Language.ENGLISH);
    }

    @Test
    void a_payment_that_its_buyer_gave_up_and_that_comes_all_the_same_is_owed_back_in_plain_words() {
        long fan = given.product("Ventilador cancelado", "20.00", 9);
        int buyer = begin("dora", fan);
        browser.open(pageOf(buyer));
        browser.click("#cancelar");
        browser.driver.switchTo().alert().accept();
        browser.see("Cancelaste este pago y las unidades volvieron a la venta.");
        assertEquals("9/0/0", given.figures(fan));
        browser.open("/pagos/prueba/" + payment(buyer) + "/");
        browser.submit("#prueba-pagar");
        browser.see("Tu pago llegó después de cancelarlo. No se ha vendido nada: te devolvemos $20,00.");
        browser.assertUsableByAll();
        browser.open("/pedidos/");
        browser.see("Pagos sin pedido");
        browser.see("Por devolver");
        browser.assertUsableByAll();
    }

    @Test
    void a_buyer_who_wants_to_pay_otherwise_gets_the_form_back_with_the_same_units() {
        long fan = given.product("Ventilador de otra forma", "20.00", 1);
        int buyer = begin("elsa", fan);
        browser.open(pageOf(buyer));
        browser.submit("#de-otra-forma");
        assertEquals("/reserva/", browser.at());
        browser.see("15:00");
        assertTrue(browser.has("#pagar-ahora"));
        assertEquals("1/1/0", given.figures(fan));
    }

    @Test
    void money_that_comes_late_is_explained_whether_it_bought_or_not() {
        long last = given.product("Último ventilador", "20.00", 1);
        int buyer = begin("flora", last);
        clock.advance(WINDOW);
        browser.open(pageOf(buyer));
        browser.see("Se acabó el tiempo para pagar");
        browser.open("/pagos/prueba/" + payment(buyer) + "/");
        browser.submit("#prueba-pagar");
        browser.see("Tu pago llegó cuando el tiempo se había acabado, pero las unidades seguían ahí");
        browser.submit("#ver-pedido");
        browser.see("pero las unidades seguían ahí");
        assertEquals("1/0/1", given.figures(last));

        long gone = given.product("Ventilador que se fue", "20.00", 1);
        int slow = begin("gala", gone);
        clock.advance(WINDOW);
        fixture.checkout(given.buyerWith(gone, 1));
        browser.open("/pagos/prueba/" + payment(slow) + "/");
        browser.submit("#prueba-pagar");
        browser.see("ya no quedaban unidades. No se ha vendido nada: te devolvemos $20,00.");
        assertEquals("1/1/0", given.figures(gone));
    }

    @Test
    void a_guest_pays_by_card_with_the_cookie_of_the_cart() {
        long fan = given.product("Ventilador de invitada", "20.00", 9);
        browser.open("/productos/" + fan + "/");
        browser.submit(".comprar button");
        browser.fill("nombre", "Inés");
        browser.fill("correo", "ines@example.com");
        browser.submit("#reservar");
        payByCard();
        browser.submit("#prueba-pagar");
        browser.see("¡Gracias! Recibimos tu pago y tu pedido está hecho.");
        browser.submit("#ver-pedido");
        browser.see("Mandamos el recibo a ines@example.com");
        assertEquals("9/0/1", given.figures(fan));
    }

    @Test
    void the_banks_page_opens_by_its_signed_address_and_by_no_other() {
        int buyer = begin("hilda", given.product("Ventilador ajeno", "20.00", 9));
        String url = given.text("SELECT url FROM pagos WHERE id = ?", payment(buyer));
        browser.forget();
        browser.open(url.replaceFirst("https?://[^/]+", ""));
        browser.see("Ventilador ajeno");
        browser.submit("#prueba-pagar");
        browser.see("La tienda ya lo sabe.");
        assertEquals("pagado", given.text("SELECT estado FROM pagos WHERE id = ?", payment(buyer)));
        enter("intrusa", Role.CLIENTE);
        for (String path : List.of(
                "/pagos/prueba/" + payment(buyer) + "/",
                "/pagos/prueba/" + payment(buyer) + "/?firma=" + "0".repeat(64),
                pageOf(buyer))) {
            browser.open(path);
            browser.see("404");
            browser.complaints();
        }
    }

    @Test
    void a_page_of_another_site_is_reached_without_a_script_and_only_while_the_payment_waits() {
        int buyer = begin("julia", given.product("Ventilador de lejos", "20.00", 9));
        given.sql("UPDATE pagos SET url = 'https://banco.example/pagar/1' WHERE id = ?", payment(buyer));
        Cookie session = browser.driver.manage().getCookieNamed("electro_isla_sesion");
        ask(session, pageOf(buyer) + "?ir=si")
                .header("Refresh", equalTo("0; url=https://banco.example/pagar/1"))
                .body(containsString("href=\"https://banco.example/pagar/1\""));
        ask(session, pageOf(buyer)).header("Refresh", nullValue());
        clock.advance(WINDOW);
        ask(session, pageOf(buyer) + "?ir=si").header("Refresh", nullValue());
    }

    private static ValidatableResponse ask(Cookie session, String path) {
        return RestAssured.given()
                .cookie(session.getName(), session.getValue())
                .redirects()
                .follow(false)
                .get(path)
                .then()
                .statusCode(200);
    }
}
