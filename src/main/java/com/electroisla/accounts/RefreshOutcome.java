package com.electroisla.accounts;

import java.util.Optional;

/** The outcome of exchanging a refresh token. */
public sealed interface RefreshOutcome {

    record Refreshed(TokenPair tokens, int userId) implements RefreshOutcome {}

    /**
     * The token is unknown, expired, used before, or of an account that is no longer active; the caller is not told
     * which.
     *
     * @param reused present when it had been used or revoked before: its family ends
     */
    record Refused(Optional<Reused> reused) implements RefreshOutcome {
        static final Refused UNKNOWN = new Refused(Optional.empty());
    }

    /** The family of a reused token, and its user. */
    record Reused(String family, int userId) {}
}
