package com.electroisla.picture;

import com.electroisla.database.Column;
import com.electroisla.database.Rows;
import com.electroisla.picture.Gallery.Kept;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.jdbi.v3.core.Handle;

/** Every statement on {@code fotos_productos}, except the list of one product's, which the catalogue reads too. */
final class PictureSql {
    private static final String FILES_LOCK = "hashtext('electro_isla.fotos'), hashtext(current_schema())";

    /** A product without pictures has one row, in which all of theirs is null. */
    private static final Kept NONE = new Kept(0, "", "");

    private PictureSql() {}

    /** Keeps the sweep from deleting files until this transaction has ended; many may hold this. */
    static void keepFiles(Handle handle) {
        handle.createQuery("SELECT true FROM pg_advisory_xact_lock_shared(<lock>)")
                .define("lock", FILES_LOCK)
                .mapTo(Boolean.class)
                .one();
    }

    /** Whether this transaction may delete files, because nobody keeps them. */
    static boolean tryToLockFiles(Handle handle) {
        return handle.createQuery("SELECT pg_try_advisory_xact_lock(<lock>)")
                .define("lock", FILES_LOCK)
                .mapTo(Boolean.class)
                .one();
    }

    private record Row(Kept kept, boolean takenOut) {}

    /** The pictures with the one in the product's row first. */
    static Gallery gallery(Handle handle, long product) {
        String[] shown = {""};
        List<Row> rows = handle.createQuery("""
                        SELECT COALESCE(btrim(p.imagen), '') AS mostrada, f.id, f.archivo, f.texto_alternativo,
                               f.quitada_at IS NOT NULL AS quitada
                          FROM productos p LEFT JOIN fotos_productos f ON f.producto_id = p.id
                         WHERE p.id = :product
                         ORDER BY f.quitada_at DESC NULLS FIRST, f.posicion, f.id
                        """)
                .bind("product", product)
                .map((row, context) -> {
                    shown[0] = row.getString("mostrada");
                    return new Row(row.getString("archivo") == null ? NONE : kept(row), row.getBoolean("quitada"));
                })
                .list();
        return Gallery.of(shown[0], kept(rows, false), kept(rows, true));
    }

    private static List<Kept> kept(List<Row> rows, boolean takenOut) {
        return rows.stream()
                .filter(row -> row.kept != NONE && row.takenOut == takenOut)
                .map(Row::kept)
                .toList();
    }

    /** The pictures by their rows alone. */
    static Gallery live(Handle handle, long product) {
        return new Gallery(rows(handle, product), List.of());
    }

    private static List<Kept> rows(Handle handle, long product) {
        return handle.createQuery("""
                        SELECT id, archivo, texto_alternativo FROM fotos_productos
                         WHERE producto_id = :product AND quitada_at IS NULL ORDER BY posicion, id
                        """)
                .bind("product", product)
                .map((row, context) -> kept(row))
                .list();
    }

    private static Kept kept(ResultSet row) throws SQLException {
        return new Kept(row.getLong("id"), row.getString("archivo"), row.getString("texto_alternativo"));
    }

    static void append(Handle handle, long product, Collection<String> paths, Instant now) {
        handle.createUpdate("""
                        INSERT INTO fotos_productos (producto_id, archivo, posicion, creada_at)
                        SELECT :product, nueva.archivo, nueva.n + (SELECT COALESCE(max(posicion), 0)
                                 FROM fotos_productos WHERE producto_id = :product), :now
                          FROM unnest(:paths) WITH ORDINALITY AS nueva(archivo, n)
                        ON CONFLICT (producto_id, archivo)
                        DO UPDATE SET quitada_at = NULL, posicion = EXCLUDED.posicion
                        """)
                .bind("product", product)
                .bind("paths", Column.strings(paths))
                .bind("now", Rows.timestamp(now))
                .execute();
    }

    static void putFirst(Handle handle, long product, String path, Instant now) {
        handle.createUpdate("""
                        INSERT INTO fotos_productos (producto_id, archivo, posicion, creada_at)
                        VALUES (:product, :path, (SELECT COALESCE(min(posicion), 1) - 1
                                 FROM fotos_productos WHERE producto_id = :product), :now)
                        ON CONFLICT (producto_id, archivo)
                        DO UPDATE SET quitada_at = NULL, posicion = EXCLUDED.posicion
                        """)
                .bind("product", product)
                .bind("path", path)
                .bind("now", Rows.timestamp(now))
                .execute();
    }

    static void describe(Handle handle, long product, Map<Long, String> texts) {
        List<Long> ids = List.copyOf(texts.keySet());
        handle.createUpdate("""
                        UPDATE fotos_productos f SET texto_alternativo = t.texto
                          FROM unnest(:ids, :texts) AS t(id, texto) WHERE f.id = t.id AND f.producto_id = :product
                        """)
                .bind("product", product)
                .bind("ids", Column.longs(ids))
                .bind("texts", Column.strings(ids, texts::get))
                .execute();
    }

    static void order(Handle handle, long product, List<Long> ids) {
        handle.createUpdate("""
                        UPDATE fotos_productos f SET posicion = o.n
                          FROM unnest(:ids, :numbers) AS o(id, n)
                         WHERE f.id = o.id AND f.producto_id = :product AND f.posicion <> o.n
                        """)
                .bind("product", product)
                .bind("ids", Column.longs(ids))
                .bind(
                        "numbers",
                        Column.ints(IntStream.rangeClosed(1, ids.size()).boxed().toList()))
                .execute();
    }

    static void takeOut(Handle handle, long product, long id, Instant now) {
        handle.createUpdate("""
                        UPDATE fotos_productos SET quitada_at = :now
                         WHERE producto_id = :product AND id = :id AND quitada_at IS NULL
                        """)
                .bind("product", product)
                .bind("id", id)
                .bind("now", Rows.timestamp(now))
                .execute();
    }

    static void takeOut(Handle handle, long product, String path, Instant now) {
        handle.createUpdate("""
                        UPDATE fotos_productos SET quitada_at = :now
                         WHERE producto_id = :product AND archivo = :path AND quitada_at IS NULL
                        """)
                .bind("product", product)
                .bind("path", path)
                .bind("now", Rows.timestamp(now))
                .execute();
    }

    static boolean bringBack(Handle handle, long product, long id) {
        return handle.createUpdate("""
                        UPDATE fotos_productos SET quitada_at = NULL
                         WHERE producto_id = :product AND id = :id AND quitada_at IS NOT NULL
                        """).bind("product", product).bind("id", id).execute() > 0;
    }

    /** Deletes rows that nobody can bring back, and returns their files' paths. */
    static List<String> deleteGone(Handle handle, Instant takenOutBefore, int most) {
        return handle.createQuery("""
                        DELETE FROM fotos_productos WHERE id IN (
                            SELECT id FROM fotos_productos WHERE quitada_at < :before
                            UNION ALL SELECT id FROM fotos_productos WHERE producto_id IS NULL LIMIT :most)
                        RETURNING archivo
                        """)
                .bind("before", Rows.timestamp(takenOutBefore))
                .bind("most", most)
                .mapTo(String.class)
                .list();
    }

    /** The paths that a row or a product still has. */
    static List<String> stillNamed(Handle handle, Collection<String> paths) {
        return handle.createQuery("""
                        SELECT archivo FROM fotos_productos WHERE archivo = ANY(:paths)
                        UNION SELECT btrim(imagen) FROM productos WHERE btrim(imagen) = ANY(:paths)
                        """)
                .bind("paths", Column.strings(paths))
                .mapTo(String.class)
                .list();
    }

    /** Whether this database has pictures: one that was restored may be of an older release. */
    static boolean isThere(Handle handle) {
        return handle.createQuery("SELECT to_regclass('fotos_productos') IS NOT NULL")
                .mapTo(Boolean.class)
                .one();
    }

    /** Tells every path that a row or a product has. */
    static void each(Handle handle, Consumer<String> path) {
        handle.createQuery("""
                        SELECT archivo FROM fotos_productos
                        UNION SELECT btrim(imagen) FROM productos WHERE btrim(imagen) <> ''
                        """).setFetchSize(1_000).mapTo(String.class).forEach(path);
    }
}
