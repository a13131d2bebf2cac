package com.electroisla.groupcommit;

import com.electroisla.database.JdbcTarget;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A proxy between a pool and the database that cuts the link at the next COMMIT: before it arrives, or before its
 * answer does.
 */
public final class CommitProxy implements AutoCloseable {
    public enum Cut {
        NEVER,
        BEFORE_COMMIT,
        AFTER_COMMIT,
        AFTER_COMMIT_FOR_GOOD
    }

    private final ServerSocket server;
    private final URI address;
    private final JdbcTarget target;
    private final AtomicInteger trips = new AtomicInteger();
    private final AtomicInteger cutsLeft = new AtomicInteger();
    private volatile Cut cut = Cut.NEVER;

    public CommitProxy(JdbcTarget real) throws IOException {
        server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        address = URI.create(real.url().substring("jdbc:".length()));
        target = new JdbcTarget(
                "jdbc:postgresql://127.0.0.1:" + server.getLocalPort() + address.getPath(),
                real.user(),
                real.password());
        Thread.ofVirtual().start(this::acceptUntilClosed);
    }

    public JdbcTarget target() {
        return target;
    }

    /** The number of trips: how often the driver sent its buffer and waited for the answer. */
    public int trips() {
        return trips.get();
    }

    /** Cuts the next COMMIT, on any connection, in this way; the ones after it are not cut. */
    public void cutNext(Cut how) {
        cutNext(how, 1);
    }

    /** Cuts so many of the next COMMITs. */
    public void cutNext(Cut how, int times) {
        cutsLeft.set(times);
        cut = how;
    }

    private void wasCut() {
        if (cutsLeft.decrementAndGet() == 0) {
            cut = Cut.NEVER;
        }
    }

    private void acceptUntilClosed() {
        try {
            while (true) {
                Socket client = server.accept();
                Socket database = new Socket(address.getHost(), address.getPort());
                var swallow = new AtomicBoolean();
                Thread.ofVirtual().start(() -> forwardRequests(client, database, swallow));
                Thread.ofVirtual().start(() -> forwardAnswers(client, database, swallow));
            }
        } catch (IOException closed) {
            // the test is over
        }
    }

    private void forwardRequests(Socket client, Socket database, AtomicBoolean swallow) {
        byte[] buffer = new byte[1 << 16];
        try (client;
                database) {
            InputStream in = client.getInputStream();
            OutputStream out = database.getOutputStream();
            for (int count = in.read(buffer); count > 0; count = in.read(buffer)) {
                boolean commit = new String(buffer, 0, count, StandardCharsets.ISO_8859_1).contains("COMMIT");
                if (commit && cut == Cut.BEFORE_COMMIT) {
                    wasCut();
                    return;
                }
                if (commit && cut != Cut.NEVER) {
                    if (cut == Cut.AFTER_COMMIT_FOR_GOOD) {
                        server.close();
                    }
                    wasCut();
                    swallow.set(true);
                }
                if (endsWithSync(buffer, count)) {
                    trips.incrementAndGet();
                }
                out.write(buffer, 0, count);
            }
        } catch (IOException gone) {
            // the other side hung up
        }
    }

    private static void forwardAnswers(Socket client, Socket database, AtomicBoolean swallow) {
        byte[] buffer = new byte[1 << 16];
        try (client;
                database) {
            InputStream in = database.getInputStream();
            for (int count = in.read(buffer); count > 0; count = in.read(buffer)) {
                if (swallow.get()) {
                    return;
                }
                client.getOutputStream().write(buffer, 0, count);
            }
        } catch (IOException gone) {
            // the other side hung up
        }
    }

    /** Whether the buffer ends with the message {@code Sync}: its letter and a length of 4. */
    private static boolean endsWithSync(byte[] buffer, int count) {
        return count >= 5 && Arrays.equals(buffer, count - 5, count, new byte[] {'S', 0, 0, 0, 4}, 0, 5);
    }

    @Override
    public void close() throws IOException {
        server.close();
    }
}
