package com.electroisla.command;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PrivateHomeTest {
    @TempDir
    private Path folder;

    @Test
    void a_home_that_is_made_is_for_its_owner_only() throws IOException {
        Path home = folder.resolve("a/b/tienda");

        PrivateHome.ensure(home);

        assertEquals("rwx------", permissions(home));
    }

    @Test
    void an_empty_home_that_existed_is_closed_to_others() throws IOException {
        PrivateHome.ensure(open());

        assertEquals("rwx------", permissions(folder));
    }

    @Test
    void the_new_home_of_a_system_user_is_closed_to_others() throws IOException {
        Files.createFile(folder.resolve(".bashrc"));
        Files.createFile(folder.resolve(".profile"));

        PrivateHome.ensure(open());

        assertEquals("rwx------", permissions(folder));
    }

    @Test
    void a_shops_home_that_was_open_to_all_is_closed_at_the_next_command() throws IOException {
        Files.createDirectory(folder.resolve("datos"));
        Files.createFile(folder.resolve("notas.txt"));

        PrivateHome.ensure(open());

        assertEquals("rwx------", permissions(folder));
    }

    @Test
    void a_folder_of_somebody_elses_is_refused_and_left_as_it_was() throws IOException {
        Files.createFile(folder.resolve("notas.txt"));
        open();

        var refused = assertThrows(CommandRefused.class, () -> PrivateHome.ensure(folder));

        assertTrue(refused.getMessage().contains("chmod 700 " + folder), refused.getMessage());
        assertEquals("rwxr-xr-x", permissions(folder));
    }

    private Path open() throws IOException {
        return Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-xr-x"));
    }

    private static String permissions(Path path) throws IOException {
        return PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
    }
}
