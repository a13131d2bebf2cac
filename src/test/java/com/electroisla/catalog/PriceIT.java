package com.electroisla.catalog;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.electroisla.ShopFixture;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** {@code precio_final}, the one place where a price is computed. */
class PriceIT {
    private final ShopFixture fixture = new ShopFixture();

    @AfterEach
    void close() {
        fixture.close();
    }

    @ParameterizedTest
    @CsvSource({
        "199.99, 10, 179.99",
        "0.01, 50, 0.01",
        "0.01, 51, 0.00",
        "99.99, 0, 99.99",
        "99.99, 100, 0.00",
        "100, 150, 0.00",
        "100, -10, 100.00",
        "0.05, 50, 0.03",
        "99999999.99, 0, 99999999.99",
        "0, 30, 0.00",
        "100, 9000000000, 0.00",
        "100, -9000000000, 100.00",
        "-5, 10, not for sale",
        "-0.01, 150, not for sale",
        "NaN, 0, not for sale",
        "NaN, 150, not for sale",
        "Infinity, 0, not for sale",
        "-Infinity, 0, not for sale",
        "100000000, 0, not for sale"
    })
    void the_price_is_less_the_discount_within_0_and_100_half_up_and_none_below_0_or_beyond_any_order(
            String price, long discount, String asked) {
        assertEquals(
                asked,
                fixture.text(
                        "SELECT COALESCE(precio_final(CAST(? AS numeric), ?)::text, 'not for sale')", price, discount));
    }

    @Test
    void every_price_with_every_discount_is_exact_to_half_a_cent() {
        for (String price : List.of("0.01", "0.99", "19.99", "33.33", "12490.05", "99999999.99")) {
            List<String> asked = fixture.texts(
                    "SELECT precio_final(CAST(? AS numeric), d)::text FROM generate_series(0, 100) d ORDER BY d",
                    price);
            for (int percent = 0; percent <= 100; percent++) {
                BigDecimal exact = new BigDecimal(price)
                        .multiply(BigDecimal.valueOf(100 - percent))
                        .movePointLeft(2);
                assertEquals(
                        exact.setScale(2, RoundingMode.HALF_UP).toPlainString(),
                        asked.get(percent),
                        price + " less " + percent);
            }
        }
    }

    @Test
    void the_function_is_put_into_the_statement_that_calls_it() {
        List<String> plan = fixture.texts("EXPLAIN (VERBOSE, COSTS OFF) SELECT precio_final(precio, descuento) "
                + "FROM productos WHERE es_precio(precio)");
        assertFalse(String.join("\n", plan).contains("precio_final"), plan::toString);
        assertTrue(String.join("\n", plan).contains("CASE WHEN"), plan::toString);
        assertFalse(String.join("\n", plan).contains("es_precio"), plan::toString);
    }

    @ParameterizedTest
    @CsvSource({
        "12.50, 99.99, 10, 12.50, 12.50", "0, 99.99, 10, 0.00, 0.00", "-1, 99.99, 10, none, 89.99",
        "NaN, 99.99, 10, none, 89.99", "100000000, 99.99, 0, none, 99.99", "-1, -5, 10, none, 0.00",
        ", 99.99, 10, none, 89.99", ", NaN, 10, none, 0.00"
    })
    void a_kept_price_is_none_where_nothing_is_sold_at_it_and_shown_is_then_todays_or_0(
            String kept, String price, long discount, String used, String shown) {
        assertEquals(
                used,
                fixture.text("SELECT COALESCE(round(precio_guardado(CAST(? AS numeric)), 2)::text, 'none')", kept));
        assertEquals(
                shown,
                fixture.text(
                        "SELECT precio_mostrado(CAST(? AS numeric), CAST(? AS numeric), ?)::text",
                        kept,
                        price,
                        discount));
    }

    @Test
    void the_functions_of_a_kept_price_are_put_into_the_statement_that_calls_them() {
        String plan = String.join("\n", fixture.texts("""
                EXPLAIN (VERBOSE, COSTS OFF)
                SELECT precio_guardado(i.price_at_addition), precio_mostrado(i.price_at_addition, p.precio, p.descuento)
                  FROM cart_items i JOIN productos p ON p.id = i.product_id"""));
        assertFalse(plan.contains("precio_guardado"), plan);
        assertFalse(plan.contains("precio_mostrado"), plan);
        assertFalse(plan.contains("precio_final"), plan);
        assertTrue(plan.contains("CASE WHEN"), plan);
    }

    @Test
    void no_other_place_computes_a_price_from_a_discount() throws IOException {
        Pattern computed =
                Pattern.compile("100L?\\s*-\\s*[\\w.]*(descuento|discount|percent)", Pattern.CASE_INSENSITIVE);
        try (Stream<Path> files = Files.walk(Path.of("src/main"))) {
            assertEquals(
                    List.of("0031_precio_final.sql"),
                    files.filter(file -> file.toString().matches(".*\\.(java|sql|html|js)"))
                            .filter(file -> contains(file, computed))
                            .map(file -> file.getFileName().toString())
                            .toList());
        }
    }

    private static boolean contains(Path file, Pattern pattern) {
        try {
            return pattern.matcher(Files.readString(file)).find();
        } catch (IOException unreadable) {
            throw new java.io.UncheckedIOException(unreadable);
        }
    }
}
