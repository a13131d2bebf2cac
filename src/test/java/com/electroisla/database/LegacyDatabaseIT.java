package com.electroisla.database;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LegacyDatabaseIT {
    @ParameterizedTest
    @ValueSource(ints = {18, 19, 20, 21, 32, 33})
    void a_dump_is_loaded_with_its_rows_and_the_name_of_its_last_migration(int migration) {
        try (Database database = new Database(LegacyDatabase.create(migration), 1)) {
            assertEquals(102, number(database, "SELECT count(*) FROM auth_user"));
            assertEquals(1, number(database, "SELECT count(*) FROM auth_user WHERE username = '用户测试'"));
            assertEquals(
                    migration,
                    number(database, "SELECT max(left(name, 4)::int) FROM django_migrations WHERE app = 'api'"));
        }
    }

    private static int number(Database database, String sql) {
        return database.read(
                handle -> handle.createQuery(sql).mapTo(Integer.class).one());
    }
}
