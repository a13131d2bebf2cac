package com.electroisla.favorites;

import com.electroisla.database.Column;
import com.electroisla.database.Rows;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import org.jdbi.v3.core.Handle;

/** Every statement on {@code favoritos}, except the count of one product's, which the catalogue reads. */
final class FavoriteSql {
    private FavoriteSql() {}

    /**
     * The state before an addition.
     *
     * @param ofUser how many favourites the user has
     */
    record Standing(boolean onSale, boolean isFavorite, int ofUser) {}

    static Standing standing(Handle handle, int user, long product) {
        return handle.createQuery("""
                        SELECT EXISTS (SELECT FROM productos
                                        WHERE id = :product AND activo AND se_vende(precio, cerrado_desde)),
                               EXISTS (SELECT FROM favoritos WHERE usuario_id = :user AND producto_id = :product),
                               (SELECT count(*) FROM favoritos WHERE usuario_id = :user)
                        """)
                .bind("user", user)
                .bind("product", product)
                .map((row, context) -> new Standing(row.getBoolean(1), row.getBoolean(2), row.getInt(3)))
                .one();
    }

    static void insert(Handle handle, int user, long product, Instant now) {
        handle.createUpdate(
                        "INSERT INTO favoritos (created_at, producto_id, usuario_id) VALUES (:now, :product, :user)")
                .bind("now", Rows.timestamp(now))
                .bind("product", product)
                .bind("user", user)
                .execute();
    }

    static boolean delete(Handle handle, int user, long product) {
        return handle.createUpdate("DELETE FROM favoritos WHERE usuario_id = :user AND producto_id = :product")
                        .bind("user", user)
                        .bind("product", product)
                        .execute()
                > 0;
    }

    static void takeOut(Handle handle, long product) {
        handle.createUpdate("DELETE FROM favoritos WHERE producto_id = :product")
                .bind("product", product)
                .execute();
    }

    static boolean exists(Handle handle, long product) {
        return handle.createQuery("SELECT EXISTS (SELECT FROM productos WHERE id = :product)")
                .bind("product", product)
                .mapTo(boolean.class)
                .one();
    }

    static long count(Handle handle, long product) {
        return handle.createQuery("SELECT count(*) FROM favoritos WHERE producto_id = :product")
                .bind("product", product)
                .mapTo(Long.class)
                .one();
    }

    static Set<Long> among(Handle handle, int user, Collection<Long> products) {
        return handle.createQuery(
                        "SELECT producto_id FROM favoritos WHERE usuario_id = :user AND producto_id = ANY(:products)")
                .bind("user", user)
                .bind("products", Column.longs(products))
                .mapTo(Long.class)
                .set();
    }

    static List<Long> of(Handle handle, int user, int most) {
        return handle.createQuery("""
                        SELECT producto_id FROM favoritos WHERE usuario_id = :user
                         ORDER BY created_at DESC, id DESC LIMIT :most
                        """)
                .bind("user", user)
                .bind("most", most)
                .mapTo(Long.class)
                .list();
    }

    static void deleteOf(Handle handle, int userId) {
        handle.createUpdate("DELETE FROM favoritos WHERE usuario_id = :userId")
                .bind("userId", userId)
                .execute();
    }
}
