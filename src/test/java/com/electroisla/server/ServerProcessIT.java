package com.electroisla.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.electroisla.Eventually;
import com.electroisla.database.Database;
import com.electroisla.database.JdbcTarget;
import com.electroisla.database.TestPostgres;
import com.electroisla.database.embedded.PreparedHome;
import com.electroisla.database.migration.Migrations;
import com.electroisla.database.migration.Target;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The packaged program with its own database: which process starts it, which stops it, and the effects of kills. */
class ServerProcessIT {
    private static final Map<String, String> NOTHING_SET = Map.of();

    private Path home;

    @BeforeEach
    void an_empty_home() throws IOException {
        home = Files.createTempDirectory(Path.of("target"), "servidor").toAbsolutePath();
    }

    private void a_shop_that_has_been_open() throws IOException {
        PreparedHome.into(home.resolve("var"));
    }

    @Test
    void the_demo_listens_where_it_is_told_on_this_machine() throws Exception {
        try (ServerProcess demo = ServerProcess.start(home, NOTHING_SET, "demo", "127.0.0.1:")) {
            Eventually.until(() -> demo.output().contains("(demo) responde en http://localhost:" + demo.port + " "));
        }
    }

    @Test
    void a_command_beside_the_server_uses_its_database_and_leaves_it_running() throws Exception {
        a_shop_that_has_been_open();
        try (ServerProcess server = ServerProcess.start(home, NOTHING_SET)) {
            var released = ServerProcess.run(home, NOTHING_SET, "liberar_reservas_expiradas", "--verbose");

            assertEquals("""
                    🔄 Iniciando liberación de reservas expiradas...
                    ✅ 0 reservas expiradas liberadas exitosamente
                    ℹ️ No hay reservas expiradas para liberar
                    """, released.output());
            assertEquals(0, released.exitCode());
            assertEquals(200, server.send("GET", "/api/productos/", null, null).statusCode());
        }
        assertFalse(Files.exists(postmasterPid()), "the last one out stops the database");
    }

    @Test
    void after_the_server_was_killed_the_very_next_start_works() throws Exception {
        a_shop_that_has_been_open();
        ServerProcess first = ServerProcess.start(home, NOTHING_SET);
        register(first, "ana");
        first.process().destroyForcibly().waitFor();

        try (ServerProcess second = ServerProcess.start(home, NOTHING_SET)) {
            assertEquals(409, register(second, "ana"), "what was committed is there");
        }
    }

    @Test
    void a_database_killed_under_the_server_comes_back_by_itself_with_what_was_committed() throws Exception {
        a_shop_that_has_been_open();
        try (ServerProcess server = ServerProcess.start(home, NOTHING_SET)) {
            register(server, "ana");
            long postmaster = Long.parseLong(Files.readAllLines(postmasterPid()).getFirst());
            assertTrue(ProcessHandle.of(postmaster).orElseThrow().destroyForcibly());

            Awaitility.await()
                    .atMost(Duration.ofSeconds(30))
                    .pollInterval(Duration.ofMillis(100))
                    .until(() -> register(server, "ana") == 409);
        }
    }

    @Test
    void both_killed_at_once_the_very_next_command_works() throws Exception {
        a_shop_that_has_been_open();
        ServerProcess server = ServerProcess.start(home, NOTHING_SET);
        long postmaster = Long.parseLong(Files.readAllLines(postmasterPid()).getFirst());
        server.process().destroyForcibly().waitFor();
        ProcessHandle.of(postmaster).orElseThrow().destroyForcibly();

        var summary = ServerProcess.run(home, NOTHING_SET, "resumen_inventario");

        assertEquals(0, summary.exitCode(), summary.output());
        assertTrue(summary.output().contains("Reservas activas: 0"), summary.output());
    }

    @Test
    void a_server_refuses_a_database_at_0018_and_names_the_command() throws Exception {
        assertEquals(
                0,
                ServerProcess.run(home, NOTHING_SET, "migrate", "api", "0018").exitCode());

        var refused = ServerProcess.run(home, NOTHING_SET, "runserver", "0");

        assertEquals(2, refused.exitCode(), "port 0 is no port");
        var atOldLevel = ServerProcess.run(home, NOTHING_SET, "runserver", "18765");
        assertEquals(1, atOldLevel.exitCode());
        assertTrue(atOldLevel.output().contains("./manage migrate api 0019"), atOldLevel.output());
    }

    @Test
    void an_upgrade_that_takes_long_says_what_it_is_at() throws Exception {
        JdbcTarget target = TestPostgres.newDatabase();
        try (Database database = new Database(target, 2)) {
            new Migrations(database).migrateTo(new Target.Number(34), false, line -> {});
        }
        try (Connection other = target.connect(Map.of());
                var statement = other.createStatement()) {
            other.setAutoCommit(false);
            statement.execute("LOCK TABLE productos IN SHARE MODE");
            CompletableFuture<ServerProcess> starting = CompletableFuture.supplyAsync(() -> startOn(target));
            Path output = home.resolve("salida.txt");
            try {
                Awaitility.await()
                        .atMost(Duration.ofSeconds(30))
                        .until(() ->
                                Files.exists(output) && Files.readString(output).contains("... 0035_imagenes: "));
            } finally {
                other.rollback();
                starting.join().close();
            }
        }
    }

    private ServerProcess startOn(JdbcTarget target) {
        try {
            return ServerProcess.start(home, ServerProcess.on(target));
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    private static int register(ServerProcess server, String username) throws IOException, InterruptedException {
        return server.send("POST", "/api/registro/", null, """
                {"username": "%s", "email": "%s@example.com", "password": "Isla#verde7"}\
                """.formatted(username, username))
                .statusCode();
    }

    private Path postmasterPid() {
        return home.resolve("var/datos/postmaster.pid");
    }
}
