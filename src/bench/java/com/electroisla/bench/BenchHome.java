package com.electroisla.bench;

import com.electroisla.database.Database;
import com.electroisla.database.JdbcTarget;
import com.electroisla.database.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * A throw-away folder with a database server of its own. It is beside the build and not in the system's temporary folder, which
 * may be in memory: there a commit would cost nothing.
 *
 * <p>Invariant: whoever lives holds the kernel's lock on its folder's {@code banco.lock}, so a folder whose lock is free belongs to
 * a benchmark that was killed. The next one ends what that one left running, and removes the folder.
 */
final class BenchHome implements AutoCloseable {
    private static final String PREFIX = "datos-";
    private static final String LOCK = "banco.lock";
    private static final int LONGEST_STOP_SECONDS = 10;

    private final Path folder;
    private final FileChannel lock;
    private final EmbeddedPostgres postgres;
    private final AtomicBoolean closed = new AtomicBoolean();
    private final Thread whenInterrupted = new Thread(this::abandon, "bench-home");

    private BenchHome(Path folder, FileChannel lock, EmbeddedPostgres postgres) {
        this.folder = folder;
        this.lock = lock;
        this.postgres = postgres;
        Runtime.getRuntime().addShutdownHook(whenInterrupted);
    }

    /** @param under where such folders are kept; leftovers there are removed */
    static BenchHome open(Path under, Consumer<String> progress) throws IOException {
        Files.createDirectories(under);
        // One at a time, or a folder that is just being made would look like a leftover.
        try (FileChannel entrance = channel(under.resolve("entrada.lock"))) {
            entrance.lock();
            removeLeftovers(under.toRealPath(), progress);
            Path folder = Files.createTempDirectory(under.toRealPath(), PREFIX);
            FileChannel lock = channel(folder.resolve(LOCK));
            lock.lock();
            try {
                return new BenchHome(folder, lock, EmbeddedPostgres.attach(folder, progress));
            } catch (RuntimeException failure) {
                lock.close();
                throw failure;
            }
        }
    }

    Path folder() {
        return folder;
    }

    /** The shop's own database, without a table. */
    JdbcTarget target() {
        return postgres.target();
    }

    /** Makes another database on the same server. */
    void createDatabase(String name) {
        try (Database database = new Database(target(), 1)) {
            database.read(handle -> {
                GrowthSql.createDatabase(handle, name);
                return true;
            });
        }
    }

    /** Another database of the same server. */
    JdbcTarget target(String name) {
        return postgres.target(name);
    }

    private static FileChannel channel(Path file) throws IOException {
        return FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    }

    private static void removeLeftovers(Path under, Consumer<String> progress) throws IOException {
        try (DirectoryStream<Path> folders = Files.newDirectoryStream(under, PREFIX + "*")) {
            for (Path each : folders) {
                try (FileChannel lock = channel(each.resolve(LOCK))) {
                    if (lock.tryLock() != null) {
                        progress.accept("Quitando lo que dejó un banco de pruebas interrumpido: " + each);
                        BenchServer.endLeftovers(each);
                        endDatabase(each);
                        delete(each);
                    }
                } catch (java.nio.channels.OverlappingFileLockException ours) {
                    // another benchmark of this very process, which lives
                }
            }
        }
    }

    /** With its servers gone it has no more clients, and ends at the first asking. */
    private static void endDatabase(Path home) throws IOException {
        Path file = home.resolve("datos/postmaster.pid");
        if (!Files.exists(file)) {
            return;
        }
        long id = Long.parseLong(Files.readAllLines(file).getFirst().strip());
        ProcessHandle.of(id).filter(process -> process.info().command().orElse("").startsWith(home + "/")).ifPresent(process -> {
            process.destroy();
            try {
                process.onExit().get(LONGEST_STOP_SECONDS, TimeUnit.SECONDS);
            } catch (TimeoutException | ExecutionException stubborn) {
                process.destroyForcibly();
            } catch (InterruptedException interrupted) {
                Thread.currentThread().interrupt();
            }
        });
    }

    /** Ctrl+C, or a signal: the servers are ended without asking those who use them. */
    private void abandon() {
        BenchServer.endLeftovers(folder);
        end();
    }

    private void end() {
        if (!closed.compareAndSet(false, true)) {
            return;
        }
        try {
            postgres.close();
        } finally {
            delete(folder);
            try {
                lock.close();
            } catch (IOException gone) {
                // the lock went with the file
            }
        }
    }

    @Override
    public void close() {
        end();
        Runtime.getRuntime().removeShutdownHook(whenInterrupted);
    }

    private static void delete(Path folder) {
        List<Path> inside;
        try (Stream<Path> walk = Files.walk(folder)) {
            inside = walk.sorted(Comparator.reverseOrder()).toList();
            for (Path path : inside) {
                Files.deleteIfExists(path);
            }
        } catch (IOException | java.io.UncheckedIOException left) {
            // the next benchmark tries again
        }
    }
}
