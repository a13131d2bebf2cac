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
 * Starts the included database again when it dies under a running server. Meanwhile requests are answered 503;
 * committed data is kept.
 *
 * <p>Invariant: the watch starts only the database that this process is attached to, under the lock that all processes
 * share.
 */
final class DatabaseWatch implements AutoCloseable {
    private static final Logger LOG = Logger.getLogger(DatabaseWatch.class.getName());
    private static final int SECONDS_BETWEEN_LOOKS = 1;
    private static final int MOST_FAILURES = 20;

    private final ScheduledExecutorService executor = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().name("database-watch").daemon().factory());
    private final Database database;
    private final EmbeddedPostgres embedded;
    private final int mostFailures;
    private final Runnable giveUp;
    private int failuresInARow;

    /**
     * @param giveUp ends the process as failed after so many failures in a row, because an operator has to look at it
     */
    DatabaseWatch(Database database, EmbeddedPostgres embedded, Runnable giveUp) {
        this(database, embedded, MOST_FAILURES, giveUp);
    }

    DatabaseWatch(Database database, EmbeddedPostgres embedded, int mostFailures, Runnable giveUp) {
        this.database = database;
        this.embedded = embedded;
        this.mostFailures = mostFailures;
        this.giveUp = giveUp;
    }

    void start() {
        executor.scheduleWithFixedDelay(this::look, SECONDS_BETWEEN_LOOKS, SECONDS_BETWEEN_LOOKS, TimeUnit.SECONDS);
    }

    /** Checks the database once; one that is gone is started, or found where another command has started it. */
    void look() {
        try {
            database.read(DatabaseClock.REAL::now);
        } catch (RuntimeException away) {
            // Another program may have taken the port and never answer: that does not count as a lost link, but the
            // database has to be looked for all the same.
            if (SqlStates.isUnavailable(away)) {
                revive(SqlStates.isConnectionLost(away));
            }
        }
    }

    private void revive(boolean wasGone) {
        try {
            String before = embedded.target().url();
            embedded.revive();
            // Another command may have started it, on another port.
            database.moveTo(embedded.target());
            failuresInARow = 0;
            if (wasGone || !before.equals(embedded.target().url())) {
                LOG.warning("la base de datos incluida se había detenido y está de nuevo en marcha");
            }
        } catch (RuntimeException failure) {
            failuresInARow++;
            LOG.log(
                    Level.SEVERE,
                    "la base de datos incluida no arranca; se vuelve a intentar: {0}",
                    failure.getMessage());
            if (failuresInARow >= mostFailures) {
                LOG.severe("la base de datos incluida no arranca: el servidor termina, y quien lo vigila puede "
                        + "empezar de nuevo");
                giveUp.run();
            }
        }
    }

    @Override
    public void close() {
        executor.shutdownNow();
    }
}
