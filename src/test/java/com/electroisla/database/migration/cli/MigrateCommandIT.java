package com.electroisla.database.migration.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.electroisla.command.ManageRun;
import com.electroisla.database.Database;
import com.electroisla.database.JdbcTarget;
import com.electroisla.database.TestPostgres;
import com.electroisla.database.migration.ScriptFiles;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MigrateCommandIT {
    private final JdbcTarget target = TestPostgres.newDatabase();

    @TempDir
    private Path base;

    private ManageRun manage(String... args) {
        return ManageRun.of(base, Map.of("DATABASE_URL", ManageRun.url(target)), args);
    }

    private void execute(String sql) {
        try (Database database = new Database(target, 1)) {
            database.useTransaction(handle -> handle.execute(sql));
        }
    }

    @Test
    void it_goes_forwards_and_back_and_shows_where_it_is() {
        assertEquals(
                new ManageRun(
                        0,
                        List.of("Applying api.0018_esquema_base... OK", "Applying api.0019_stock_system... OK"),
                        List.of()),
                manage("migrate", "api", "0019"));
        List<String> names = ScriptFiles.names();
        List<String> shown = new ArrayList<>(List.of("api", " [X] 0018_esquema_base", " [X] 0019_stock_system"));
        names.stream().skip(2).map(name -> " [ ] " + name).forEach(shown::add);
        assertEquals(new ManageRun(0, shown, List.of()), manage("showmigrations", "api"));
        ManageRun back = manage("migrate", "api", "0018_esquema_base");
        assertEquals(0, back.code(), back::toString);
        assertEquals("Unapplying api.0019_stock_system... OK", back.out().getFirst());
        assertEquals(
                new ManageRun(0, List.of("No hay migraciones que aplicar."), List.of()),
                manage("migrate", "api", "18"));
        assertEquals(0, manage("migrate", "api", "zero").code());
        assertEquals(names.size(), manage("migrate").out().size());
    }

    @Test
    void it_says_how_many_products_are_not_initialised() {
        manage("migrate", "api", "0018");
        execute("""
                INSERT INTO productos (nombre, descripcion, precio, descuento, stock, categoria, activo, en_carrusel,
                    en_carousel_card, en_all_products, created_at, updated_at)
                VALUES ('Nevera', '', 1, 0, 9, 'otros', true, false, false, true, now(), now())""");
        ManageRun run = manage("migrate");
        assertEquals(0, run.code());
        assertEquals(
                "1 productos sin inicializar: tienen stock y no se venden hasta ejecutar "
                        + "./manage actualizar_stock",
                run.out().getLast());
    }

    @Test
    void a_refusal_is_exit_1_with_the_reason_on_stderr() {
        manage("migrate");
        execute("""
                INSERT INTO auth_user (password, is_superuser, username, first_name, last_name, email, is_staff,
                    is_active, date_joined)
                VALUES ('!', false, 'ale', '', '', '', false, true, now())""");
        ManageRun refused = manage("migrate", "api", "zero");
        assertEquals(1, refused.code());
        assertEquals(List.of(), refused.out());
        assertEquals(
                List.of("La base tiene 1 usuarios y 0 productos, y este paso borra la tienda entera. Usa --force "
                        + "si es lo que quieres."),
                refused.err());
        assertEquals(0, manage("migrate", "api", "zero", "--force").code());
    }

    @Test
    void an_unknown_migration_is_wrong_usage() {
        ManageRun run = manage("migrate", "api", "0099");
        assertEquals(2, run.code());
        assertTrue(run.err().getFirst().contains(ScriptFiles.names().getLast()), run::toString);
    }

    @Test
    void a_wrong_password_and_a_database_that_is_not_there_are_one_line() {
        for (String url : List.of(
                ManageRun.url(new JdbcTarget(target.url(), target.user(), "no-es")),
                ManageRun.url(target).replace(TestPostgres.nameOf(target), "no_existe"))) {
            ManageRun run = ManageRun.of(base, Map.of("DATABASE_URL", url), "showmigrations");
            assertEquals(1, run.code());
            assertEquals(1, run.err().size(), run::toString);
            assertTrue(run.err().getFirst().contains("DATABASE_URL"), run::toString);
        }
    }
}
