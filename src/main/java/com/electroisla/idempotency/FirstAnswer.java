package com.electroisla.idempotency;

/** An answer that was given before under a key, and to which body. */
public record FirstAnswer(String fingerprint, KeptAnswer answer) {

    /** Whether the key comes with the body that was answered, and not with another one. */
    public boolean isTo(IdempotencyKey key) {
        return fingerprint.equals(key.fingerprint());
    }
}
