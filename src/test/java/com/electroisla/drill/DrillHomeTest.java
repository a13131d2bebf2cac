package com.electroisla.drill;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DrillHomeTest {
    @TempDir
    Path parent;

    @Test
    void what_a_killed_drill_left_is_ended_and_deleted_by_the_next() throws Exception {
        Path left = Files.createDirectories(parent.resolve("simulacro-viejo/var/postgres/18/bin")).resolve("postgres");
        Files.copy(Path.of("/bin/sleep"), left, StandardCopyOption.COPY_ATTRIBUTES);
        Process orphan = new ProcessBuilder(left.toString(), "600").start();

        try (DrillHome home = DrillHome.make(parent)) {
            assertFalse(orphan.isAlive());
            assertFalse(Files.exists(parent.resolve("simulacro-viejo")));
            assertTrue(Files.isDirectory(home.folder()));
        }
    }

    @Test
    void a_drill_that_runs_is_left_alone() throws Exception {
        try (DrillHome first = DrillHome.make(parent); DrillHome second = DrillHome.make(parent)) {
            assertTrue(Files.isDirectory(first.folder()));
            assertTrue(Files.isDirectory(second.folder()));
        }
    }

    @Test
    void closing_ends_what_runs_from_it_and_nothing_is_started_afterwards() throws Exception {
        DrillHome home = DrillHome.make(parent);
        Path program = Files.createDirectories(home.shop().resolve("postgres")).resolve("postgres");
        Files.copy(Path.of("/bin/sleep"), program, StandardCopyOption.COPY_ATTRIBUTES);
        Process running = home.start(new ProcessBuilder(program.toString(), "600")).orElseThrow();
        Process stranger = new ProcessBuilder("/bin/sleep", "600").start();

        home.close();

        assertFalse(running.isAlive());
        assertTrue(stranger.isAlive());
        assertTrue(home.start(new ProcessBuilder("/bin/sleep", "600")).isEmpty());
        assertFalse(Files.exists(home.folder()));
        stranger.destroyForcibly();
    }
}
