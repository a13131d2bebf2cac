package com.electroisla.accounts;

import java.time.Instant;

/**
 * A browser's sign-in, as the sign-in itself hands it out.
 *
 * @param token what the cookie carries; the database keeps only its hash
 * @param expiresAt when it ends at the latest
 */
public record WebSession(String token, Instant expiresAt) {

    @Override
    public String toString() {
        return "WebSession[...]";
    }
}
