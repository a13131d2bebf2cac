package com.electroisla.shopfront.http;

import static org.hamcrest.Matchers.endsWith;
import static org.junit.jupiter.api.Assertions.assertEquals;

import com.electroisla.accounts.Role;
import com.electroisla.http.Language;
import com.electroisla.pages.BrowserTest;
import com.electroisla.pages.PageWords;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import java.time.Duration;
import org.junit.jupiter.api.Test;

@QuarkusTest
class ShopPagesIT extends BrowserTest {
    private int buyer(String username) {
        int id = account(username, Role.CLIENTE);
        browser.signIn("/entrar/", username, PASSWORD);
        return id;
    }

    private void fillDelivery() {
        browser.fill("direccion_entrega", "Calle 23 nº 105, <b>Vedado</b>");
        browser.fill("telefono", "555-0100");
    }

    @Test
    void anybody_finds_a_product_and_a_buyer_pays_for_it_on_the_test_page() {
        long fan = given.product("Ventilador de <script>alert(1)</script> isla", "120.00", 25, 3);
        given.product("Nevera sin escarcha", "1249.00", 0);
        browser.open("/?search=ventilador+de");
        assertEquals(java.util.List.of("Ventilador de <script>alert(1)</script> isla"), browser.texts(".producto h2"));
        assertEquals(java.util.List.of("¡Últimas 3!"), browser.texts("[data-stock]"));
        browser.open("/?search=escarcha&lang=en");
        browser.see("Sold out");
        browser.open("/?lang=es");
        buyer("celia");
        browser.open("/productos/" + fan + "/");
        browser.fill("cantidad", "2");
        browser.submit(".comprar button");
        assertEquals("/carrito/", browser.at());
        browser.see("$180,00");
        browser.submit("#reservar");
        assertEquals("/reserva/", browser.at());
        browser.see("15:00");
        assertEquals("3/2/0", given.figures(fan));
        fillDelivery();
        browser.click("[value=tarjeta]");
        browser.see("Pasarela de prueba");
        browser.assertAccessible();
        browser.assertFitsPhone();
        browser.submit("#pagar-ahora");
        browser.see("Esto es una prueba: no se mueve dinero.");
        browser.submit("#prueba-pagar");
        browser.see("¡Gracias! Recibimos tu pago y tu pedido está hecho.");
        browser.submit("#ver-pedido");
        browser.see("Calle 23 nº 105, <b>Vedado</b>");
        assertEquals("3/0/2", given.figures(fan));

        browser.open("/pedidos/");
        browser.see("Confirmado");
        browser.submit("td.nombre a");
        browser.click("#cancelar");
        browser.driver.switchTo().alert().accept();
        browser.see("Pedido cancelado.");
        assertEquals("3/0/0", given.figures(fan));
    }

    @Test
    void an_old_page_does_not_charge_what_another_tab_reserved_and_shows_the_new_sum_to_pay() {
        int user = buyer("dora");
        long lamp = given.product("Lámpara de dos pestañas", "20.00", 30);
        given.inCart(user, lamp, 1);
        fixture.checkout(user);
        browser.open("/reserva/");
        browser.see("Pagar $20,00");
        fillDelivery();
        given.inCart(user, lamp, 16);
        fixture.checkout(user);
        browser.submit("#pagar-ahora");
        browser.see("ahora cuesta $320,00");
        assertEquals("30/16/0", given.figures(lamp));
        browser.see("Pagar $320,00");
        browser.submit("#pagar-ahora");
        browser.see("¡Gracias! Tu pedido está hecho.");
        assertEquals("30/0/16", given.figures(lamp));
        assertEquals("320.00", given.text("SELECT total::text FROM pedidos WHERE usuario_id = ?", user));
    }

    @Test
    void why_a_payment_failed_is_told_when_the_time_is_up_too() {
        int user = buyer("rosa");
        given.inCart(user, given.product("Lámpara soltada", "10.00", 3), 1);
        fixture.checkout(user);
        browser.open("/reserva/");
        browser.fill("direccion_entrega", "Calle 23");
        browser.fill("telefono", " ");
        clock.advance(Duration.ofMinutes(16));
        browser.submit("#pagar-ahora");
        browser.see("Faltan la dirección, el teléfono o la forma de pago");
    }

    @Test
    void a_new_buyer_finds_reserves_pays_and_gives_back_in_english() {
        long kettle = given.product("Hervidor de agua", "24.50", 9);
        given.sql("UPDATE productos SET descripcion = 'Litro y medio.' WHERE id = ?", kettle);
        read("/?lang=en");
        browser.fill("search", "hervidor");
        browser.submit(".filtros button");
        assertEquals(java.util.List.of("9 available"), browser.texts("[data-stock]"));
        browser.submit(".quien a[href^='/entrar/']");
        browser.see("Sign in");
        browser.submit("main a[href^='/registro/']");
        browser.fill("username", "grace");
        browser.fill("email", "grace@example.com");
        browser.fill("password", PASSWORD);
        browser.submit("main button[type=submit]");
        read("/productos/" + kettle + "/");
        browser.fill("cantidad", "2");
        browser.submit(".comprar button");
        sees("Added to your cart.", "Cart (2)", "$49.00");
        browser.submit("#reservar");
        sees("Everything is reserved. It is yours for 15 minutes.", "15:00", "Pay $49.00");
        fillDelivery();
        browser.click("[value=transferencia]");
        browser.submit("#pagar-ahora");
        sees("Thank you! Your order is placed.", "Bank transfer", "Pending");
        assertEquals("9/0/2", given.figures(kettle));
        browser.click("#cancelar");
        var question = browser.driver.switchTo().alert();
        assertEquals("Cancel this order?", question.getText());
        question.accept();
        sees("Order cancelled.", "Cancelled");
        assertEquals("9/0/0", given.figures(kettle));
    }

    private void read(String path) {
        browser.open(path);
        PageWords.assertSpeaks(browser, Language.ENGLISH);
    }

    private void sees(String... texts) {
        java.util.stream.Stream.of(texts).forEach(browser::see);
        PageWords.assertSpeaks(browser, Language.ENGLISH);
    }

    @Test
    void of_two_buyers_and_one_last_unit_the_loser_is_told_kindly() {
        long last = given.product("Plancha de viaje", "25.00", 1);
        long plenty = given.product("Cable de red", "3.00", 40);
        fixture.checkout(given.buyerWith(last, 1));
        int loser = account("lazaro", Role.CLIENTE);
        given.inCart(loser, last, 1);
        given.inCart(loser, plenty, 50);
        browser.signIn("/entrar/?next=/carrito/", "lazaro", PASSWORD);
        browser.submit("#reservar");
        browser.see("alguien fue más rápido");
        browser.see("Ya no queda: otra persona se llevó lo último");
        browser.see("Quedan 40; pediste 50");
        browser.assertAccessible();
        browser.assertFitsPhone();
        browser.screenshot("tienda-no-alcanza");
        browser.submit(".dejar");
        assertEquals("40", given.text("SELECT quantity::text FROM cart_items WHERE product_id = ?", plenty));
        assertEquals("40/0/0", given.figures(plenty));
    }

    @Test
    void what_was_held_ends_without_being_sold_and_can_be_held_again() {
        long lamp = given.product("Lámpara de pie", "40.00", 2);
        int buyer = account("elena", Role.CLIENTE);
        given.inCart(buyer, lamp, 2);
        browser.signIn("/entrar/?next=/carrito/", "elena", PASSWORD);
        browser.submit("#reservar");
        String session =
                browser.driver.manage().getCookieNamed("electro_isla_sesion").getValue();
        var payment = RestAssured.given()
                .cookie("electro_isla_sesion", session)
                .redirects()
                .follow(false)
                .formParam("csrf_token", hidden("csrf_token"))
                .formParam("clave", hidden("clave"))
                .formParam("importe", hidden("importe"))
                .formParam("reservas", hidden("reservas"))
                .formParam("metodo_pago", "tarjeta")
                .formParam("direccion_entrega", "Calle 23")
                .formParam("telefono", "555-0100");
        clock.advance(Duration.ofMinutes(15));
        payment.post("/reserva/pagar/")
                .then()
                .statusCode(303)
                .header("Location", org.hamcrest.Matchers.endsWith("/reserva/"));
        browser.open("/reserva/");
        browser.see("Tu reserva ha terminado");
        assertEquals(0, given.number("SELECT count(*) FROM pagos WHERE usuario_id = ?", buyer));
        assertEquals(0, given.number("SELECT count(*) FROM pedidos WHERE usuario_id = ?", buyer));
        browser.assertAccessible();
        browser.assertFitsPhone();
        browser.screenshot("tienda-reserva-terminada");
        browser.submit("#otra-vez");
        browser.see("15:00");
        browser.click("#soltar");
        browser.driver.switchTo().alert().accept();
        browser.see("las unidades vuelven a la venta");
        assertEquals("2/0/0", given.figures(lamp));
    }

    private String hidden(String name) {
        return browser.driver
                .findElement(org.openqa.selenium.By.cssSelector("main [name=" + name + "]"))
                .getDomAttribute("value");
    }

    @Test
    void a_buyer_sees_and_changes_only_what_is_the_buyers_own() {
        long kettle = given.productWithStock(5);
        int other = given.buyerWith(kettle, 1);
        fixture.checkout(other);
        fixture.pay(other);
        long order = given.number("SELECT id FROM pedidos WHERE usuario_id = ?", other);
        given.inCart(other, kettle, 2);
        long line = given.lineOf(other);
        buyer("curioso");
        for (String path : java.util.List.of("/pedidos/" + order + "/", "/productos/999999/", "/pedidos/x/")) {
            browser.open(path);
            browser.see("404");
        }
        browser.open("/pedidos/");
        browser.see("Todavía no has comprado nada.");
        String session =
                browser.driver.manage().getCookieNamed("electro_isla_sesion").getValue();
        browser.open("/carrito/");
        String token = browser.driver
                .findElement(org.openqa.selenium.By.cssSelector("[name=csrf_token]"))
                .getDomAttribute("value");
        var request = RestAssured.given()
                .cookie("electro_isla_sesion", session)
                .redirects()
                .follow(false);
        request.formParam("csrf_token", token)
                .formParam("una_vez", "x".repeat(20))
                .post("/carrito/lineas/" + line + "/quitar/")
                .then()
                .statusCode(303)
                .header("Location", endsWith("/carrito/"));
        RestAssured.given()
                .cookie("electro_isla_sesion", session)
                .redirects()
                .follow(false)
                .formParam("csrf_token", token)
                .post("/pedidos/" + order + "/cancelar/")
                .then()
                .statusCode(303)
                .header("Location", endsWith("/pedidos/"));
        RestAssured.given()
                .cookie("electro_isla_sesion", session)
                .post("/reserva/")
                .then()
                .statusCode(403);
        assertEquals("confirmado", given.text("SELECT estado FROM pedidos WHERE id = ?", order));
        assertEquals(1, given.number("SELECT count(*) FROM cart_items WHERE id = ?", line));
    }

    @Test
    void who_is_not_signed_in_may_look_and_is_asked_in_before_anything_that_is_somebodys() {
        long radio = given.product("Radio de isla", "15.00", 5);
        browser.open("/productos/" + radio + "/");
        account("nuevo", Role.CLIENTE);
        browser.submit(".quien a[href^='/entrar/']");
        browser.fill("username", "nuevo");
        browser.fill("password", PASSWORD);
        browser.submit("main button[type=submit]");
        assertEquals("/productos/" + radio + "/", browser.at());
        browser.forget();
        browser.open("/carrito/");
        browser.see("Tu carrito está vacío.");
        browser.open("/reserva/");
        assertEquals("/entrar/?next=%2Freserva%2F", browser.at());
    }
}
