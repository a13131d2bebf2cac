package com.electroisla.catalog;

import com.electroisla.catalog.EditProducts.Versioned;
import com.electroisla.catalog.ProductField.Type;
import com.electroisla.database.Rows;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.SqlStatement;
import org.jdbi.v3.core.statement.StatementContext;

/** The statements that edit products; their columns are those of {@link ProductField}. */
final class ProductEditSql {
    record Named(long id, String name) {}

    private ProductEditSql() {}

    private static final String SELECTED = each(ProductEditSql::selected);
    private static final String INSERTED = each(ProductEditSql::given);
    private static final String UPDATED = each(field -> field.column() + " = " + updated(field));

    static Optional<Versioned> find(Handle handle, long id) {
        return one(handle, "SELECT id, <fields> FROM productos WHERE id = :id", id);
    }

    static Optional<Versioned> lock(Handle handle, long id) {
        return one(handle, "SELECT id, <fields> FROM productos WHERE id = :id FOR NO KEY UPDATE", id);
    }

    private static Optional<Versioned> one(Handle handle, String sql, long id) {
        return handle.createQuery(sql)
                .define("fields", SELECTED)
                .bind("id", id)
                .map(ProductEditSql::versioned)
                .findOne();
    }

    static long insert(Handle handle, ProductDetails details, int userId, Instant now) {
        return bound(handle.createQuery("""
                        INSERT INTO productos (<columns>, stock, en_carrusel, en_carousel_card, en_all_products,
                            created_at, updated_at, creado_por_id)
                        VALUES (<values>, 0, false, false, true, :now, :now, :user)
                        RETURNING id
                        """), details)
                .define("columns", each(ProductField::column))
                .define("values", INSERTED)
                .bind("now", Rows.timestamp(now))
                .bind("user", userId)
                .mapTo(Long.class)
                .one();
    }

    static void update(Handle handle, long id, ProductDetails details, Instant now) {
        bound(handle.createUpdate("""
                        UPDATE productos SET <fields>, updated_at = GREATEST(:now,
                            updated_at + interval '1 microsecond') WHERE id = :id
                        """), details)
                .define("fields", UPDATED)
                .bind("id", id)
                .bind("now", Rows.timestamp(now))
                .execute();
    }

    static ProductChange.Beside beside(Handle handle, long id) {
        return handle.createQuery("""
                        SELECT en_carrusel, en_carousel_card, en_all_products, COALESCE(imagen, '') AS imagen
                          FROM productos WHERE id = :id
                        """)
                .bind("id", id)
                .map((row, context) -> {
                    Map<ShopWindow, Boolean> windows = new EnumMap<>(ShopWindow.class);
                    for (ShopWindow window : ShopWindow.values()) {
                        windows.put(window, row.getBoolean(window.column()));
                    }
                    return new ProductChange.Beside(windows, row.getString("imagen"));
                })
                .one();
    }

    static void setBeside(Handle handle, long id, ProductChange.Beside beside) {
        var update = handle.createUpdate("""
                        UPDATE productos SET en_carrusel = :en_carrusel, en_carousel_card = :en_carousel_card,
                               en_all_products = :en_all_products, imagen = NULLIF(:imagen, '') WHERE id = :id
                        """).bind("id", id).bind("imagen", beside.picture());
        beside.windows().forEach((window, shown) -> update.bind(window.column(), shown));
        update.execute();
    }

    static String showPicture(Handle handle, long id, String path, Instant now) {
        return handle.createQuery("""
                        UPDATE productos SET imagen = NULLIF(:path, ''), updated_at = GREATEST(:now,
                            updated_at + interval '1 microsecond') WHERE id = :id RETURNING nombre
                        """)
                .bind("id", id)
                .bind("path", path)
                .bind("now", Rows.timestamp(now))
                .mapTo(String.class)
                .one();
    }

    static void delete(Handle handle, long id) {
        handle.createUpdate("DELETE FROM productos WHERE id = :id")
                .bind("id", id)
                .execute();
    }

    static List<Named> setOnSale(Handle handle, List<Long> ids, boolean onSale, Instant now) {
        return handle.createQuery("""
                        WITH elegidos AS (
                            SELECT id FROM productos WHERE id = ANY(:ids) AND activo <> :onSale ORDER BY id
                                   FOR NO KEY UPDATE
                        )
                        UPDATE productos p SET activo = :onSale,
                          updated_at = GREATEST(:now, p.updated_at + interval '1 microsecond')
                          FROM elegidos e WHERE p.id = e.id
                        RETURNING p.id, p.nombre
                        """)
                .bindArray("ids", Long.class, ids.toArray())
                .bind("onSale", onSale)
                .bind("now", Rows.timestamp(now))
                .map((row, context) -> new Named(row.getLong("id"), row.getString("nombre")))
                .list();
    }

    private static String each(Function<ProductField, String> sql) {
        return ProductField.all().map(sql).collect(Collectors.joining(", "));
    }

    private static String selected(ProductField field) {
        String column = field.column();
        if (field == ProductField.IMAGE) {
            return Picture.EDITED + " AS " + column;
        }
        if (field == ProductField.PRICE) {
            return "precio, es_precio(precio) AS se_vende";
        }
        return field.kind().isNullable() ? field.shown(column) + " AS " + column : column;
    }

    /** The value of a field that {@link #bound} gives. */
    private static String given(ProductField field) {
        String value = ":" + field.column();
        if (field.kind().type() == Type.PRICE) {
            return "CAST(" + value + " AS numeric)";
        }
        return field.kept(value);
    }

    /** An embedded picture that was not touched stays. */
    private static String updated(ProductField field) {
        return field == ProductField.IMAGE
                ? "CASE WHEN :imagen_url = " + Picture.EDITED + " THEN imagen_url ELSE " + given(field) + " END"
                : given(field);
    }

    private static <S extends SqlStatement<S>> S bound(S statement, ProductDetails details) {
        details.fields()
                .forEach((field, value) ->
                        statement.bind(field.column(), value instanceof Price price ? price.toString() : value));
        return statement;
    }

    private static Versioned versioned(ResultSet row, StatementContext context) throws SQLException {
        Map<ProductField, Object> values = new EnumMap<>(ProductField.class);
        for (ProductField field : ProductField.values()) {
            values.put(
                    field,
                    switch (field.kind().type()) {
                        case TEXT -> row.getString(field.column());
                        case PRICE -> Price.of(row);
                        case WHOLE -> row.getInt(field.column());
                        case TRUTH -> row.getBoolean(field.column());
                    });
        }
        return new Versioned(row.getLong("id"), new ProductDetails(values));
    }
}
