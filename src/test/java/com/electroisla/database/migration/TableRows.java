package com.electroisla.database.migration;

import com.electroisla.database.Database;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jdbi.v3.core.Handle;

/** The contents of a database's tables, in a form for comparing two moments. */
public final class TableRows {
    private TableRows() {}

    /** A line for each table: its name, its number of rows and a checksum of all of them. */
    public static List<String> checksums(Database database) {
        return database.read(handle -> tables(handle).stream()
                .map(table -> handle.createQuery(
                                ("SELECT concat_ws(' ', '%1$s', count(*), md5(string_agg(t::text, '|' ORDER "
                                                + "BY t::text))) FROM %1$s t")
                                        .formatted(table))
                        .mapTo(String.class)
                        .one())
                .toList());
    }

    /** The columns of each table, separated by commas. */
    static Map<String, String> columns(Database database) {
        Map<String, String> columns = new TreeMap<>();
        database.useTransaction(handle -> handle.createQuery("""
                        SELECT relname, string_agg(attname, ',' ORDER BY attnum) AS columnas FROM pg_class
                        JOIN pg_attribute ON attrelid = pg_class.oid
                         WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace AND attnum > 0
                             AND NOT attisdropped GROUP BY relname""")
                .map((row, context) -> columns.put(row.getString("relname"), row.getString("columnas")))
                .list());
        return columns;
    }

    /** A checksum of each row by table and id, or by its first column, over these columns only. */
    static Map<String, String> of(Database database, Map<String, String> columns) {
        Map<String, String> rows = new TreeMap<>();
        database.useTransaction(handle -> columns.forEach(
                (table, list) -> handle.createQuery("""
                        SELECT '%1$s ' || %2$s AS clave, md5(ROW(%3$s)::text) AS suma
                        FROM %1$s""".formatted(table, list.replaceAll(",.*", ""), list))
                        .map((row, context) -> rows.put(row.getString("clave"), row.getString("suma")))
                        .list()));
        return rows;
    }

    /** A checksum of each row that exists at 0018, by table and id, without the columns of 0019 and ours. */
    static Map<String, String> byId(Database database) {
        Map<String, String> rows = new TreeMap<>();
        database.useTransaction(handle -> tables(handle).stream()
                .filter(table -> !table.startsWith("archivo_")
                        && !table.startsWith("electro_isla")
                        && !table.equals("stock_reservations"))
                .filter(table -> hasId(handle, table))
                .forEach(table -> handle.createQuery("""
                                SELECT '%1$s ' || id AS clave,
                                       md5((to_jsonb(t) - 'stock_total' - 'stock_reservado' - 'stock_vendido')::text)
                                       AS suma
                                  FROM %1$s t""".formatted(table))
                        .map((row, context) -> rows.put(row.getString("clave"), row.getString("suma")))
                        .list()));
        return rows;
    }

    /** The changes of rows between two moments: {@code productos 16 cambia}, {@code falta} or {@code nueva}. */
    static List<String> changes(Map<String, String> before, Map<String, String> after) {
        TreeSet<String> keys = new TreeSet<>(before.keySet());
        keys.addAll(after.keySet());
        List<String> changes = new ArrayList<>();
        for (String key : keys) {
            String was = before.get(key);
            String is = after.get(key);
            if (was == null) {
                changes.add(key + " nueva");
            } else if (is == null) {
                changes.add(key + " falta");
            } else if (!was.equals(is)) {
                changes.add(key + " cambia");
            }
        }
        return changes.stream().sorted().toList();
    }

    private static boolean hasId(Handle handle, String table) {
        return handle.createQuery("SELECT EXISTS (SELECT FROM pg_attribute WHERE attrelid = to_regclass(:table) AND "
                        + "attname = 'id' AND NOT attisdropped)")
                .bind("table", table)
                .mapTo(boolean.class)
                .one();
    }

    private static List<String> tables(Handle handle) {
        return handle.createQuery("SELECT relname FROM pg_class WHERE relkind = 'r' AND relnamespace = "
                        + "'public'::regnamespace ORDER BY relname")
                .mapTo(String.class)
                .list();
    }
}
