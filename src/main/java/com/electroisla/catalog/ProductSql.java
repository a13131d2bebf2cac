package com.electroisla.catalog;

import com.electroisla.database.Column;
import com.electroisla.database.Fragment;
import com.electroisla.database.Like;
import com.electroisla.database.StockFigures;
import com.electroisla.http.Cursor;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.generic.GenericType;
import org.jdbi.v3.core.statement.StatementContext;

/** The catalogue's queries. The plan of a page always scans the index of its ordering. */
final class ProductSql {
    private static final String COLUMNS = """
            id, nombre, descripcion, precio, descuento_aplicado(descuento) AS descuento,
            precio_final(precio, descuento) AS precio_final,
            categoria, <picture>, activo,
            en_carrusel, en_carousel_card, en_all_products, stock_total, stock_reservado, stock_vendido, created_at,
            updated_at""".replace("<picture>", Picture.COLUMNS);
    private static final String ACTIVE_ONE =
            "SELECT <columns> FROM productos WHERE id = :id AND activo AND se_vende(precio, cerrado_desde)";
    /**
     * Counts by an index of active products, which has no price; the few with an invalid price, and the few that are
     * closed, are found by other indexes and subtracted.
     */
    private static final String COUNT = """
            SELECT count(*) FROM productos WHERE activo AND <condition>
               AND NOT EXISTS (SELECT FROM productos n WHERE n.id = productos.id AND NOT es_precio(n.precio))
               AND NOT EXISTS (SELECT FROM productos c WHERE c.id = productos.id AND c.cerrado_desde IS NOT NULL)""";

    private static final String PAGE = """
            SELECT <columns> FROM productos
             WHERE activo AND se_vende(precio, cerrado_desde) AND <condition>
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
                 WHERE t.activo AND <condition>
                   AND NOT EXISTS (SELECT FROM productos n WHERE n.id = t.producto_id AND NOT es_precio(n.precio))
                   AND NOT EXISTS (SELECT FROM productos c WHERE c.id = t.producto_id AND c.cerrado_desde IS NOT NULL))
            SELECT (SELECT count(*) FROM hallados) AS cuantos, ARRAY(SELECT id FROM hallados LIMIT :few) AS ids""";

    private static final String MATCHES =
            """
            (t.nombre LIKE ALL (<patterns>) OR (t.nombre || chr(10)
                || t.descripcion) LIKE ALL
                (<patterns>))""".replace("<patterns>", "ARRAY(SELECT texto_buscable(p) FROM unnest(:patterns) AS p)");
    /**
     * Up to this many matches are sorted. With more, a page fills soon by scanning the index of its ordering and
     * skipping rows that do not match.
     */
    private static final int FEW = 5_000;

    private static final String OF_MANY =
            "EXISTS (SELECT FROM textos_productos t WHERE t.producto_id = productos.id AND ";
    private static final String IS_AVAILABLE = StockFigures.FREE + " > 0";

    private ProductSql() {}

    static Optional<Product> findActive(Handle handle, long id) {
        return handle.createQuery(ACTIVE_ONE)
                .define("columns", COLUMNS)
                .bind("id", id)
                .map(ProductSql::product)
                .findOne();
    }

    /** The text of a picture stored in the row, on sale or not; none if it is larger than the limit. */
    static Optional<String> picture(Handle handle, long id, String mark, int mostBytes) {
        return handle.createQuery("SELECT imagen_url FROM productos WHERE id = :id AND imagen_huella = CAST(:mark "
                        + "AS uuid) AND octet_length(imagen_url) <= :most")
                .bind("id", id)
                .bind("mark", mark)
                .bind("most", mostBytes)
                .mapTo(String.class)
                .findOne();
    }

    /** The product's pictures in their order; the one in its row is the first, whoever wrote that. */
    static List<ProductPicture> pictures(Handle handle, Product product) {
        List<ProductPicture> rows = handle.createQuery("""
                        SELECT archivo, texto_alternativo FROM fotos_productos
                         WHERE producto_id = :id AND quitada_at IS NULL ORDER BY posicion, id
                        """)
                .bind("id", product.id())
                .map((row, context) -> new ProductPicture(
                        Picture.uploaded(row.getString("archivo")), row.getString("texto_alternativo")))
                .list();
        String own = product.picture();
        if (own == null) {
            return rows;
        }
        List<ProductPicture> pictures = new ArrayList<>(rows);
        pictures.removeIf(each -> each.address().equals(own));
        pictures.addFirst(rows.stream()
                .filter(each -> each.address().equals(own))
                .findFirst()
                .orElseGet(() -> new ProductPicture(own, "")));
        return pictures;
    }

    /** How many people keep the product as a favourite. */
    static long favorites(Handle handle, long id) {
        return handle.createQuery("SELECT count(*) FROM favoritos WHERE producto_id = :id")
                .bind("id", id)
                .mapTo(Long.class)
                .one();
    }

    /** The newest products that are on sale and meet the condition. */
    static List<Product> newest(Handle handle, Fragment condition, int most) {
        return page(handle, condition, ProductOrdering.CREATED_DESCENDING, most, 0);
    }

    static Map<Long, Integer> available(Handle handle, Collection<Long> ids) {
        return handle.createQuery("SELECT id, " + StockFigures.FREE + " AS disponible FROM productos WHERE id = "
                        + "ANY(:ids) AND activo AND se_vende(precio, cerrado_desde)")
                .bindArray("ids", Long.class, ids.toArray())
                .setMapKeyColumn("id")
                .setMapValueColumn("disponible")
                .collectInto(new GenericType<>() {});
    }

    /** A page of matches and their number; an empty page beyond the end. */
    record Counted(List<Product> products, long count) {}

    static Counted counted(Handle handle, ProductSearch search, int limit, long offset) {
        Found found = find(handle, search);
        boolean beyond = offset >= found.count;
        List<Product> page = beyond ? List.of() : page(handle, found.listed, search.ordering(), limit, offset);
        return new Counted(page, found.count);
    }

    /** The rows after the cursor's, found through the index, whatever the page, unless there are search words. */
    static List<Product> pageAfter(Handle handle, ProductSearch search, int limit, Cursor cursor) {
        ProductOrdering ordering = search.ordering();
        Object key = ordering.parseKey(cursor.key());
        Fragment listed = search.words().isEmpty() ? filtered(search) : find(handle, search).listed;
        String behind = ordering.descending() ? "<" : ">";
        Fragment after = Fragment.of("(" + ordering.column() + ", id) " + behind + " (:afterKey, :afterId)")
                .with("afterKey", key instanceof Instant moment ? moment.atOffset(ZoneOffset.UTC) : key)
                .with("afterId", cursor.id());
        return page(handle, listed.and(after), ordering, limit, 0);
    }

    private static List<Product> page(
            Handle handle, Fragment listed, ProductOrdering ordering, int limit, long offset) {
        return listed.in(handle.createQuery(PAGE))
                .define("columns", COLUMNS)
                .define("key", ordering.column())
                .define("direction", ordering.descending() ? "DESC" : "ASC")
                .bind("limit", limit)
                .bind("offset", offset)
                .map(ProductSql::product)
                .list();
    }

    /** @param listed the condition of the rows to show */
    private record Found(long count, Fragment listed) {}

    private static Found find(Handle handle, ProductSearch search) {
        if (search.words().isEmpty()) {
            Fragment listed = filtered(search);
            return new Found(
                    listed.in(handle.createQuery(COUNT)).mapTo(Long.class).one(), listed);
        }
        Fragment matching = Fragment.of(MATCHES)
                .with("patterns", Column.strings(Like.containing(search.words().words())));
        return matching.and(available(search))
                .and(category(search, "t.categoria"))
                .in(handle.createQuery(FIND))
                .define("products", search.onlyAvailable() ? "JOIN productos ON id = producto_id" : "")
                .bind("few", FEW)
                .map((row, context) -> {
                    long count = row.getLong("cuantos");
                    List<Long> ids = List.of((Long[]) row.getArray("ids").getArray());
                    Fragment listed = count > FEW
                            ? filtered(search).and(matching.inside(OF_MANY, " OFFSET 0)"))
                            : available(search).and("id = ANY(:ids)").with("ids", Column.longs(ids));
                    return new Found(count, listed);
                })
                .one();
    }

    private static Fragment filtered(ProductSearch search) {
        return category(search, "categoria").and(available(search));
    }

    private static Fragment category(ProductSearch search, String column) {
        return search.categoryCode() == null
                ? Fragment.ALL
                : Fragment.of(column + " = :category").with("category", search.categoryCode());
    }

    private static Fragment available(ProductSearch search) {
        return search.onlyAvailable() ? Fragment.of(IS_AVAILABLE) : Fragment.ALL;
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
                new Product.Shelves(
                        row.getBoolean("en_carrusel"),
                        row.getBoolean("en_carousel_card"),
                        row.getBoolean("en_all_products")),
                StockFigures.of(row),
                row.getObject("created_at", OffsetDateTime.class).toInstant(),
                row.getObject("updated_at", OffsetDateTime.class).toInstant());
    }
}
