package com.electroisla.shell.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.electroisla.ShopFixture;
import com.electroisla.command.ManageRun;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The built-in console; without a PATH there is no psql. */
class DbShellIT {
    @TempDir
    Path folder;

    private final ShopFixture fixture = new ShopFixture();

    @AfterEach
    void close() {
        fixture.close();
    }

    @Test
    void statements_print_aligned_tables() {
        fixture.product("Radio", "9.90", 3);
        fixture.product("Televisión", "1200.00", 1);
        assertEquals(
                new ManageRun(
                        0,
                        List.of(
                                " nombre     | precio  | nada",
                                "------------+---------+------",
                                " Radio      |    9.90 |",
                                " Televisión | 1200.00 |",
                                "(2 filas)",
                                "",
                                "UPDATE 2",
                                "CREATE 0"),
                        List.of()),
                dbshell("SELECT nombre, precio, NULL AS nada\nFROM productos ORDER BY id; UPDATE productos SET "
                        + "descuento = 1;\nCREATE TEMP TABLE x (a int);"));
        assertEquals(2, fixture.number("SELECT sum(descuento) FROM productos"));
    }

    @Test
    void one_connection_carries_a_transaction_and_what_is_not_committed_is_lost() {
        fixture.product("Radio", "9.90", 3);
        assertEquals(
                0,
                dbshell("BEGIN; UPDATE productos SET precio = 1; COMMIT; BEGIN; UPDATE productos SET precio = 2;")
                        .code());
        assertEquals("1.00", fixture.text("SELECT precio::text FROM productos"));
    }

    @Test
    void an_error_is_one_line_and_ends_the_script() {
        assertEquals(
                new ManageRun(1, List.of(), List.of("ERROR: column \"nada\" does not exist (42703)")),
                dbshell("SELECT nada;\nSELECT 1;"));
    }

    @Test
    void the_last_statement_may_lack_its_semicolon_and_quitting_ends_it() {
        assertEquals(
                " uno\n-----\n   1\n(1 fila)\n",
                String.join("\n", dbshell("SELECT 1 AS uno").out()));
        assertEquals(new ManageRun(0, List.of(), List.of()), dbshell("\\q\nSELECT nada;"));
    }

    @Test
    void tables_can_be_listed_and_described() {
        assertTrue(dbshell("\\dt").out().stream().anyMatch(line -> line.startsWith(" public  | movimientos_stock ")));
        List<String> carts = dbshell("\\d carts").out();
        assertTrue(
                carts.stream().anyMatch(line -> line.matches(" user_id +\\| integer +\\| not null \\|")),
                carts::toString);
        assertTrue(carts.stream().anyMatch(line -> line.contains("UNIQUE INDEX carts_user_id_key")), carts::toString);
        assertEquals(new ManageRun(1, List.of(), List.of("No existe la tabla «nada».")), dbshell("\\d nada"));
        assertEquals(
                new ManageRun(1, List.of(), List.of("No se conoce «\\x»; hay \\dt, \\d TABLA y \\q.")), dbshell("\\x"));
    }

    @Test
    void its_errors_and_tables_never_tell_the_password() {
        String password = fixture.target.password();
        ManageRun run = dbshell("SELECT 1;\nSELECT nada;");
        assertTrue(password.isEmpty() || !run.toString().contains(password));
    }

    private ManageRun dbshell(String script) {
        return ManageRun.typing(script, folder, Map.of("DATABASE_URL", ManageRun.url(fixture.target)), "dbshell");
    }
}
