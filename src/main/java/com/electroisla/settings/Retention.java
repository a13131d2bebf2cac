package com.electroisla.settings;

import java.time.Duration;
import java.util.Optional;

/**
 * How long records about people are kept.
 *
 * @param loginAttempts who tried to log in, and from where
 * @param audit who changed what
 * @param cartAudit what was put into carts and taken out
 * @param origins a hold's address and browser; the hold itself stays
 */
public record Retention(Kept loginAttempts, Kept audit, Kept cartAudit, Kept origins) {
    /**
     * The age that a record reaches.
     *
     * @param longest empty: for ever
     * @param chosen whether the operator said so; a default decides nothing about records that another program left
     */
    public record Kept(Optional<Duration> longest, boolean chosen) {}
}
