package com.electroisla.command;

import com.electroisla.database.Database;
import com.electroisla.database.DatabaseClock;
import com.electroisla.database.SqlStates;
import com.electroisla.database.embedded.EmbeddedPostgres;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * Starts the included database again when it dies under a running server. Meanwhile requests are answered 503; what was
 * committed is there afterwards.
 *
 * <p>Invariant: it only ever starts what this process is attached to, under the lock that all processes share.
 */
final class DatabaseWatch implements AutoCloseable {
    private static final Logger LOG = Logger.getLogger(DatabaseWatch.class.getName());
    private static final int SECONDS_BETWEEN_LOOKS = 1;

    private final ScheduledExecutorService executor =
            Executors.newSingleThreadScheduledExecutor(Thread.ofPlatform().name("database-watch").daemon().factory());
    private final Database database;
    private final EmbeddedPostgres embedded;

    DatabaseWatch(Database database, EmbeddedPostgres embedded) {
        this.database = database;
        this.embedded = embedded;
    }

    void start() {
        executor.scheduleWithFixedDelay(this::look, SECONDS_BETWEEN_LOOKS, SECONDS_BETWEEN_LOOKS, TimeUnit.SECONDS);
    }

    private void look() {
        try {
            database.read(DatabaseClock.REAL::now);
        } catch (RuntimeException away) {
            if (SqlStates.isConnectionLost(away)) {
                revive();
            }
        }
    }

    private void revive() {
        try {
            embedded.revive();
            boolean moved = !embedded.target().url().equals(database.target().url());
            LOG.warning(moved
                    ? "la base de datos incluida volvió en otro puerto: reinicia el servidor"
                    : "la base de datos incluida se había detenido y está de nuevo en marcha");
        } catch (RuntimeException failure) {
            LOG.log(Level.SEVERE, "la base de datos incluida no arranca; se vuelve a intentar", failure);
        }
    }

    @Override
    public void close() {
        executor.shutdownNow();
    }
}
