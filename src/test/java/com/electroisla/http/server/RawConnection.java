package com.electroisla.http.server;

import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/** A connection for bytes that no HTTP library would send. */
public final class RawConnection implements AutoCloseable {
    /** A machine with other work may take seconds for an answer. */
    private static final int PATIENCE_MILLIS = 60_000;

    private final Socket socket;

    public RawConnection(URI server) throws IOException {
        socket = new Socket(server.getHost(), server.getPort());
        socket.setSoTimeout(PATIENCE_MILLIS);
    }

    public void send(String text) throws IOException {
        socket.getOutputStream().write(text.getBytes(StandardCharsets.ISO_8859_1));
        socket.getOutputStream().flush();
    }

    /** Reads until the server closes; requires {@code Connection: close}. */
    String readAll() throws IOException {
        return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    }

    /** Reads the first answer with its body, by its {@code Content-Length}. */
    public String readHead() throws IOException {
        StringBuilder answer = new StringBuilder();
        int end = -1;
        int length = 0;
        while (end < 0 || answer.length() < end + 4 + length) {
            int next = socket.getInputStream().read();
            if (next < 0) {
                break;
            }
            answer.append((char) next);
            if (end < 0 && answer.toString().endsWith("\r\n\r\n")) {
                end = answer.length() - 4;
                length = answer.toString()
                        .lines()
                        .filter(line -> line.toLowerCase(Locale.ROOT).startsWith("content-length:"))
                        .mapToInt(line -> Integer.parseInt(line.substring(15).strip()))
                        .findFirst()
                        .orElse(0);
            }
        }
        return answer.toString();
    }

    static String exchange(URI server, String request) throws IOException {
        try (RawConnection connection = new RawConnection(server)) {
            connection.send(request);
            return connection.readAll();
        }
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
