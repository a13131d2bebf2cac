package com.electroisla.transfer;

import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/** The statements of a dump. */
final class DumpSql {

    private DumpSql() {}

    static long countProducts(Handle handle) {
        return handle.createQuery("SELECT count(*) FROM productos")
                .mapTo(Long.class)
                .one();
    }

    /** Passes on the cells of every product, or of the chosen ones, by id, from one snapshot and row by row. */
    static void forEachProduct(Handle handle, @Nullable Set<Long> chosen, boolean withId, Consumer<List<String>> each) {
        handle.createQuery("SELECT <selected> FROM productos WHERE :all OR id = ANY(:chosen) ORDER BY id")
                .define("selected", CatalogueRow.SELECTED)
                .bind("all", chosen == null)
                .bindArray("chosen", Long.class, chosen == null ? new Object[0] : chosen.toArray())
                .setFetchSize(CatalogueRow.FETCH_SIZE)
                .map((row, context) -> CatalogueRow.cells(row, withId))
                .useIterator(products -> products.forEachRemaining(each));
    }
}
