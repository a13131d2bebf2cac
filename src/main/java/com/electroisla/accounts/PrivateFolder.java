package com.electroisla.accounts;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;
import java.util.UUID;

/**
 * The folder {@code claves} under the home, and how a secret comes into it.
 *
 * <p>Folder and files are created with their permissions (0700, 0600), not tightened afterwards. A file appears whole
 * and durable or not at all, and two processes that make it at once end with the same one: each writes it under
 * another name and links it into place, which fails for the second.
 */
final class PrivateFolder {
    private final Path folder;

    PrivateFolder(Path folder) {
        this.folder = folder;
    }

    /** Writes the text into a file that does not exist yet; an existing one stays as it is. */
    void make(Path file, String text) throws IOException {
        Files.createDirectories(folder.getParent());
        if (!Files.isDirectory(folder)) {
            makeFolder();
        }
        Path written = folder.resolve("." + UUID.randomUUID());
        try {
            write(written, text);
            Files.createLink(file, written);
        } catch (FileAlreadyExistsException somebodyWasFirst) {
            // The other process was first; its secret is used.
        } finally {
            Files.deleteIfExists(written);
        }
    }

    private void makeFolder() throws IOException {
        try {
            Files.createDirectory(
                    folder, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        } catch (FileAlreadyExistsException somebodyWasFirst) {
            // The other process sets the same permissions.
        }
    }

    private static void write(Path path, String text) throws IOException {
        var ownerOnly = PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));
        var options = Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
        try (FileChannel channel = FileChannel.open(path, options, ownerOnly)) {
            ByteBuffer bytes = StandardCharsets.UTF_8.encode(text);
            while (bytes.hasRemaining()) {
                channel.write(bytes);
            }
            channel.force(true);
        }
    }
}
