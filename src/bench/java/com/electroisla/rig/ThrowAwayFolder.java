package com.electroisla.rig;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * A folder for servers and their database, deleted at the end with all processes that still run from it, also at
 * Ctrl+C. It should be beside the build and not in the system's temporary folder, which may be in memory: there a
 * commit would cost nothing.
 *
 * <p>Invariant: a living owner holds the kernel's lock on its folder's {@code banco.lock}, so a folder whose lock is
 * free belongs to a killed owner. The next owner ends the processes left running there, and deletes the folder.
 */
public final class ThrowAwayFolder implements AutoCloseable {
    private static final String LOCK = "banco.lock";
    private static final String ENTRANCE = "entrada.lock";
    private static final Duration LONGEST_STOP = Duration.ofSeconds(10);

    private final Path folder;
    private final FileChannel lock;
    private final Thread whenInterrupted = new Thread(this::throwAway, "throw-away");

    @GuardedBy("this")
    private boolean closed;

    private ThrowAwayFolder(Path folder, FileChannel lock) {
        this.folder = folder;
        this.lock = lock;
        Runtime.getRuntime().addShutdownHook(whenInterrupted);
    }

    /**
     * Makes a new folder, after leftovers have been deleted.
     *
     * @param parent the folder for such folders; made when missing
     * @param prefix of their names; other files in {@code parent} are left alone
     */
    public static ThrowAwayFolder make(Path parent, String prefix, Consumer<String> progress) throws IOException {
        Path under = Files.createDirectories(parent).toRealPath();
        // One at a time, because otherwise a folder that is just being made would look like a leftover.
        try (FileChannel entrance = channel(under.resolve(ENTRANCE));
                FileLock _ = entrance.lock()) {
            removeLeftovers(under, prefix, progress);
            Path folder = Files.createTempDirectory(under, prefix);
            FileChannel lock = channel(folder.resolve(LOCK));
            lock.lock();
            return new ThrowAwayFolder(folder, lock);
        }
    }

    public Path path() {
        return folder;
    }

    /**
     * Starts a process unless the folder has been deleted already: no process may be started after the running ones
     * were ended.
     */
    public synchronized Optional<Process> start(ProcessBuilder builder) throws IOException {
        return closed ? Optional.empty() : Optional.of(builder.start());
    }

    /**
     * Whether a process is a program from this folder, as its database's are. A zombie is none: it has no program any
     * more.
     */
    public boolean runs(ProcessHandle process) {
        return isProgramIn(folder, process);
    }

    private static FileChannel channel(Path file) throws IOException {
        return FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    }

    private static void removeLeftovers(Path under, String prefix, Consumer<String> progress) throws IOException {
        try (DirectoryStream<Path> folders = Files.newDirectoryStream(under, prefix + "*")) {
            for (Path each : folders) {
                try (FileChannel lock = channel(each.resolve(LOCK))) {
                    if (lock.tryLock() != null) {
                        progress.accept("Quitando lo que dejó una ejecución interrumpida: " + each);
                        remove(each);
                    }
                } catch (OverlappingFileLockException | NoSuchFileException livesOrWent) {
                    // Another folder of this very process, or one that is just being deleted.
                }
            }
        }
    }

    private static void remove(Path folder) {
        // Servers first: they would start the database again.
        end(process -> Program.isServerIn(folder, process), ProcessHandle::destroyForcibly);
        // Without its servers the database has no clients, and ends at the first signal.
        end(process -> isProgramIn(folder, process), ProcessHandle::destroy);
        end(process -> isProgramIn(folder, process), ProcessHandle::destroyForcibly);
        try (Stream<Path> inside = Files.walk(folder)) {
            for (Path path : inside.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(path);
            }
        } catch (IOException | UncheckedIOException left) {
            // The next owner tries again.
        }
    }

    private static boolean isProgramIn(Path folder, ProcessHandle process) {
        return process.info()
                .command()
                .filter(path -> Path.of(path).startsWith(folder))
                .isPresent();
    }

    private static void end(Predicate<ProcessHandle> which, Consumer<ProcessHandle> how) {
        List<ProcessHandle> processes =
                ProcessHandle.allProcesses().filter(which).toList();
        processes.forEach(how);
        long deadline = System.nanoTime() + LONGEST_STOP.toNanos();
        for (ProcessHandle process : processes) {
            try {
                process.onExit().get(Math.max(0, deadline - System.nanoTime()), TimeUnit.NANOSECONDS);
            } catch (InterruptedException interrupted) {
                Thread.currentThread().interrupt();
            } catch (ExecutionException | TimeoutException stubborn) {
                // Gone, or a zombie whose parent has not collected it yet.
            }
        }
    }

    /** Deletes the folder; false when that was done already, at Ctrl+C. */
    private synchronized boolean throwAway() {
        if (closed) {
            return false;
        }
        closed = true;
        remove(folder);
        try {
            lock.close();
        } catch (IOException gone) {
            // The lock went with the file.
        }
        return true;
    }

    /** Ends all processes from the folder and deletes it. */
    @Override
    public void close() {
        if (throwAway()) {
            Runtime.getRuntime().removeShutdownHook(whenInterrupted);
        }
    }
}
