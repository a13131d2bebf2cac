package com.electroisla.launcher;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/**
 * A connection to the training server that is kept open, as a browser keeps it. The JDK's own client would take as
 * much of the two processors as the server that it trains.
 */
final class TrainingLine implements AutoCloseable {
    private static final int PATIENCE_MILLIS = 10_000;
    private static final int LONGEST_HEADER = 8_192;

    private final int port;
    private Socket socket = new Socket();
    private InputStream in = InputStream.nullInputStream();
    private OutputStream out = OutputStream.nullOutputStream();
    private boolean open;

    TrainingLine(int port) {
        this.port = port;
    }

    /** @param body as it was sent; empty where its length was not told */
    record Answer(int status, String body) {}

    /**
     * Sends a request and waits for its answer.
     *
     * @param token empty for a caller who has not signed in
     * @param body JSON, or empty
     */
    Answer send(String method, String path, String token, String body) throws IOException {
        if (!open) {
            connect();
        }
        byte[] content = body.getBytes(StandardCharsets.UTF_8);
        StringBuilder head = new StringBuilder(512);
        head.append(method)
                .append(' ')
                .append(path)
                .append(" HTTP/1.1\r\nHost: localhost:")
                .append(port);
        head.append("\r\nAccept-Language: es\r\nUser-Agent: Mozilla/5.0\r\nContent-Type: application/json");
        if (!token.isEmpty()) {
            head.append("\r\nAuthorization: Bearer ").append(token);
        }
        if (!method.equals("GET")) {
            head.append("\r\nContent-Length: ").append(content.length);
        }
        ByteArrayOutputStream request = new ByteArrayOutputStream(1_024);
        request.writeBytes(head.append("\r\n\r\n").toString().getBytes(StandardCharsets.US_ASCII));
        request.writeBytes(content);
        out.write(request.toByteArray());
        out.flush();
        return answer();
    }

    private void connect() throws IOException {
        socket = new Socket();
        socket.setTcpNoDelay(true);
        socket.setSoTimeout(PATIENCE_MILLIS);
        socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), PATIENCE_MILLIS);
        in = new BufferedInputStream(socket.getInputStream());
        out = socket.getOutputStream();
        open = true;
    }

    private Answer answer() throws IOException {
        String[] first = header().split(" ", 3);
        int length = -1;
        for (String line = header(); !line.isEmpty(); line = header()) {
            if (line.toLowerCase(Locale.ROOT).startsWith("content-length:")) {
                length = Integer.parseInt(line.substring(line.indexOf(':') + 1).strip());
            }
        }
        int status = Integer.parseInt(first[1]);
        if (length < 0) {
            close();
            return new Answer(status, "");
        }
        return new Answer(status, new String(in.readNBytes(length), StandardCharsets.UTF_8));
    }

    private String header() throws IOException {
        StringBuilder line = new StringBuilder(64);
        for (int next = in.read(); next != '\n'; next = in.read()) {
            if (next < 0 || line.length() > LONGEST_HEADER) {
                close();
                throw new IOException("the server has hung up");
            }
            if (next != '\r') {
                line.append((char) next);
            }
        }
        return line.toString();
    }

    @Override
    public void close() throws IOException {
        open = false;
        socket.close();
    }
}
