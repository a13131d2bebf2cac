package com.electroisla.catalog;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.electroisla.PreparedPlans;
import com.electroisla.ShopFixture;
import com.electroisla.database.Database;
import com.electroisla.http.Cursor;
import com.electroisla.http.QueryParameters;
import com.electroisla.http.SearchWords;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The cost of a page of the catalogue does not depend on its position. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ProductPlanIT {
    private final ShopFixture given = new ShopFixture();

    @BeforeAll
    void fill_the_catalogue() {
        given.sql("""
                INSERT INTO productos (nombre, descripcion, precio, descuento, stock, categoria, activo, en_carrusel,
                                       en_carousel_card,
                                       en_all_products, created_at, updated_at, stock_total, stock_reservado,
                                       stock_vendido)
                SELECT 'Producto ' || n % 700, '', n % 1300, 0, 0, 'otros', true, false, true, true,
                       now() - n % 900 * interval '1 hour', now(), 9, 0, 0
                  FROM generate_series(1, 5000) n""");
        given.sql("ANALYZE productos");
    }

    @AfterAll
    void close() {
        given.close();
    }

    @Test
    void the_few_products_of_the_carousel_are_found_by_an_index_of_their_own() throws SQLException {
        given.sql("UPDATE productos SET en_carrusel = id % 1000 = 0");
        try (var batches = new Database(given.target, 1, Database.Purpose.BATCHES)) {
            Products products = new Products(batches, 50);
            for (int i = 0; i < 6; i++) {
                assertEquals(5, products.inCarousel().size());
            }
            List<String> plans =
                    batches.<Map<String, List<String>>, SQLException>read(PreparedPlans::of).values().stream()
                            .flatMap(List::stream)
                            .toList();
            assertTrue(plans.stream().anyMatch(line -> line.contains("productos_en_carrusel")), plans::toString);
            assertTrue(plans.stream().noneMatch(line -> line.contains("Sort")), plans::toString);
        }
    }

    @ParameterizedTest
    @EnumSource
    void a_page_far_along_next_walks_the_index_of_its_ordering_and_sorts_nothing(ProductOrdering ordering)
            throws SQLException {
        Product far = new Products(given.shop.database(), 50)
                .list(QueryParameters.parse("page=60&ordering=" + ordering.text()))
                .products()
                .getLast();
        var search = new ProductSearch(SearchWords.of("search", null), null, false, ordering);
        // one connection, so that statements prepared on it are found on it; its plans are generic
        try (var batches = new Database(given.target, 1, Database.Purpose.BATCHES)) {
            for (int i = 0; i < 6; i++) {
                assertEquals(
                        51,
                        batches.read(handle -> ProductSql.pageAfter(
                                        handle, search, 51, new Cursor(61, 5000, far.id(), ordering.keyOf(far))))
                                .size());
            }
            Map<String, List<String>> plans = batches.<Map<String, List<String>>, SQLException>read(PreparedPlans::of);
            plans.keySet().removeIf(statement -> !statement.contains("FROM productos"));
            assertEquals(1, plans.size());
            plans.values()
                    .forEach(plan -> assertTrue(
                            plan.stream().anyMatch(line -> line.contains("Index Scan"))
                                    && plan.stream()
                                            .noneMatch(line -> line.contains("Seq Scan")
                                                    || line.contains("Sort")
                                                    || line.contains("Bitmap")),
                            plan::toString));
        }
    }
}
