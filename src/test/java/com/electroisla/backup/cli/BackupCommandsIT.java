package com.electroisla.backup.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.electroisla.command.ManageRun;
import com.electroisla.database.JdbcTarget;
import com.electroisla.database.MigratedDatabase;
import com.electroisla.database.TestPostgres;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BackupCommandsIT {
    private static final String WARNING = "ℹ️ El respaldo no está cifrado, y nada demuestra quién lo escribió: su "
            + "SQL se ejecuta con los permisos de la "
            + "tienda. Restaura solo archivos guardados por ti.";
    private static final String KEY = "ELECTRO_ISLA_RESPALDO_CLAVE";

    @TempDir
    private Path base;

    private ManageRun manage(JdbcTarget target, Map<String, String> more, String... args) {
        Map<String, String> environment = new java.util.HashMap<>(more);
        environment.put("DATABASE_URL", ManageRun.url(target));
        return ManageRun.of(base, environment, args);
    }

    @Test
    void without_a_file_it_goes_to_the_home_for_its_owner_only_and_comes_back_into_an_empty_database()
            throws Exception {
        JdbcTarget shop = MigratedDatabase.create();
        run(shop, """
                INSERT INTO correos (clave, tipo, para, idioma, valores, estado, created_at, caduca_at, siguiente_at)
                VALUES ('1', 'pedido_creado', 'ana@example.com', 'es', '{}', 'pendiente', now(), now() + '1 h', now()),
                       ('2', 'codigo_registro', 'eva@example.com', 'es', '{"codigo": "1"}', 'pendiente', now(),
                        now() + '1 h', now()),
                       ('3', 'pedido_creado', 'luz@example.com', 'es', '{}', 'enviado', now(), now(), now())""");
        ManageRun made = manage(shop, Map.of(), "respaldar");
        assertEquals(0, made.code(), made::toString);
        Path file = Path.of(made.out().getFirst().replace("✅ Respaldo completo: ", ""));
        assertTrue(file.getFileName().toString().matches("electro_isla_\\d{8}_\\d{6}\\.eib"), made::toString);
        assertEquals(
                base.resolve("var/respaldos").toRealPath(), file.getParent().toRealPath());
        assertEquals("rwx------", PosixFilePermissions.toString(Files.getPosixFilePermissions(file.getParent())));
        assertEquals("- Cifrado: no", made.out().getLast());

        JdbcTarget empty = TestPostgres.newDatabase();
        ManageRun restored = manage(empty, Map.of(), "restaurar", file.toString());

        assertEquals(0, restored.code(), restored::toString);
        assertEquals(
                List.of(
                        "Comprobando el archivo...",
                        WARNING,
                        "Restaurando en un lugar aparte...",
                        "Comparando lo restaurado con el respaldo...",
                        "Sustituyendo..."),
                restored.err());
        assertEquals(0, manage(empty, Map.of(), "verificar_inventario").code());
        assertEquals(
                "- Correos retenidos: 1, que en el respaldo esperaban y quizá salieron ya; /admin/correos/ los envía o "
                        + "los descarta",
                restored.out().getLast());
        assertEquals("1 pendiente infinity,2 caducado {},3 enviado", told(empty, """
                        SELECT string_agg(concat_ws(' ', clave, estado,
                                   CASE clave WHEN '1' THEN siguiente_at::text WHEN '2' THEN valores::text END), ','
                                   ORDER BY clave)
                          FROM correos"""));
    }

    private static void run(JdbcTarget target, String sql) throws SQLException {
        try (var connection = target.connect(Map.of());
                var statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private static String told(JdbcTarget target, String sql) throws SQLException {
        try (var connection = target.connect(Map.of());
                var statement = connection.createStatement();
                var rows = statement.executeQuery(sql)) {
            assertTrue(rows.next());
            return rows.getString(1);
        }
    }

    @Test
    void the_key_comes_from_a_file_or_the_environment_and_a_refusal_is_one_line_and_exit_1() throws Exception {
        JdbcTarget target = MigratedDatabase.create();
        String file = base.resolve("c.eib").toString();
        String key = Files.writeString(base.resolve("clave"), "una clave de verdad\n")
                .toString();
        assertEquals(
                "- Cifrado: sí",
                manage(target, Map.of(), "respaldar", file, "--clave-archivo", key)
                        .out()
                        .getLast());

        for (ManageRun refused : List.of(
                manage(target, Map.of(), "restaurar", file),
                manage(target, Map.of(KEY, "otra clave distinta"), "restaurar", file),
                manage(target, Map.of(KEY, "corta"), "restaurar", file),
                manage(target, Map.of(), "restaurar", base.resolve("no-hay").toString()),
                manage(target, Map.of(), "respaldar", file))) {
            assertEquals(1, refused.code(), refused::toString);
            assertEquals(List.of(), refused.out());
        }
        assertEquals(2, manage(target, Map.of(), "restaurar").code());
        ManageRun restored = manage(target, Map.of(KEY, "una clave de verdad"), "restaurar", file);
        assertEquals(0, restored.code(), restored::toString);
        assertFalse(restored.err().contains(WARNING), "a file with a key proves who wrote it");
        assertTrue(
                restored.out()
                        .getLast()
                        .matches("- Lo que había sigue en el esquema electro_isla_anterior_.*DROP SCHEMA.*"),
                restored::toString);
    }

    @Test
    void a_new_backup_takes_no_key_that_is_easy_to_guess_and_an_old_one_opens_with_the_one_it_has() throws Exception {
        JdbcTarget target = MigratedDatabase.create();
        String file = base.resolve("d.eib").toString();
        for (String easy : List.of("12345678", "quince-letras-x", "aaaaaaaaaaaaaaaaaaaaaaaa", "abcabcabcabcabcabc")) {
            ManageRun refused = manage(target, Map.of(KEY, easy), "respaldar", file);
            assertEquals(1, refused.code(), refused::toString);
            assertTrue(refused.err().getLast().contains("demasiado fácil de adivinar"), refused::toString);
            assertFalse(refused.toString().contains(easy));
        }
        try (var database = new com.electroisla.database.Database(target, 2)) {
            new com.electroisla.backup.TakeBackup(database, com.electroisla.database.DatabaseClock.REAL)
                    .run(Path.of(file), java.util.Optional.of("12345678"), line -> {});
        }
        assertEquals(
                0, manage(target, Map.of(KEY, "12345678"), "restaurar", file).code());
    }
}
