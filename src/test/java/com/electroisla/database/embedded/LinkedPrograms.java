package com.electroisla.database.embedded;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.stream.Stream;

/**
 * PostgreSQL's programs in a new home as links to those of the other tests: unpacking takes seconds, and flushing
 * waits for all writes of others to that disk.
 */
public final class LinkedPrograms {
    private static final Path UNPACKED =
            Path.of("target/test-postgres/postgres").toAbsolutePath();

    private LinkedPrograms() {}

    /** Links the programs into a home that has none; if there are none to link to, the program unpacks its own. */
    public static void into(Path home) throws IOException {
        Path programs = HomeFolder.open(home).binaries();
        if (Files.exists(programs) || !Files.isDirectory(UNPACKED)) {
            return;
        }
        Path fresh = Files.createDirectory(
                Files.createTempDirectory(home, "enlazados").resolve("postgres"));
        try (DirectoryStream<Path> versions = Files.newDirectoryStream(UNPACKED, LinkedPrograms::isWhole)) {
            for (Path version : versions) {
                copy(version, fresh.resolve(version.getFileName()), Files::createLink);
            }
            Files.move(fresh, programs, StandardCopyOption.ATOMIC_MOVE);
        } catch (FileSystemException otherDiskOrOthersWereFirst) {
            // on another disk the program unpacks its own; otherwise another test was first
        } finally {
            HomeFolder.discard(fresh.getParent());
        }
    }

    private static boolean isWhole(Path version) {
        return !version.getFileName().toString().startsWith("nuevo-");
    }

    interface FileCopy {
        void copy(Path copy, Path original) throws IOException;
    }

    static void copy(Path original, Path copy, FileCopy file) throws IOException {
        try (Stream<Path> entries = Files.walk(original)) {
            for (Path entry : entries.toList()) {
                Path destination = copy.resolve(original.relativize(entry));
                if (Files.isDirectory(entry, LinkOption.NOFOLLOW_LINKS)) {
                    Files.createDirectory(destination, HomeFolder.OWNER_ONLY_FOLDER);
                } else {
                    file.copy(destination, entry);
                }
            }
        }
    }
}
