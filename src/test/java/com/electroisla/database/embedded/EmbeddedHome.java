package com.electroisla.database.embedded;

import com.electroisla.database.JdbcTarget;
import com.electroisla.database.TestPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.sql.SQLException;
import java.time.Instant;
import java.util.concurrent.TimeUnit;

/** A test's own home folder, with checks and actions from outside. */
final class EmbeddedHome implements AutoCloseable {
    private final HomeFolder folder;

    private EmbeddedHome(HomeFolder folder) {
        this.folder = folder;
    }

    /** An empty home with the unpacked programs: links to those of the other tests, to save time. */
    static EmbeddedHome withPrograms() throws IOException {
        TestPostgres.newDatabase();
        Path home = Files.createTempDirectory(Path.of("target").toAbsolutePath(), "home-");
        LinkedPrograms.into(home);
        return new EmbeddedHome(HomeFolder.open(home));
    }

    /** A home with a cleanly stopped database: a copy of another's. */
    static EmbeddedHome copyOf(EmbeddedHome other) throws IOException {
        var home = withPrograms();
        LinkedPrograms.copy(other.folder.data(), home.folder.data(), EmbeddedHome::copyFile);
        copyFile(home.folder.password(), other.folder.password());
        return home;
    }

    private static void copyFile(Path copy, Path original) throws IOException {
        Files.copy(original, copy, StandardCopyOption.COPY_ATTRIBUTES);
    }

    Path root() {
        return folder.root();
    }

    EmbeddedPostgres attach() {
        return EmbeddedPostgres.attach(root(), _ -> {});
    }

    boolean serverRuns() {
        return postmaster().isRunning(folder);
    }

    /** The running server, or the pid -1. */
    Postmaster postmaster() {
        try {
            return Postmaster.read(folder).orElse(new Postmaster(-1, Instant.EPOCH, 0, ""));
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    /** Kills the server with SIGKILL, and waits until it is gone. */
    void killServer() throws Exception {
        signal("KILL", postmaster().pid());
    }

    static void signal(String name, long pid) throws Exception {
        var process = ProcessHandle.of(pid).orElseThrow();
        new ProcessBuilder("kill", "-" + name, Long.toString(pid))
                .inheritIO()
                .start()
                .waitFor();
        if (name.equals("KILL")) {
            process.onExit().get(30, TimeUnit.SECONDS);
        }
    }

    /** The first column of the first row, as text. */
    static String ask(JdbcTarget target, String sql) throws SQLException {
        try (var connection = target.connect(java.util.Map.of());
                var statement = connection.createStatement();
                var rows = statement.executeQuery(sql)) {
            rows.next();
            return rows.getString(1);
        }
    }

    static void tell(JdbcTarget target, String sql) throws SQLException {
        try (var connection = target.connect(java.util.Map.of());
                var statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    /** Ends all processes that a failed test left running, and deletes the folder. */
    @Override
    public void close() throws Exception {
        if (serverRuns()) {
            killServer();
        }
        Postmaster.killOrphans(folder);
        HomeFolder.discard(root());
    }
}
