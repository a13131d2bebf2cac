package com.electroisla.drill;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;

/**
 * The drill's own folder: home of its servers and of their database, which are found again by it.
 *
 * <p>Invariant: a lock on a file in it says that its drill lives; the kernel drops it when the drill is killed. A folder
 * whose lock can be had is a leftover: the processes that run from it are ended and it is deleted.
 */
final class DrillHome implements AutoCloseable {
    private static final String PREFIX = "simulacro-";
    private static final int SECONDS_TO_DIE = 20;

    private final Path folder;
    private final FileChannel lock;
    private boolean closed;

    private DrillHome(Path folder, FileChannel lock) {
        this.folder = folder;
        this.lock = lock;
    }

    /** A new one, after what killed drills left under {@code parent} has been removed. */
    static DrillHome make(Path parent) throws IOException {
        Files.createDirectories(parent);
        removeLeftovers(parent);
        Path folder = Files.createTempDirectory(parent, PREFIX).toRealPath();
        FileChannel lock = open(folder);
        lock.lock();
        return new DrillHome(folder, lock);
    }

    private static FileChannel open(Path folder) throws IOException {
        return FileChannel.open(folder.resolve("candado"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    }

    static void removeLeftovers(Path parent) throws IOException {
        try (DirectoryStream<Path> folders = Files.newDirectoryStream(parent, PREFIX + "*")) {
            for (Path folder : folders) {
                try (FileChannel lock = open(folder)) {
                    if (lock.tryLock() != null) {
                        remove(folder.toRealPath());
                    }
                } catch (OverlappingFileLockException inThisProcess) {
                    // another drill of ours
                }
            }
        }
    }

    Path folder() {
        return folder;
    }

    /** {@code ELECTRO_ISLA_HOME} of the servers. */
    Path shop() {
        return folder.resolve("var");
    }

    /** Starts a process unless the folder is closed already: nothing may be started after what ran has been ended. */
    synchronized Optional<Process> start(ProcessBuilder builder) throws IOException {
        return closed ? Optional.empty() : Optional.of(builder.start());
    }

    /** Whether a process is a program of this drill's PostgreSQL. A zombie is none: it has no program any more. */
    boolean isDatabase(ProcessHandle process) {
        return isDatabaseOf(folder, process);
    }

    private static boolean isDatabaseOf(Path folder, ProcessHandle process) {
        return process.info().command().filter(path -> Path.of(path).startsWith(folder.resolve("var/postgres"))).isPresent();
    }

    /** The option by which a server of this drill is recognised. */
    String mark() {
        return markOf(folder);
    }

    private static String markOf(Path folder) {
        return "-Delectro-isla.base=" + folder;
    }

    private static boolean isServerOf(Path folder, ProcessHandle process) {
        return process.info().commandLine().filter(line -> line.contains(markOf(folder) + " ")).isPresent();
    }

    private static void remove(Path folder) {
        // Servers first: they would start the database again.
        endAll(ProcessHandle.allProcesses().filter(process -> isServerOf(folder, process)).toList());
        endAll(ProcessHandle.allProcesses().filter(process -> isDatabaseOf(folder, process)).toList());
        try (Stream<Path> inside = Files.walk(folder)) {
            for (Path path : inside.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(path);
            }
        } catch (IOException | UncheckedIOException left) {
            // The next drill tries again.
        }
    }

    private static void endAll(List<ProcessHandle> processes) {
        processes.forEach(ProcessHandle::destroyForcibly);
        for (ProcessHandle process : processes) {
            try {
                process.onExit().get(SECONDS_TO_DIE, TimeUnit.SECONDS);
            } catch (InterruptedException interrupted) {
                Thread.currentThread().interrupt();
            } catch (ExecutionException | TimeoutException zombie) {
                // It runs nothing any more; nobody has asked after it yet.
            }
        }
    }

    /** Ends what still runs from the folder and deletes it. */
    @Override
    public synchronized void close() {
        closed = true;
        remove(folder);
        try {
            lock.close();
        } catch (IOException gone) {
            throw new UncheckedIOException(gone);
        }
    }
}
