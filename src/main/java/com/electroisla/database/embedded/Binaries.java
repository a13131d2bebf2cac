package com.electroisla.database.embedded;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.time.Duration;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Set;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.tukaani.xz.XZInputStream;

/**
 * PostgreSQL's programs, unpacked from the dependency that carries them.
 *
 * <p>Invariant: a folder named by a version is complete. The folder is unpacked under another name and renamed at the
 * end, under the {@link StartLock}, so never by two processes at once.
 */
final class Binaries {
    private static final Pattern VERSION = Pattern.compile("-(\\d+(?:\\.\\d+)+)\\.jar!");
    private static final Duration FLUSH_LIMIT = Duration.ofSeconds(30);
    private static final String UNFINISHED = "nuevo-";

    private final Path folder;

    private Binaries(Path folder) {
        this.folder = folder;
    }

    /** The major version, which a data folder must share; empty where the version is not known. */
    String major() {
        String version = folder.getFileName().toString();
        return version.matches("\\d+\\..*") ? version.replaceFirst("\\..*", "") : "";
    }

    /** Returns the programs of this build's version below {@code parent}; unpacks them if they are missing. */
    static Binaries unpacked(Path parent, Consumer<String> progress) throws IOException {
        URL archive = archive();
        String version = version(archive);
        Path folder = parent.resolve(version);
        if (!Files.isDirectory(folder)) {
            progress.accept("Desempaquetando PostgreSQL " + version + " (solo la primera vez)...");
            HomeFolder.createFolder(parent);
            HomeFolder.discardLeftovers(parent, UNFINISHED);
            Path fresh = Files.createTempDirectory(parent, UNFINISHED);
            try (InputStream packed = archive.openStream()) {
                unpack(packed, fresh);
            }
            flush(fresh);
            HomeFolder.moveWhole(fresh, folder);
        }
        return new Binaries(folder);
    }

    /** The full path of one program: {@code initdb}, {@code pg_ctl} or {@code postgres}. */
    String program(String name) {
        return folder.resolve("bin").resolve(name).toString();
    }

    private static URL archive() {
        String os = System.getProperty("os.name", "").toLowerCase(Locale.ROOT).startsWith("mac") ? "darwin" : "linux";
        String machine = System.getProperty("os.arch", "");
        String architecture = switch (machine) {
            case "amd64", "x86_64" -> "x86_64";
            case "aarch64", "arm64" -> "arm_64";
            default -> machine;
        };
        URL archive = Binaries.class.getResource("/postgres-" + os + "-" + architecture + ".txz");
        if (archive == null) {
            throw new EmbeddedPostgresException("Este programa no trae PostgreSQL para " + os + " " + machine
                    + "; instale un PostgreSQL y señálelo con DATABASE_URL.");
        }
        return archive;
    }

    /** The dependency's version by its file name; where that has none, the archive's size tells versions apart. */
    private static String version(URL archive) throws IOException {
        var match = VERSION.matcher(archive.toString());
        return match.find() ? match.group(1) : "de-" + archive.openConnection().getContentLengthLong() + "-bytes";
    }

    private static void unpack(InputStream packed, Path folder) throws IOException {
        try (var tar = new TarArchiveInputStream(new XZInputStream(new BufferedInputStream(packed, 1 << 16)))) {
            for (TarArchiveEntry entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
                Path file = folder.resolve(entry.getName()).normalize();
                if (!file.startsWith(folder)) {
                    throw new IOException("entry outside the folder: " + entry.getName());
                }
                if (entry.isDirectory()) {
                    Files.createDirectories(file);
                    continue;
                }
                Files.createDirectories(file.getParent());
                if (entry.isSymbolicLink()) {
                    Files.createSymbolicLink(file, Path.of(entry.getLinkName()));
                } else if (entry.isFile()) {
                    Files.copy(tar, file);
                    Files.setPosixFilePermissions(file, permissions(entry.getMode()));
                }
            }
        }
    }

    /**
     * Writes the folder to the disk. Without this, a power cut soon after could leave the final name on empty files. A
     * system without the tool runs that risk.
     */
    private static void flush(Path folder) {
        try {
            var sync = new ProcessBuilder("sync", "-f", folder.toString())
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start();
            Programs.await(sync, FLUSH_LIMIT);
        } catch (IOException noSuchTool) {
            return;
        }
    }

    private static Set<PosixFilePermission> permissions(int mode) {
        var permissions = EnumSet.of(
                PosixFilePermission.OWNER_READ, PosixFilePermission.OWNER_WRITE,
                PosixFilePermission.GROUP_READ, PosixFilePermission.OTHERS_READ);
        if ((mode & 0100) != 0) {
            permissions.addAll(EnumSet.of(
                    PosixFilePermission.OWNER_EXECUTE,
                    PosixFilePermission.GROUP_EXECUTE,
                    PosixFilePermission.OTHERS_EXECUTE));
        }
        return permissions;
    }
}
