package com.electroisla.database.takeover;

import com.electroisla.database.takeover.ExpectedSchema.Key;
import com.electroisla.database.takeover.ExpectedSchema.Reference;
import java.sql.Array;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import org.jdbi.v3.core.Handle;

/**
 * Statements that read the structure of the old shop's tables. Names of tables and columns within a statement come
 * from {@link ExpectedSchema} alone, never from a database.
 */
final class TakeoverSchemaSql {
    private TakeoverSchemaSql() {}

    /**
     * An existing column.
     *
     * @param given whether the database fills it when an insert leaves it out
     */
    record Found(String table, String name, String type, boolean required, boolean given) {
        String path() {
            return table + "." + name;
        }
    }

    /** A number of rows, with up to five examples. */
    record Counted(long rows, List<String> examples) {
        static Counted of(ResultSet row) throws SQLException {
            Array examples = row.getArray(2);
            return new Counted(row.getLong(1), examples == null ? List.of() : List.of((String[]) examples.getArray()));
        }
    }

    static List<Found> columns(Handle handle, List<String> tables) {
        return handle.createQuery("""
                        SELECT t.tabla, a.attname, format_type(a.atttypid, a.atttypmod) AS tipo, a.attnotnull,
                               a.atthasdef OR a.attidentity <> '' AS dada
                          FROM unnest(:tables) AS t(tabla) JOIN pg_attribute a ON a.attrelid = to_regclass(t.tabla)
                         WHERE a.attnum > 0 AND NOT a.attisdropped
                         ORDER BY t.tabla, a.attnum
                        """)
                .bindArray("tables", String.class, tables)
                .map((row, context) -> new Found(
                        row.getString("tabla"),
                        row.getString("attname"),
                        row.getString("tipo"),
                        row.getBoolean("attnotnull"),
                        row.getBoolean("dada")))
                .list();
    }

    /** Whether a valid unique index or constraint covers these columns, on which the database can rely. */
    static boolean hasKey(Handle handle, Key key) {
        return handle.createQuery("""
                        SELECT EXISTS (
                            SELECT FROM pg_index i
                             WHERE i.indrelid = to_regclass(:table) AND i.indisunique AND i.indisvalid
                               AND i.indimmediate
                               AND i.indpred IS NULL AND i.indexprs IS NULL
                               AND CAST(:columns AS text[]) = ARRAY(
                                    SELECT a.attname::text FROM unnest(i.indkey::int2[]) WITH ORDINALITY AS k(columna,
                                           lugar)
                                      JOIN pg_attribute a ON a.attrelid = i.indrelid AND a.attnum = k.columna
                                     WHERE k.lugar <= i.indnkeyatts ORDER BY a.attname::text COLLATE "C"))
                        """)
                .bind("table", key.table())
                .bindArray("columns", String.class, ExpectedSchema.sorted(key.columns()))
                .mapTo(Boolean.class)
                .one();
    }

    static boolean hasReference(Handle handle, Reference reference) {
        return handle.createQuery("""
                        SELECT EXISTS (
                            SELECT FROM pg_constraint k JOIN pg_attribute a ON a.attrelid = k.conrelid
                                   AND ARRAY[a.attnum] = k.conkey
                             WHERE k.contype = 'f' AND k.convalidated AND k.conrelid = to_regclass(:table)
                               AND k.confrelid = to_regclass(:target) AND a.attname = :column)
                        """)
                .bind("table", reference.table())
                .bind("target", reference.target())
                .bind("column", reference.column())
                .mapTo(Boolean.class)
                .one();
    }

    /** The duplicate rows of a key: all but the first of each value, with examples of the values. */
    static Counted duplicates(Handle handle, Key key) {
        return handle.createQuery("""
                        SELECT COALESCE(sum(veces - 1), 0), (array_agg(clave ORDER BY clave))[1 : 5]
                          FROM (SELECT concat_ws('/', %2$s) AS clave, count(*) AS veces FROM %1$s
                                 GROUP BY %2$s HAVING count(*) > 1) AS repetidas
                        """.formatted(key.table(), key.columns()))
                .map((row, context) -> Counted.of(row))
                .one();
    }

    static Counted orphans(Handle handle, Reference reference) {
        return handle.createQuery("""
                        SELECT count(*), (array_agg(h.id::text ORDER BY h.id))[1 : 5] FROM %1$s h
                         WHERE h.%2$s IS NOT NULL AND NOT EXISTS (SELECT FROM %3$s d WHERE d.id = h.%2$s)
                        """.formatted(reference.table(), reference.column(), reference.target()))
                .map((row, context) -> Counted.of(row))
                .one();
    }

    static long nulls(Handle handle, ExpectedSchema.Column column) {
        return handle.createQuery("SELECT count(*) FROM %s WHERE %s IS NULL".formatted(column.table(), column.name()))
                .mapTo(Long.class)
                .one();
    }

    /** Whether the next id that the database would give is already used. */
    static boolean givesTakenIds(Handle handle, String table) {
        return handle.createQuery("""
                        SELECT COALESCE((SELECT max(id) FROM %1$s), 0)
                               > COALESCE((SELECT last_value FROM pg_sequences
                                            WHERE format('%%I.%%I', schemaname, sequencename)::regclass
                                                  = pg_get_serial_sequence('%1$s', 'id')::regclass), 0)
                           AND pg_get_serial_sequence('%1$s', 'id') IS NOT NULL
                        """.formatted(table)).mapTo(Boolean.class).one();
    }

    static void moveSequence(Handle handle, String table) {
        handle.createQuery(("SELECT setval(pg_get_serial_sequence('%1$s', 'id'), (SELECT max(id) FROM %1$s))")
                        .formatted(table))
                .mapTo(Long.class)
                .one();
    }

    static void addKey(Handle handle, Key key) {
        handle.execute("ALTER TABLE %s ADD CONSTRAINT %s %s".formatted(key.table(), key.name(), key.definition()));
    }
}
