package com.electroisla.database.embedded;

import static com.electroisla.database.embedded.EmbeddedHome.ask;
import static com.electroisla.database.embedded.EmbeddedHome.tell;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;

import com.sun.security.auth.module.UnixSystem;
import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * One home and several containers: pids, shared memory and loopback of each are its own; only the folder is shared.
 */
class NamespacesIT {
    /** With the machine's network: a new network namespace has no loopback until it is set up. */
    private static final String CONTAINER = "--pid --ipc --uts --fork --mount-proc";

    private static final String WITH_NETWORK_OF_ITS_OWN = "--pid --ipc --net --fork --mount-proc";

    private static EmbeddedHome model;
    private EmbeddedHome home;

    @BeforeAll
    static void containers_can_be_made_here() throws Exception {
        Process trial = new ProcessBuilder(unshare(WITH_NETWORK_OF_ITS_OWN + " true"))
                .inheritIO()
                .start();
        if (trial.waitFor() != 0) {
            fail("these tests need Linux namespaces: run them as root, or allow user namespaces "
                    + "(kernel.unprivileged_userns_clone=1,"
                    + " kernel.apparmor_restrict_unprivileged_userns=0)");
        }
        model = EmbeddedHome.withPrograms();
        model.attach().close();
    }

    @AfterAll
    static void remove_the_model() throws Exception {
        if (model != null) {
            model.close();
        }
    }

    @BeforeEach
    void make_a_home() throws Exception {
        home = EmbeddedHome.copyOf(model);
    }

    @AfterEach
    void remove_the_home() throws Exception {
        home.close();
    }

    private static String[] unshare(String arguments) {
        String user = new UnixSystem().getUid() == 0 ? "" : "--user --map-root-user ";
        return ("unshare " + user + arguments).split(" ");
    }

    private AttachedProcess inContainer() {
        return AttachedProcess.start(home.root(), unshare(CONTAINER));
    }

    private String refusalInContainer() {
        try (var container = AttachedProcess.start(home.root(), unshare(WITH_NETWORK_OF_ITS_OWN))) {
            return container.refusal();
        }
    }

    @Test
    void a_container_starts_no_second_server_beside_one_outside() throws Exception {
        try (var outside = home.attach()) {
            tell(outside.target(), "CREATE TABLE prueba AS SELECT 42 AS n");
            String file = Files.readString(Postmaster.file(HomeFolder.open(home.root())));

            String refusal = refusalInContainer();

            assertTrue(refusal.contains(home.root().toString()) && refusal.contains("otro contenedor"), refusal);
            assertEquals(file, Files.readString(Postmaster.file(HomeFolder.open(home.root()))));
            assertEquals("42", ask(outside.target(), "SELECT n FROM prueba"));
        }
        try (var later = inContainer()) {
            later.url();
        }
    }

    @Test
    void nobody_starts_a_second_server_beside_one_in_a_container_outside_or_in_another_container() throws Exception {
        try (var container = inContainer()) {
            container.url();
            String file = Files.readString(Postmaster.file(HomeFolder.open(home.root())));
            try (var another = inContainer();
                    var outside = AttachedProcess.start(home.root())) {
                assertTrue(another.refusal().contains("otro contenedor"));
                assertTrue(outside.refusal().contains("otro contenedor"));
            }
            assertEquals(file, Files.readString(Postmaster.file(HomeFolder.open(home.root()))));
        }
        try (var next = home.attach()) {
            assertEquals("1", ask(next.target(), "SELECT 1"));
        }
    }

    @Test
    void of_two_containers_that_start_at_once_one_has_the_database_and_the_other_says_why_not() throws Exception {
        try (var one = inContainer();
                var other = inContainer()) {
            List<String> said =
                    Stream.of(one, other).parallel().map(NamespacesIT::lastWord).toList();
            assertEquals(
                    1, said.stream().filter(line -> line.startsWith("url ")).count(), said.toString());
            assertEquals(
                    1,
                    said.stream()
                            .filter(line -> line.startsWith("refused ") && line.contains("otro contenedor"))
                            .count(),
                    said.toString());
        }
    }

    private static String lastWord(AttachedProcess process) {
        String line = process.says();
        while (line.startsWith("progress ")) {
            line = process.says();
        }
        return line;
    }

    @Test
    void the_lock_is_the_servers_own_and_outlives_the_process_that_started_it() throws Exception {
        var killed = AttachedProcess.start(home.root());
        killed.url();
        killed.kill();
        assertTrue(home.serverRuns());

        assertTrue(refusalInContainer().contains("otro contenedor"));

        assertTrue(home.serverRuns());
        home.attach().close();
    }

    @Test
    void children_of_a_killed_server_hold_the_lock_and_are_ended_only_from_where_they_are_seen() throws Exception {
        try (var outside = home.attach();
                var connection = outside.target().connect(Map.of());
                var statement = connection.createStatement();
                var rows = statement.executeQuery("SELECT pg_backend_pid()")) {
            rows.next();
            long child = rows.getLong(1);
            EmbeddedHome.signal("STOP", child);
            home.killServer();

            assertTrue(refusalInContainer().contains("otro contenedor"));
            assertTrue(ProcessHandle.of(child).isPresent());

            outside.revive();
            assertEquals("1", ask(outside.target(), "SELECT 1"));
        }
    }

    @Test
    void a_server_that_a_program_of_before_the_lock_started_is_not_taken_for_dead_by_a_container() throws Exception {
        Path file = Postmaster.file(HomeFolder.open(home.root()));
        String unseen = "4194303\n" + home.root() + "/datos\n" + Instant.now().getEpochSecond()
                + "\n1\n\n127.0.0.1\n1 1\nready\n";
        Files.deleteIfExists(home.root().resolve("datos/electro-isla.lock"));
        Files.writeString(file, unseen);

        String refusal = refusalInContainer();

        assertTrue(refusal.contains(file.toString()) && refusal.contains("borre ese archivo"), refusal);
        assertEquals(unseen, Files.readString(file));
        // From outside every process of the machine is visible, so the server is known to be dead.
        home.attach().close();
    }

    @Test
    void a_container_whose_number_of_the_server_is_another_process_neither_stops_nor_forgets_it() throws Exception {
        try (var outside = home.attach()) {
            // The pid 1 is the container's first process, and 2 the program itself.
            for (long number : List.of(1L, 2L)) {
                Path file = Postmaster.file(HomeFolder.open(home.root()));
                String real = Files.readString(file);
                Files.writeString(file, real.replaceFirst("^\\d+", Long.toString(number)));
                try {
                    assertTrue(refusalInContainer().contains("otro contenedor"));
                    assertEquals(Long.toString(number), Files.readAllLines(file).getFirst());
                } finally {
                    Files.writeString(file, real);
                }
            }
            assertEquals("1", ask(outside.target(), "SELECT 1"));
        }
    }

    @Test
    void a_server_whose_port_cannot_be_reached_is_told_and_not_waited_for() throws Exception {
        try (var outside = home.attach();
                var elsewhere = AttachedProcess.start(home.root(), unshare("--net"))) {
            String refusal = elsewhere.refusal();
            assertTrue(refusal.contains("otra red"), refusal);
            assertEquals("1", ask(outside.target(), "SELECT 1"));
        }
        try (var alone = AttachedProcess.start(home.root(), unshare(WITH_NETWORK_OF_ITS_OWN))) {
            String refusal = alone.refusal();
            assertTrue(refusal.contains("127.0.0.1"), refusal);
        }
    }

    @Test
    void a_container_that_sees_the_processes_of_another_namespace_concludes_nothing_from_them() throws Exception {
        try (var outside = home.attach();
                var blind = AttachedProcess.start(home.root(), unshare("--pid --fork"))) {
            String refusal = blind.refusal();
            assertTrue(refusal.contains("/proc"), refusal);
            assertEquals("1", ask(outside.target(), "SELECT 1"));
        }
    }

    @Test
    void a_system_without_the_program_flock_locks_as_well() throws Exception {
        Path tools = Files.createDirectory(home.root().resolve("herramientas"));
        for (String tool : List.of("sh", "rm", "unshare", "env", "test", "mount")) {
            Files.createSymbolicLink(tools.resolve(tool), program(tool));
        }
        List<String> poor = new ArrayList<>(List.of("env", "PATH=" + tools));
        try (var outside = AttachedProcess.start(home.root(), poor.toArray(String[]::new))) {
            outside.url();
            poor.addAll(List.of(unshare(CONTAINER)));
            try (var container = AttachedProcess.start(home.root(), poor.toArray(String[]::new))) {
                assertTrue(container.refusal().contains("otro contenedor"));
            }
            assertTrue(refusalInContainer().contains("otro contenedor"));
        }
        assertFalse(home.serverRuns());
    }

    private static Path program(String name) {
        return Stream.of(System.getenv("PATH").split(File.pathSeparator))
                .map(folder -> Path.of(folder, name))
                .filter(Files::isExecutable)
                .findFirst()
                .orElseThrow();
    }
}
