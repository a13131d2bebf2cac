package com.electroisla.catalog;

import com.electroisla.database.Column;
import com.electroisla.database.Database;
import com.electroisla.database.Fragment;
import com.electroisla.http.Cursor;
import com.electroisla.http.ErrorCode;
import com.electroisla.http.PageRequest;
import com.electroisla.http.Problem;
import com.electroisla.http.QueryParameters;
import com.electroisla.http.SearchWords;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jdbi.v3.core.Handle;

/** The catalogue for buyers: active products only. */
public final class Products {
    private static final Pattern MARK = Pattern.compile("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}");
    private static final int LARGEST_PICTURE = 8 * 1024 * 1024;
    private static final int MOST_RELATED = 10;
    /** The most products of a list without pages: as many as an operator can set for a page. */
    private static final int MOST_AT_ONCE = 5_000;

    private final Database database;
    private final int pageSize;

    /** @param pageSize products a page when the caller names no size */
    public Products(Database database, int pageSize) {
        this.database = database;
        this.pageSize = pageSize;
    }

    /** The product, if it is on sale. */
    public Optional<Product> find(long id) {
        return database.read(handle -> ProductSql.findActive(handle, id));
    }

    /** The product with all its pictures, if it is on sale. */
    public Optional<ProductWithPictures> findWithPictures(long id) {
        return database.read(handle -> ProductSql.findActive(handle, id)
                .map(product -> new ProductWithPictures(product, ProductSql.pictures(handle, product))));
    }

    /** The product with its pictures and its neighbours, if it is on sale. */
    public Optional<ProductAndRelated> findWithRelated(long id) {
        return database.read(handle -> ProductSql.findActive(handle, id).map(product -> {
            Fragment same = Fragment.of("categoria = :category AND id <> :itself")
                    .with("category", product.categoryCode())
                    .with("itself", id);
            return new ProductAndRelated(
                    new ProductWithPictures(product, ProductSql.pictures(handle, product)),
                    ProductSql.newest(handle, same, MOST_RELATED),
                    ProductSql.favorites(handle, id));
        }));
    }

    /** The products of the old front end's carousel, newest first. */
    public List<Product> inCarousel() {
        return database.read(handle -> ProductSql.newest(handle, Fragment.of("en_carrusel"), MOST_AT_ONCE));
    }

    /** The products of the old front end's home page, newest first. */
    public List<Product> onHomePage() {
        return database.read(handle -> ProductSql.newest(handle, Fragment.of("en_all_products"), MOST_AT_ONCE));
    }

    /** The products among these that are on sale, in the order of the ids. */
    public List<Product> onSale(List<Long> ids) {
        Fragment these = Fragment.of("id = ANY(:ids)").with("ids", Column.longs(ids));
        Map<Long, Product> found = new HashMap<>();
        List<Product> unsorted = database.read(handle -> ProductSql.newest(handle, these, ids.size()));
        unsorted.forEach(product -> found.put(product.id(), product));
        return ids.stream().map(found::get).filter(Objects::nonNull).toList();
    }

    /**
     * A picture stored in a product's row, on sale or not: orders and the staff show it, too.
     *
     * @param mark of its contents, as in {@link Picture#address}; the result is empty when it has changed since, and
     *     for a text that is no picture
     */
    public Optional<EmbeddedPicture> picture(long id, String mark) {
        if (!MARK.matcher(mark).matches()) {
            return Optional.empty();
        }
        return database.read(handle -> ProductSql.picture(handle, id, mark, LARGEST_PICTURE))
                .flatMap(EmbeddedPicture::of);
    }

    /** The free units of each of these products that is on sale. */
    public Map<Long, Integer> available(Collection<Long> ids) {
        return database.read(handle -> ProductSql.available(handle, ids));
    }

    /**
     * One page of the products of a query. A page reached through its cursor costs the same at any depth and keeps the
     * first page's count; one requested by number alone is counted again and reached by skipping rows.
     *
     * @param query {@code search}, {@code categoria}, {@code disponible}, {@code ordering}, {@code page},
     *     {@code page_size}, {@code cursor}
     * @throws com.electroisla.http.ProblemException 400 for an invalid query, 404 past the end
     */
    public ProductPage list(QueryParameters query) {
        ProductSearch search = search(query);
        PageRequest page = PageRequest.of(query, pageSize, search.fingerprint());
        return database.read(handle -> page.cursor().isPresent()
                ? following(handle, search, page, page.cursor().get())
                : counted(handle, search, page));
    }

    /** The text that a listing's cursor is bound to, for {@link Cursor#encode}. */
    public static String fingerprint(QueryParameters query) {
        return search(query).fingerprint();
    }

    private static ProductSearch search(QueryParameters query) {
        String ordering = query.get("ordering");
        return new ProductSearch(
                SearchWords.of("search", query.get("search")),
                query.get("categoria"),
                query.isTrue("disponible"),
                ordering == null
                        ? ProductOrdering.CREATED_DESCENDING
                        : ProductOrdering.of(ordering)
                                .orElseThrow(() -> Problem.invalidField(
                                                "ordering", "campo_opciones", ProductOrdering.choices())
                                        .exception()));
    }

    private static ProductPage following(Handle handle, ProductSearch search, PageRequest page, Cursor cursor) {
        List<Product> rows = ProductSql.pageAfter(handle, search, page.size() + 1, cursor);
        return cut(search, page, rows, cursor.count());
    }

    private static ProductPage counted(Handle handle, ProductSearch search, PageRequest page) {
        ProductSql.Counted found = ProductSql.counted(handle, search, page.size() + 1, page.offset());
        if (page.number() > 1 && found.products().isEmpty()) {
            throw Problem.of(ErrorCode.PAGE_NOT_FOUND).exception();
        }
        return cut(search, page, found.products(), found.count());
    }

    /** Makes a page. One row more than the page holds was read: it tells that there is a next page. */
    private static ProductPage cut(ProductSearch search, PageRequest page, List<Product> rows, long count) {
        if (rows.size() <= page.size()) {
            return new ProductPage(rows, count, page.number(), Optional.empty());
        }
        List<Product> shown = rows.subList(0, page.size());
        Product last = shown.getLast();
        Cursor next = new Cursor(
                page.number() + 1, count, last.id(), search.ordering().keyOf(last));
        return new ProductPage(shown, count, page.number(), Optional.of(next));
    }
}
