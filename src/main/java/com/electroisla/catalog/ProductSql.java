package com.electroisla.catalog;

import com.electroisla.database.Like;
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
import java.util.concurrent.atomic.AtomicLong;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.generic.GenericType;
import org.jdbi.v3.core.statement.Query;
import org.jdbi.v3.core.statement.SqlStatement;
import org.jdbi.v3.core.statement.StatementContext;

/**
 * What the catalogue asks the database. Conditions are put in or left out of the text (never {@code :x IS NULL OR ...}),
 * so that the plan of a page always walks the index of its ordering; only constants of this class and of
 * {@link ProductOrdering} are put in.
 */
final class ProductSql {
    private static final String COLUMNS = """
            id, nombre, descripcion, precio, descuento, categoria, imagen_url, imagen, activo,
            stock_total, stock_reservado, stock_vendido, created_at, updated_at""";
    private static final String ACTIVE_ONE = "SELECT <columns> FROM productos WHERE id = :id AND activo";
    private static final String COUNT = "SELECT count(*) FROM productos WHERE activo <category> <available>";
    private static final String PAGE = """
            SELECT <columns> FROM productos
             WHERE activo <category> <available> <after>
             ORDER BY <key> <direction>, id <direction>
             LIMIT :limit OFFSET :offset""";

    /**
     * What is searched for is looked for once, for the page and for the count, in the words that the database keeps of each
     * product (migration 0027): those are in small letters, and {@code LIKE lower(...)} is what {@code ILIKE} means. {@code <products>} is
     * joined only where a condition or the order asks for it.
     */
    private static final String SEARCHED = """
            WITH hallados AS MATERIALIZED (
                SELECT t.producto_id AS id, <foundKey> AS orden FROM textos_productos t <products>
                 WHERE t.activo AND (t.nombre LIKE lower(:pattern) OR t.descripcion LIKE lower(:pattern)) <foundCategory> <available> <after>
            ), pagina AS (
                SELECT id AS hallado, orden FROM hallados ORDER BY orden <direction>, id <direction> LIMIT :limit OFFSET :offset
            )
            SELECT <columns>, (SELECT count(*) FROM hallados) AS cuantos
              FROM pagina JOIN productos ON id = hallado ORDER BY orden <direction>, id <direction>""";

    private static final String WITH_CATEGORY = "AND categoria = :category";
    private static final String WITH_AVAILABLE = "AND stock_total - stock_reservado - stock_vendido > 0";
    private static final String AFTER_ASCENDING = "AND (<key>, id) > (:afterKey, :afterId)";
    private static final String AFTER_DESCENDING = "AND (<key>, id) < (:afterKey, :afterId)";

    private ProductSql() {}

    static Optional<Product> findActive(Handle handle, long id) {
        return handle.createQuery(ACTIVE_ONE).define("columns", COLUMNS).bind("id", id).map(ProductSql::product).findOne();
    }

    static Map<Long, Integer> available(Handle handle, Collection<Long> ids) {
        return handle.createQuery("SELECT id, stock_total - stock_reservado - stock_vendido AS disponible FROM productos WHERE id = ANY(:ids) AND activo")
                .bindArray("ids", Long.class, ids.toArray())
                .setMapKeyColumn("id")
                .setMapValueColumn("disponible")
                .collectInto(new GenericType<>() {});
    }

    private static long count(Handle handle, ProductSearch search) {
        return filtered(handle.createQuery(COUNT), search).mapTo(Long.class).one();
    }

    /** A page of what is found, and how much that is; nothing beyond its end. */
    record Counted(List<Product> products, long count) {}

    static Counted counted(Handle handle, ProductSearch search, int limit, long offset) {
        if (search.text() == null) {
            long count = count(handle, search);
            return new Counted(offset < count ? pageByOffset(handle, search, limit, offset) : List.of(), count);
        }
        AtomicLong count = new AtomicLong();
        List<Product> products = page(handle, SEARCHED.replace("<after>", ""), search, limit).bind("offset", offset).map((row, context) -> {
            count.set(row.getLong("cuantos"));
            return product(row, context);
        }).list();
        return new Counted(products, count.get());
    }

    private static List<Product> pageByOffset(Handle handle, ProductSearch search, int limit, long offset) {
        return page(handle, PAGE.replace("<after>", ""), search, limit).bind("offset", offset).map(ProductSql::product).list();
    }

    /** The rows after the cursor's: found through the index, whatever the page, unless something is searched for. */
    static List<Product> pageAfter(Handle handle, ProductSearch search, int limit, Cursor cursor) {
        String after = search.ordering().descending() ? AFTER_DESCENDING : AFTER_ASCENDING;
        Object key = search.ordering().parseKey(cursor.key());
        String sql = search.text() == null ? PAGE.replace("<after>", after)
                : SEARCHED.replace("<after>", after.replace("<key>, id", "<foundKey>, t.producto_id"));
        return page(handle, sql, search, limit)
                .bind("offset", 0)
                .bind("afterKey", key instanceof Instant moment ? moment.atOffset(ZoneOffset.UTC) : key)
                .bind("afterId", cursor.id())
                .map(ProductSql::product)
                .list();
    }

    private static Query page(Handle handle, String sql, ProductSearch search, int limit) {
        boolean byId = search.ordering().column().equals("id");
        return filtered(handle.createQuery(sql), search)
                .define("foundKey", byId ? "t.producto_id" : "p." + search.ordering().column())
                .define("foundCategory", search.categoryCode() == null ? "" : "AND t.categoria = :category")
                .define("products", byId && !search.onlyAvailable() ? "" : "JOIN productos p ON p.id = t.producto_id")
                .define("columns", COLUMNS)
                .define("key", search.ordering().column())
                .define("direction", search.ordering().descending() ? "DESC" : "ASC")
                .bind("limit", limit);
    }

    private static <S extends SqlStatement<S>> S filtered(S query, ProductSearch search) {
        query.define("category", search.categoryCode() == null ? "" : WITH_CATEGORY)
                .define("available", search.onlyAvailable() ? WITH_AVAILABLE : "");
        if (search.text() != null) {
            query.bind("pattern", Like.containing(search.text()));
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
                row.getString("categoria"),
                row.getString("imagen_url"),
                row.getString("imagen"),
                row.getBoolean("activo"),
                row.getInt("stock_total"),
                row.getInt("stock_reservado"),
                row.getInt("stock_vendido"),
                row.getObject("created_at", OffsetDateTime.class).toInstant(),
                row.getObject("updated_at", OffsetDateTime.class).toInstant());
    }
}
