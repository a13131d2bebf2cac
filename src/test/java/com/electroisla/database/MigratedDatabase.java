package com.electroisla.database;

import com.electroisla.database.migration.MigrationOutcome;
import com.electroisla.database.migration.Migrations;
import com.electroisla.database.migration.Target;

/** Fresh databases with every migration applied: the first is migrated, the others are copies of it. */
public final class MigratedDatabase {
    private static final JdbcTarget TEMPLATE = migrate(TestPostgres.newDatabase());

    private MigratedDatabase() {}

    public static JdbcTarget create() {
        return TestPostgres.newDatabase(TEMPLATE);
    }

    private static JdbcTarget migrate(JdbcTarget target) {
        try (Database database = new Database(target, 2)) {
            MigrationOutcome outcome = new Migrations(database).migrateTo(Target.LATEST, false, line -> {});
            if (!(outcome instanceof MigrationOutcome.Done)) {
                throw new IllegalStateException(outcome.toString());
            }
        }
        return target;
    }
}
