package com.electroisla.idempotency;

/** The first answer to a key, and the fingerprint of its body. */
public record FirstAnswer(String fingerprint, KeptAnswer answer) {

    /** Whether the key comes with the same body as the first time. */
    public boolean isTo(IdempotencyKey key) {
        return fingerprint.equals(key.fingerprint());
    }
}
