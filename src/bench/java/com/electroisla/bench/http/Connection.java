package com.electroisla.bench.http;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

/**
 * An open connection to the server, for one request after the other. The parser knows our server's answers only: a
 * status line, headers, and a body of a given length.
 */
final class Connection implements AutoCloseable {
    private static final byte[] END_OF_HEAD = "\r\n\r\n".getBytes(StandardCharsets.US_ASCII);
    private static final String LENGTH = "\r\ncontent-length:";
    private static final int WHERE_THE_STATUS_IS = "HTTP/1.1 ".length();

    private final Socket socket;
    private final InputStream in;
    private byte[] buffer = new byte[16 * 1024];
    private int filled;
    private int bodyFrom;

    private Connection(Socket socket) throws IOException {
        this.socket = socket;
        this.in = socket.getInputStream();
    }

    static Connection open(int port) throws IOException {
        Socket socket = new Socket(InetAddress.getLoopbackAddress(), port);
        socket.setTcpNoDelay(true);
        socket.setSoTimeout(60_000);
        return new Connection(socket);
    }

    /** The body of the last answer. */
    String body() {
        return new String(buffer, bodyFrom, filled - bodyFrom, StandardCharsets.UTF_8);
    }

    /** @return the answer's status; its body is kept until the next */
    int send(byte[] request) throws IOException {
        socket.getOutputStream().write(request);
        filled = 0;
        bodyFrom = 0;
        int head = readHead();
        String text = new String(buffer, 0, head, StandardCharsets.US_ASCII);
        int end = head + length(text);
        bodyFrom = head;
        while (filled < end) {
            fill();
        }
        return Integer.parseInt(text, WHERE_THE_STATUS_IS, WHERE_THE_STATUS_IS + 3, 10);
    }

    private int readHead() throws IOException {
        for (int from = 0; ; from = Math.max(0, filled - END_OF_HEAD.length)) {
            fill();
            for (int i = from; i + END_OF_HEAD.length <= filled; i++) {
                if (buffer[i] == '\r'
                        && java.util.Arrays.equals(
                                buffer, i, i + END_OF_HEAD.length, END_OF_HEAD, 0, END_OF_HEAD.length)) {
                    return i + END_OF_HEAD.length;
                }
            }
        }
    }

    private void fill() throws IOException {
        if (filled == buffer.length) {
            buffer = java.util.Arrays.copyOf(buffer, 2 * buffer.length);
        }
        int read = in.read(buffer, filled, buffer.length - filled);
        if (read < 0) {
            throw new EOFException("the server closed the connection");
        }
        filled += read;
    }

    private static int length(String head) {
        int at = head.toLowerCase(java.util.Locale.ROOT).indexOf(LENGTH);
        return at < 0
                ? 0
                : Integer.parseInt(head.substring(at + LENGTH.length(), head.indexOf('\r', at + 2))
                        .strip());
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
