package com.electroisla.transfer;

import com.electroisla.database.Rows;
import com.electroisla.database.StockFigures;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.function.Consumer;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.Query;
import org.postgresql.PGConnection;
import org.postgresql.copy.CopyIn;
import org.postgresql.copy.CopyManager;

/**
 * The statements of a load and a dump. A load lives in two temporary tables: {@code carga}, the good lines of the file, and
 * {@code carga_cambia}, those of them whose products it changes and has locked.
 */
final class TransferSql {
    private static final int FETCH_SIZE = 2_000;

    /** A cell that says nothing leaves what is there; an old row without an image keeps its null or its empty text. */
    private static final String WANTED = """
            COALESCE(c.nombre, p.nombre), COALESCE(c.descripcion, p.descripcion), COALESCE(c.precio, p.precio),
            COALESCE(c.descuento, p.descuento), COALESCE(c.categoria, p.categoria), COALESCE(c.stock_total, p.stock_total),
            COALESCE(c.activo, p.activo),
            CASE WHEN c.imagen_url IS NULL OR c.imagen_url = COALESCE(p.imagen_url, '') THEN p.imagen_url ELSE NULLIF(c.imagen_url, '') END""";
    private static final String PRESENT =
            "p.nombre, p.descripcion, p.precio, p.descuento, p.categoria, p.stock_total, p.activo, p.imagen_url";

    private TransferSql() {}

    static void createTables(Handle handle) {
        handle.execute("""
                CREATE TEMPORARY TABLE carga (
                    linea bigint NOT NULL, id bigint, nombre text, descripcion text, precio numeric(10,2), descuento int,
                    categoria text, stock_total int, activo boolean, imagen_url text
                ) ON COMMIT DROP
                """);
        handle.execute("CREATE TEMPORARY TABLE carga_cambia (linea bigint NOT NULL, id bigint NOT NULL) ON COMMIT DROP");
    }

    /** Where the good lines go, in the order of {@link CopyText}. */
    static CopyIn copyIn(Handle handle) throws SQLException {
        CopyManager copies = handle.getConnection().unwrap(PGConnection.class).getCopyAPI();
        return copies.copyIn("COPY carga FROM STDIN (FORMAT text, ENCODING 'UTF8')");
    }

    static void analyze(Handle handle) {
        handle.execute("ANALYZE carga");
    }

    static void forEachRepeated(Handle handle, Consumer<LineProblem> each) {
        problems(handle.createQuery("""
                        SELECT linea, primera FROM (SELECT linea, min(linea) OVER (PARTITION BY id) AS primera FROM carga WHERE id IS NOT NULL) AS r
                         WHERE linea <> primera ORDER BY linea
                        """), Column.ID, row -> "es el mismo producto que en la línea " + row.getLong("primera"), each);
    }

    static void forEachUnknown(Handle handle, Consumer<LineProblem> each) {
        problems(handle.createQuery("""
                        SELECT linea, id FROM carga c
                         WHERE id IS NOT NULL AND NOT EXISTS (SELECT FROM productos p WHERE p.id = c.id) ORDER BY linea
                        """), Column.ID, row -> "no existe el producto " + row.getLong("id"), each);
    }

    /** Leaves out the lines that the two above tell of. One join, because a look for each line would take hours for a million. */
    static void dropUnusable(Handle handle) {
        handle.execute("""
                DELETE FROM carga c
                 USING (SELECT linea, id, min(linea) OVER (PARTITION BY id) AS primera FROM carga WHERE id IS NOT NULL) AS r
                  LEFT JOIN productos p ON p.id = r.id
                 WHERE c.linea = r.linea AND (p.id IS NULL OR r.linea <> r.primera)
                """);
    }

    /**
     * Locks, in id order, the products that differ from their lines, and no others. What becomes different after this look
     * at it was changed later than this load.
     */
    static void lockChanging(Handle handle) {
        handle.createUpdate("""
                        INSERT INTO carga_cambia (linea, id)
                        SELECT c.linea, p.id FROM carga c JOIN productos p ON p.id = c.id
                         WHERE (<wanted>) IS DISTINCT FROM (<present>)
                         ORDER BY p.id FOR NO KEY UPDATE OF p
                        """)
                .define("wanted", WANTED)
                .define("present", PRESENT)
                .execute();
        handle.execute("ANALYZE carga_cambia");
    }

    /** The lines that want a total below what is promised and sold. The products are locked. */
    static void forEachBelowPromises(Handle handle, Consumer<LineProblem> each) {
        problems(handle.createQuery("""
                        SELECT c.linea, c.stock_total, p.stock_reservado, p.stock_vendido
                          FROM carga_cambia k JOIN carga c ON c.linea = k.linea JOIN productos p ON p.id = k.id
                         WHERE c.stock_total <> p.stock_total AND c.stock_total < p.stock_reservado + p.stock_vendido ORDER BY c.linea
                        """), Column.STOCK_TOTAL, row -> "%d es menos que lo reservado (%d) y vendido (%d)".formatted(
                row.getInt("stock_total"), row.getInt("stock_reservado"), row.getInt("stock_vendido")), each);
    }

    /** Leaves out the lines that {@link #forEachBelowPromises} tells of; their products stay locked, and as they are. */
    static void dropBelowPromises(Handle handle) {
        handle.execute("""
                DELETE FROM carga_cambia k USING carga c, productos p
                 WHERE c.linea = k.linea AND p.id = k.id
                   AND c.stock_total <> p.stock_total AND c.stock_total < p.stock_reservado + p.stock_vendido
                """);
    }

    /** What changes, field by field. */
    static List<LoadPreview.Change> changes(Handle handle, int most) {
        return handle.createQuery("""
                        SELECT p.id, p.nombre, v.campo, v.antes, v.despues
                          FROM (SELECT * FROM carga_cambia ORDER BY id LIMIT :most) k
                          JOIN carga c ON c.linea = k.linea
                          JOIN productos p ON p.id = k.id
                         CROSS JOIN LATERAL (VALUES
                               (1, 'nombre', p.nombre, c.nombre), (2, 'descripcion', p.descripcion, c.descripcion),
                               (3, 'precio', p.precio::text, c.precio::text), (4, 'descuento', p.descuento::text, c.descuento::text),
                               (5, 'categoria', p.categoria, c.categoria), (6, 'stock_total', p.stock_total::text, c.stock_total::text),
                               (7, 'activo', p.activo::text, c.activo::text), (8, 'imagen_url', COALESCE(p.imagen_url, ''), c.imagen_url)
                         ) AS v(orden, campo, antes, despues)
                         WHERE v.despues IS NOT NULL AND v.despues <> v.antes
                         ORDER BY p.id, v.orden
                        """)
                .bind("most", most)
                .map((row, context) -> new LoadPreview.Change(row.getLong("id"), row.getString("nombre"), row.getString("campo"),
                        row.getString("antes"), row.getString("despues")))
                .list();
    }

    /** Writes a movement for each total that is about to change; a product that is not initialised begins at 0. */
    static void moveTotals(Handle handle, Instant now) {
        handle.createUpdate("""
                        INSERT INTO movimientos_stock (producto_id, tipo, delta_total, delta_vendido, motivo, created_at)
                        SELECT p.id, 'ajuste', c.stock_total - p.stock_total, 0, 'loaddata', :now
                          FROM carga_cambia k JOIN carga c ON c.linea = k.linea JOIN productos p ON p.id = k.id
                         WHERE c.stock_total <> p.stock_total ORDER BY p.id
                        """)
                .bind("now", Rows.timestamp(now))
                .execute();
    }

    /** @return how many products were changed */
    static int update(Handle handle, Instant now) {
        return handle.createUpdate("""
                        UPDATE productos p
                           SET (nombre, descripcion, precio, descuento, categoria, stock_total, activo, imagen_url, updated_at) = ROW(<wanted>, :now)
                          FROM carga_cambia k JOIN carga c ON c.linea = k.linea
                         WHERE p.id = k.id
                        """)
                .define("wanted", WANTED)
                .bind("now", Rows.timestamp(now))
                .execute();
    }

    /** Adds the lines without an id, in the file's order, each with the movement of its first units. @return how many */
    static long insert(Handle handle, Instant now) {
        return handle.createQuery("""
                        WITH nuevos AS (
                            INSERT INTO productos (nombre, descripcion, precio, descuento, stock, stock_total, categoria, activo, imagen_url,
                                                   en_carrusel, en_carousel_card, en_all_products, created_at, updated_at)
                            SELECT nombre, COALESCE(descripcion, ''), precio, COALESCE(descuento, 0), COALESCE(stock_total, 0), COALESCE(stock_total, 0),
                                   COALESCE(categoria, 'otros'), COALESCE(activo, true), NULLIF(imagen_url, ''),
                                   false, false, true, :now, :now
                              FROM carga WHERE id IS NULL ORDER BY linea
                            RETURNING id, stock_total
                        ), movidos AS (
                            INSERT INTO movimientos_stock (producto_id, tipo, delta_total, delta_vendido, motivo, created_at)
                            SELECT id, 'entrada', stock_total, 0, 'loaddata', :now FROM nuevos WHERE stock_total > 0
                        )
                        SELECT count(*) FROM nuevos
                        """)
                .bind("now", Rows.timestamp(now))
                .mapTo(Long.class)
                .one();
    }

    /** How many good lines there are. */
    static long countLines(Handle handle) {
        return handle.createQuery("SELECT count(*) FROM carga").mapTo(Long.class).one();
    }

    static long countProducts(Handle handle) {
        return handle.createQuery("SELECT count(*) FROM productos").mapTo(Long.class).one();
    }

    /**
     * Tells of every product as it is stored, by id, from one snapshot and without holding them in memory. A product that is
     * not initialised has no total yet; its cell is empty, so that loading the file leaves it so. So is that of a price that is none.
     */
    static void forEachProduct(Handle handle, Consumer<ProductLine> each) {
        handle.createQuery("""
                        SELECT id, nombre, descripcion, CASE WHEN es_precio(precio) THEN precio END AS precio,
                               descuento_aplicado(descuento) AS descuento, categoria, activo, imagen_url,
                               CASE WHEN NOT """ + StockFigures.NOT_INITIALISED + """
                                THEN stock_total END AS total
                          FROM productos ORDER BY id
                        """)
                .setFetchSize(FETCH_SIZE)
                .map((row, context) -> new ProductLine(0, row.getLong("id"), row.getString("nombre"), row.getString("descripcion"),
                        row.getBigDecimal("precio"), row.getInt("descuento"), row.getString("categoria"), row.getObject("total", Integer.class),
                        row.getBoolean("activo"), row.getString("imagen_url")))
                .useIterator(products -> products.forEachRemaining(each));
    }

    /** What is wrong in a row of a check. */
    private interface Reason {
        String of(ResultSet row) throws SQLException;
    }

    private static void problems(Query query, Column column, Reason reason, Consumer<LineProblem> each) {
        query.setFetchSize(FETCH_SIZE)
                .map((row, context) -> LineProblem.of(row.getLong("linea"), column, reason.of(row)))
                .useIterator(found -> found.forEachRemaining(each));
    }
}
