package com.electroisla.catalog;

import com.electroisla.database.Like;
import com.electroisla.database.StockFigures;
import com.electroisla.http.Cursor;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.generic.GenericType;
import org.jdbi.v3.core.statement.Query;
import org.jdbi.v3.core.statement.SqlStatement;
import org.jdbi.v3.core.statement.StatementContext;

/**
 * The catalogue's queries. Conditions are inserted into the text or left out (never {@code :x IS NULL OR ...}), so
 * that the plan of a page always scans the index of its ordering; only constants of this class and of
 * {@link ProductOrdering} are inserted.
 */
final class ProductSql {
    private static final String COLUMNS = """
            id, nombre, descripcion, precio, descuento_aplicado(descuento) AS descuento, precio_final(precio, descuento) AS precio_final,
            categoria, <picture>, activo,
            en_carrusel, en_carousel_card, en_all_products, stock_total, stock_reservado, stock_vendido, created_at, updated_at""".replace("<picture>", Picture.COLUMNS);
    private static final String ACTIVE_ONE = "SELECT <columns> FROM productos WHERE id = :id AND activo AND es_precio(precio)";
    /**
     * Counts by an index of active products, which has no price; the few with an invalid price are found by another
     * index and subtracted.
     */
    private static final String COUNT = """
            SELECT count(*) FROM productos WHERE activo <category> <available>
               AND NOT EXISTS (SELECT FROM productos n WHERE n.id = productos.id AND NOT es_precio(n.precio))""";
    private static final String PAGE = """
            SELECT <columns> FROM productos
             WHERE activo AND es_precio(precio) <category> <available> <after>
             ORDER BY <key> <direction>, id <direction>
             LIMIT :limit OFFSET :offset""";

    /**
     * The condition of a search, over the texts that the database keeps of each product (migrations 0027 and 0030):
     * they are in lower case and without accents, like the search words, which {@code texto_buscable} converts once
     * per search and not once per row. {@code <products>} is joined only where a condition needs it.
     */
    private static final String FIND = """
            WITH hallados AS MATERIALIZED (
                SELECT t.producto_id AS id FROM textos_productos t <products>
                 WHERE t.activo AND <matches> <foundCategory> <available>
                   AND NOT EXISTS (SELECT FROM productos n WHERE n.id = t.producto_id AND NOT es_precio(n.precio)))
            SELECT (SELECT count(*) FROM hallados) AS cuantos, ARRAY(SELECT id FROM hallados LIMIT :few) AS ids""";
    private static final String PATTERNS = "ARRAY(SELECT texto_buscable(p) FROM unnest(:patterns) AS p)";
    /** Assembled here, because names within a defined text are not replaced. */
    private static final String MATCHES = """
            (t.nombre LIKE ALL (<patterns>) OR (t.nombre || chr(10) || t.descripcion) LIKE ALL (<patterns>))""".replace("<patterns>", PATTERNS);
    /**
     * Up to this many matches are sorted. With more, a page fills soon by scanning the index of its ordering and
     * skipping rows that do not match.
     */
    private static final int FEW = 5_000;
    private static final String PAGE_OF_FEW = """
            SELECT <columns> FROM productos
             WHERE id = ANY(:ids) AND activo AND es_precio(precio) <available> <after>
             ORDER BY <key> <direction>, id <direction>
             LIMIT :limit OFFSET :offset""";
    private static final String PAGE_OF_MANY = PAGE.replace("<after>", """
            <after> AND EXISTS (SELECT FROM textos_productos t WHERE t.producto_id = productos.id AND <matches> OFFSET 0)""");

    private static final String WITH_CATEGORY = "AND categoria = :category";
    private static final String WITH_AVAILABLE = "AND " + StockFigures.FREE + " > 0";
    private static final String AFTER_ASCENDING = "AND (<key>, id) > (:afterKey, :afterId)";
    private static final String AFTER_DESCENDING = "AND (<key>, id) < (:afterKey, :afterId)";

    private ProductSql() {}

    static Optional<Product> findActive(Handle handle, long id) {
        return handle.createQuery(ACTIVE_ONE).define("columns", COLUMNS).bind("id", id).map(ProductSql::product).findOne();
    }

    /** The text of a picture stored in the row, on sale or not; none if it is larger than the limit. */
    static Optional<String> picture(Handle handle, long id, String mark, int mostBytes) {
        return handle.createQuery("SELECT imagen_url FROM productos WHERE id = :id AND imagen_huella = CAST(:mark AS uuid) AND octet_length(imagen_url) <= :most")
                .bind("id", id)
                .bind("mark", mark)
                .bind("most", mostBytes)
                .mapTo(String.class)
                .findOne();
    }

    static Map<Long, Integer> available(Handle handle, Collection<Long> ids) {
        return handle.createQuery("SELECT id, " + StockFigures.FREE + " AS disponible FROM productos WHERE id = ANY(:ids) AND activo AND es_precio(precio)")
                .bindArray("ids", Long.class, ids.toArray())
                .setMapKeyColumn("id")
                .setMapValueColumn("disponible")
                .collectInto(new GenericType<>() {});
    }

    private static long count(Handle handle, ProductSearch search) {
        return filtered(handle.createQuery(COUNT), search).mapTo(Long.class).one();
    }

    /** A page of matches and their number; an empty page beyond the end. */
    record Counted(List<Product> products, long count) {}

    static Counted counted(Handle handle, ProductSearch search, int limit, long offset) {
        if (search.words().isEmpty()) {
            long count = count(handle, search);
            return new Counted(offset < count ? page(handle, PAGE.replace("<after>", ""), search, limit, offset).map(ProductSql::product).list() : List.of(), count);
        }
        Found found = find(handle, search);
        return new Counted(offset < found.count ? pageOf(found, handle, "", search, limit, offset).map(ProductSql::product).list() : List.of(), found.count);
    }

    /** The rows after the cursor's, found through the index, whatever the page, unless there are search words. */
    static List<Product> pageAfter(Handle handle, ProductSearch search, int limit, Cursor cursor) {
        String after = search.ordering().descending() ? AFTER_DESCENDING : AFTER_ASCENDING;
        Object key = search.ordering().parseKey(cursor.key());
        Query page = search.words().isEmpty() ? page(handle, PAGE.replace("<after>", after), search, limit, 0)
                : pageOf(find(handle, search), handle, after, search, limit, 0);
        return page.bind("afterKey", key instanceof Instant moment ? moment.atOffset(ZoneOffset.UTC) : key)
                .bind("afterId", cursor.id())
                .map(ProductSql::product)
                .list();
    }

    /** @param ids the matching ids; incomplete if there are more than a few */
    private record Found(long count, Long[] ids) {}

    private static Found find(Handle handle, ProductSearch search) {
        return filtered(handle.createQuery(FIND), search)
                .define("foundCategory", search.categoryCode() == null ? "" : "AND t.categoria = :category")
                .define("products", search.onlyAvailable() ? "JOIN productos ON id = producto_id" : "")
                .bind("few", FEW)
                .map((row, context) -> new Found(row.getLong("cuantos"), (Long[]) row.getArray("ids").getArray()))
                .one();
    }

    private static Query pageOf(Found found, Handle handle, String after, ProductSearch search, int limit, long offset) {
        if (found.count > FEW) {
            return page(handle, PAGE_OF_MANY.replace("<after>", after), search, limit, offset);
        }
        return ordered(handle.createQuery(PAGE_OF_FEW.replace("<after>", after)), search, limit, offset).bindArray("ids", Long.class, (Object[]) found.ids);
    }

    private static Query page(Handle handle, String sql, ProductSearch search, int limit, long offset) {
        return ordered(filtered(handle.createQuery(sql), search), search, limit, offset);
    }

    private static Query ordered(Query query, ProductSearch search, int limit, long offset) {
        return query.define("columns", COLUMNS)
                .define("available", search.onlyAvailable() ? WITH_AVAILABLE : "")
                .define("key", search.ordering().column())
                .define("direction", search.ordering().descending() ? "DESC" : "ASC")
                .bind("limit", limit)
                .bind("offset", offset);
    }

    private static <S extends SqlStatement<S>> S filtered(S query, ProductSearch search) {
        query.define("category", search.categoryCode() == null ? "" : WITH_CATEGORY)
                .define("available", search.onlyAvailable() ? WITH_AVAILABLE : "")
                .define("matches", MATCHES);
        if (!search.words().isEmpty()) {
            query.bindArray("patterns", String.class, (Object[]) Like.containing(search.words().words()));
        }
        if (search.categoryCode() != null) {
            query.bind("category", search.categoryCode());
        }
        return query;
    }

    private static Product product(ResultSet row, StatementContext context) throws SQLException {
        return new Product(
                row.getLong("id"),
                row.getString("nombre"),
                row.getString("descripcion"),
                new Money(row.getBigDecimal("precio")),
                row.getInt("descuento"),
                new Money(row.getBigDecimal("precio_final")),
                row.getString("categoria"),
                Picture.address(row.getLong("id"), row),
                row.getBoolean("activo"),
                new Product.Shelves(row.getBoolean("en_carrusel"), row.getBoolean("en_carousel_card"), row.getBoolean("en_all_products")),
                StockFigures.of(row),
                row.getObject("created_at", OffsetDateTime.class).toInstant(),
                row.getObject("updated_at", OffsetDateTime.class).toInstant());
    }
}
