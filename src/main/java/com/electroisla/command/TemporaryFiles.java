package com.electroisla.command;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;

/**
 * Where temporary files go: where the system wants them, or under the home where that place cannot be written, as in a service
 * without a {@code /tmp} of its own.
 */
final class TemporaryFiles {
    private static final String FOLDER = "java.io.tmpdir";

    private TemporaryFiles() {}

    /** Call it before anything makes a temporary file. Where the home cannot be written either, the command says so itself. */
    static void provide(Path home) {
        Path usual = Path.of(System.getProperty(FOLDER, "/tmp"));
        if (Files.isDirectory(usual) && Files.isWritable(usual)) {
            return;
        }
        Path own = home.resolve("tmp");
        try {
            if (!Files.isDirectory(own)) {
                // Closed first: with this folder in it, it would look like somebody else's.
                PrivateHome.ensure(home);
                Files.createDirectory(own, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
            }
            System.setProperty(FOLDER, own.toString());
        } catch (IOException | UnsupportedOperationException | CommandRefused nowhere) {
            // said by whatever needs a place
        }
    }
}
