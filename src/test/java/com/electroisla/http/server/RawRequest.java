package com.electroisla.http.server;

import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;

/**
 * A request as it goes over the wire, byte for byte; each character is one byte, so a test can break UTF-8.
 *
 * @param headers each with its line end
 */
record RawRequest(String line, String headers, String body) {

    static RawRequest of(String method, String target) {
        return new RawRequest(method + " " + target + " HTTP/1.1", "", "");
    }

    static RawRequest get(String target) {
        return of("GET", target);
    }

    static RawRequest post(String target) {
        return of("POST", target);
    }

    RawRequest header(String name, String value) {
        return new RawRequest(line, headers + name + ": " + value + "\r\n", body);
    }

    RawRequest token(String token) {
        return header("Authorization", "Bearer " + token);
    }

    /** The request with this body as JSON in UTF-8. */
    RawRequest json(String json) {
        byte[] utf8 = json.getBytes(StandardCharsets.UTF_8);
        return header("Content-Type", "application/json").body(new String(utf8, StandardCharsets.ISO_8859_1));
    }

    /** The request with this body, each character one byte, without a content type. */
    RawRequest body(String bytes) {
        return new RawRequest(line, headers, bytes);
    }

    RawAnswer send(URI server) throws IOException {
        String length = body.isEmpty() ? "" : "Content-Length: " + body.length() + "\r\n";
        String host = headers.startsWith("Host: ") || headers.contains("\nHost: ") ? "" : "Host: localhost\r\n";
        return RawAnswer.parse(RawConnection.exchange(
                server, line + "\r\n" + host + "Connection: close\r\n" + headers + length + "\r\n" + body));
    }

    /** The answer. */
    record RawAnswer(int status, String head, String body) {
        static RawAnswer parse(String text) {
            int end = text.indexOf("\r\n\r\n");
            if (end < 0) {
                throw new AssertionError("no answer: " + text);
            }
            return new RawAnswer(
                    Integer.parseInt(text.substring(9, 12)), text.substring(0, end), text.substring(end + 4));
        }
    }
}
