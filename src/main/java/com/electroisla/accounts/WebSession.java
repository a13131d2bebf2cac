package com.electroisla.accounts;

import java.time.Instant;

/**
 * A browser's new session.
 *
 * @param token for the cookie; the database keeps only its hash
 * @param expiresAt when it ends at the latest
 */
public record WebSession(String token, Instant expiresAt) {

    @Override
    public String toString() {
        return "WebSession[...]";
    }
}
