package com.electroisla.shopfront.http;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.electroisla.accounts.Role;
import com.electroisla.pages.BrowserTest;
import com.electroisla.wiring.Shop;
import io.quarkus.test.junit.QuarkusTest;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.openqa.selenium.By;

@QuarkusTest
class LivePagesIT extends BrowserTest {
    private void untilConnected(int pages) {
        browser.until(_ -> shop.liveShelf().watching() >= pages ? Boolean.TRUE : null, "the page never connected");
    }

    private boolean saysThatItIsLost() {
        return browser.driver.findElement(By.cssSelector(".sin-directo")).isDisplayed();
    }

    @Test
    void a_badge_follows_what_another_instance_sells_and_catches_up_after_a_loss() {
        Shop other = fixture.openInstance();
        long fan = given.productWithStock(2);
        browser.open("/");
        untilConnected(1);
        assertEquals(java.util.List.of("¡Últimas 2!"), browser.texts("[data-stock='" + fan + "']"));
        fixture.checkout(other, given.buyerWith(fan, 1));
        browser.see("¡Última unidad!");
        shop.liveShelf().disconnect();
        browser.until(_ -> saysThatItIsLost() ? Boolean.TRUE : null, "it never said that the stream was lost");
        fixture.checkout(other, given.buyerWith(fan, 1));
        browser.see("Agotado");
        browser.until(_ -> saysThatItIsLost() ? null : Boolean.TRUE, "it never recovered");
    }

    @Test
    void a_hold_runs_out_before_the_buyers_eyes() {
        long lamp = given.product("Lámpara de mesa", "30.00", 1);
        int buyer = account("marta", Role.CLIENTE);
        given.inCart(buyer, lamp, 1);
        browser.signIn("/entrar/?next=/carrito/", "marta", PASSWORD);
        browser.submit("#reservar");
        browser.see("Reservado para ti hasta");
        untilConnected(1);
        clock.advance(Duration.ofMinutes(15));
        shop.expireReservations().run(_ -> {});
        browser.see("Tu reserva ha terminado");
        assertEquals("1/0/0", given.figures(lamp));
    }
}
