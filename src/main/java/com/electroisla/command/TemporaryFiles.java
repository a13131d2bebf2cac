package com.electroisla.command;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;

/**
 * Chooses the folder of temporary files: the system's, or one under the home if that is not writable, as in a service
 * without a {@code /tmp} of its own.
 */
final class TemporaryFiles {
    private static final String FOLDER = "java.io.tmpdir";

    private TemporaryFiles() {}

    /**
     * Sets the folder. Must run before the first temporary file is made. If the home is not writable either, the
     * command reports that itself.
     */
    static void provide(Path home) {
        Path usual = Path.of(System.getProperty(FOLDER, "/tmp"));
        if (Files.isDirectory(usual) && Files.isWritable(usual)) {
            return;
        }
        Path own = home.resolve("tmp");
        try {
            if (!Files.isDirectory(own)) {
                // The home is closed first: with this folder in it, it would look like another program's.
                PrivateHome.ensure(home);
                Files.createDirectory(
                        own, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
            }
            System.setProperty(FOLDER, own.toString());
        } catch (IOException | UnsupportedOperationException | CommandRefused nowhere) {
            // The first user of a temporary file reports the fault.
        }
    }
}
