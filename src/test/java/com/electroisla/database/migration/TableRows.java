package com.electroisla.database.migration;

import com.electroisla.database.Database;
import java.util.List;
import org.jdbi.v3.core.Handle;

/** What stands in the tables of a database, in a form that two moments can be compared by. */
final class TableRows {
    private TableRows() {}

    /** A line for each table: its name, its number of rows and a checksum of all of them. */
    static List<String> checksums(Database database) {
        return database.read(handle -> tables(handle).stream().map(table -> handle.createQuery(
                        "SELECT concat_ws(' ', '%1$s', count(*), md5(string_agg(t::text, '|' ORDER BY t::text))) FROM %1$s t".formatted(table))
                .mapTo(String.class)
                .one())
                .toList());
    }

    static List<String> tables(Handle handle) {
        return handle.createQuery("SELECT relname FROM pg_class WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace ORDER BY relname")
                .mapTo(String.class)
                .list();
    }
}
