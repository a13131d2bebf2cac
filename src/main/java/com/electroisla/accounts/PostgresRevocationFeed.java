package com.electroisla.accounts;

import com.electroisla.database.JdbcTarget;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.postgres.PostgresPlugin;
import org.jspecify.annotations.Nullable;
import org.postgresql.PGConnection;
import org.postgresql.PGNotification;

/**
 * Revocations by LISTEN and NOTIFY, on one connection of its own.
 *
 * <p>Invariant: {@link #hears()} is true only if the database answered on that connection to a question sent at most
 * 0.7 s ago, and everything revoked before was loaded. A question goes out every 0.25 s. A dead link, a stopped thread
 * or a long pause therefore turns it false by the passing of time alone.
 *
 * <p>After each connect the feed sends a notification to itself and counts as deaf until it arrives, because a
 * connection pooler in between can accept LISTEN and never deliver anything.
 */
final class PostgresRevocationFeed implements RevocationFeed {
    static final String CHANNEL = "electro_isla_revocaciones";
    static final String APPLICATION_NAME = "electro-isla-revocaciones";

    private static final Logger LOG = Logger.getLogger("electroisla.security");
    private static final String PROOF = "prueba:";
    /** The prefix of an account's notification, as migration 0033 writes it. */
    private static final String ACCOUNT = "usuario:";

    private static final int WAIT_MILLIS = 250;
    private static final int MOST_WAITS_FOR_PROOF = 20;
    private static final Duration OUTDATED = Duration.ofMillis(700);
    private static final Duration SHORTEST_PAUSE = Duration.ofMillis(100);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(5);

    private final Supplier<JdbcTarget> target;
    private final Duration shortestPause;
    private final Thread thread;
    private volatile @Nullable Listener listener;
    private volatile @Nullable Long lastHeard;
    private volatile boolean closed;

    PostgresRevocationFeed(Supplier<JdbcTarget> target) {
        this(target, SHORTEST_PAUSE);
    }

    /** @param shortestPause before the first try to connect again */
    PostgresRevocationFeed(Supplier<JdbcTarget> target, Duration shortestPause) {
        this.target = target;
        this.shortestPause = shortestPause;
        this.thread = Thread.ofPlatform().daemon().name("revocations").unstarted(this::listen);
    }

    @Override
    public void announce(Handle handle, String family) {
        handle.createQuery("SELECT 1 FROM (SELECT pg_notify(:channel, :family)) AS aviso")
                .bind("channel", CHANNEL)
                .bind("family", family)
                .mapTo(Integer.class)
                .one();
    }

    @Override
    public void start(Listener listener) {
        this.listener = listener;
        thread.start();
    }

    @Override
    public boolean hears() {
        Long heard = lastHeard;
        return heard != null && System.nanoTime() - heard < OUTDATED.toNanos();
    }

    @Override
    public void close() {
        closed = true;
        lastHeard = null;
        LockSupport.unpark(thread);
        thread.interrupt();
    }

    private void listen() {
        Duration pause = shortestPause;
        while (!closed) {
            try (Connection connection = connect()) {
                pause = shortestPause;
                followUntilClosed(connection);
            } catch (SQLException | RuntimeException lost) {
                if (!closed) {
                    LOG.log(
                            Level.WARNING,
                            "revocations of other instances are not heard, every request asks the database: {0}",
                            lost.getMessage());
                }
            }
            lastHeard = null;
            if (!closed) {
                LockSupport.parkNanos(pause.toNanos());
                Duration longer = pause.multipliedBy(2);
                pause = longer.compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : longer;
            }
        }
    }

    private void followUntilClosed(Connection connection) throws SQLException {
        PGConnection notifications = connection.unwrap(PGConnection.class);
        try (Statement statement = connection.createStatement()) {
            statement.execute("LISTEN " + CHANNEL);
            proveThatItHears(statement, notifications);
            try (Handle handle =
                    Jdbi.create(connection).installPlugin(new PostgresPlugin()).open()) {
                listener().connected(handle);
                while (!closed) {
                    long asked = System.nanoTime();
                    statement.execute("SELECT 1");
                    passOn(notifications.getNotifications(1));
                    lastHeard = asked;
                    passOn(notifications.getNotifications(WAIT_MILLIS));
                }
            }
        }
    }

    private void proveThatItHears(Statement statement, PGConnection notifications) throws SQLException {
        String proof = PROOF + UUID.randomUUID();
        statement.execute("NOTIFY " + CHANNEL + ", '" + proof + "'");
        for (int waits = 0; waits < MOST_WAITS_FOR_PROOF && !closed; waits++) {
            PGNotification[] arrived = notifications.getNotifications(WAIT_MILLIS);
            passOn(arrived);
            for (PGNotification notification : arrived == null ? new PGNotification[0] : arrived) {
                if (notification.getParameter().equals(proof)) {
                    return;
                }
            }
        }
        throw new SQLException("LISTEN is accepted and delivers nothing; is there a connection pooler in between?");
    }

    private void passOn(PGNotification @Nullable [] arrived) {
        for (PGNotification notification : arrived == null ? new PGNotification[0] : arrived) {
            String said = notification.getParameter();
            if (said.startsWith(ACCOUNT)) {
                changed(said.substring(ACCOUNT.length()));
            } else if (!said.startsWith(PROOF)) {
                listener().revoked(said);
            }
        }
    }

    /**
     * A notification that an account changed. Any session may send one; if it names no account, every account may have
     * changed.
     */
    private void changed(String id) {
        try {
            listener().accountChanged(Integer.parseInt(id));
        } catch (NumberFormatException nobody) {
            listener().everyAccountMayHaveChanged();
        }
    }

    private Listener listener() {
        return java.util.Objects.requireNonNull(listener);
    }

    private Connection connect() throws SQLException {
        return target.get()
                .connect(Map.of(
                        "ApplicationName", APPLICATION_NAME,
                        "connectTimeout", "5",
                        "loginTimeout", "5",
                        "socketTimeout", "5",
                        "tcpKeepAlive", "true"));
    }
}
