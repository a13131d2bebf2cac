package com.electroisla.admin;

import com.electroisla.catalog.Price;
import com.electroisla.database.Column;
import com.electroisla.database.Fragment;
import com.electroisla.database.Like;
import com.electroisla.database.StockFigures;
import com.electroisla.http.Cursor;
import com.electroisla.transfer.CatalogueRow;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.Query;
import org.jspecify.annotations.Nullable;

/** The statements of the list of products. */
final class ProductListSql {
    /** @param key the row's sort key, as text */
    record Keyed(ProductsView.Row row, String key) {}

    private static final String COLUMNS = """
            id, nombre, categoria, precio, es_precio(precio) AS se_vende, descuento, activo, stock_total,
            stock_reservado, stock_vendido,
            cerrado_desde IS NOT NULL AS cerrado,
            """ + StockFigures.NOT_INITIALISED + " AS sin_iniciar";
    private static final String PAGE = """
            SELECT <columns>, <key>::text AS clave FROM productos
             WHERE <condition>
             ORDER BY <key> <direction>, id <direction>
             LIMIT :limit""";
    private static final String ALL = """
            SELECT <selected>, <figures> FROM productos
             WHERE <condition>
             ORDER BY <key> <direction>, id <direction>""";
    private static final String LONG_TEXTS = """
            SELECT nombre, descripcion, COALESCE(imagen_url, '') AS imagen_url FROM productos
             WHERE (octet_length(descripcion) > :most OR octet_length(imagen_url) > :most) AND <condition>""";
    private static final String COUNT = "SELECT count(*) FROM productos WHERE <condition>";
    /** A search without an index runs once, for the page and the count together. */
    private static final String FIRST_PAGE = """
            WITH hallados AS MATERIALIZED (
                SELECT id, <key> AS orden FROM productos WHERE <condition>
            ), pagina AS (
                SELECT id, orden FROM hallados ORDER BY orden <direction>, id <direction> LIMIT :limit
            )
            SELECT <columns>, orden::text AS clave, (SELECT count(*) FROM hallados) AS cuantos
              FROM pagina JOIN productos USING (id) ORDER BY orden <direction>, id <direction>""";

    private static final String WITH_TEXT = """
            (EXISTS (SELECT FROM textos_productos t WHERE t.producto_id = productos.id AND
                (t.nombre || chr(10) || t.descripcion)
                    LIKE ALL (ARRAY(SELECT texto_buscable(p) FROM unnest(:patterns) AS p)))
             OR id::text = :search)""";

    private ProductListSql() {}

    static List<Keyed> page(Handle handle, ProductFilter filter, @Nullable Cursor cursor, int limit) {
        Fragment shown = cursor == null ? found(filter) : found(filter).and(after(filter, cursor));
        return sorted(shown.in(handle.createQuery(PAGE)), filter)
                .define("columns", COLUMNS)
                .bind("limit", limit)
                .map((row, context) -> new Keyed(row(row), row.getString("clave")))
                .list();
    }

    /** The condition of the rows after the cursor's. */
    private static Fragment after(ProductFilter filter, Cursor cursor) {
        ProductFilter.Order order = filter.order();
        String behind = filter.descending() ? "<" : ">";
        String place = "(CAST(:afterKey AS " + order.type() + "), :afterId)";
        return Fragment.of("(" + order.expression() + ", id) " + behind + " " + place)
                .with("afterKey", cursor.key())
                .with("afterId", cursor.id());
    }

    /** The first page of matches, and their number. */
    record Counted(List<Keyed> rows, long count) {}

    static Counted firstPage(Handle handle, ProductFilter filter, int limit) {
        if (filter.isIndexed()) {
            return new Counted(page(handle, filter, null, limit), count(handle, filter));
        }
        AtomicLong count = new AtomicLong();
        List<Keyed> rows = sorted(found(filter).in(handle.createQuery(FIRST_PAGE)), filter)
                .define("columns", COLUMNS)
                .bind("limit", limit)
                .map((row, context) -> {
                    count.set(row.getLong("cuantos"));
                    return new Keyed(row(row), row.getString("clave"));
                })
                .list();
        return new Counted(rows, count.get());
    }

    /** Passes on the cells of every matching product, in the list's order, row by row. */
    static void forEach(Handle handle, ProductFilter filter, Consumer<List<String>> each) {
        sorted(found(filter).in(handle.createQuery(ALL)), filter)
                .define("selected", CatalogueRow.SELECTED)
                .define("figures", CatalogueRow.SELECTED_FIGURES)
                .setFetchSize(CatalogueRow.FETCH_SIZE)
                .map((row, context) -> CatalogueRow.withFigures(row))
                .useIterator(rows -> rows.forEachRemaining(each));
    }

    /**
     * The name of a matching product with a text that a rule refuses; texts of up to {@code most} characters are not
     * checked.
     */
    static Optional<String> firstUnlike(Handle handle, ProductFilter filter, int most, Predicate<String> rule) {
        return found(filter)
                .in(handle.createQuery(LONG_TEXTS))
                .bind("most", most)
                .setFetchSize(CatalogueRow.FETCH_SIZE)
                .map((row, context) -> new LongTexts(
                        row.getString("nombre"), row.getString("descripcion"), row.getString("imagen_url")))
                .withStream(products -> products.filter(
                                product -> !rule.test(product.description()) || !rule.test(product.image()))
                        .map(LongTexts::name)
                        .findFirst());
    }

    private record LongTexts(String name, String description, String image) {}

    static long count(Handle handle, ProductFilter filter) {
        return found(filter).in(handle.createQuery(COUNT)).mapTo(Long.class).one();
    }

    static Optional<ProductsView.Row> one(Handle handle, long id) {
        return handle.createQuery("SELECT <columns> FROM productos WHERE id = :id")
                .define("columns", COLUMNS)
                .bind("id", id)
                .map((row, context) -> row(row))
                .findOne();
    }

    /** Every category in use, found by skipping along the index from one to the next. */
    static List<String> categories(Handle handle) {
        return handle.createQuery("""
                        WITH RECURSIVE una AS (
                            (SELECT categoria FROM productos WHERE activo ORDER BY categoria LIMIT 1)
                            UNION ALL
                            SELECT (SELECT p.categoria FROM productos p WHERE p.activo AND p.categoria > una.categoria
                                   ORDER BY p.categoria LIMIT 1)
                              FROM una WHERE una.categoria IS NOT NULL
                        )
                        SELECT categoria FROM una WHERE categoria IS NOT NULL LIMIT 200
                        """).mapTo(String.class).list();
    }

    static Fragment found(ProductFilter filter) {
        Fragment found = Fragment.ALL;
        if (!filter.search().isEmpty()) {
            found = found.and(WITH_TEXT)
                    .with(
                            "patterns",
                            Column.strings(Like.containing(filter.search().words())))
                    .with("search", filter.search().text());
        }
        if (!filter.category().isEmpty()) {
            found = found.and("categoria = :category").with("category", filter.category());
        }
        found = switch (filter.active()) {
            case "si" -> found.and("activo");
            case "no" -> found.and("NOT activo");
            default -> found;
        };
        return switch (filter.stock()) {
            case "agotado" -> found.and(StockFigures.FREE + " <= 0");
            case "bajo" -> found.and(StockFigures.FREE + " <= " + ProductFilter.LOW_STOCK);
            default -> found;
        };
    }

    private static Query sorted(Query query, ProductFilter filter) {
        return query.define("key", filter.order().expression())
                .define("direction", filter.descending() ? "DESC" : "ASC");
    }

    private static ProductsView.Row row(ResultSet row) throws SQLException {
        return new ProductsView.Row(
                row.getLong("id"),
                row.getString("nombre"),
                row.getString("categoria"),
                Price.of(row),
                row.getInt("descuento"),
                row.getBoolean("activo"),
                StockFigures.of(row),
                row.getBoolean("sin_iniciar"),
                row.getBoolean("cerrado"),
                "",
                false,
                "",
                "");
    }
}
