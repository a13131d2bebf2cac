package com.electroisla.database;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import java.sql.SQLException;
import org.junit.jupiter.api.Test;

class TestPostgresIT {
    @Test
    void each_test_gets_an_empty_database_or_a_copy_of_one() throws SQLException {
        var template = TestPostgres.newDatabase();
        var other = TestPostgres.newDatabase();
        assertNotEquals(template.url(), other.url());
        assertEquals(0, tables(template));
        run(template, "CREATE TABLE prueba (n int)");
        assertEquals(1, tables(TestPostgres.newDatabase(template)));
        assertEquals(1, tables(TestPostgres.newDatabase(TestPostgres.nameOf(template))));
        assertEquals(0, tables(other));
    }

    private static int tables(JdbcTarget target) throws SQLException {
        try (var connection = target.connect(java.util.Map.of());
                var statement = connection.createStatement();
                var rows = statement.executeQuery("SELECT count(*) FROM pg_tables WHERE schemaname = 'public'")) {
            rows.next();
            return rows.getInt(1);
        }
    }

    private static void run(JdbcTarget target, String sql) throws SQLException {
        try (var connection = target.connect(java.util.Map.of());
                var statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }
}
