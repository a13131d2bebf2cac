package com.electroisla.reservation;

import java.io.FilterInputStream;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.atomic.AtomicBoolean;
import javax.net.SocketFactory;

/** Sockets for the driver that throw an Error where the answer to a COMMIT is read, once. */
public final class FailingSockets extends SocketFactory {
    private static final AtomicBoolean ARMED = new AtomicBoolean();
    private static final AtomicBoolean FAILED = new AtomicBoolean();

    public static void reset() {
        ARMED.set(false);
        FAILED.set(false);
    }

    public static void failAtNextCommit() {
        ARMED.set(true);
    }

    public static boolean failed() {
        return FAILED.get();
    }

    @Override
    public Socket createSocket() {
        return new Socket() {
            private final AtomicBoolean committing = new AtomicBoolean();

            @Override
            public OutputStream getOutputStream() throws IOException {
                return new FilterOutputStream(super.getOutputStream()) {
                    @Override
                    public void write(byte[] bytes, int offset, int count) throws IOException {
                        if (new String(bytes, offset, count, StandardCharsets.ISO_8859_1).contains("COMMIT")
                                && ARMED.getAndSet(false)) {
                            committing.set(true);
                        }
                        out.write(bytes, offset, count);
                    }
                };
            }

            @Override
            public InputStream getInputStream() throws IOException {
                return new FilterInputStream(super.getInputStream()) {
                    @Override
                    public int read(byte[] bytes, int offset, int count) throws IOException {
                        if (committing.getAndSet(false)) {
                            FAILED.set(true);
                            throw new StackOverflowError("while the answer was read");
                        }
                        return super.read(bytes, offset, count);
                    }
                };
            }
        };
    }

    @Override
    public Socket createSocket(String host, int port) throws IOException {
        return new Socket(host, port);
    }

    @Override
    public Socket createSocket(String host, int port, InetAddress local, int localPort) throws IOException {
        return new Socket(host, port, local, localPort);
    }

    @Override
    public Socket createSocket(InetAddress host, int port) throws IOException {
        return new Socket(host, port);
    }

    @Override
    public Socket createSocket(InetAddress host, int port, InetAddress local, int localPort) throws IOException {
        return new Socket(host, port, local, localPort);
    }
}
