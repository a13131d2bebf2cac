package com.electroisla.rig;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ThrowAwayFolderTest {
    private static final String PREFIX = "prueba-";

    @TempDir
    Path parent;

    private ThrowAwayFolder make() throws IOException {
        return ThrowAwayFolder.make(parent, PREFIX, _ -> {});
    }

    @Test
    void what_somebody_who_was_killed_left_is_ended_and_deleted_by_the_next() throws Exception {
        Path left = Files.createDirectories(parent.resolve("prueba-vieja/var/postgres/18/bin"))
                .resolve("postgres");
        Files.copy(Path.of("/bin/sleep"), left, StandardCopyOption.COPY_ATTRIBUTES);
        Process orphan = new ProcessBuilder(left.toString(), "600").start();
        Process server = new ProcessBuilder(
                        "/bin/sh", "-c", "read end", "-Delectro-isla.base=" + parent.resolve("prueba-vieja/instancia1"))
                .start();

        try (ThrowAwayFolder home = make()) {
            assertFalse(orphan.isAlive());
            assertFalse(server.isAlive());
            assertFalse(Files.exists(parent.resolve("prueba-vieja")));
            assertTrue(Files.isDirectory(home.path()));
        }
    }

    @Test
    void whoever_lives_and_whatever_else_lies_there_is_left_alone() throws Exception {
        Path stranger = Files.createDirectory(parent.resolve("otra-cosa"));
        try (ThrowAwayFolder first = make();
                ThrowAwayFolder second = make()) {
            assertTrue(Files.isDirectory(stranger));
            assertTrue(Files.isDirectory(first.path()));
            assertTrue(Files.isDirectory(second.path()));
        }
    }

    @Test
    void closing_ends_what_runs_from_it_and_nothing_is_started_afterwards() throws Exception {
        ThrowAwayFolder home = make();
        Path program = Files.createDirectories(home.path().resolve("postgres")).resolve("postgres");
        Files.copy(Path.of("/bin/sleep"), program, StandardCopyOption.COPY_ATTRIBUTES);
        Process running =
                home.start(new ProcessBuilder(program.toString(), "600")).orElseThrow();
        Process stranger = new ProcessBuilder("/bin/sleep", "600").start();

        home.close();

        assertFalse(running.isAlive());
        assertTrue(stranger.isAlive());
        assertTrue(home.start(new ProcessBuilder("/bin/sleep", "600")).isEmpty());
        assertFalse(Files.exists(home.path()));
        stranger.destroyForcibly();
    }
}
