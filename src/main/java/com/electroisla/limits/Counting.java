package com.electroisla.limits;

import com.electroisla.database.Script;
import com.electroisla.settings.RateLimit;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * One limit, counted for many requests in one transaction: the windows are locked, read and saved by statements that
 * are sent together with others. The caller holds a lock under which no other transaction counts for these subjects.
 */
public final class Counting {
    private final String purpose;
    private final Optional<RateLimit> rule;
    private final TreeSet<String> keys = new TreeSet<>();
    private final Map<String, Window> windows = new HashMap<>();
    private final Map<String, Window> changed = new TreeMap<>();

    Counting(String purpose, Optional<RateLimit> rule, Collection<String> subjects) {
        this.purpose = purpose;
        this.rule = rule;
        subjects.forEach(subject -> keys.add(purpose + ':' + subject));
    }

    /** Adds the statement that locks and reads the windows, unless the limit is off or there is no subject. */
    public void lock(Script script) {
        if (rule.isPresent() && !keys.isEmpty()) {
            LimitSql.lock(script, keys, windows);
        }
    }

    /** Counts one request unless the window is full. */
    public LimitResult count(String subject, Instant now) {
        String key = purpose + ':' + subject;
        if (rule.isEmpty()) {
            return new LimitResult.Allowed(key, null);
        }
        Window next = Window.next(Optional.ofNullable(windows.get(key)), now, rule.get());
        if (next.count() > rule.get().count()) {
            return LimitResult.Exceeded.at(now, next.end());
        }
        windows.put(key, next);
        changed.put(key, next);
        return new LimitResult.Allowed(key, next.end());
    }

    /** Adds the new counts to the updates. */
    public void save(Script updates) {
        if (!changed.isEmpty()) {
            LimitSql.save(updates, changed);
        }
    }

    /** A window and the requests counted in it. */
    record Window(Instant end, int count) {
        /**
         * The window with one more request counted: the running one, or a new one. A window far in the future, left by
         * a clock that was set back, ends at once.
         */
        static Window next(Optional<Window> running, Instant now, RateLimit rule) {
            boolean goesOn = running.filter(it -> it.count > 0
                            && it.end.isAfter(now)
                            && !it.end.isAfter(now.plus(rule.window().multipliedBy(2))))
                    .isPresent();
            return goesOn
                    ? new Window(running.get().end, running.get().count + 1)
                    : new Window(now.plus(rule.window()), 1);
        }
    }
}
