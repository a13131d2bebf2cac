package com.electroisla.database.migration;

import com.electroisla.database.Database;
import com.electroisla.database.LegacyDatabase;
import com.electroisla.database.TestPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

/** A listing of the shop's tables in a database, in the form of the checked-in {@code esquema_NNNN.txt}. */
final class ReadSchema {
    private static final String TABLES = "auth_user,user_profiles,productos,carts,cart_items,pedidos,detalles_pedido,"
            + "refresh_tokens,"
            + "token_blacklist,login_attempts,audit_logs,cart_audit_logs,stock_reservations";

    private static final Map<Integer, List<String>> DJANGOS = new ConcurrentHashMap<>();

    private ReadSchema() {}

    /** A listing of every table, sequence and function, except the archive of a step back. */
    static List<String> whole(Database database) {
        String tables = database.read(
                handle -> handle.createQuery("""
                        SELECT string_agg(relname, ',') FROM pg_class
                         WHERE relnamespace = 'public'::regnamespace AND relkind IN ('r', 'p', 'v', 'm')
                             AND relname NOT LIKE 'archivo\\_%'
                        """).mapTo(String.class).one());
        List<String> functions = database.read(
                handle -> handle.createQuery("""
                        SELECT 'funcion ' || oid::regprocedure FROM pg_proc WHERE pronamespace = 'public'::regnamespace
                        UNION ALL
                        SELECT format('identidad %s.%s %s', attrelid::regclass, attname, attidentity) FROM pg_attribute
                         WHERE attidentity <> '' AND NOT attisdropped
                             AND attrelid::regclass::text NOT LIKE 'archivo\\_%'
                        UNION ALL
                        SELECT 'secuencia ' || relname FROM pg_class
                        WHERE relnamespace = 'public'::regnamespace AND relkind = 'S'
                        """).mapTo(String.class).list());
        return Stream.concat(listing(database, tables).stream(), functions.stream())
                .sorted()
                .toList();
    }

    /** The whole schema of a database that the real Django made at this level. */
    static List<String> ofDjango(int level) {
        return DJANGOS.computeIfAbsent(level, wanted -> {
            try (Database fresh = new Database(LegacyDatabase.create(wanted), 1)) {
                List<String> schema = whole(fresh);
                TestPostgres.discard(fresh.target());
                return schema;
            }
        });
    }

    static List<String> listing(Database database) {
        return listing(database, TABLES);
    }

    /** The shop's tables and every function, settings and body included. */
    static List<String> withFunctions(Database database) {
        List<String> functions = database.read(
                handle -> handle.createQuery("""
                        SELECT 'funcion ' || pg_get_functiondef(oid) FROM pg_proc
                         WHERE pronamespace = 'public'::regnamespace ORDER BY 1
                        """).mapTo(String.class).list());
        return Stream.concat(listing(database).stream(), functions.stream()).toList();
    }

    private static List<String> listing(Database database, String tables) {
        return database
                .read(handle -> handle.createQuery("""
                        WITH tabla AS (SELECT c.oid, c.relname FROM pg_class c
                            WHERE c.relnamespace = 'public'::regnamespace
                                AND c.relname = ANY (string_to_array(:tables, ',')))
                        SELECT format('columna %s.%s %s%s%s', t.relname, a.attname,
                                format_type(a.atttypid, a.atttypmod),
                                CASE WHEN a.attnotnull THEN ' NOT NULL' ELSE '' END,
                                COALESCE(' DEFAULT ' || pg_get_expr(d.adbin, d.adrelid), ''))
                            FROM tabla t JOIN pg_attribute a ON a.attrelid = t.oid
                            LEFT JOIN pg_attrdef d ON d.adrelid = t.oid AND d.adnum = a.attnum
                            WHERE a.attnum > 0 AND NOT a.attisdropped
                        UNION ALL
                        SELECT format('restriccion %s.%s %s', t.relname, k.conname, pg_get_constraintdef(k.oid))
                            FROM tabla t JOIN pg_constraint k ON k.conrelid = t.oid WHERE k.contype <> 'n'
                        UNION ALL
                        SELECT 'indice ' || pg_get_indexdef(i.indexrelid) FROM tabla t
                        JOIN pg_index i ON i.indrelid = t.oid
                        UNION ALL
                        SELECT format('disparador %s %s', t.relname, pg_get_triggerdef(g.oid)) FROM tabla t
                        JOIN pg_trigger g ON g.tgrelid = t.oid
                            WHERE NOT g.tgisinternal
                        UNION ALL
                        SELECT format('opciones %s %s', t.relname, c.reloptions) FROM tabla t
                        JOIN pg_class c ON c.oid = t.oid WHERE c.reloptions IS NOT NULL
                        UNION ALL
                        SELECT format('almacenamiento %s.%s %s', t.relname, a.attname, a.attstorage)
                            FROM tabla t JOIN pg_attribute a ON a.attrelid = t.oid AND a.attnum > 0
                                AND NOT a.attisdropped
                            JOIN pg_type y ON y.oid = a.atttypid WHERE a.attstorage <> y.typstorage
                        UNION ALL
                        SELECT format('secuencia %s %s de %s', s.relname, q.data_type, t.relname)
                            FROM tabla t JOIN pg_depend d ON d.refobjid = t.oid AND d.deptype IN ('a', 'i')
                                AND d.classid = 'pg_class'::regclass
                            JOIN pg_class s ON s.oid = d.objid AND s.relkind = 'S'
                            JOIN pg_sequences q ON q.sequencename = s.relname AND q.schemaname = 'public'
                        """)
                        .bind("tables", tables)
                        .mapTo(String.class)
                        .list())
                .stream()
                .sorted()
                .toList();
    }

    /** The old shop's schema at this migration, taken from dumps of databases that Django made. */
    static List<String> expected(String file) {
        try (var in = ReadSchema.class.getResourceAsStream(file)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .sorted()
                    .toList();
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }
}
