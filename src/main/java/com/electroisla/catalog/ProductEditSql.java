package com.electroisla.catalog;

import com.electroisla.catalog.EditProducts.Versioned;
import com.electroisla.database.Rows;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.StatementContext;

/** The statements that edit products. */
final class ProductEditSql {
    record Named(long id, String name) {}

    private ProductEditSql() {}

    static Optional<Versioned> find(Handle handle, long id) {
        return handle.createQuery("""
                        SELECT id, nombre, descripcion, precio, es_precio(precio) AS se_vende, descuento, categoria, <image> AS imagen_url, activo
                          FROM productos WHERE id = :id
                        """)
                .define("image", Picture.EDITED)
                .bind("id", id)
                .map(ProductEditSql::versioned)
                .findOne();
    }

    static Optional<Versioned> lock(Handle handle, long id) {
        return handle.createQuery("""
                        SELECT id, nombre, descripcion, precio, es_precio(precio) AS se_vende, descuento, categoria, <image> AS imagen_url, activo
                          FROM productos WHERE id = :id FOR NO KEY UPDATE
                        """)
                .define("image", Picture.EDITED)
                .bind("id", id)
                .map(ProductEditSql::versioned)
                .findOne();
    }

    static long insert(Handle handle, ProductDetails details, int userId, Instant now) {
        return bound(handle.createQuery("""
                        INSERT INTO productos (nombre, descripcion, precio, descuento, stock, categoria, imagen_url, activo, en_carrusel,
                               en_carousel_card, en_all_products, created_at, updated_at, creado_por_id)
                        VALUES (:name, :description, CAST(:price AS numeric), :discount, 0, :category, NULLIF(:image, ''), :active, false, false, true, :now, :now, :user)
                        RETURNING id
                        """), details)
                .bind("now", Rows.timestamp(now))
                .bind("user", userId)
                .mapTo(Long.class)
                .one();
    }

    static void update(Handle handle, long id, ProductDetails details, Instant now) {
        bound(handle.createUpdate("""
                        UPDATE productos
                           SET nombre = :name, descripcion = :description, precio = CAST(:price AS numeric), descuento = :discount, categoria = :category,
                               imagen_url = CASE WHEN :image = <image> THEN imagen_url ELSE NULLIF(:image, '') END, activo = :active,
                               updated_at = GREATEST(:now, updated_at + interval '1 microsecond')
                         WHERE id = :id
                        """), details)
                .define("image", Picture.EDITED)
                .bind("id", id)
                .bind("now", Rows.timestamp(now))
                .execute();
    }

    static List<Named> setOnSale(Handle handle, List<Long> ids, boolean onSale, Instant now) {
        return handle.createQuery("""
                        WITH elegidos AS (
                            SELECT id FROM productos WHERE id = ANY(:ids) AND activo <> :onSale ORDER BY id FOR NO KEY UPDATE
                        )
                        UPDATE productos p SET activo = :onSale, updated_at = GREATEST(:now, p.updated_at + interval '1 microsecond')
                          FROM elegidos e WHERE p.id = e.id
                        RETURNING p.id, p.nombre
                        """)
                .bindArray("ids", Long.class, ids.toArray())
                .bind("onSale", onSale)
                .bind("now", Rows.timestamp(now))
                .map((row, context) -> new Named(row.getLong("id"), row.getString("nombre")))
                .list();
    }

    private static <S extends org.jdbi.v3.core.statement.SqlStatement<S>> S bound(S statement, ProductDetails details) {
        return statement
                .bind("name", details.name())
                .bind("description", details.description())
                .bind("price", details.price().toString())
                .bind("discount", details.discountPercent())
                .bind("category", details.category())
                .bind("image", details.image())
                .bind("active", details.active());
    }

    private static Versioned versioned(ResultSet row, StatementContext context) throws SQLException {
        return new Versioned(row.getLong("id"), new ProductDetails(
                row.getString("nombre"), row.getString("descripcion"), Price.of(row), row.getInt("descuento"),
                row.getString("categoria"), row.getString("imagen_url"), row.getBoolean("activo")));
    }
}
