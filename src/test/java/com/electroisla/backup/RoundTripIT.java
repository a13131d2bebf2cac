package com.electroisla.backup;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.electroisla.backup.RestoreBackup.Restored;
import com.electroisla.backup.TakeBackup.Made;
import com.electroisla.database.Database;
import com.electroisla.database.DatabaseClock;
import com.electroisla.database.JdbcTarget;
import com.electroisla.database.LegacyDatabase;
import com.electroisla.database.MigratedDatabase;
import com.electroisla.database.TestPostgres;
import com.electroisla.database.migration.MigrationOutcome;
import com.electroisla.database.migration.Migrations;
import com.electroisla.database.migration.Target;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.zip.ZipFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RoundTripIT {
    private static final Optional<String> NO_KEY = Optional.empty();

    @TempDir
    private Path folder;

    static Made backup(JdbcTarget target, Path file, Optional<String> key) throws IOException {
        try (Database database = new Database(target, 2)) {
            return new TakeBackup(database, DatabaseClock.REAL).run(file, key, line -> {});
        }
    }

    static Restored restore(JdbcTarget target, Path file, Optional<String> key) throws IOException {
        try (Database database = new Database(target, 2)) {
            return new RestoreBackup(database, DatabaseClock.REAL).run(file, key, false, line -> {});
        }
    }

    static Schema schema(JdbcTarget target) {
        try (Database database = new Database(target, 1)) {
            return database.inTransaction(handle -> SchemaSql.read(handle, "public"));
        }
    }

    static void sql(JdbcTarget target, String... statements) throws Exception {
        try (Connection connection = target.connect(Map.of());
                var statement = connection.createStatement()) {
            for (String each : statements) {
                statement.execute(each);
            }
        }
    }

    static String ask(JdbcTarget target, String query) throws Exception {
        try (Connection connection = target.connect(Map.of());
                var rows = connection.createStatement().executeQuery(query)) {
            rows.next();
            return rows.getString(1);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {18, 19})
    void a_database_that_django_made_comes_back_with_every_table_in_an_empty_database_and_over_itself(int migration)
            throws Exception {
        JdbcTarget original = LegacyDatabase.create(migration);
        Path file = folder.resolve("django.eib");
        Made made = backup(original, file, NO_KEY);
        JdbcTarget empty = TestPostgres.newDatabase();

        Restored restored = restore(empty, file, NO_KEY);

        assertEquals(Optional.empty(), restored.earlier());
        assertEquals(made.rows(), restored.rows());
        assertEquals(Dump.of(original), Dump.of(empty));
        assertTrue(Dump.of(empty)
                .keySet()
                .containsAll(List.of("django_session", "auth_group", "favoritos", "notificaciones")));
        assertEquals(schema(original), schema(empty));

        sql(
                original,
                "UPDATE productos SET precio = precio / 2",
                "DELETE FROM favoritos",
                "DROP TABLE notificaciones",
                "CREATE TABLE despues (id int)");
        restore(original, file, NO_KEY);

        assertEquals(Dump.of(empty), Dump.of(original));
        assertEquals(schema(empty), schema(original));
    }

    @Test
    void a_restored_old_database_migrates_forwards_and_back_like_the_original() throws Exception {
        JdbcTarget original = LegacyDatabase.create(18);
        Path file = folder.resolve("django.eib");
        backup(original, file, NO_KEY);
        JdbcTarget restored = TestPostgres.newDatabase();
        restore(restored, file, NO_KEY);

        try (Database database = new Database(restored, 2)) {
            Migrations migrations = new Migrations(database);
            assertTrue(migrations.status().djangoMade());
            assertTrue(migrations.migrateTo(Target.LATEST, false, line -> {}) instanceof MigrationOutcome.Done);
            assertTrue(migrations.migrateTo(new Target.Number(18), true, line -> {}) instanceof MigrationOutcome.Done);
        }
    }

    @Test
    void a_taken_over_database_comes_back_with_its_guard_and_is_given_back_to_django_as_it_was() throws Exception {
        JdbcTarget original = LegacyDatabase.create(33);
        migrate(original, Target.LATEST);
        Path file = folder.resolve("tomada.eib");
        backup(original, file, NO_KEY);
        JdbcTarget restored = TestPostgres.newDatabase();

        restore(restored, file, NO_KEY);

        assertTrue(schema(original).isLike(schema(restored)));
        assertEquals(Dump.of(original), Dump.of(restored));
        for (String write : List.of(
                "UPDATE productos SET stock = stock - 1, stock_reservado = stock_reservado + 1 WHERE stock_total > 0",
                "UPDATE stock_reservations SET status = 'expired' WHERE status = 'pending'",
                "INSERT INTO stock_reservations (cantidad, status, created_at, expires_at, user_agent, producto_id, "
                        + "usuario_id)"
                        + " SELECT 1, 'pending', now(), now() + interval '15 minutes', '', min(id), 15 FROM "
                        + "productos")) {
            SQLException refused = assertThrows(
                    SQLException.class, () -> sql(restored, "SET electro_isla.escribe = ''", write), write);
            assertEquals("EI003", refused.getSQLState(), refused::getMessage);
        }
        migrate(restored, new Target.Number(19));
        assertEquals("0", ask(restored, "SELECT count(*) FROM pg_trigger WHERE tgname LIKE 'electro_isla_guardia%'"));
        migrate(original, new Target.Number(19));
        assertTrue(schema(original).isLike(schema(restored)));
    }

    private static void migrate(JdbcTarget target, Target to) {
        try (Database database = new Database(target, 2)) {
            MigrationOutcome outcome = new Migrations(database).migrateTo(to, false, line -> {});
            assertTrue(outcome instanceof MigrationOutcome.Done, outcome::toString);
        }
    }

    @Test
    void our_own_database_comes_back_over_a_later_state_of_itself_and_what_was_there_is_kept_aside() throws Exception {
        JdbcTarget target = MigratedDatabase.create();
        sql(
                target,
                "INSERT INTO productos (nombre, descripcion, precio, descuento, stock, stock_total, categoria, "
                        + "activo, en_carrusel, en_carousel_card,"
                        + " en_all_products, created_at, updated_at) SELECT 'P' || n, E'dos\\nlíneas\\t\\\\ ñ', "
                        + "9.99, 0, 0, "
                        + "n, 'otros', true, false, false, true, now(), now()"
                        + " FROM generate_series(1, 500) n",
                "SELECT setval('checkouts_id_seq', 77)");
        var before = Dump.of(target);
        Path file = folder.resolve("nuestra.eib");
        backup(target, file, NO_KEY);
        Schema shape = schema(target);
        sql(
                target,
                "DELETE FROM productos WHERE id > 10",
                "UPDATE productos SET stock_total = stock_total + 5",
                "SELECT setval('checkouts_id_seq', 99)");

        Restored restored = restore(target, file, NO_KEY);

        assertEquals(before, Dump.of(target));
        assertTrue(shape.isLike(schema(target)));
        assertEquals("78", ask(target, "SELECT nextval('checkouts_id_seq')"));
        assertEquals("501", ask(target, "SELECT nextval(pg_get_serial_sequence('productos', 'id'))"));
        assertEquals(
                "10", ask(target, "SELECT count(*) FROM " + restored.earlier().orElseThrow() + ".productos"));
        sql(target, "UPDATE productos SET stock_total = 1000 WHERE id = 1");
        assertEquals("1000", ask(target, "SELECT stock FROM productos WHERE id = 1"), "the trigger works");
        assertEquals("0", ask(target, "SELECT count(*) FROM pg_namespace WHERE nspname = 'electro_isla_restauracion'"));
    }

    @Test
    void what_nobody_told_us_of_comes_along() throws Exception {
        JdbcTarget original = TestPostgres.newDatabase();
        try (var script = RoundTripIT.class.getResourceAsStream("raras.sql")) {
            sql(original, new String(script.readAllBytes(), StandardCharsets.UTF_8));
        }
        Path file = folder.resolve("raras.eib");
        backup(original, file, NO_KEY);
        JdbcTarget copy = TestPostgres.newDatabase();

        restore(copy, file, NO_KEY);

        assertEquals(schema(original), schema(copy));
        assertEquals(Dump.of(original), Dump.of(copy));
        assertEquals("50", ask(copy, "SELECT n FROM foto"));
        assertEquals(ask(original, "SELECT nextval('suelta')"), ask(copy, "SELECT nextval('suelta')"));
        restore(copy, file, NO_KEY);
        assertEquals(schema(original), schema(copy), "over itself");
    }

    @Test
    void what_it_cannot_keep_is_refused_by_name_and_leaves_no_file() throws Exception {
        JdbcTarget target = TestPostgres.newDatabase();
        sql(target, "CREATE TABLE por_partes (id int) PARTITION BY RANGE (id)");
        Path file = folder.resolve("no.eib");

        BackupRefused refused = assertThrows(BackupRefused.class, () -> backup(target, file, NO_KEY));

        assertTrue(refused.getMessage().contains("tabla particionada por_partes"), refused::getMessage);
        try (var files = Files.list(folder)) {
            assertEquals(List.of(), files.toList());
        }
    }

    @Test
    void with_a_key_nothing_in_the_file_can_be_read_and_it_comes_back_all_the_same() throws Exception {
        JdbcTarget original = LegacyDatabase.create(19);
        Optional<String> key = Optional.of("una clave de verdad");
        Path file = folder.resolve("cifrado.eib");
        assertTrue(backup(original, file, key).encrypted());
        assertFalse(new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1).contains("esquema.json"));
        JdbcTarget copy = TestPostgres.newDatabase();

        restore(copy, file, key);

        assertEquals(Dump.of(original), Dump.of(copy));
    }

    @Test
    void without_a_key_any_zip_program_opens_it_and_only_its_owner_may() throws Exception {
        Path file = folder.resolve("abierto.eib");
        backup(LegacyDatabase.create(18), file, NO_KEY);
        try (ZipFile zip = new ZipFile(file.toFile())) {
            assertEquals(72, zip.getComment().length());
            assertTrue(zip.getEntry("manifiesto.json") != null);
        }
        assertEquals("rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(file)));
        assertThrows(BackupRefused.class, () -> backup(LegacyDatabase.create(18), file, NO_KEY), "never over another");
    }
}
