package com.electroisla.http;

import java.util.Map;

/**
 * A complete answer: the bytes that go over the wire and into an idempotency record.
 *
 * @param status the HTTP status
 * @param body JSON in UTF-8; empty for 204
 * @param headers further headers, such as {@code Retry-After}
 */
public record Answer(int status, byte[] body, Map<String, String> headers) {
    private static final byte[] NOTHING = new byte[0];

    public static Answer ok(Object json) {
        return new Answer(200, Json.write(json), Map.of());
    }

    public static Answer created(Object json) {
        return new Answer(201, Json.write(json), Map.of());
    }

    public static Answer noContent() {
        return new Answer(204, NOTHING, Map.of());
    }
}
