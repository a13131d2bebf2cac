package com.electroisla.settings;

import java.time.Duration;
import java.util.Optional;

/**
 * How long records about people are kept.
 *
 * @param loginAttempts login attempts and their addresses
 * @param audit the log of changes
 * @param cartAudit additions to carts and removals from them
 * @param origins a hold's address and browser; the hold itself stays
 * @param mails letters that wait for nothing any more
 * @param guests guests who bought nothing, since they were last seen
 */
public record Retention(Kept loginAttempts, Kept audit, Kept cartAudit, Kept origins, Kept mails, Kept guests) {
    /**
     * The age at which a record is deleted.
     *
     * @param longest empty: never
     * @param chosen whether the operator set it; a default never deletes records that another program left
     */
    public record Kept(Optional<Duration> longest, boolean chosen) {}
}
