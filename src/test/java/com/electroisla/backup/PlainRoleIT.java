package com.electroisla.backup;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.electroisla.database.Database;
import com.electroisla.database.DatabaseClock;
import com.electroisla.database.JdbcTarget;
import com.electroisla.database.TestPostgres;
import com.electroisla.database.migration.MigrationOutcome.Done;
import com.electroisla.database.migration.Migrations;
import com.electroisla.database.migration.Target;
import java.nio.file.Path;
import java.sql.Connection;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.concurrent.ThreadLocalRandom;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A server on which the shop's role is no superuser and may not create databases. */
class PlainRoleIT {
    private final JdbcTarget administrator = TestPostgres.newDatabase();
    private final String role =
            "tienda_" + HexFormat.of().toHexDigits(ThreadLocalRandom.current().nextLong());
    /**
     * The test's server accepts one role only; from its first statement the session has this role's rights and no
     * more.
     */
    private final JdbcTarget shop = new JdbcTarget(
            administrator.url() + (administrator.url().contains("?") ? "&" : "?") + "options=-c%20role=" + role,
            administrator.user(),
            administrator.password());

    @TempDir
    private Path folder;

    @BeforeEach
    void makeRole() throws Exception {
        administer("CREATE ROLE " + role + " NOSUPERUSER NOCREATEDB NOCREATEROLE");
    }

    @AfterEach
    void dropRole() throws Exception {
        TestPostgres.drop(administrator);
        JdbcTarget another = TestPostgres.newDatabase();
        sql(another, "DROP ROLE " + role);
        TestPostgres.drop(another);
    }

    private void administer(String statement) throws Exception {
        sql(administrator, statement);
    }

    private static void sql(JdbcTarget target, String... statements) throws Exception {
        try (Connection connection = target.connect(Map.of());
                var statement = connection.createStatement()) {
            for (String each : statements) {
                statement.execute(each);
            }
        }
    }

    /** A migrated shop with data, its backup, and further data that is not in the backup. */
    private SortedMap<String, String> backedUp(Path file) throws Exception {
        try (Database database = new Database(shop, 2)) {
            assertTrue(new Migrations(database).migrateTo(Target.LATEST, false, line -> {}) instanceof Done);
        }
        sql(shop, "INSERT INTO claves_firma (kid, clave_publica, created_at) VALUES ('antes', 'x', now())");
        SortedMap<String, String> then = Dump.of(shop);
        RoundTripIT.backup(shop, file, Optional.empty());
        sql(shop, "DELETE FROM claves_firma", "CREATE TABLE despues (id int)");
        return then;
    }

    @Test
    void the_owner_of_the_database_backs_up_and_restores() throws Exception {
        administer("ALTER DATABASE " + TestPostgres.nameOf(administrator) + " OWNER TO " + role);
        Path file = folder.resolve("a.eib");
        SortedMap<String, String> then = backedUp(file);
        try (Connection connection = shop.connect(Map.of());
                var rows = connection.createStatement().executeQuery("SHOW is_superuser")) {
            assertTrue(rows.next() && rows.getString(1).equals("off"));
        }
        assertTrue(RoundTripIT.restore(shop, file, Optional.empty()).earlier().isPresent());
        assertEquals(then, Dump.of(shop));
    }

    @Test
    void a_role_that_owns_nothing_but_its_tables_needs_create_in_the_database_and_is_told_so() throws Exception {
        administer("GRANT CREATE ON SCHEMA public TO " + role);
        Path file = folder.resolve("a.eib");
        SortedMap<String, String> then = backedUp(file);
        SortedMap<String, String> now = Dump.of(shop);

        String reason = assertThrows(BackupRefused.class, () -> RoundTripIT.restore(shop, file, Optional.empty()))
                .getMessage();
        assertTrue(reason.startsWith("El usuario de la base de datos no puede hacerlo"), reason);
        assertEquals(now, Dump.of(shop));

        administer("GRANT CREATE ON DATABASE " + TestPostgres.nameOf(administrator) + " TO " + role);
        RoundTripIT.restore(shop, file, Optional.empty());
        assertEquals(then, Dump.of(shop));
    }

    @Test
    void a_connection_of_a_superuser_is_not_its_to_end_and_nothing_is_changed() throws Exception {
        administer("ALTER DATABASE " + TestPostgres.nameOf(administrator) + " OWNER TO " + role);
        Path file = folder.resolve("a.eib");
        backedUp(file);
        SortedMap<String, String> now = Dump.of(shop);
        try (Connection others = administrator.connect(Map.of());
                Database database = new Database(shop, 2)) {
            assertTrue(others.isValid(1));
            BackupRefused refused = assertThrows(
                    BackupRefused.class,
                    () -> new RestoreBackup(database, DatabaseClock.REAL)
                            .run(file, Optional.empty(), true, line -> {}));
            assertTrue(
                    refused.getMessage().startsWith("El usuario de la base de datos no puede hacerlo"),
                    refused::getMessage);
        }
        assertEquals(now, Dump.of(shop));
    }
}
