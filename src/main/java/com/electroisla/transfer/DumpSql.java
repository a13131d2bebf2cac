package com.electroisla.transfer;

import com.electroisla.database.StockFigures;
import java.util.Set;
import java.util.function.Consumer;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/** The statements of a dump. */
final class DumpSql {
    private static final int FETCH_SIZE = 2_000;

    private DumpSql() {}

    static long countProducts(Handle handle) {
        return handle.createQuery("SELECT count(*) FROM productos").mapTo(Long.class).one();
    }

    /**
     * Tells of every product as it is stored, by id, from one snapshot and without holding them in memory. A product that is
     * not initialised has no total yet; its cell is empty, so that loading the file leaves it so. So is that of a price that is none.
     */
    static void forEachProduct(Handle handle, @Nullable Set<Long> chosen, Consumer<ProductLine> each) {
        handle.createQuery("""
                        SELECT id, nombre, descripcion, CASE WHEN es_precio(precio) THEN precio::text END AS precio,
                               descuento, categoria, activo, imagen_url,
                               CASE WHEN NOT """ + StockFigures.NOT_INITIALISED + """
                                THEN stock_total END AS total
                          FROM productos WHERE :all OR id = ANY(:chosen) ORDER BY id
                        """)
                .bind("all", chosen == null)
                .bindArray("chosen", Long.class, chosen == null ? new Object[0] : chosen.toArray())
                .setFetchSize(FETCH_SIZE)
                .map((row, context) -> new ProductLine(0, row.getLong("id"), row.getString("nombre"), row.getString("descripcion"),
                        row.getString("precio"), row.getInt("descuento"), row.getString("categoria"), row.getObject("total", Integer.class),
                        row.getBoolean("activo"), row.getString("imagen_url"), null))
                .useIterator(products -> products.forEachRemaining(each));
    }
}
