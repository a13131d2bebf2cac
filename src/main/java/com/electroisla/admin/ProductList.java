package com.electroisla.admin;

import com.electroisla.database.Database;
import com.electroisla.http.Cursor;
import com.electroisla.http.QueryParameters;
import com.electroisla.transfer.RowWriter;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/**
 * The list of products; three statements for each page, and a page reached through its cursor costs the same at any
 * depth.
 */
public final class ProductList {
    private static final int PAGE = 50;

    /** A text of this length fits a cell: a character takes seven at the most. */
    private static final int FITS_ANYWAY = 4_000;

    private final Database database;

    public ProductList(Database database) {
        this.database = database;
    }

    public ProductsView page(QueryParameters query) {
        ProductFilter filter = ProductFilter.of(query);
        String text = query.get("cursor");
        @Nullable Cursor cursor = text == null ? null : Cursor.decode(text, filter.fingerprint());
        return database.read(handle -> {
            ProductListSql.Counted counted = cursor == null
                    ? ProductListSql.firstPage(handle, filter, PAGE + 1)
                    : new ProductListSql.Counted(ProductListSql.page(handle, filter, cursor, PAGE + 1), cursor.count());
            List<ProductListSql.Keyed> found = counted.rows();
            long count = counted.count();
            @Nullable String next = null;
            if (found.size() > PAGE) {
                ProductListSql.Keyed last = found.get(PAGE - 1);
                int number = cursor == null ? 2 : cursor.page() + 1;
                next = filter.at(new Cursor(number, count, last.row().id(), last.key()).encode(filter.fingerprint()));
            }
            List<ProductsView.Row> rows =
                    found.stream().limit(PAGE).map(ProductListSql.Keyed::row).toList();
            return new ProductsView(filter, rows, count, next, cursor == null, ProductListSql.categories(handle));
        });
    }

    /** One row, as the list shows it. */
    public Optional<ProductsView.Row> row(long id) {
        return database.read(handle -> ProductListSql.one(handle, id));
    }

    /** How many products match the filter. */
    public long count(ProductFilter filter) {
        return database.read(handle -> ProductListSql.count(handle, filter));
    }

    /** The name of a matching product that does not fit an XLSX sheet; empty when all fit. */
    public Optional<String> tooLongForXlsx(ProductFilter filter) {
        // In a transaction, because otherwise the driver would fetch all rows at once.
        return database.inTransaction(
                handle -> ProductListSql.firstUnlike(handle, filter, FITS_ANYWAY, RowWriter::fitsXlsx));
    }

    /**
     * Passes on the cells of each matching product, under the headers of
     * {@link com.electroisla.transfer.CatalogueRow#headersWithFigures}, row by row.
     *
     * @param handle in a transaction that lasts as long as the reading
     */
    public void forEach(Handle handle, ProductFilter filter, Consumer<List<String>> each) {
        ProductListSql.forEach(handle, filter, each);
    }
}
