package com.electroisla.idempotency;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * The key of a request that must not be done twice, with the fingerprint of its body.
 *
 * @param fingerprint SHA-256 of the body, in hex
 */
public record IdempotencyKey(Id id, String fingerprint) {
    public static final int LONGEST_KEY = 255;

    /**
     * The identity of a request, whatever its body.
     *
     * @param path without a trailing slash
     * @param key the caller's own, at most {@value #LONGEST_KEY} characters
     */
    public record Id(int userId, String method, String path, String key) {}

    public static IdempotencyKey of(int userId, String method, String path, String key, byte[] body) {
        try {
            String fingerprint = HexFormat.of()
                    .formatHex(MessageDigest.getInstance("SHA-256").digest(body));
            String bare = path.endsWith("/") ? path.substring(0, path.length() - 1) : path;
            return new IdempotencyKey(new Id(userId, method, bare, key), fingerprint);
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
