package com.electroisla.database;

import java.util.List;
import org.jdbi.v3.core.Handle;

/**
 * Finds rows whose foreign key points at nothing. The constraints forbid them, but a session without triggers, or a
 * {@code DISABLE TRIGGER}, can leave them behind; the shop then works, and a restore of its backup fails.
 */
public final class OrphanSql {
    private OrphanSql() {}

    /**
     * The orphans of one foreign key.
     *
     * @param columns their names, separated by commas
     * @param examples up to five of the values that are missing in the target
     */
    public record Orphans(String table, String columns, String target, long rows, List<String> examples) {
        /** The orphans in a Spanish sentence for the operator. */
        public String sentence() {
            return "%s.%s: %d filas cuyo destino en %s no existe (%s%s)"
                    .formatted(
                            table,
                            columns,
                            rows,
                            target,
                            String.join(", ", examples),
                            rows > examples.size() ? ", ..." : "");
        }
    }

    /** A foreign key as parts of a statement, its names quoted by the database. */
    private record ForeignKey(
            String table,
            String columns,
            String target,
            String child,
            String parent,
            String values,
            String set,
            String equal) {}

    /** The orphans of every foreign key of a schema's tables, by table; each table is read once per key. */
    public static List<Orphans> of(Handle handle, String schema) {
        return keys(handle, schema).stream()
                .map(key -> count(handle, key))
                .filter(found -> found.rows() > 0)
                .toList();
    }

    /** The orphans of the schema that the connection works in. */
    public static List<Orphans> ofThisSchema(Handle handle) {
        return of(
                handle,
                handle.createQuery("SELECT current_schema()")
                        .mapTo(String.class)
                        .one());
    }

    private static List<ForeignKey> keys(Handle handle, String schema) {
        return handle.createQuery("""
                        SELECT c.relname AS tabla, string_agg(a.attname, ', ' ORDER BY u.n) AS columnas,
                               t.relname AS destino,
                               format('%I.%I', cn.nspname, c.relname) AS hijo,
                               format('%I.%I', tn.nspname, t.relname) AS padre,
                               string_agg(format('h.%I', a.attname), ', ' ORDER BY u.n) AS valores,
                               string_agg(format('h.%I IS NOT NULL', a.attname), ' AND ' ORDER BY u.n) AS puestos,
                               string_agg(format('d.%I = h.%I', b.attname, a.attname), ' AND ' ORDER BY u.n) AS iguales
                          FROM pg_constraint k
                          JOIN pg_class c ON c.oid = k.conrelid JOIN pg_namespace cn ON cn.oid = c.relnamespace
                          JOIN pg_class t ON t.oid = k.confrelid JOIN pg_namespace tn ON tn.oid = t.relnamespace
                         CROSS JOIN LATERAL unnest(k.conkey, k.confkey) WITH ORDINALITY AS u(hija, madre, n)
                          JOIN pg_attribute a ON a.attrelid = k.conrelid AND a.attnum = u.hija
                          JOIN pg_attribute b ON b.attrelid = k.confrelid AND b.attnum = u.madre
                         WHERE k.contype = 'f' AND k.conparentid = 0 AND cn.nspname = :schema
                         GROUP BY k.oid, c.relname, t.relname, cn.nspname, tn.nspname ORDER BY c.relname, k.conname
                        """)
                .bind("schema", schema)
                .map((row, context) -> new ForeignKey(
                        row.getString("tabla"),
                        row.getString("columnas"),
                        row.getString("destino"),
                        row.getString("hijo"),
                        row.getString("padre"),
                        row.getString("valores"),
                        row.getString("puestos"),
                        row.getString("iguales")))
                .list();
    }

    private static Orphans count(Handle handle, ForeignKey key) {
        return handle.createQuery("""
                        SELECT count(*) AS filas, COALESCE((array_agg(DISTINCT concat_ws('/', <values>)))[1 \\: 5],
                               '{}') AS ejemplos
                          FROM <child> h WHERE <set> AND NOT EXISTS (SELECT FROM <parent> d WHERE <equal>)
                        """)
                .define("values", key.values())
                .define("child", key.child())
                .define("parent", key.parent())
                .define("set", key.set())
                .define("equal", key.equal())
                .map((row, context) ->
                        new Orphans(key.table(), key.columns(), key.target(), row.getLong("filas"), List.of((String[])
                                row.getArray("ejemplos").getArray())))
                .one();
    }
}
