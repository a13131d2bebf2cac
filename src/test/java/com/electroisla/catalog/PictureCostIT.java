package com.electroisla.catalog;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.electroisla.ShopFixture;
import com.electroisla.database.Database;
import com.electroisla.http.QueryParameters;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Pictures are stored out of line (TOAST), and lists of products do not fetch them. */
class PictureCostIT {
    private final ShopFixture given = new ShopFixture();
    /** One connection, so that its statistics are reported before they are read. */
    private final Database alone = new Database(given.target, 1);

    @AfterEach
    void close() {
        alone.close();
        given.close();
    }

    private long fetched() {
        alone.useTransaction(handle -> handle.execute("SELECT pg_stat_force_next_flush()"));
        return alone.read(handle -> handle.createQuery("SELECT toast_blks_read + toast_blks_hit + tidx_blks_read + "
                        + "tidx_blks_hit FROM pg_statio_user_tables WHERE relid = "
                        + "'productos'::regclass")
                .mapTo(Long.class)
                .one());
    }

    @Test
    void a_list_of_products_with_pictures_in_their_rows_reads_none_of_them_nor_does_an_update_of_figures() {
        for (int i = 0; i < 20; i++) {
            long product = given.productWithStock(5);
            // In the session that is asked for its counts: another one would tell of its own some time later.
            alone.useTransaction(handle -> handle.execute(
                    "UPDATE productos SET imagen_url = 'data:image/png;base64,' || (SELECT string_agg(md5(n::text "
                            + "|| id), '') FROM generate_series(1, 2500) n) WHERE id = ?",
                    product));
        }
        var products = new Products(alone, 50);
        products.list(QueryParameters.parse(""));
        long before = fetched();
        assertEquals(
                20,
                products.list(QueryParameters.parse("")).products().stream()
                        .filter(each -> each.picture() != null && each.picture().startsWith("/imagenes/"))
                        .count());
        assertEquals(
                20,
                products.list(QueryParameters.parse("ordering=nombre&disponible=true"))
                        .products()
                        .size());
        products.find(given.number("SELECT min(id) FROM productos"));
        alone.useTransaction(handle -> handle.execute("UPDATE productos SET stock_reservado = stock_reservado + 1"));
        assertEquals(before, fetched());

        String address =
                products.list(QueryParameters.parse("")).products().getFirst().picture();
        products.picture(Long.parseLong(address.split("/")[2]), address.split("/")[3]);
        assertTrue(fetched() > before, "the counter counts");
    }
}
