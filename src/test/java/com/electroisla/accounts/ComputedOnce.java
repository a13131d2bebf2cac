package com.electroisla.accounts;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The JDK's PBKDF2, which computes each key once in a run: the hundreds of thousands of iterations of one key take
 * half a second.
 */
final class ComputedOnce implements KeyDerivation {
    static final KeyDerivation JDK = new ComputedOnce();

    /** The input that determines a key. */
    private record Input(Digest digest, String password, String salt, int iterations) {}

    private final Map<Input, byte[]> keys = new ConcurrentHashMap<>();

    private ComputedOnce() {}

    @Override
    public byte[] derive(Digest digest, String password, String salt, int iterations) {
        return keys.computeIfAbsent(
                        new Input(digest, password, salt, iterations),
                        _ -> KeyDerivation.JDK.derive(digest, password, salt, iterations))
                .clone();
    }
}
