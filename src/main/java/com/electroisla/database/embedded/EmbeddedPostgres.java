package com.electroisla.database.embedded;

import com.electroisla.database.JdbcTarget;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;

/**
 * A user's hold on the PostgreSQL that runs under a home folder.
 *
 * <p>Invariant: while an attachment is open, in whatever process, no other program of ours stops the database; the
 * last one to close stops it. A process that is killed leaves it running, and the next one uses it.
 *
 * <p>No shutdown hook is registered here. A program that can end by a signal closes its attachment in a hook of its
 * own, after its connections.
 */
public final class EmbeddedPostgres implements AutoCloseable {
    private static final Duration LOG_CHECK = Duration.ofMinutes(1);

    private final HomeFolder home;
    private final Server server;
    private final UsageLock usage;
    private final ServerLog log;
    private final Thread logKeeper;
    private final AtomicBoolean closed = new AtomicBoolean();
    private volatile int port;

    private EmbeddedPostgres(HomeFolder home) {
        this.home = home;
        this.log = new ServerLog(home.log());
        this.server = new Server(home, new Cluster(home), log);
        this.usage = new UsageLock(home.usageLock());
        this.logKeeper =
                Thread.ofPlatform().daemon().name("embedded-postgres-log").unstarted(this::keepLogShort);
    }

    /**
     * Attaches to the database under the home; makes and starts it when needed. Processes that attach or leave at the
     * same time wait for each other.
     *
     * @param home the folder that holds it; made when missing
     * @param progress gets a line in Spanish at the beginning of each long step, none when the database already runs
     * @throws EmbeddedPostgresException when that fails, with the reason in one sentence
     */
    public static EmbeddedPostgres attach(Path home, Consumer<String> progress) {
        var attachment = new EmbeddedPostgres(HomeFolder.open(home));
        try (var _ = attachment.startLock()) {
            Programs.checkOwner(attachment.home);
            attachment.usage.join();
            boolean running = false;
            try {
                attachment.port = attachment.server.ensureRunning(progress);
                running = true;
            } finally {
                if (!running) {
                    attachment.usage.leave(attachment::stopWhatRuns);
                }
            }
        } catch (IOException failure) {
            throw attachment.unusable(failure);
        }
        attachment.logKeeper.start();
        return attachment;
    }

    /**
     * The shop's own database, {@code electro_isla}, with its role, which is no superuser, and the generated password.
     */
    public JdbcTarget target() {
        try {
            return server.target(port);
        } catch (IOException failure) {
            throw unusable(failure);
        }
    }

    /** A database of the server, which need not exist yet, with the superuser for maintenance. */
    public JdbcTarget maintenance(String databaseName) {
        try {
            return server.maintenance(port, databaseName);
        } catch (IOException failure) {
            throw unusable(failure);
        }
    }

    /**
     * Starts the database again if it died; for a long-lived user whose connections are lost. The port stays the same
     * unless another program has taken it: then {@link #target()} changes.
     *
     * @throws EmbeddedPostgresException when it cannot be started
     */
    public void revive() {
        try (var _ = startLock()) {
            port = server.ensureRunning(_ -> {});
        } catch (IOException failure) {
            throw unusable(failure);
        }
    }

    /**
     * Detaches, and stops the database if no other user is attached, in this process or another. A second call does
     * nothing.
     *
     * @throws EmbeddedPostgresException when the database does not stop within two minutes; it is left to end by
     *     itself
     */
    @Override
    public void close() {
        if (!closed.compareAndSet(false, true)) {
            return;
        }
        logKeeper.interrupt();
        // An interrupted caller detaches as cleanly as any other.
        boolean interrupted = Thread.interrupted();
        try (var _ = startLock()) {
            usage.leave(this::stopWhatRuns);
        } catch (IOException failure) {
            throw unusable(failure);
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private StartLock startLock() {
        return StartLock.take(home.startLock(), Server.RUNNING_LIMIT)
                .orElseThrow(() -> new EmbeddedPostgresException("Otro proceso lleva más de "
                        + Server.RUNNING_LIMIT.toMinutes() + " minutos arrancando o parando la base de datos de "
                        + home.root() + "; detalles en " + log.file() + "."));
    }

    private void stopWhatRuns() {
        try {
            server.stop();
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    private void keepLogShort() {
        try {
            while (!closed.get()) {
                Thread.sleep(LOG_CHECK);
                var lock = StartLock.take(home.startLock(), Duration.ZERO);
                if (lock.isPresent()) {
                    try (var _ = lock.get()) {
                        log.trim();
                    }
                }
            }
        } catch (InterruptedException | EmbeddedPostgresException | IOException ending) {
            // Detached, or the home was removed: another attachment, or the next one, trims the log.
            return;
        }
    }

    private EmbeddedPostgresException unusable(IOException failure) {
        return new EmbeddedPostgresException(
                "No se puede usar la base de datos incluida en " + home.root() + " (" + failure + ").", failure);
    }
}
