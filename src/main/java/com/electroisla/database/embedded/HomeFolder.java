package com.electroisla.database.embedded;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Comparator;
import java.util.Set;

/**
 * The paths under the home folder, and functions that write them whole or not at all.
 *
 * @param root the home, absolute and with symbolic links resolved, so that one folder has one name
 */
record HomeFolder(Path root) {
    static final FileAttribute<?> OWNER_ONLY_FOLDER =
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------"));
    static final FileAttribute<?> OWNER_ONLY_FILE =
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));

    static final String SHOP_PASSWORD = "clave-tienda";

    /** Makes the home (0700) when it is missing. */
    static HomeFolder open(Path home) {
        try {
            Path absolute = home.toAbsolutePath().normalize();
            if (absolute.toString().matches(".*[\"'`$\\\\\\n].*")) {
                // pg_ctl and initdb pass paths to a shell between double quotes.
                throw new EmbeddedPostgresException(
                        "La carpeta " + absolute + " no sirve: su ruta no puede llevar comillas, $, ` ni \\.");
            }
            if (!Files.isDirectory(absolute)) {
                Files.createDirectories(absolute.getParent());
                createFolder(absolute);
            }
            var folder = new HomeFolder(absolute.toRealPath());
            createFolder(folder.root.resolve("logs"));
            return folder;
        } catch (IOException failure) {
            throw new EmbeddedPostgresException(
                    "No se puede usar la carpeta " + home + " (" + failure
                            + "); revise ELECTRO_ISLA_HOME y sus permisos.",
                    failure);
        }
    }

    Path startLock() {
        return root.resolve("arranque.lock");
    }

    Path usageLock() {
        return root.resolve("uso.lock");
    }

    Path data() {
        return root.resolve("datos");
    }

    Path password() {
        return root.resolve("clave-postgres");
    }

    /** The file of the shop's password, in the data folder, because it belongs to the role in there. */
    Path shopPassword() {
        return data().resolve(SHOP_PASSWORD);
    }

    Path binaries() {
        return root.resolve("postgres");
    }

    Path log() {
        return root.resolve("logs/postgresql.log");
    }

    /** Writes a file that only its owner can read; after a crash either the old one or the new one is there, whole. */
    static void writeWhole(Path file, String content) throws IOException {
        Path fresh = file.resolveSibling(file.getFileName() + ".nuevo");
        Files.deleteIfExists(fresh);
        try (var channel = FileChannel.open(
                fresh, Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE), OWNER_ONLY_FILE)) {
            var bytes = ByteBuffer.wrap(content.getBytes(java.nio.charset.StandardCharsets.UTF_8));
            while (bytes.hasRemaining()) {
                channel.write(bytes);
            }
            channel.force(true);
        }
        moveWhole(fresh, file);
    }

    /** Renames, and makes the rename survive a power cut. */
    static void moveWhole(Path fresh, Path destination) throws IOException {
        Files.move(fresh, destination, StandardCopyOption.ATOMIC_MOVE);
        try (var folder = FileChannel.open(destination.getParent(), StandardOpenOption.READ)) {
            folder.force(true);
        }
    }

    /** Deletes a folder that a killed process left incomplete; leftovers are tried again another time. */
    static void discard(Path folder) {
        try (var files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        } catch (IOException | java.io.UncheckedIOException stillInUse) {
            // An orphaned initdb may still write there; the folder is never read.
            return;
        }
    }

    /** Deletes the temporary folders in {@code parent} whose name begins so. */
    static void discardLeftovers(Path parent, String prefix) throws IOException {
        try (var entries = Files.newDirectoryStream(parent, prefix + "*")) {
            entries.forEach(HomeFolder::discard);
        } catch (NoSuchFileException none) {
            return;
        }
    }

    static void createFolder(Path folder) throws IOException {
        try {
            Files.createDirectory(folder, OWNER_ONLY_FOLDER);
        } catch (java.nio.file.FileAlreadyExistsException fine) {
            if (!Files.isDirectory(folder)) {
                throw fine;
            }
        }
    }
}
