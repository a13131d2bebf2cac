package com.electroisla.demo;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

final class DemoPageTest {
    private static final String ADDRESS = "http://localhost:8001";

    @Test
    void it_names_the_address_every_user_with_the_password_and_the_guides_three_lines() {
        String page = DemoPage.text(ADDRESS, new DemoShop.Buyer("comprador", true), "un.token.real", "./manage");

        for (DemoUser user : DemoUser.values()) {
            assertTrue(
                    Pattern.compile("(?m)^  " + user.username() + " +" + user.role() + " +" + DemoUser.PASSWORD + "$")
                            .matcher(page)
                            .find(),
                    page);
        }
        assertTrue(page.contains("TOKEN=\"un.token.real\""), page);
        assertEquals(
                1,
                lines(
                        page,
                        "^curl -X POST http://localhost:8001/api/carrito/agregar/ "
                                + ".*\"product_id\": 1, \"quantity\": 2"),
                page);
        assertEquals(1, lines(page, "^curl -X POST http://localhost:8001/api/carrito/checkout/ "), page);
        assertEquals(1, lines(page, "^\\./manage liberar_reservas_expiradas --verbose$"), page);
        assertFalse(page.contains("vaciar"), page);
    }

    @Test
    void a_cart_with_something_in_it_is_mentioned() {
        String page = DemoPage.text(ADDRESS, new DemoShop.Buyer("comprador", false), "t", "./manage");

        assertTrue(page.contains("/api/carrito/vaciar/"), page);
    }

    @Test
    void no_placeholder_is_left() {
        String page = DemoPage.text(ADDRESS, new DemoShop.Buyer("comprador", false), "t", "./manage");

        assertFalse(Pattern.compile("\\{[a-z]+}").matcher(page).find(), page);
    }

    private static long lines(String page, String pattern) {
        return page.lines()
                .filter(line -> Pattern.compile(pattern).matcher(line).find())
                .count();
    }
}
