package com.electroisla.shell;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.electroisla.ShopFixture;
import com.electroisla.database.embedded.PreparedHome;
import com.electroisla.server.ServerProcess;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The packaged program: its class path is not the tests', and psql is another process. */
class ShellProcessIT {
    @TempDir
    Path folder;

    private final ShopFixture fixture = new ShopFixture();

    @AfterEach
    void close() {
        fixture.close();
    }

    @Test
    void a_script_reaches_the_shop_and_only_what_it_prints_is_printed() throws Exception {
        fixture.product("Cañón", "9.90", 3);
        assertEquals(new ServerProcess.Finished(0, "Cañón 9.90 3\n"), shell("""
                productos().todos()
                    .forEach(p -> System.out.println(p.nombre() + " " + p.precio() + " " + p.stockDisponible()));
                """));
    }

    @Test
    void what_a_script_prints_may_have_lines_of_its_own_but_no_name_is_obeyed() throws Exception {
        fixture.product("Cable\u001b[2J\rx\u202e\u009b1A", "9.90", 3);
        assertEquals(new ServerProcess.Finished(0, "uno\nCable\\u001b[2J\\u000dx\\u202e\\u009b1A\ndos\n"), shell("""
                productos().todos().forEach(p -> System.out.println("uno\\n" + p.nombre() + "\\ndos"));
                """));
    }

    @Test
    void a_script_that_fails_ends_with_1() throws Exception {
        assertEquals(
                new ServerProcess.Finished(1, "Línea 1: «int x = 1 / 0;»: java.lang.ArithmeticException: / by zero\n"),
                shell("int x = 1 / 0;"));
    }

    @Test
    void dbshell_hands_its_input_and_the_connection_to_psql_and_the_password_by_environment_only() throws Exception {
        Path psql = folder.resolve("bin/psql");
        Files.createDirectories(psql.getParent());
        Files.writeString(psql, "#!/bin/sh\necho \"$* $PGUSER $PGPASSWORD $PGDATABASE\"\n/bin/cat\nexit 3\n");
        Files.setPosixFilePermissions(psql, PosixFilePermissions.fromString("rwxr-xr-x"));

        ServerProcess.Finished run = ServerProcess.typing(
                "SELECT 1;\n", folder, environment(psql.getParent().toString()), "dbshell");

        String database = fixture.target.url().replaceFirst("\\?.*", "").replaceFirst(".*/", "");
        assertEquals(
                new ServerProcess.Finished(
                        1,
                        "--no-psqlrc --set=ON_ERROR_STOP=1 %s %s %s\nSELECT 1;\n"
                                .formatted(fixture.target.user(), fixture.target.password(), database)),
                run);
    }

    @Test
    void without_psql_or_when_asked_for_the_small_one_answers() throws Exception {
        String expected = " uno\n-----\n   1\n(1 fila)\n\n";
        assertEquals(
                new ServerProcess.Finished(0, expected),
                ServerProcess.typing("SELECT 1 AS uno;\n", folder, environment("/nada"), "dbshell"));
        assertEquals(
                new ServerProcess.Finished(0, expected),
                ServerProcess.typing(
                        "SELECT 1 AS uno;\n", folder, environment(System.getenv("PATH")), "dbshell", "--propia"));
    }

    @Test
    void the_embedded_database_is_reached_while_a_server_runs_on_it() throws Exception {
        PreparedHome.into(folder.resolve("tienda/var"));
        try (ServerProcess server = ServerProcess.start(folder.resolve("tienda"), Map.of())) {
            ServerProcess.Finished beside = ServerProcess.typing(
                    "SELECT count(*) AS productos FROM productos;",
                    folder.resolve("tienda"),
                    Map.of(),
                    "dbshell",
                    "--propia");
            assertEquals(0, beside.exitCode(), beside::output);
            assertTrue(beside.output().contains("        0"), beside::output);
            assertTrue(server.process().isAlive());
        }
        ServerProcess.Finished alone = ServerProcess.typing(
                "System.out.println(productos().contar());", folder.resolve("tienda"), Map.of(), "shell");
        assertEquals(new ServerProcess.Finished(0, "0\n"), alone);
    }

    private ServerProcess.Finished shell(String script) throws Exception {
        return ServerProcess.typing(script, folder, environment(System.getenv("PATH")), "shell");
    }

    private Map<String, String> environment(String path) {
        Map<String, String> environment = new HashMap<>(ServerProcess.on(fixture.target));
        environment.put("PATH", path);
        return environment;
    }
}
