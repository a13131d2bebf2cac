package com.electroisla.admin.http;

import com.electroisla.admin.http.Exports.Content;
import com.electroisla.admin.http.Exports.Patience;
import com.electroisla.database.Database;
import com.electroisla.database.SqlStates;
import com.electroisla.http.server.Link;
import com.electroisla.http.server.ReaderGone;
import com.google.errorprone.annotations.concurrent.GuardedBy;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.RoutingContext;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.sql.SQLException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.ReentrantLock;
import org.jboss.logging.Logger;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;
import org.postgresql.PGConnection;

/**
 * A file that is read from the database while it is sent: only the part that the client has not read yet is in memory.
 *
 * <p>Invariants: the export ends, and its query with it, when the client goes away, reads nothing for a while, or is
 * not done in the time for which a snapshot may hold back the vacuum. An incomplete file never looks whole: the
 * connection is cut without the last chunk. A query is cancelled only while this export has its connection, so never
 * the next one's.
 */
final class Export {
    private static final Logger LOG = Logger.getLogger(Export.class);
    /** The server ended a session that was idle for too long, because its client read too little meanwhile. */
    private static final String IDLE_IN_TRANSACTION = "25P03";

    private final HttpServerRequest request;
    private final Vertx vertx;
    private final int mostLooks;
    private final Runnable whenOver;
    private final AtomicBoolean over = new AtomicBoolean();
    private final AtomicBoolean cutOff = new AtomicBoolean();
    private final AtomicLong sent = new AtomicLong();
    private final long deadline;
    private final long looks;
    private long sentBefore;
    private int idleLooks;

    private final ReentrantLock holding = new ReentrantLock();

    @GuardedBy("holding")
    private @Nullable PGConnection connection;

    /** @param whenOver called once, when the answer is sent or its client is gone */
    Export(RoutingContext context, Patience patience, Runnable whenOver) {
        // Taken now: a timer may find the injected context's scope ended, and must close the connection all the same.
        this.request = context.request();
        this.vertx = context.vertx();
        this.mostLooks = patience.looks();
        this.whenOver = whenOver;
        this.deadline = vertx.setTimer(patience.whole().toMillis(), _ -> cut("it took too long"));
        this.looks = vertx.setPeriodic(patience.look().toMillis(), _ -> look());
        context.addEndHandler(_ -> end());
        if (context.response().closed() || context.response().ended()) {
            end(); // an end handler that is added after the client has left is never called
        }
    }

    void run(Database database, OutputStream out, Content content) throws IOException {
        try {
            database.inTransactionOnce(handle -> {
                hold(unwrapped(handle));
                try {
                    if (over.get()) {
                        throw new ReaderGone(new IOException("before the first row"));
                    }
                    content.write(new Counting(out), handle);
                } finally {
                    hold(null);
                }
                return null;
            });
        } catch (IOException | RuntimeException failure) {
            tell(failure);
            throw failure;
        }
    }

    /** @throws ReaderGone when the client, and nothing else, ended the export */
    private void tell(Exception failure) throws ReaderGone {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof ReaderGone gone) {
                throw gone;
            }
        }
        if (SqlStates.sqlState(failure).orElse("").equals(IDLE_IN_TRANSACTION)) {
            cut("its reader takes too little");
            throw new ReaderGone(failure);
        }
        if (over.get() && SqlStates.tookTooLong(failure)) {
            throw new ReaderGone(failure);
        }
        if (sent.get() > 0) {
            cut(String.valueOf(failure.getMessage()));
        }
    }

    private static PGConnection unwrapped(Handle handle) {
        try {
            return handle.getConnection().unwrap(PGConnection.class);
        } catch (SQLException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private void hold(@Nullable PGConnection now) {
        holding.lock();
        try {
            connection = now;
        } finally {
            holding.unlock();
        }
    }

    private void look() {
        long now = sent.get();
        idleLooks = now > 0 && now == sentBefore ? idleLooks + 1 : 0;
        sentBefore = now;
        if (idleLooks >= mostLooks) {
            cut("its reader takes nothing");
        }
    }

    private void cut(String why) {
        if (!over.get() && cutOff.compareAndSet(false, true)) {
            LOG.infof("an export is cut off: %s", why);
            Link.cut(request);
        }
    }

    private void end() {
        if (over.compareAndSet(false, true)) {
            vertx.cancelTimer(deadline);
            vertx.cancelTimer(looks);
            whenOver.run();
            Thread.ofVirtual().start(this::cancel);
        }
    }

    private void cancel() {
        holding.lock();
        try {
            if (connection != null) {
                connection.cancelQuery();
            }
        } catch (SQLException gone) {
            LOG.debug("an export ended before it was cancelled", gone);
        } finally {
            holding.unlock();
        }
    }

    /** Counts the sent bytes, and turns a broken link into its own exception. */
    private final class Counting extends FilterOutputStream {
        Counting(OutputStream out) {
            super(out);
        }

        @Override
        public void write(int one) throws IOException {
            write(new byte[] {(byte) one}, 0, 1);
        }

        @Override
        public void write(byte[] bytes, int offset, int length) throws IOException {
            try {
                out.write(bytes, offset, length);
            } catch (IOException broken) {
                throw new ReaderGone(broken);
            }
            sent.addAndGet(length);
        }

        @Override
        public void flush() throws IOException {
            try {
                out.flush();
            } catch (IOException broken) {
                throw new ReaderGone(broken);
            }
        }
    }
}
