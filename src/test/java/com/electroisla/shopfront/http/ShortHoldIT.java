package com.electroisla.shopfront.http;

import static org.hamcrest.Matchers.equalTo;
import static org.junit.jupiter.api.Assertions.assertFalse;

import com.electroisla.accounts.Role;
import com.electroisla.pages.BrowserTest;
import com.electroisla.settings.Setting;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** A shop whose reservations last forty seconds tells so everywhere. */
@QuarkusTest
class ShortHoldIT extends BrowserTest {
    @Override
    protected Map<Setting, String> flags() {
        return Map.of(Setting.TIME_TO_LIVE, "PT40S");
    }

    @Test
    void every_page_of_a_purchase_names_the_time_that_is_set() {
        int buyer = enter("breve", Role.CLIENTE);
        long lamp = given.product("Lámpara breve", "10.00", 5);
        reads("/productos/" + lamp + "/", "durante 40 segundos");
        given.inCart(buyer, lamp, 2);
        reads("/carrito/", "durante 40 segundos");
        browser.submit("#reservar");
        says("Es tuyo durante 40 segundos.");
        clock.advance(Duration.ofSeconds(41));
        reads("/reserva/", "40 segundos");
        reads("/carrito/?lang=en", "for 40 seconds");
        clock.advance(Duration.ofSeconds(-41));
    }

    @Test
    void the_api_says_a_whole_minute_at_least() {
        int buyer = account("breve2", Role.CLIENTE);
        given.inCart(buyer, given.productWithStock(3), 1);
        String token = RestAssured.given()
                .contentType("application/json")
                .body("{\"username\":\"breve2\",\"password\":\"" + PASSWORD + "\"}")
                .post("/api/login/")
                .then()
                .statusCode(200)
                .extract()
                .path("access_token");
        RestAssured.given()
                .header("Authorization", "Bearer " + token)
                .post("/api/carrito/checkout/")
                .then()
                .statusCode(200)
                .body("ttl_minutos", equalTo(1));
    }

    private void reads(String path, String text) {
        browser.open(path);
        says(text);
    }

    private void says(String text) {
        browser.see(text);
        assertFalse(browser.text().contains("15 min"), browser::text);
    }
}
