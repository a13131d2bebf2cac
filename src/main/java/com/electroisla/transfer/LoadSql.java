package com.electroisla.transfer;

import com.electroisla.catalog.Money;
import com.electroisla.catalog.ProductRules;
import com.electroisla.catalog.TypedPrice;
import com.electroisla.database.Script;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.Query;
import org.jdbi.v3.core.statement.SqlStatement;
import org.postgresql.PGConnection;
import org.postgresql.copy.CopyIn;
import org.postgresql.copy.CopyManager;

/**
 * The statements that compare a file with the shop. They read the shop and write two temporary tables of their
 * session: {@code carga}, the lines of the file that are valid by themselves, and {@code carga_pendiente}, the lines
 * that would write something, in the file's order.
 */
final class LoadSql {
    private static final int FETCH_SIZE = 2_000;

    /** The condition that a total is below the units held and sold. */
    static final String BELOW_PROMISES =
            "c.stock_total <> p.stock_total AND c.stock_total < p.stock_reservado + p.stock_vendido";

    /** Names that a reader takes for the same: compared without accents, case and the blanks between words. */
    private static final String SAME_NAME =
            "texto_buscable(regexp_replace(btrim(%s, :blanks), '[[:space:]\u00A0]+', ' ', 'g'))";

    private LoadSql() {}

    static void createTables(Handle handle) {
        dropTables(handle);
        handle.execute("CREATE TEMPORARY TABLE carga (linea bigint NOT NULL, <columns>, dudas text)"
                .replace("<columns>", ColumnSql.TYPED));
        handle.execute("CREATE TEMPORARY TABLE carga_pendiente (orden bigint NOT NULL, linea bigint NOT NULL, id "
                + "bigint, version bigint)");
    }

    static void dropTables(Handle handle) {
        handle.execute("DROP TABLE IF EXISTS pg_temp.carga, pg_temp.carga_pendiente");
    }

    /** Copies good lines, with the columns in the order of {@link CopyText}. */
    static void copy(Handle handle, byte[] lines) throws SQLException {
        CopyManager copies = handle.getConnection().unwrap(PGConnection.class).getCopyAPI();
        CopyIn copy = copies.copyIn("COPY carga FROM STDIN (FORMAT text, ENCODING 'UTF8')");
        copy.writeToCopy(lines, 0, lines.length);
        copy.endCopy();
    }

    /**
     * Whether another session of this database executes a statement at this moment and does not wait for a lock. A
     * session whose state this role may not see counts as one that does.
     */
    static boolean othersAreAtWork(Handle handle) {
        AtomicBoolean found = new AtomicBoolean();
        new Script()
                // Within a transaction the view keeps showing what it showed first.
                .add("SELECT pg_stat_clear_snapshot()", _ -> {})
                .add("""
                        SELECT EXISTS (
                            SELECT FROM pg_stat_activity
                             WHERE datname = current_database() AND pid <> pg_backend_pid()
                               AND COALESCE(backend_type, 'client backend') = 'client backend'
                               AND COALESCE(state, '') NOT LIKE 'idle%'
                               AND wait_event_type IS DISTINCT FROM 'Lock') AS at_work
                        """, row -> found.set(row.getBoolean("at_work")))
                .run(handle);
        return found.get();
    }

    static void analyze(Handle handle) {
        handle.execute("ANALYZE carga");
    }

    /**
     * Makes the transaction read-only, so that the comparison changes nothing in the shop; temporary tables stay
     * writable.
     */
    static void readOnly(Handle handle) {
        handle.execute("SET TRANSACTION READ ONLY");
    }

    /** Gives each line without an id the id of the only product with its name; the product keeps its own spelling. */
    static void takeIdsByName(Handle handle) {
        blanks(handle.createUpdate("""
                        UPDATE carga c SET id = unicos.id, nombre = NULL
                          FROM (SELECT <name> AS clave, min(id) AS id FROM productos p GROUP BY 1
                              HAVING count(*) = 1) AS unicos
                         WHERE c.id IS NULL AND unicos.clave = <line>
                        """)
                        .define("name", SAME_NAME.formatted("p.nombre"))
                        .define("line", SAME_NAME.formatted("c.nombre")))
                .execute();
    }

    /** The lines without an id that have the name of an existing product, unless the file renames that product. */
    static void forEachTwin(Handle handle, Consumer<LineProblem> each) {
        problems(
                blanks(handle.createQuery("""
                        SELECT n.linea, min(p.id) AS id, count(*) AS cuantos
                          FROM carga n
                          JOIN (SELECT p.id, <name> AS clave FROM productos p LEFT JOIN carga c ON c.id = p.id
                              WHERE c.nombre IS NULL) AS p ON p.clave = <line>
                         WHERE n.id IS NULL GROUP BY n.linea ORDER BY n.linea
                        """)
                        .define("name", SAME_NAME.formatted("p.nombre"))
                        .define("line", SAME_NAME.formatted("n.nombre"))),
                row -> LineProblem.of(
                        row.getLong("linea"),
                        CatalogueColumn.NAME,
                        row.getLong("cuantos") == 1
                                ? "ya hay un producto que se llama así, el " + row.getLong("id")
                                        + "; pon su id, o di que se cambie o que se cree otro"
                                : "ya hay " + row.getLong("cuantos") + " productos que se llaman así (el "
                                        + row.getLong("id") + " es uno); pon el id"),
                each);
    }

    /** The lines without an id that have the name of another line. */
    static void forEachTwinLine(Handle handle, Consumer<LineProblem> each) {
        problems(
                blanks(handle.createQuery("""
                        SELECT linea, otra FROM (
                            SELECT linea, id, CASE WHEN linea = min(linea) OVER mismo THEN max(linea) OVER mismo
                                   ELSE min(linea) OVER mismo END AS otra,
                                   bool_or(id IS NOT NULL) OVER mismo AS alguna_con_id,
                                   linea = min(linea) OVER mismo AS primera
                              FROM (SELECT linea, id, <line> AS clave FROM carga c WHERE nombre IS NOT NULL) AS lineas
                            WINDOW mismo AS (PARTITION BY clave)) AS r
                         WHERE id IS NULL AND otra <> linea AND (alguna_con_id OR NOT primera) ORDER BY linea
                        """).define("line", SAME_NAME.formatted("c.nombre"))),
                row -> LineProblem.of(
                        row.getLong("linea"),
                        CatalogueColumn.NAME,
                        "se llama igual que la línea " + row.getLong("otra")),
                each);
    }

    static void forEachRepeated(Handle handle, Consumer<LineProblem> each) {
        problems(
                handle.createQuery("""
                        SELECT linea, primera FROM (SELECT linea, min(linea) OVER (PARTITION BY id) AS primera
                               FROM carga WHERE id IS NOT NULL) AS r
                         WHERE linea <> primera ORDER BY linea
                        """),
                row -> LineProblem.of(
                        row.getLong("linea"),
                        CatalogueColumn.ID,
                        "es el mismo producto que en la línea " + row.getLong("primera")),
                each);
    }

    static void forEachUnknown(Handle handle, Consumer<LineProblem> each) {
        problems(
                handle.createQuery("""
                        SELECT linea, id FROM carga c
                         WHERE id IS NOT NULL AND NOT EXISTS (SELECT FROM productos p WHERE p.id = c.id) ORDER BY linea
                        """),
                row -> LineProblem.of(
                        row.getLong("linea"), CatalogueColumn.ID, "no existe el producto " + row.getLong("id")),
                each);
    }

    /** The faults of lines whose product does not have the same value already. */
    static void forEachDoubt(Handle handle, Consumer<LineProblem> each) {
        problems(
                handle.createQuery("""
                        SELECT c.linea, d.campo, d.motivo
                          FROM carga c JOIN productos p ON p.id = c.id
                         CROSS JOIN LATERAL (SELECT split_part(duda, E'\\t', 1) AS campo,
                                               split_part(duda, E'\\t', 2) AS motivo
                                               FROM unnest(string_to_array(c.dudas, E'\\n')) AS duda) AS d
                         WHERE c.dudas IS NOT NULL
                           AND <differs>
                         ORDER BY c.linea
                        """).define("differs", ColumnSql.DIFFERS),
                row -> new LineProblem(row.getLong("linea"), row.getString("campo"), row.getString("motivo")),
                each);
    }

    static void forEachBelowPromises(Handle handle, Consumer<LineProblem> each) {
        problems(
                handle.createQuery("""
                        SELECT c.linea, c.stock_total, p.stock_reservado, p.stock_vendido
                          FROM carga c JOIN productos p ON p.id = c.id WHERE <below> ORDER BY c.linea
                        """).define("below", BELOW_PROMISES),
                row -> belowPromises(
                        row.getLong("linea"),
                        row.getInt("stock_total"),
                        row.getInt("stock_reservado"),
                        row.getInt("stock_vendido")),
                each);
    }

    static LineProblem belowPromises(long line, int total, int reserved, int sold) {
        return LineProblem.of(
                line,
                CatalogueColumn.STOCK_TOTAL,
                "%d es menos que lo reservado (%d) y vendido (%d)".formatted(total, reserved, sold));
    }

    static void drop(Handle handle, List<Long> lines) {
        handle.createUpdate("DELETE FROM carga WHERE linea = ANY(:lines)")
                .bindArray("lines", Long.class, lines.toArray())
                .execute();
    }

    /**
     * Records the lines that would write something, in the file's order, and the present state of the products they
     * would change.
     */
    static void notePending(Handle handle) {
        blanks(handle.createUpdate("""
                        INSERT INTO carga_pendiente (orden, linea, id, version)
                        SELECT row_number() OVER (ORDER BY c.linea), c.linea,
                               p.id, CASE WHEN p.id IS NOT NULL THEN <version> END
                          FROM carga c LEFT JOIN productos p ON p.id = c.id
                         WHERE c.id IS NULL OR (<wanted>) IS DISTINCT FROM (<present>)
                        """)
                        .define("version", ColumnSql.VERSION)
                        .define("wanted", ColumnSql.WANTED)
                        .define("present", ColumnSql.PRESENT))
                .execute();
    }

    /** Makes the index by which pieces are found. */
    static void index(Handle handle) {
        handle.execute("CREATE INDEX ON pg_temp.carga (linea)");
        handle.execute("CREATE INDEX ON pg_temp.carga_pendiente (orden)");
        handle.execute("ANALYZE pg_temp.carga_pendiente");
    }

    /** @param unchanged lines that would change nothing */
    record Counts(long created, long updated, long unchanged) {}

    static Counts count(Handle handle) {
        return handle.createQuery("""
                        SELECT count(*) FILTER (WHERE id IS NULL) AS nuevas, count(id) AS cambian, (SELECT count(*)
                               FROM carga) - count(*) AS iguales
                          FROM carga_pendiente
                        """)
                .map((row, context) ->
                        new Counts(row.getLong("nuevas"), row.getLong("cambian"), row.getLong("iguales")))
                .one();
    }

    /** The present state of the product of each line that names one, in the file's order. */
    static void forEachVersion(Handle handle, VersionConsumer each) {
        handle.createQuery("SELECT c.linea, <version> AS version FROM carga c JOIN productos p ON p.id = c.id ORDER "
                        + "BY c.linea")
                .define("version", ColumnSql.VERSION)
                .setFetchSize(FETCH_SIZE)
                .map((row, context) -> new long[] {row.getLong("linea"), row.getLong("version")})
                .useIterator(rows -> rows.forEachRemaining(row -> each.at(row[0], row[1])));
    }

    interface VersionConsumer {
        void at(long line, long version);
    }

    /** @param most how many are listed one by one */
    static PriceLeaps leaps(Handle handle, int most) {
        List<PriceLeaps.Leap> first = new ArrayList<>();
        long count = handle.createQuery("""
                        SELECT k.linea, k.id, p.precio AS antes, c.precio AS despues
                          FROM carga_pendiente k JOIN carga c ON c.linea = k.linea JOIN productos p ON p.id = k.id
                         WHERE c.precio <> p.precio AND es_precio(p.precio) AND es_precio(c.precio)
                         ORDER BY k.orden
                        """)
                .setFetchSize(FETCH_SIZE)
                .map((row, context) -> new PriceLeaps.Leap(
                        row.getLong("linea"),
                        row.getLong("id"),
                        new Money(row.getBigDecimal("antes")),
                        new Money(row.getBigDecimal("despues"))))
                .withStream(moved -> moved.filter(leap -> TypedPrice.isLeap(leap.before(), leap.after()))
                        .peek(leap -> {
                            if (first.size() < most) {
                                first.add(leap);
                            }
                        })
                        .mapToLong(leap -> 1)
                        .sum());
        return new PriceLeaps(first, count);
    }

    /** The changes, field by field; products with a price leap first. */
    static List<LoadPreview.Change> changes(Handle handle, PriceLeaps leaps, int most) {
        return blanks(handle.createQuery("""
                        SELECT k.linea, k.id, p.nombre AS producto, v.campo, v.antes, v.despues,
                               k.salta AND v.campo = 'precio' AS salta
                          FROM (SELECT *, linea = ANY(:leaps) AS salta FROM carga_pendiente WHERE id IS NOT NULL
                              ORDER BY salta DESC, orden LIMIT :most) k
                          JOIN carga c ON c.linea = k.linea
                          JOIN productos p ON p.id = k.id
                         CROSS JOIN LATERAL (SELECT <wanted>) AS q(<names>)
                         CROSS JOIN LATERAL (VALUES <changes>) AS v(orden, campo, antes, despues)
                         WHERE v.despues <> v.antes
                         ORDER BY k.salta DESC, k.orden, v.orden
                        """)
                        .define("wanted", ColumnSql.WANTED)
                        .define("names", ColumnSql.NAMES)
                        .define("changes", ColumnSql.BEFORE_AND_AFTER))
                .bindArray(
                        "leaps",
                        Long.class,
                        leaps.first().stream().map(PriceLeaps.Leap::line).toArray())
                .bind("most", most)
                .map((row, context) -> new LoadPreview.Change(
                        row.getLong("id"),
                        row.getString("producto"),
                        row.getString("campo"),
                        row.getString("antes"),
                        row.getString("despues"),
                        row.getBoolean("salta")))
                .list();
    }

    /** The new products. */
    static List<LoadPreview.New> created(Handle handle, int most) {
        return handle.createQuery("""
                        SELECT k.linea, n.nombre, n.precio::text AS precio, n.descuento, n.categoria,
                               n.stock_total AS total, n.activo
                          FROM (SELECT * FROM carga_pendiente WHERE id IS NULL ORDER BY orden LIMIT :most) k
                          JOIN carga c ON c.linea = k.linea
                         CROSS JOIN LATERAL (SELECT <values>) AS n(<names>)
                         ORDER BY k.orden
                        """)
                .define("values", ColumnSql.OF_A_NEW_ONE)
                .define("names", ColumnSql.NAMES)
                .bind("most", most)
                .map((row, context) -> new LoadPreview.New(
                        row.getLong("linea"),
                        row.getString("nombre"),
                        row.getString("precio"),
                        row.getInt("descuento"),
                        row.getString("categoria"),
                        row.getInt("total"),
                        row.getBoolean("activo")))
                .list();
    }

    static <S extends SqlStatement<S>> S blanks(S statement) {
        return statement.bind("blanks", ProductRules.BLANKS);
    }

    /** Turns a row of a check into a problem. */
    private interface Wrong {
        LineProblem in(ResultSet row) throws SQLException;
    }

    private static void problems(Query query, Wrong wrong, Consumer<LineProblem> each) {
        query.setFetchSize(FETCH_SIZE)
                .map((row, context) -> wrong.in(row))
                .useIterator(found -> found.forEachRemaining(each));
    }
}
