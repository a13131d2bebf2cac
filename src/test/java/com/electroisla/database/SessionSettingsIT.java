package com.electroisla.database;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Settings of the role and of the database do not affect this program's connections, which have their own. */
class SessionSettingsIT {
    /** Settings of an operator, each different from this program's. */
    private static final Map<String, String> OF_OTHERS = Map.ofEntries(
            Map.entry("statement_timeout", "'3s'"),
            Map.entry("lock_timeout", "'1ms'"),
            Map.entry("idle_in_transaction_session_timeout", "'2s'"),
            Map.entry("idle_session_timeout", "'1h'"),
            Map.entry("transaction_timeout", "'4s'"),
            Map.entry("default_transaction_isolation", "'serializable'"),
            Map.entry("default_transaction_read_only", "on"),
            Map.entry("default_transaction_deferrable", "on"),
            Map.entry("DateStyle", "'SQL, DMY'"),
            Map.entry("IntervalStyle", "'iso_8601'"),
            Map.entry("TimeZone", "'Asia/Kathmandu'"),
            Map.entry("search_path", "pg_catalog"),
            Map.entry("bytea_output", "'escape'"),
            Map.entry("standard_conforming_strings", "off"),
            Map.entry("array_nulls", "off"),
            Map.entry("transform_null_equals", "on"),
            Map.entry("synchronous_commit", "off"));

    private static final List<String> OURS = List.of(
            "search_path",
            "TimeZone",
            "DateStyle",
            "IntervalStyle",
            "default_transaction_isolation",
            "default_transaction_read_only",
            "default_transaction_deferrable",
            "statement_timeout",
            "transaction_timeout",
            "idle_session_timeout",
            "bytea_output",
            "standard_conforming_strings",
            "array_nulls",
            "transform_null_equals",
            "synchronous_commit");
    private static final String AS_WE_WANT =
            "public|UTC|ISO, MDY|postgres|read committed|off|off|0|0|0|hex|on|on|off|on";

    private JdbcTarget target = MigratedDatabase.create();

    @AfterEach
    void drop() {
        TestPostgres.discard(target);
    }

    @ParameterizedTest
    @ValueSource(strings = {"DATABASE %1$s", "ROLE CURRENT_USER IN DATABASE %1$s"})
    void whoever_sets_something_for_the_role_or_the_database_changes_nothing_of_any_connection_of_ours(String of)
            throws SQLException {
        try (Connection operator = target.connect(Map.of());
                var statement = operator.createStatement()) {
            for (var setting : OF_OTHERS.entrySet()) {
                statement.execute("ALTER " + of.formatted(TestPostgres.nameOf(target)) + " SET " + setting.getKey()
                        + " = " + setting.getValue());
            }
        }

        for (Database.Purpose purpose : Database.Purpose.values()) {
            try (Database database = new Database(target, 1, purpose)) {
                // An export may take a while, but not for ever.
                String wanted =
                        purpose == Database.Purpose.EXPORTS ? AS_WE_WANT.replaceFirst("\\|0\\|", "|5min|") : AS_WE_WANT;
                assertEquals(wanted, database.read(handle -> shown(handle.getConnection(), OURS)), purpose.name());
            }
        }
        assertTimeouts("5s", "1min", Database.Purpose.SERVER);
        assertTimeouts("250ms", "1min", Database.Purpose.BATCHES);
        assertTimeouts("250ms", "1min", Database.Purpose.RESERVATIONS);
        assertTimeouts("5s", "1min", Database.Purpose.EXPORTS);
        assertTimeouts("10s", "10min", Database.Purpose.COMMANDS);
        try (Connection listener = target.connect(Map.of())) {
            assertEquals(AS_WE_WANT, shown(listener, OURS));
            assertEquals("0|0", shown(listener, List.of("lock_timeout", "idle_in_transaction_session_timeout")));
        }
    }

    @Test
    void options_in_the_address_of_the_database_change_nothing_either() throws SQLException {
        var bent = new JdbcTarget(
                target.url() + (target.url().contains("?") ? "&" : "?")
                        + "currentSchema=pg_catalog&options=-c%20statement_timeout%3D3s%20-c%20lock_timeout%3D1ms",
                target.user(),
                target.password());

        try (Database database = new Database(bent, 1, Database.Purpose.BATCHES)) {
            assertEquals(AS_WE_WANT + "|250ms", database.read(handle -> {
                List<String> names = new ArrayList<>(OURS);
                names.add("lock_timeout");
                return shown(handle.getConnection(), names);
            }));
        }
    }

    @Test
    void who_asked_for_more_than_the_disk_keeps_it() throws SQLException {
        try (Connection operator = target.connect(Map.of());
                var statement = operator.createStatement()) {
            statement.execute(
                    "ALTER DATABASE " + TestPostgres.nameOf(target) + " SET synchronous_commit = remote_apply");
        }
        try (Database database = new Database(target, 1, Database.Purpose.RESERVATIONS)) {
            assertEquals(
                    "remote_apply",
                    database.read(handle -> shown(handle.getConnection(), List.of("synchronous_commit"))));
        }
    }

    private void assertTimeouts(String lock, String idle, Database.Purpose purpose) {
        try (Database database = new Database(target, 1, purpose)) {
            assertEquals(
                    lock + "|" + idle,
                    database.read(handle -> shown(
                            handle.getConnection(), List.of("lock_timeout", "idle_in_transaction_session_timeout"))),
                    purpose.name());
        }
    }

    private static String shown(Connection connection, List<String> names) {
        List<String> values = new ArrayList<>();
        try (var statement = connection.createStatement()) {
            for (String name : names) {
                try (var row = statement.executeQuery("SHOW " + name)) {
                    row.next();
                    values.add(row.getString(1));
                }
            }
        } catch (SQLException failure) {
            throw new IllegalStateException(failure);
        }
        return String.join("|", values);
    }
}
