package com.electroisla.database;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import org.postgresql.PGConnection;

/** Fresh databases as the old shop's Django made and filled them: each dump is loaded once, the others are copies of it. */
public final class LegacyDatabase {
    private static final Map<Integer, JdbcTarget> TEMPLATES = new ConcurrentHashMap<>();

    private LegacyDatabase() {}

    /** @param migration Django's last one there: 18 (before the inventory system) or 19 */
    public static JdbcTarget create(int migration) {
        return TestPostgres.newDatabase(TEMPLATES.computeIfAbsent(migration, wanted -> {
            JdbcTarget target = TestPostgres.newDatabase();
            load(target, migration);
            return target;
        }));
    }

    /** Loads the dump into an empty database, wherever it is; what {@code psql -f} would do. */
    public static void load(JdbcTarget target, int migration) {
        String file = "/legacy/electro_isla_%04d.sql".formatted(migration);
        try (var in = Objects.requireNonNull(LegacyDatabase.class.getResourceAsStream(file), file);
                var lines = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8));
                Connection connection = target.connect(Map.of())) {
            run(lines, connection);
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        } catch (SQLException failure) {
            throw new IllegalStateException(file, failure);
        }
    }

    private static void run(BufferedReader lines, Connection connection) throws IOException, SQLException {
        StringBuilder statement = new StringBuilder();
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
            boolean metaCommand = statement.isEmpty() && line.startsWith("\\");
            boolean nothing = statement.isEmpty() && (line.isBlank() || line.startsWith("--"));
            if (metaCommand || nothing) {
                continue;
            }
            statement.append(line).append('\n');
            if (line.endsWith(" FROM stdin;")) {
                connection.unwrap(PGConnection.class).getCopyAPI().copyIn(statement.toString(), new StringReader(rows(lines)));
                statement.setLength(0);
            } else if (line.endsWith(";")) {
                try (var prepared = connection.createStatement()) {
                    prepared.execute(statement.toString());
                }
                statement.setLength(0);
            }
        }
    }

    private static String rows(BufferedReader lines) throws IOException {
        StringBuilder rows = new StringBuilder();
        for (String line = lines.readLine(); !line.equals("\\."); line = lines.readLine()) {
            rows.append(line).append('\n');
        }
        return rows.toString();
    }
}
