package com.electroisla.accounts;

import java.util.Optional;

/** What became of a refresh token. */
public sealed interface RefreshOutcome {

    record Refreshed(TokenPair tokens) implements RefreshOutcome {}

    /**
     * Unknown, expired, used before, or of an account that may no longer enter; the caller is not told which.
     *
     * @param reused present when it had been used or revoked before: its family ends
     */
    record Refused(Optional<Reused> reused) implements RefreshOutcome {
        static final Refused UNKNOWN = new Refused(Optional.empty());
    }

    /** The family that a reused token belongs to, and whose it is. */
    record Reused(String family, int userId) {}
}
