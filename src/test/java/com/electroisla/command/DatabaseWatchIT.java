package com.electroisla.command;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.electroisla.database.Database;
import com.electroisla.database.embedded.EmbeddedPostgres;
import com.electroisla.database.embedded.PreparedHome;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The included database dies under a server. */
class DatabaseWatchIT {
    @TempDir
    private Path home;

    private final AtomicBoolean gaveUp = new AtomicBoolean();

    @BeforeEach
    void a_shop_that_has_been_open() throws IOException {
        PreparedHome.into(home);
    }

    @AfterEach
    void nothing_runs_any_more() {
        assertFalse(Files.exists(pidFile()));
    }

    @Test
    void a_database_that_comes_back_on_another_port_is_found_by_every_pool() throws Exception {
        try (EmbeddedPostgres embedded = EmbeddedPostgres.attach(home, _ -> {});
                Database database = new Database(embedded.target(), 2, Database.Purpose.SERVER);
                Database batches = database.sibling(2, Database.Purpose.BATCHES);
                DatabaseWatch watch = new DatabaseWatch(database, embedded, () -> gaveUp.set(true))) {
            assertEquals(List.of("1", "1"), List.of(answer(database), answer(batches)));
            String before = embedded.target().url();
            int port = Integer.parseInt(Files.readAllLines(pidFile()).get(3));
            kill();
            // Another program takes the port meanwhile, and another command starts the database on another one.
            try (var _ = new ServerSocket(port, 1, InetAddress.ofLiteral("127.0.0.1"));
                    var other = EmbeddedPostgres.attach(home, _ -> {})) {
                assertNotEquals(before, other.target().url());

                watch.look();

                assertEquals(List.of("1", "1"), List.of(answer(database), answer(batches)));
                assertEquals(other.target().url(), database.target().url());
            }
            assertFalse(gaveUp.get());
        }
    }

    @Test
    void a_database_that_cannot_be_started_ends_the_server_so_that_its_keeper_can_start_it_anew() throws Exception {
        Path settings = home.resolve("datos/postgresql.conf");
        try (EmbeddedPostgres embedded = EmbeddedPostgres.attach(home, _ -> {});
                Database database = new Database(embedded.target(), 2, Database.Purpose.SERVER);
                DatabaseWatch watch = new DatabaseWatch(database, embedded, 3, () -> gaveUp.set(true))) {
            String good = Files.readString(settings);
            kill();
            Files.writeString(settings, good + "\nno_existe = 1\n");
            watch.look();
            watch.look();
            assertFalse(gaveUp.get());
            watch.look();
            assertTrue(gaveUp.get());

            Files.writeString(settings, good);
            watch.look();
            assertEquals("1", answer(database));
        }
    }

    private static String answer(Database database) {
        return database.read(
                handle -> handle.createQuery("SELECT 1").mapTo(String.class).one());
    }

    private Path pidFile() {
        return home.resolve("datos/postmaster.pid");
    }

    private void kill() throws Exception {
        ProcessHandle server = ProcessHandle.of(
                        Long.parseLong(Files.readAllLines(pidFile()).getFirst()))
                .orElseThrow();
        server.destroyForcibly();
        server.onExit().get(30, TimeUnit.SECONDS);
    }
}
