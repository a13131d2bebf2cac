package com.electroisla.docs;

import com.electroisla.Eventually;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.cert.X509Certificate;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509TrustManager;

/** Requests by TLS from one address of this machine, each of which begins a body and never ends it. */
final class SlowStranger implements AutoCloseable {
    private static final int CONNECT_MILLIS = 10_000;
    private static final int READ_MILLIS = 20_000;
    private static final SSLContext TLS = trusting();

    private final String from;
    private final int port;
    private final Queue<Socket> open = new ConcurrentLinkedQueue<>();
    private final AtomicInteger sentAway = new AtomicInteger();

    SlowStranger(String from, int port) {
        this.from = from;
        this.port = port;
    }

    /** Begins so many requests and returns once no more than the rest of them are held. */
    void opens(int count, int heldAtMost) {
        for (int i = 0; i < count; i++) {
            Thread.ofVirtual().start(this::beginOne);
        }
        Eventually.until(() -> sentAway.get() >= count - heldAtMost);
    }

    /** Ends only when nginx sends the request away, or the test is over. */
    private void beginOne() {
        try (Socket socket = connect(from, port)) {
            open.add(socket);
            try {
                socket.getOutputStream()
                        .write(("POST /api/login/ HTTP/1.1\r\nHost: " + TlsProxy.NAME
                                        + "\r\nContent-Type: application/json\r\nContent-Length: 100\r\n\r\n{")
                                .getBytes(StandardCharsets.US_ASCII));
                socket.getInputStream().read();
            } finally {
                open.remove(socket);
            }
            sentAway.incrementAndGet();
        } catch (IOException refused) {
            sentAway.incrementAndGet();
        }
    }

    int held() {
        return open.size();
    }

    /** The whole answer to a request without a body from this address. */
    static String exchange(String from, int port, String line) throws IOException {
        try (Socket socket = connect(from, port)) {
            socket.setSoTimeout(READ_MILLIS);
            socket.getOutputStream()
                    .write((line + "\r\nHost: " + TlsProxy.NAME + "\r\nConnection: close\r\n\r\n")
                            .getBytes(StandardCharsets.US_ASCII));
            InputStream in = socket.getInputStream();
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    private static Socket connect(String from, int port) throws IOException {
        var plain = new Socket();
        plain.bind(new InetSocketAddress(from, 0));
        plain.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), CONNECT_MILLIS);
        return TLS.getSocketFactory().createSocket(plain, TlsProxy.NAME, port, true);
    }

    /** The certificate is one that the test signed itself. */
    private static SSLContext trusting() {
        try {
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(null, new TrustManager[] {new Anybody()}, null);
            return context;
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private static final class Anybody implements X509TrustManager {
        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type) {}

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type) {}

        @Override
        public X509Certificate[] getAcceptedIssuers() {
            return new X509Certificate[0];
        }
    }

    @Override
    public void close() throws IOException {
        for (Socket socket : open) {
            socket.close();
        }
    }
}
