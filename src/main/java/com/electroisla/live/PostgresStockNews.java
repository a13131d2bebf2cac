package com.electroisla.live;

import com.electroisla.database.Database;
import com.google.errorprone.annotations.concurrent.GuardedBy;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.jspecify.annotations.Nullable;
import org.postgresql.PGConnection;
import org.postgresql.PGNotification;

/**
 * Stock news by LISTEN on a connection of its own, and NOTIFY in a statement of its own.
 *
 * <p>One thread sends: while it pauses after one notification, further calls only set a mark, so a busy engine costs
 * ten short statements a second and its committer none. Another thread listens; both start with the first call that
 * needs them.
 */
public final class PostgresStockNews implements StockNews {
    private static final Logger LOG = Logger.getLogger(PostgresStockNews.class.getName());
    private static final Duration BETWEEN_WORDS = Duration.ofMillis(100);
    private static final Duration BEFORE_CONNECTING_AGAIN = Duration.ofSeconds(1);
    private static final int WAIT_MILLIS = 1_000;

    private final Database database;
    private final AtomicBoolean marked = new AtomicBoolean();
    private final AtomicBoolean listening = new AtomicBoolean();

    @GuardedBy("this")
    private @Nullable Thread sender;

    private volatile @Nullable Thread listener;
    private volatile boolean closed;

    public PostgresStockNews(Database database) {
        this.database = database;
    }

    @Override
    public void announce() {
        if (!closed && marked.compareAndSet(false, true)) {
            LockSupport.unpark(sender());
        }
    }

    private synchronized Thread sender() {
        if (sender == null) {
            sender = Thread.ofPlatform().daemon().name("stock-news-sender").start(this::send);
        }
        return sender;
    }

    private void send() {
        while (!closed) {
            if (marked.compareAndSet(true, false)) {
                announceNow();
                pause();
            } else {
                LockSupport.park();
            }
        }
    }

    /** Waits for the whole pause: an announcement meanwhile ends only a single park early. */
    private void pause() {
        long end = System.nanoTime() + BETWEEN_WORDS.toNanos();
        for (long left = BETWEEN_WORDS.toNanos(); left > 0 && !closed; left = end - System.nanoTime()) {
            LockSupport.parkNanos(left);
        }
    }

    @Override
    public void announceNow() {
        try {
            database.useTransaction(LiveSql::announce);
        } catch (RuntimeException away) {
            LOG.log(Level.FINE, "nobody was told that stock changed", away);
        }
    }

    @Override
    public void listen(Runnable changed) {
        if (listening.compareAndSet(false, true)) {
            listener = Thread.ofPlatform().daemon().name("stock-news-listener").start(() -> hear(changed));
        }
    }

    private void hear(Runnable changed) {
        while (!closed) {
            try (Connection connection = connect();
                    Statement statement = connection.createStatement()) {
                statement.execute("LISTEN " + LiveSql.CHANNEL);
                changed.run();
                PGConnection notifications = connection.unwrap(PGConnection.class);
                while (!closed) {
                    PGNotification[] arrived = notifications.getNotifications(WAIT_MILLIS);
                    if (arrived != null && arrived.length > 0) {
                        changed.run();
                    } else {
                        // A dead link never reports anything; a query on it fails.
                        statement.execute("SELECT 1");
                    }
                }
            } catch (SQLException | RuntimeException lost) {
                if (!closed) {
                    LOG.log(
                            Level.WARNING,
                            "changes of stock are not heard, pages read them by the clock: {0}",
                            lost.getMessage());
                    LockSupport.parkNanos(BEFORE_CONNECTING_AGAIN.toNanos());
                }
            }
        }
    }

    private Connection connect() throws SQLException {
        return database.target()
                .connect(Map.of(
                        "ApplicationName", "electro-isla-existencias",
                        "connectTimeout", "5",
                        "loginTimeout", "5",
                        "socketTimeout", "10",
                        "tcpKeepAlive", "true"));
    }

    @Override
    public void close() {
        closed = true;
        synchronized (this) {
            if (sender != null) {
                LockSupport.unpark(sender);
            }
        }
        Thread hearing = listener;
        if (hearing != null) {
            hearing.interrupt();
        }
    }
}
