package com.electroisla.limits;

import com.electroisla.settings.RateLimit;
import java.time.Instant;
import java.util.Collection;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;

/**
 * One limit: at most so many in a fixed window for each subject. A window begins with the first request counted in it.
 *
 * <p>Counting is one upsert in the caller's transaction: the upsert locks the subject's row until the commit, so that
 * of any number of simultaneous requests, on any number of instances, never more than the limit are allowed. A caller
 * that counts for several subjects in one transaction does so in the order of {@code purpose}, then subject; otherwise
 * two of them can deadlock (which is retried, but costs).
 */
public final class Limits {
    private static final int MOST_DELETED_AT_ONCE = 1_000;

    private final String purpose;
    private final Optional<RateLimit> rule;

    /**
     * @param purpose the first part of the key, such as {@code agregar}; no two limits share one
     * @param rule empty: the limit is off, everything is allowed and nothing is counted
     */
    public Limits(String purpose, Optional<RateLimit> rule) {
        this.purpose = purpose;
        this.rule = rule;
    }

    /** Whether anything is counted at all. */
    public boolean isOn() {
        return rule.isPresent();
    }

    /**
     * Counts one request unless the window is full.
     *
     * @param subject the subject of the limit: a user's id or an address; at most 350 characters
     * @param now the database's clock in this transaction
     */
    public LimitResult count(Handle handle, String subject, Instant now) {
        String key = purpose + ':' + subject;
        if (rule.isEmpty()) {
            return new LimitResult.Allowed(key, null);
        }
        RateLimit limit = rule.get();
        Optional<Instant> windowEnd = LimitSql.count(handle, key, limit.count(), now, now.plus(limit.window()));
        if (windowEnd.isPresent()) {
            return new LimitResult.Allowed(key, windowEnd.get());
        }
        return LimitResult.Exceeded.at(now, LimitSql.windowEnd(handle, key));
    }

    /** Counts for many subjects in one transaction. */
    public Counting counting(Collection<String> subjects) {
        return new Counting(purpose, rule, subjects);
    }

    /** The subjects whose window another transaction has locked; waits for none. */
    public Set<String> locked(Handle handle, Collection<String> subjects) {
        return LimitSql.locked(
                        handle,
                        subjects.stream()
                                .map(subject -> purpose + ':' + subject)
                                .toList())
                .stream()
                .map(key -> key.substring(purpose.length() + 1))
                .collect(Collectors.toSet());
    }

    /** Takes one request off the count, because it turned out not to count (a login that succeeded). */
    public void giveBack(Handle handle, LimitResult.Allowed counted) {
        if (counted.windowEnd() != null) {
            LimitSql.giveBack(handle, counted.key(), counted.windowEnd());
        }
    }

    /**
     * Deletes ended windows, of every purpose; for the sweep.
     *
     * @return how many, at most 1000 a call
     */
    public static int deleteEnded(Handle handle, Instant now) {
        return LimitSql.deleteEnded(handle, now, MOST_DELETED_AT_ONCE);
    }
}
