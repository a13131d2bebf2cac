package com.electroisla.settings;

import java.time.Duration;
import java.util.Optional;

/**
 * How long records about people are kept; empty: for ever.
 *
 * @param loginAttempts who tried to log in, and from where
 * @param audit who changed what
 * @param cartAudit what was put into carts and taken out
 * @param origins a hold's address and browser; the hold itself stays
 */
public record Retention(
        Optional<Duration> loginAttempts, Optional<Duration> audit, Optional<Duration> cartAudit, Optional<Duration> origins) {}
