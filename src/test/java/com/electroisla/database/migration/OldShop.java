package com.electroisla.database.migration;

import com.electroisla.database.Database;
import java.util.Map;

/** Rows and figures for the tests below. */
final class OldShop {
    private final Database database;

    OldShop(Database database) {
        this.database = database;
    }

    int user(String name) {
        return insert("""
                INSERT INTO auth_user (password, is_superuser, username, first_name, last_name, email, is_staff,
                    is_active, date_joined)
                VALUES ('!', false, '%s', '', '', '', false, true, now()) RETURNING id""".formatted(name));
    }

    /** A product as the old application inserts one, with `stock` and without figures. */
    int productWithStock(int stock) {
        return insert("""
                INSERT INTO productos (nombre, descripcion, precio, descuento, stock, categoria, activo, en_carrusel,
                    en_carousel_card, en_all_products, created_at, updated_at)
                VALUES ('Nevera', '', 99.99, 0, %d, 'otros', true, false, false, true, now(), now())
                RETURNING id""".formatted(stock));
    }

    int productWithFigures(int total, int reserved, int sold) {
        return insert("""
                INSERT INTO productos (nombre, descripcion, precio, descuento, stock, stock_total, stock_reservado,
                    stock_vendido,
                    categoria, activo, en_carrusel, en_carousel_card, en_all_products, created_at, updated_at)
                VALUES ('Nevera', '', 99.99, 0, %d, %d, %d, %d, 'otros', true, false, false, true, now(), now())
                RETURNING id""".formatted(total - reserved - sold, total, reserved, sold));
    }

    int reservation(int user, int product, int quantity, String status, String expires) {
        return insert(
                """
                INSERT INTO stock_reservations (cantidad, status, created_at, expires_at, confirmed_at, user_agent,
                    producto_id, usuario_id)
                VALUES (%d, '%s', now(), now() + interval '%s', %s, '', %d, %d) RETURNING id
                """.formatted(quantity, status, expires, status.equals("confirmed") ? "now()" : "NULL", product, user));
    }

    /** The figures total, reservado, vendido, stock. */
    String figures(int product) {
        Map<String, Object> row = database.read(handle -> handle.createQuery(
                        "SELECT stock_total, stock_reservado, stock_vendido, stock FROM productos WHERE id = :id")
                .bind("id", product)
                .mapToMap()
                .one());
        return row.get("stock_total") + "/" + row.get("stock_reservado") + "/" + row.get("stock_vendido") + " stock "
                + row.get("stock");
    }

    int number(String sql) {
        return database.read(
                handle -> handle.createQuery(sql).mapTo(Integer.class).one());
    }

    String text(String sql) {
        return database.read(
                handle -> handle.createQuery(sql).mapTo(String.class).one());
    }

    void execute(String sql) {
        database.useTransaction(handle -> MigrationSql.run(handle, sql, line -> {}));
    }

    private int insert(String sql) {
        return database.inTransaction(
                handle -> handle.createQuery(sql).mapTo(Integer.class).one());
    }
}
