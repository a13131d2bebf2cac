package com.electroisla.database.embedded;

import static com.electroisla.database.embedded.EmbeddedHome.ask;
import static com.electroisla.database.embedded.EmbeddedHome.tell;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.electroisla.Eventually;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** After any kill, the next attach works and committed data is there. */
class EmbeddedPostgresCrashIT {
    private static EmbeddedHome model;
    private EmbeddedHome home;

    @BeforeAll
    static void make_a_model() throws Exception {
        model = EmbeddedHome.withPrograms();
        model.attach().close();
    }

    @AfterAll
    static void remove_the_model() throws Exception {
        model.close();
    }

    @BeforeEach
    void make_a_home() throws Exception {
        home = EmbeddedHome.copyOf(model);
    }

    @AfterEach
    void remove_the_home() throws Exception {
        home.close();
    }

    @Test
    void a_killed_user_leaves_it_running_for_the_next() throws Exception {
        var killed = AttachedProcess.start(home.root());
        String url = killed.url();
        long server = home.postmaster().pid();
        killed.kill();
        assertTrue(home.serverRuns());
        try (var attachment = home.attach()) {
            assertEquals(url, attachment.target().url());
            assertEquals(server, home.postmaster().pid());
            assertEquals("1", ask(attachment.target(), "SELECT 1"));
        }
        assertFalse(home.serverRuns(), "the killed user still counts");
    }

    @Test
    void a_killed_server_starts_again_with_what_was_committed() throws Exception {
        try (var survivor = home.attach()) {
            tell(survivor.target(), "CREATE TABLE prueba AS SELECT 42 AS n");
            home.killServer();
            try (var next = home.attach()) {
                assertEquals("42", ask(next.target(), "SELECT n FROM prueba"));
                assertEquals(survivor.target(), next.target(), "a survivor would look for it in vain");
            }
            home.killServer();
            survivor.revive();
            assertEquals("42", ask(survivor.target(), "SELECT n FROM prueba"));
        }
        assertFalse(home.serverRuns());
    }

    @Test
    void a_killed_server_starts_elsewhere_when_its_port_was_taken() throws Exception {
        try (var survivor = home.attach()) {
            int port = home.postmaster().port();
            String before = survivor.target().url();
            home.killServer();
            try (var _ = new ServerSocket(port, 1, InetAddress.ofLiteral("127.0.0.1"))) {
                survivor.revive();
            }
            assertNotEquals(before, survivor.target().url());
            assertEquals("1", ask(survivor.target(), "SELECT 1"));
        }
    }

    @Test
    void children_of_a_killed_server_that_do_not_end_are_ended() throws Exception {
        try (var survivor = home.attach()) {
            var target = survivor.target();
            tell(target, "CREATE TABLE prueba AS SELECT 42 AS n");
            try (var connection = target.connect(Map.of());
                    var statement = connection.createStatement();
                    var rows = statement.executeQuery("SELECT pg_backend_pid()")) {
                rows.next();
                // A stopped process cannot notice that its server is gone, and keeps the shared memory.
                EmbeddedHome.signal("STOP", rows.getLong(1));
                home.killServer();
                survivor.revive();
                assertEquals("42", ask(survivor.target(), "SELECT n FROM prueba"));
            }
        }
    }

    @Test
    void the_number_of_a_dead_server_may_belong_to_another_process_by_now() throws Exception {
        Path file = home.root().resolve("datos/postmaster.pid");
        Files.writeString(
                file, ProcessHandle.current().pid() + "\n" + home.root() + "/datos\n1\n1\n\n127.0.0.1\n1 1\nready\n");
        try (var attachment = home.attach()) {
            assertEquals("1", ask(attachment.target(), "SELECT 1"));
        }
    }

    @Test
    void a_process_killed_while_it_makes_the_database_leaves_no_half_of_it() throws Exception {
        HomeFolder.discard(home.root().resolve("datos"));
        Files.delete(home.root().resolve("clave-postgres"));
        var killed = AttachedProcess.start(home.root());
        String line = killed.says();
        assertTrue(line.startsWith("progress Creando"), line);
        await().pollInterval(Duration.ofMillis(5))
                .until(() -> names().anyMatch(name -> name.startsWith("datos.nuevo-")));
        killed.kill();
        assertFalse(Files.exists(home.root().resolve("datos")));
        try (var attachment = home.attach()) {
            assertEquals("electro_isla", ask(attachment.target(), "SELECT current_database()"));
        }
        // An initdb that outlived its parent may still have been writing; the next start after its end deletes the
        // remains.
        home.attach().close();
        assertEquals(
                List.of(),
                names().filter(name -> name.startsWith("datos.nuevo")).toList());
    }

    @Test
    void a_process_killed_while_it_unpacks_leaves_no_half_of_it() throws Exception {
        HomeFolder.discard(home.root().resolve("postgres"));
        var killed = AttachedProcess.start(home.root());
        String line = killed.says();
        assertTrue(line.startsWith("progress Desempaquetando"), line);
        killed.kill();
        try (var attachment = home.attach();
                var versions = Files.list(home.root().resolve("postgres"))) {
            assertEquals("1", ask(attachment.target(), "SELECT 1"));
            assertEquals(1, versions.count());
        }
    }

    @Test
    void a_process_killed_while_the_server_starts_does_no_harm() throws Exception {
        for (String reached : List.of("", "starting", "ready")) {
            var killed = AttachedProcess.start(home.root());
            await().pollInterval(Duration.ofMillis(1))
                    .until(() -> home.serverRuns() && home.postmaster().status().compareTo(reached) >= 0);
            killed.kill();
            try (var attachment = home.attach()) {
                assertEquals("1", ask(attachment.target(), "SELECT 1"));
            }
            assertFalse(home.serverRuns());
        }
    }

    @Test
    void a_process_killed_while_it_stops_the_server_does_no_harm() throws Exception {
        var killed = AttachedProcess.start(home.root());
        killed.url();
        // The same signal that a detaching process sends: the server is stopping while no process holds the start
        // lock.
        EmbeddedHome.signal("INT", home.postmaster().pid());
        Eventually.until(() -> !home.postmaster().isReady());
        try (var attachment = home.attach()) {
            assertEquals("1", ask(attachment.target(), "SELECT 1"));
            killed.kill();
        }
        assertFalse(home.serverRuns());
    }

    private Stream<String> names() throws Exception {
        try (var files = Files.list(home.root())) {
            return files.map(file -> file.getFileName().toString()).toList().stream();
        }
    }
}
