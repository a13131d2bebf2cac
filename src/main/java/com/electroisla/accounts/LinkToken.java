package com.electroisla.accounts;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Optional;

/**
 * The secret of a mailed link: 32 random bytes, which nobody guesses, so that guesses need no count. The database
 * keeps the SHA-256 alone.
 */
record LinkToken(String text, byte[] hash) {
    static LinkToken make() {
        return of(WebSessions.randomToken());
    }

    /** The token in a text from outside; empty for a text that cannot be one. */
    static Optional<LinkToken> parse(String text) {
        return text.matches("[A-Za-z0-9_-]{43}") ? Optional.of(of(text)) : Optional.empty();
    }

    private static LinkToken of(String text) {
        try {
            byte[] hash =
                    MessageDigest.getInstance("SHA-256").digest(("enlace " + text).getBytes(StandardCharsets.UTF_8));
            return new LinkToken(text, hash);
        } catch (NoSuchAlgorithmException everyJdkHasIt) {
            throw new IllegalStateException(everyJdkHasIt);
        }
    }

    @Override
    public String toString() {
        return "LinkToken[...]";
    }
}
