package com.electroisla.limits;

import com.electroisla.settings.RateLimit;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jdbi.v3.core.Handle;

/**
 * One limit: at most so many in a fixed window for each subject. A window begins with the first request counted in it.
 *
 * <p>Counting is one upsert in the caller's transaction: it holds the subject's row until the commit, so that of any
 * number of simultaneous requests, on any number of instances, never more than the limit are allowed. A caller that
 * counts for several subjects in one transaction does so in the order of {@code purpose}, then subject; otherwise two
 * of them can deadlock (which is retried, but costs).
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
     * @param subject whose limit it is: a user's id or an address; at most 350 characters
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

    /**
     * Counts many requests, one after another, with two statements. The caller holds a lock under which nobody else counts
     * for these subjects.
     *
     * @return a result for each subject, in their order
     */
    public List<LimitResult> countAll(Handle handle, List<String> subjects, Instant now) {
        List<String> keys = subjects.stream().map(subject -> purpose + ':' + subject).toList();
        if (rule.isEmpty()) {
            return keys.stream().<LimitResult>map(key -> new LimitResult.Allowed(key, null)).toList();
        }
        Map<String, Window> windows = keys.isEmpty() ? Map.of() : LimitSql.lock(handle, keys);
        Map<String, Window> changed = new TreeMap<>();
        List<LimitResult> results = new ArrayList<>(keys.size());
        for (String key : keys) {
            Optional<Window> running = Optional.ofNullable(changed.getOrDefault(key, windows.get(key)));
            Window next = Window.next(running, now, rule.get());
            if (next.count() > rule.get().count()) {
                results.add(LimitResult.Exceeded.at(now, next.end()));
            } else {
                changed.put(key, next);
                results.add(new LimitResult.Allowed(key, next.end()));
            }
        }
        LimitSql.save(handle, changed);
        return results;
    }

    /** A window and how many were counted in it. */
    record Window(Instant end, int count) {
        /** With one more counted: in the running window, or in a new one. What a clock that was set back left ends at once. */
        static Window next(Optional<Window> running, Instant now, RateLimit rule) {
            boolean goesOn = running.filter(it -> it.count > 0 && it.end.isAfter(now) && !it.end.isAfter(now.plus(rule.window().multipliedBy(2)))).isPresent();
            return goesOn ? new Window(running.get().end, running.get().count + 1) : new Window(now.plus(rule.window()), 1);
        }
    }

    /** Takes back what was counted, because it turned out not to count (a login that succeeded). */
    public void giveBack(Handle handle, LimitResult.Allowed counted) {
        if (counted.windowEnd() != null) {
            LimitSql.giveBack(handle, counted.key(), counted.windowEnd());
        }
    }

    /**
     * Forgets windows that ended, of every purpose; for the sweep.
     *
     * @return how many, at most 1000 a call
     */
    public static int deleteEnded(Handle handle, Instant now) {
        return LimitSql.deleteEnded(handle, now, MOST_DELETED_AT_ONCE);
    }
}
