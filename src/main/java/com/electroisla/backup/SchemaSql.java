package com.electroisla.backup;

import com.electroisla.backup.Schema.Table;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import org.jdbi.v3.core.Handle;

/**
 * Reads a schema from PostgreSQL's catalog. The search path holds this schema alone, so that names in it come out
 * unqualified and all others qualified. Objects of an extension come with the extension and are left out.
 */
final class SchemaSql {
    private SchemaSql() {}

    /** The schema as it is now. Changes this transaction's search path. */
    static Schema read(Handle handle, String schema) {
        searchIn(handle, schema);
        List<String> before = new ArrayList<>();
        before.addAll(types(handle, schema));
        before.addAll(sequences(handle, schema));
        before.addAll(functions(handle, schema));
        before.addAll(tables(handle, schema));
        before.addAll(columnSettings(handle, schema));
        List<String> after = new ArrayList<>();
        after.addAll(constraints(handle, schema, List.of("p", "u", "x", "c")));
        after.addAll(views(handle, schema));
        after.addAll(indexes(handle, schema));
        after.addAll(constraints(handle, schema, List.of("f")));
        after.addAll(triggers(handle, schema));
        after.addAll(comments(handle, schema));
        return new Schema(before, rowsOf(handle, schema), after, RightsSql.of(handle, schema), extensions(handle));
    }

    /**
     * Sets the search path until the transaction's end: unqualified names are looked for in these schemas, in this
     * order.
     */
    static void searchIn(Handle handle, String... schemas) {
        handle.createQuery("SELECT set_config('search_path', (SELECT string_agg(quote_ident(s), ', ' ORDER BY n) "
                        + "FROM unnest(:schemas) WITH ORDINALITY AS u (s, n)), true)")
                .bindArray("schemas", String.class, (Object[]) schemas)
                .mapTo(String.class)
                .one();
    }

    /** Runs a statement of a {@link Schema} exactly as it stands. */
    static void run(Handle handle, String statement) {
        try (Statement raw = handle.getConnection().createStatement()) {
            raw.setEscapeProcessing(false);
            raw.execute(statement);
        } catch (SQLException failure) {
            throw new StatementFailed(statement, failure);
        }
    }

    /** A statement of a schema failed in the database; its transaction is void. */
    static final class StatementFailed extends RuntimeException {
        StatementFailed(String statement, SQLException cause) {
            super(statement.lines().findFirst().orElse("") + ": " + cause.getMessage(), cause);
        }
    }

    private static List<String> types(Handle handle, String schema) {
        List<String> types = list(handle, schema, """
                SELECT format('CREATE TYPE %I AS ENUM (%s)', t.typname, string_agg(quote_literal(e.enumlabel), ', '
                       ORDER BY e.enumsortorder))
                FROM pg_type t JOIN pg_enum e ON e.enumtypid = t.oid
                WHERE t.typnamespace = to_regnamespace(:schema)
                    AND NOT EXISTS (SELECT FROM pg_depend d WHERE d.classid = 'pg_type'::regclass AND d.objid = t.oid
                        AND d.deptype = 'e')
                GROUP BY t.typname ORDER BY t.typname""");
        List<String> domains = list(handle, schema, """
                SELECT format('CREATE DOMAIN %I AS %s%s%s%s%s', t.typname, format_type(t.typbasetype, t.typtypmod),
                    (SELECT format(' COLLATE %I.%I', ln.nspname, l.collname) FROM pg_collation l
                        JOIN pg_namespace ln ON ln.oid = l.collnamespace
                        JOIN pg_type b ON b.oid = t.typbasetype
                            WHERE l.oid = t.typcollation AND t.typcollation <> b.typcollation),
                    ' DEFAULT ' || t.typdefault, CASE WHEN t.typnotnull THEN ' NOT NULL' END,
                    (SELECT string_agg(format(' CONSTRAINT %I %s', k.conname, pg_get_constraintdef(k.oid)), ''
                        ORDER BY k.conname)
                        FROM pg_constraint k WHERE k.contypid = t.oid AND k.contype = 'c'))
                FROM pg_type t
                WHERE t.typnamespace = to_regnamespace(:schema) AND t.typtype = 'd'
                    AND NOT EXISTS (SELECT FROM pg_depend d WHERE d.classid = 'pg_type'::regclass AND d.objid = t.oid
                        AND d.deptype = 'e')
                ORDER BY t.oid""");
        return joined(types, domains);
    }

    /** The sequences, without those of identity columns, which the column makes. */
    private static List<String> sequences(Handle handle, String schema) {
        return list(handle, schema, """
                SELECT format('CREATE %sSEQUENCE %I AS %s START WITH %s INCREMENT BY %s'
                        || ' MINVALUE %s MAXVALUE %s CACHE %s%s',
                    CASE c.relpersistence WHEN 'u' THEN 'UNLOGGED ' END, c.relname, format_type(q.seqtypid, NULL),
                        q.seqstart,
                    q.seqincrement, q.seqmin, q.seqmax, q.seqcache, CASE WHEN q.seqcycle THEN ' CYCLE' END)
                FROM pg_class c JOIN pg_sequence q ON q.seqrelid = c.oid
                WHERE c.relnamespace = to_regnamespace(:schema)
                    AND NOT EXISTS (SELECT FROM pg_depend d WHERE d.classid = 'pg_class'::regclass AND d.objid = c.oid
                        AND d.deptype IN ('i', 'e'))
                ORDER BY c.relname""");
    }

    private static List<String> functions(Handle handle, String schema) {
        return list(handle, schema, """
                SELECT regexp_replace(pg_get_functiondef(p.oid),
                       format('^(CREATE OR REPLACE (FUNCTION|PROCEDURE)) %I\\.', CAST(:schema AS text)), '\\1 ')
                FROM pg_proc p
                WHERE p.pronamespace = to_regnamespace(:schema) AND p.prokind <> 'a'
                    AND NOT EXISTS (SELECT FROM pg_depend d WHERE d.classid = 'pg_proc'::regclass AND d.objid = p.oid
                        AND d.deptype = 'e')
                ORDER BY p.proname, pg_get_function_identity_arguments(p.oid)""");
    }

    /**
     * The tables. A NOT NULL names its constraint only where the name is not the one that PostgreSQL 18 gives by
     * itself.
     */
    private static List<String> tables(Handle handle, String schema) {
        List<String> tables = list(handle, schema, """
                SELECT format('CREATE %sTABLE %I (%s)%s', CASE c.relpersistence WHEN 'u' THEN 'UNLOGGED ' END,
                    c.relname,
                    (SELECT string_agg(format(E'\\n    %I %s%s%s%s', a.attname, format_type(a.atttypid, a.atttypmod),
                            CASE WHEN a.attcollation <> t.typcollation
                                THEN format(' COLLATE %I.%I', ln.nspname, l.collname) END,
                            CASE
                                WHEN a.attidentity <> '' THEN format(' GENERATED %s AS IDENTITY (SEQUENCE NAME %I'
                                        || ' START WITH %s INCREMENT BY %s MINVALUE %s MAXVALUE %s CACHE %s%s)',
                                    CASE a.attidentity WHEN 'a' THEN 'ALWAYS' ELSE 'BY DEFAULT' END, s.relname,
                                        q.seqstart, q.seqincrement,
                                    q.seqmin, q.seqmax, q.seqcache, CASE WHEN q.seqcycle THEN ' CYCLE' END)
                                WHEN a.attgenerated <> '' THEN format(' GENERATED ALWAYS AS (%s) %s',
                                    pg_get_expr(v.adbin, v.adrelid),
                                    CASE a.attgenerated WHEN 's' THEN 'STORED' ELSE 'VIRTUAL' END)
                                ELSE ' DEFAULT ' || pg_get_expr(v.adbin, v.adrelid)
                            END,
                            CASE
                                WHEN NOT a.attnotnull THEN ''
                                WHEN k.conname <> c.relname || '_' || a.attname
                                    || '_not_null' THEN format(' CONSTRAINT %I NOT NULL', k.conname)
                                ELSE ' NOT NULL'
                            END), ',' ORDER BY a.attnum)
                        FROM pg_attribute a
                        JOIN pg_type t ON t.oid = a.atttypid
                        LEFT JOIN pg_collation l ON l.oid = a.attcollation
                        LEFT JOIN pg_namespace ln ON ln.oid = l.collnamespace
                        LEFT JOIN pg_attrdef v ON v.adrelid = a.attrelid AND v.adnum = a.attnum
                        LEFT JOIN pg_depend d ON a.attidentity <> '' AND d.refclassid = 'pg_class'::regclass
                            AND d.refobjid = a.attrelid
                            AND d.refobjsubid = a.attnum AND d.classid = 'pg_class'::regclass AND d.deptype = 'i'
                        LEFT JOIN pg_class s ON s.oid = d.objid AND s.relkind = 'S'
                        LEFT JOIN pg_sequence q ON q.seqrelid = s.oid
                        LEFT JOIN pg_constraint k ON k.conrelid = a.attrelid AND k.contype = 'n'
                            AND k.conkey = ARRAY[a.attnum]
                        WHERE a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped),
                    (SELECT format(' WITH (%s)', string_agg(o, ', ' ORDER BY o))
                        FROM (SELECT unnest(c.reloptions) UNION ALL SELECT 'toast.' || unnest(w.reloptions)
                            FROM pg_class w WHERE w.oid = c.reltoastrelid) AS u (o)
                        HAVING count(*) > 0))
                FROM pg_class c
                WHERE c.relnamespace = to_regnamespace(:schema) AND c.relkind = 'r'
                    AND NOT EXISTS (SELECT FROM pg_depend d WHERE d.classid = 'pg_class'::regclass AND d.objid = c.oid
                        AND d.deptype = 'e')
                ORDER BY c.relname""");
        List<String> owners = list(handle, schema, """
                SELECT format('ALTER SEQUENCE %I OWNED BY %I.%I', s.relname, t.relname, a.attname)
                FROM pg_depend d
                JOIN pg_class s ON s.oid = d.objid AND s.relkind = 'S'
                JOIN pg_class t ON t.oid = d.refobjid AND t.relnamespace = s.relnamespace
                JOIN pg_attribute a ON a.attrelid = t.oid AND a.attnum = d.refobjsubid
                WHERE d.classid = 'pg_class'::regclass AND d.refclassid = 'pg_class'::regclass AND d.deptype = 'a'
                    AND s.relnamespace = to_regnamespace(:schema)
                ORDER BY s.relname""");
        return joined(tables, owners);
    }

    private static List<String> columnSettings(Handle handle, String schema) {
        return list(handle, schema, """
                SELECT format('ALTER TABLE %I ALTER COLUMN %I SET %s', c.relname, a.attname, w.setting)
                FROM pg_class c
                JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped
                JOIN pg_type t ON t.oid = a.atttypid
                CROSS JOIN LATERAL (VALUES
                    (CASE WHEN a.attstorage <> t.typstorage THEN
                        'STORAGE ' || CASE a.attstorage WHEN 'p' THEN 'PLAIN' WHEN 'e' THEN 'EXTERNAL' WHEN 'm'
                            THEN 'MAIN' ELSE 'EXTENDED' END END),
                    (CASE a.attcompression WHEN 'p' THEN 'COMPRESSION pglz' WHEN 'l' THEN 'COMPRESSION lz4' END),
                    (CASE WHEN a.attstattarget >= 0 THEN format('STATISTICS %s', a.attstattarget) END),
                    ('(' || array_to_string(a.attoptions, ', ') || ')')) AS w (setting)
                WHERE c.relnamespace = to_regnamespace(:schema) AND c.relkind = 'r' AND w.setting IS NOT NULL
                ORDER BY c.relname, a.attnum, w.setting""");
    }

    private static List<String> constraints(Handle handle, String schema, List<String> kinds) {
        return handle.createQuery("""
                SELECT format('ALTER TABLE ONLY %I ADD CONSTRAINT %I %s', c.relname, k.conname,
                       pg_get_constraintdef(k.oid))
                FROM pg_constraint k JOIN pg_class c ON c.oid = k.conrelid
                WHERE c.relnamespace = to_regnamespace(:schema) AND c.relkind = 'r' AND k.contype::text = ANY (:kinds)
                ORDER BY array_position(:kinds, k.contype::text), c.relname, k.conname""")
                .bind("schema", schema)
                .bindArray("kinds", String.class, kinds)
                .mapTo(String.class)
                .list();
    }

    /** The views in the order in which they were made, since one may depend on another. */
    private static List<String> views(Handle handle, String schema) {
        return list(handle, schema, """
                SELECT format('CREATE %sVIEW %I%s AS %s', CASE c.relkind WHEN 'm' THEN 'MATERIALIZED ' END, c.relname,
                    CASE WHEN c.reloptions IS NOT NULL THEN format(' WITH (%s)', array_to_string(c.reloptions, ', '))
                        END,
                    rtrim(pg_get_viewdef(c.oid, true), ';') || CASE WHEN c.relkind = 'm' AND NOT c.relispopulated
                        THEN ' WITH NO DATA' ELSE '' END)
                FROM pg_class c
                WHERE c.relnamespace = to_regnamespace(:schema) AND c.relkind IN ('v', 'm')
                    AND NOT EXISTS (SELECT FROM pg_depend d WHERE d.classid = 'pg_class'::regclass AND d.objid = c.oid
                        AND d.deptype = 'e')
                ORDER BY c.oid""");
    }

    /** The indexes, without those that a constraint makes. */
    private static List<String> indexes(Handle handle, String schema) {
        List<String> indexes = list(handle, schema, """
                SELECT pg_get_indexdef(i.indexrelid, 0, true)
                FROM pg_index i JOIN pg_class c ON c.oid = i.indexrelid
                WHERE c.relnamespace = to_regnamespace(:schema)
                    AND NOT EXISTS (SELECT FROM pg_constraint k
                        WHERE k.conindid = i.indexrelid AND k.contype IN ('p', 'u', 'x'))
                ORDER BY c.relname""");
        List<String> replicaIdentities = list(handle, schema, """
                SELECT format('ALTER TABLE %I REPLICA IDENTITY %s',
                    c.relname, CASE c.relreplident WHEN 'f' THEN 'FULL' WHEN 'n' THEN 'NOTHING'
                    ELSE (SELECT format('USING INDEX %I', x.relname) FROM pg_index i
                        JOIN pg_class x ON x.oid = i.indexrelid
                        WHERE i.indrelid = c.oid AND i.indisreplident) END)
                FROM pg_class c
                WHERE c.relnamespace = to_regnamespace(:schema) AND c.relkind = 'r' AND c.relreplident <> 'd'
                ORDER BY c.relname""");
        return joined(joined(indexes, indexSettings(handle, schema)), replicaIdentities);
    }

    /**
     * The settings that no index definition contains: options of an index that a constraint made, statistics of its
     * expressions, and that its table is clustered by it.
     */
    private static List<String> indexSettings(Handle handle, String schema) {
        return list(handle, schema, """
                SELECT w.orden
                FROM pg_index i JOIN pg_class c ON c.oid = i.indexrelid JOIN pg_class t ON t.oid = i.indrelid
                CROSS JOIN LATERAL (
                    SELECT 1, 0, format('ALTER INDEX %I SET (%s)', c.relname, array_to_string(c.reloptions, ', '))
                        WHERE c.reloptions IS NOT NULL AND EXISTS (SELECT FROM pg_constraint k
                            WHERE k.conindid = c.oid AND k.contype IN ('p', 'u', 'x'))
                    UNION ALL
                    SELECT 2, a.attnum, format('ALTER INDEX %I ALTER COLUMN %s SET STATISTICS %s', c.relname, a.attnum,
                        a.attstattarget)
                        FROM pg_attribute a WHERE a.attrelid = c.oid AND a.attstattarget >= 0
                    UNION ALL
                    SELECT 3, 0, format('ALTER TABLE %I CLUSTER ON %I', t.relname, c.relname)
                           WHERE i.indisclustered) AS w (n, m, orden)
                WHERE c.relnamespace = to_regnamespace(:schema)
                ORDER BY c.relname, w.n, w.m""");
    }

    private static List<String> triggers(Handle handle, String schema) {
        return list(handle, schema, """
                SELECT w.orden
                FROM pg_trigger g JOIN pg_class c ON c.oid = g.tgrelid
                CROSS JOIN LATERAL (VALUES (1, pg_get_triggerdef(g.oid, true)),
                    (2, CASE WHEN g.tgenabled <> 'O' THEN format('ALTER TABLE %I %s TRIGGER %I', c.relname,
                        CASE g.tgenabled WHEN 'D' THEN 'DISABLE' WHEN 'R' THEN 'ENABLE REPLICA' ELSE 'ENABLE ALWAYS'
                            END, g.tgname) END)) AS w (n, orden)
                WHERE c.relnamespace = to_regnamespace(:schema) AND NOT g.tgisinternal AND w.orden IS NOT NULL
                ORDER BY c.relname, g.tgname, w.n""");
    }

    private static List<String> comments(Handle handle, String schema) {
        List<String> relations = list(handle, schema, """
                SELECT CASE WHEN d.objsubid = 0
                    THEN format('COMMENT ON %s %I IS %L', CASE c.relkind WHEN 'v' THEN 'VIEW' WHEN 'm'
                        THEN 'MATERIALIZED VIEW' WHEN 'S' THEN 'SEQUENCE'
                        WHEN 'i' THEN 'INDEX' ELSE 'TABLE' END, c.relname, d.description)
                    ELSE format('COMMENT ON COLUMN %I.%I IS %L', c.relname, (SELECT a.attname FROM pg_attribute a
                        WHERE a.attrelid = c.oid AND a.attnum = d.objsubid), d.description)
                    END
                FROM pg_description d JOIN pg_class c ON c.oid = d.objoid
                WHERE d.classoid = 'pg_class'::regclass AND c.relnamespace = to_regnamespace(:schema)
                    AND c.relkind IN ('r', 'v', 'm', 'S', 'i')
                    AND NOT EXISTS (SELECT FROM pg_depend e WHERE e.classid = 'pg_class'::regclass AND e.objid = c.oid
                        AND e.deptype = 'e')
                ORDER BY c.relname, d.objsubid""");
        return joined(relations, list(handle, schema, """
                SELECT format('COMMENT ON %s IS %L', w.cosa, d.description)
                FROM pg_description d JOIN (
                    SELECT 'pg_proc'::regclass, p.oid, format('ROUTINE %I(%s)', p.proname,
                        pg_get_function_identity_arguments(p.oid))
                        FROM pg_proc p WHERE p.pronamespace = to_regnamespace(:schema)
                    UNION ALL
                    SELECT 'pg_type'::regclass, t.oid, format('%s %I', CASE t.typtype WHEN 'd' THEN 'DOMAIN' ELSE 'TYPE'
                        END, t.typname)
                        FROM pg_type t WHERE t.typnamespace = to_regnamespace(:schema) AND t.typtype IN ('e', 'd')
                    UNION ALL
                    SELECT 'pg_constraint'::regclass, k.oid, format('CONSTRAINT %I ON %s%I',
                            k.conname, CASE WHEN k.contypid <> 0 THEN 'DOMAIN ' ELSE '' END,
                            coalesce(c.relname, t.typname))
                        FROM pg_constraint k LEFT JOIN pg_class c ON c.oid = k.conrelid
                            LEFT JOIN pg_type t ON t.oid = k.contypid
                        WHERE k.connamespace = to_regnamespace(:schema)
                    UNION ALL
                    SELECT 'pg_trigger'::regclass, g.oid, format('TRIGGER %I ON %I', g.tgname, c.relname)
                        FROM pg_trigger g JOIN pg_class c ON c.oid = g.tgrelid
                            WHERE c.relnamespace = to_regnamespace(:schema) AND NOT g.tgisinternal
                ) AS w (clase, oid, cosa) ON d.classoid = w.clase AND d.objoid = w.oid
                WHERE NOT EXISTS (SELECT FROM pg_depend e WHERE e.classid = w.clase AND e.objid = w.oid
                    AND e.deptype = 'e')
                ORDER BY w.cosa"""));
    }

    private static List<Table> rowsOf(Handle handle, String schema) {
        return handle.createQuery("""
                SELECT c.relname, (SELECT string_agg(quote_ident(a.attname), ', ' ORDER BY a.attnum) FROM pg_attribute a
                    WHERE a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped AND a.attgenerated = '')
                FROM pg_class c
                WHERE c.relnamespace = to_regnamespace(:schema) AND c.relkind = 'r'
                    AND NOT EXISTS (SELECT FROM pg_depend d WHERE d.classid = 'pg_class'::regclass AND d.objid = c.oid
                        AND d.deptype = 'e')
                ORDER BY c.relname""")
                .bind("schema", schema)
                .map((row, context) -> new Table(row.getString(1), row.getString(2)))
                .list();
    }

    private static List<String> extensions(Handle handle) {
        return handle.createQuery("""
                SELECT format('CREATE EXTENSION IF NOT EXISTS %I WITH SCHEMA %I', e.extname, n.nspname)
                FROM pg_extension e JOIN pg_namespace n ON n.oid = e.extnamespace WHERE e.extname <> 'plpgsql'
                ORDER BY e.extname""").mapTo(String.class).list();
    }

    private static List<String> list(Handle handle, String schema, String query) {
        return handle.createQuery(query)
                .bind("schema", schema)
                .mapTo(String.class)
                .list();
    }

    private static List<String> joined(List<String> first, List<String> second) {
        List<String> all = new ArrayList<>(first);
        all.addAll(second);
        return all;
    }
}
