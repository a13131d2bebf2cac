package com.electroisla.admin;

import com.electroisla.catalog.Picture;
import com.electroisla.catalog.Price;
import com.electroisla.database.Rows;
import com.electroisla.database.StockFigures;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/** The statements of the staff's products with all that their form shows. */
final class StaffProductsSql {
    private static final String COLUMNS = """
            id, nombre, descripcion, precio, es_precio(precio) AS se_vende,
            descuento_aplicado(descuento) AS descuento, categoria, <picture>,
            COALESCE(btrim(imagen), '') <> '' AS subida, activo, en_carrusel, en_carousel_card, en_all_products,
            stock_total, stock_reservado, stock_vendido, created_at, updated_at,
            COALESCE((SELECT username FROM auth_user WHERE id = productos.creado_por_id), '') AS autor
            """.replace("<picture>", Picture.COLUMNS);

    private StaffProductsSql() {}

    /** The page, newest first. */
    static Listed<StaffProduct> page(Handle handle, ProductFilter filter, int limit, long offset) {
        List<StaffProduct> rows = ProductListSql.found(filter)
                .in(handle.createQuery("""
                        SELECT <columns> FROM productos WHERE <condition> ORDER BY id DESC LIMIT :limit OFFSET :offset
                        """))
                .define("columns", COLUMNS)
                .bind("limit", limit)
                .bind("offset", offset)
                .map((row, context) -> product(row))
                .list();
        return new Listed<>(ProductListSql.count(handle, filter), rows);
    }

    static Optional<StaffProduct> one(Handle handle, long id) {
        return handle.createQuery("SELECT <columns> FROM productos WHERE id = :id")
                .define("columns", COLUMNS)
                .bind("id", id)
                .map((row, context) -> product(row))
                .findOne();
    }

    /** Whether an order, or a hold that has ever been, needs the product. */
    static boolean isNeeded(Handle handle, long id) {
        return handle.createQuery("""
                        SELECT EXISTS (SELECT FROM detalles_pedido WHERE producto_id = :id)
                            OR EXISTS (SELECT FROM stock_reservations
                                WHERE producto_id = :id AND status = 'pending' AND producto_id IS NOT NULL)
                            OR EXISTS (SELECT FROM stock_reservations
                                WHERE producto_id = :id AND status <> 'pending' AND producto_id IS NOT NULL)
                        """).bind("id", id).mapTo(Boolean.class).one();
    }

    /** Finds out now, and not at the commit, whether anybody else's row needs a row that was deleted. */
    static void checkReferences(Handle handle) {
        handle.execute("SET CONSTRAINTS ALL IMMEDIATE");
    }

    private static StaffProduct product(ResultSet row) throws SQLException {
        return new StaffProduct(
                row.getLong("id"),
                row.getString("nombre"),
                row.getString("descripcion"),
                Price.of(row),
                row.getInt("descuento"),
                row.getString("categoria"),
                Picture.address(row.getLong("id"), row),
                row.getBoolean("subida"),
                row.getBoolean("activo"),
                row.getBoolean("en_carrusel"),
                row.getBoolean("en_carousel_card"),
                row.getBoolean("en_all_products"),
                StockFigures.of(row),
                row.getString("autor"),
                Rows.instant(row, "created_at"),
                Rows.instant(row, "updated_at"));
    }
}
