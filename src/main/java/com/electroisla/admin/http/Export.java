package com.electroisla.admin.http;

import com.electroisla.Shop;
import com.electroisla.http.ErrorCode;
import com.electroisla.http.Problem;
import io.vertx.core.Vertx;
import io.vertx.ext.web.RoutingContext;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.StreamingOutput;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.jboss.logging.Logger;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;
import org.postgresql.PGConnection;

/**
 * A file that is read from the database while it is sent: no more of it is in memory than the reader is behind.
 *
 * <p>Invariants: so many at once as there are connections for exports ({@link Shop#exports}), which are nobody else's; who comes
 * then is told to come back. An export ends, and its query with it, when the reader goes away, takes nothing for half a minute, or
 * is not through in the time that a snapshot may be kept from the vacuum. What breaks off in the middle never looks whole: the
 * connection is closed without the last chunk.
 */
final class Export {
    private static final Logger LOG = Logger.getLogger(Export.class);
    private static final Semaphore ROOM = new Semaphore(Shop.EXPORT_CONNECTIONS);
    private static final long DEADLINE = Duration.ofMinutes(5).toMillis();
    private static final long LOOK_EVERY = Duration.ofSeconds(10).toMillis();
    private static final int LOOKS_WITHOUT_PROGRESS = 3;

    private final RoutingContext context;
    private final Vertx vertx;
    private final AtomicBoolean over = new AtomicBoolean();
    private final AtomicLong sent = new AtomicLong();
    private final AtomicReference<@Nullable PGConnection> running = new AtomicReference<>();
    private final long deadline;
    private final long looks;
    private long sentBefore;
    private int idleLooks;

    /** Writes the file; the handle is in a transaction. */
    interface Content {
        void write(OutputStream out, Handle handle) throws IOException;
    }

    private Export(RoutingContext context) {
        this.context = context;
        this.vertx = context.vertx();
        this.deadline = vertx.setTimer(DEADLINE, _ -> cut("took too long"));
        this.looks = vertx.setPeriodic(LOOK_EVERY, _ -> look());
        context.addEndHandler(_ -> end());
    }

    /** @throws com.electroisla.http.ProblemException 503 when there are as many as there may be */
    static Response of(RoutingContext context, Shop shop, String type, String fileName, Content content) {
        if (!ROOM.tryAcquire()) {
            throw Problem.of(ErrorCode.BUSY).withHeader(HttpHeaders.RETRY_AFTER, "15").exception();
        }
        Export export = new Export(context);
        StreamingOutput body = out -> export.run(shop, out, content);
        return Response.ok(body)
                .header(HttpHeaders.CONTENT_TYPE, type)
                .header(HttpHeaders.CONTENT_DISPOSITION, "attachment; filename=\"" + fileName + "\"")
                .build();
    }

    private void run(Shop shop, OutputStream out, Content content) throws IOException {
        try {
            shop.exports().inTransactionOnce(handle -> {
                running.set(unwrapped(handle));
                try {
                    if (over.get()) {
                        throw new IOException("the reader is gone");
                    }
                    content.write(new Counting(out), handle);
                } finally {
                    running.set(null);
                }
                return null;
            });
        } catch (IOException | RuntimeException failure) {
            if (sent.get() > 0) {
                cut(String.valueOf(failure.getMessage()));
            }
            throw failure;
        }
    }

    private static PGConnection unwrapped(Handle handle) {
        try {
            return handle.getConnection().unwrap(PGConnection.class);
        } catch (SQLException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private void look() {
        long now = sent.get();
        idleLooks = now > 0 && now == sentBefore ? idleLooks + 1 : 0;
        sentBefore = now;
        if (idleLooks >= LOOKS_WITHOUT_PROGRESS) {
            cut("its reader takes nothing");
        }
    }

    private void cut(String why) {
        if (!over.get()) {
            LOG.infof("an export is cut off: %s", why);
            context.request().connection().close();
        }
    }

    /** The answer is out, or nobody waits for it any more. */
    private void end() {
        if (over.compareAndSet(false, true)) {
            vertx.cancelTimer(deadline);
            vertx.cancelTimer(looks);
            ROOM.release();
            PGConnection busy = running.get();
            if (busy != null) {
                Thread.ofVirtual().start(() -> cancel(busy));
            }
        }
    }

    private static void cancel(PGConnection busy) {
        try {
            busy.cancelQuery();
        } catch (SQLException gone) {
            LOG.debug("an export ended before it was cancelled", gone);
        }
    }

    private final class Counting extends FilterOutputStream {
        Counting(OutputStream out) {
            super(out);
        }

        @Override
        public void write(int one) throws IOException {
            out.write(one);
            sent.incrementAndGet();
        }

        @Override
        public void write(byte[] bytes, int offset, int length) throws IOException {
            out.write(bytes, offset, length);
            sent.addAndGet(length);
        }
    }
}
