package com.electroisla.admin;

import com.electroisla.database.Database;
import com.electroisla.http.Cursor;
import com.electroisla.http.QueryParameters;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The list of products; three statements a page, and a page reached through its cursor costs the same wherever it lies. */
public final class ProductList {
    private static final int PAGE = 50;

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
            List<ProductsView.Row> rows = found.stream().limit(PAGE).map(ProductListSql.Keyed::row).toList();
            return new ProductsView(filter, rows, count, next, cursor == null, ProductListSql.categories(handle));
        });
    }

    /** One row, as the list shows it. */
    public Optional<ProductsView.Row> row(long id) {
        return database.read(handle -> ProductListSql.one(handle, id));
    }
}
