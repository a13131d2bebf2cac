package com.electroisla.backup;

import com.electroisla.database.JdbcTarget;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.postgresql.PGConnection;

/** All rows of all tables in {@code public} as text, sorted; read in another way than a backup does. */
final class Dump {
    private Dump() {}

    static SortedMap<String, String> of(JdbcTarget target) {
        return read(target, "SELECT true");
    }

    /** The rows in the snapshot that another transaction, still open, has exported. */
    static SortedMap<String, String> of(JdbcTarget target, String snapshot) {
        return read(target, "SET TRANSACTION SNAPSHOT '" + snapshot + "'");
    }

    private static SortedMap<String, String> read(JdbcTarget target, String atWhichMoment) {
        try (Connection connection = target.connect(Map.of());
                var statement = connection.createStatement()) {
            SortedMap<String, String> tables = new TreeMap<>();
            connection.setAutoCommit(false);
            statement.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY");
            statement.execute(atWhichMoment);
            try (var names = statement.executeQuery("SELECT table_name FROM information_schema.tables WHERE "
                    + "table_schema = 'public' AND table_type = 'BASE TABLE'")) {
                while (names.next()) {
                    tables.put(names.getString(1), "");
                }
            }
            tables.replaceAll((name, none) -> rows(connection, name));
            return tables;
        } catch (Exception failure) {
            throw new IllegalStateException(failure);
        }
    }

    private static String rows(Connection connection, String table) {
        try {
            var text = new ByteArrayOutputStream();
            connection
                    .unwrap(PGConnection.class)
                    .getCopyAPI()
                    .copyOut(
                            "COPY (SELECT t FROM public.\"" + table.replace("\"", "\"\"")
                                    + "\" t ORDER BY t::text COLLATE \"C\") TO STDOUT WITH CSV",
                            text);
            return text.toString(StandardCharsets.UTF_8);
        } catch (Exception failure) {
            throw new IllegalStateException(table, failure);
        }
    }
}
