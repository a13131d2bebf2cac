package com.electroisla.database;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;

/**
 * The settings that every connection of this program has. {@code ALTER ROLE}, {@code ALTER DATABASE},
 * {@code postgresql.conf} and the options of a {@code DATABASE_URL} can set others for the shop's own tools and for
 * manual sessions; they do not affect this program.
 *
 * <p>The settings are sent twice when a connection opens: as its options, to which a {@code RESET} returns, and by a
 * statement, because the driver overrides the time zone, a URL may have options of its own, and options must leave out
 * settings that an older server does not know.
 */
public final class SessionSettings {
    /** Settings that are younger than the oldest server supported; as an option they would be refused. */
    private static final Set<String> OF_LATER_SERVERS = Set.of("idle_session_timeout", "transaction_timeout");

    private static final Map<String, String> COMMON = Map.ofEntries(
            // A read after a lock must see the state that the lock protects.
            Map.entry("default_transaction_isolation", "read committed"),
            Map.entry("default_transaction_read_only", "off"),
            Map.entry("default_transaction_deferrable", "off"),
            Map.entry("search_path", "public"),
            Map.entry("TimeZone", "UTC"),
            Map.entry("DateStyle", "ISO, MDY"),
            Map.entry("IntervalStyle", "postgres"),
            Map.entry("bytea_output", "hex"),
            Map.entry("standard_conforming_strings", "on"),
            Map.entry("array_nulls", "on"),
            Map.entry("transform_null_equals", "off"),
            Map.entry("quote_all_identifiers", "off"),
            Map.entry("statement_timeout", "0"),
            Map.entry("transaction_timeout", "0"),
            Map.entry("idle_session_timeout", "0"),
            // The marker for the guard on an old shop's database, which refuses sessions that are not ours.
            Map.entry("electro_isla.escribe", "si"));

    private final Map<String, String> values;

    private SessionSettings(Map<String, String> values) {
        this.values = values;
    }

    /**
     * @param lockTimeout how long a statement waits for a lock
     * @param idleInTransaction how long a transaction with a silent client keeps its locks
     */
    static SessionSettings of(String lockTimeout, String idleInTransaction) {
        return new SessionSettings(COMMON)
                .with("lock_timeout", lockTimeout)
                .with("idle_in_transaction_session_timeout", idleInTransaction);
    }

    SessionSettings with(String name, String value) {
        Map<String, String> more = new LinkedHashMap<>(values);
        more.put(name, value);
        return new SessionSettings(more);
    }

    /** Applies the settings to a connection that was opened with these options. */
    void apply(Connection connection) throws SQLException {
        try (var statement = connection.createStatement()) {
            statement.execute(statement());
        }
    }

    /** The settings as options for the start of a connection. */
    String options() {
        return values.entrySet().stream()
                .filter(setting -> !OF_LATER_SERVERS.contains(setting.getKey()))
                .map(setting ->
                        "-c " + setting.getKey() + "=" + setting.getValue().replace(" ", "\\ "))
                .collect(Collectors.joining(" "));
    }

    /**
     * The settings as one statement. A request is answered only when its changes are on the disk, so
     * {@code synchronous_commit} is at least {@code on}; a stronger value of the operator stays.
     */
    String statement() {
        String wanted = values.entrySet().stream()
                .map(setting -> "('" + setting.getKey() + "', '" + setting.getValue() + "')")
                .collect(Collectors.joining(", "));
        return """
                SELECT pg_catalog.set_config(nombre, valor, false)
                  FROM (VALUES %s) AS s(nombre, valor) WHERE pg_catalog.current_setting(nombre, true) IS NOT NULL
                 UNION ALL
                SELECT pg_catalog.set_config('synchronous_commit', 'on', false)
                 WHERE pg_catalog.current_setting('synchronous_commit') IN ('off', 'local')
                """.formatted(wanted);
    }

    /**
     * Limits the transaction's waits for locks, from here on, to that of the engine's batches, because it holds other
     * locks meanwhile.
     */
    public static void waitForLocksOnlyAMoment(Handle handle) {
        handle.createQuery("SELECT set_config('lock_timeout', '250ms', true)")
                .mapTo(String.class)
                .one();
    }
}
