package com.electroisla.limits;

import com.electroisla.database.Column;
import com.electroisla.database.Rows;
import com.electroisla.database.Updates;
import com.electroisla.settings.RateLimit;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jdbi.v3.core.statement.Query;

/**
 * One limit, counted for many requests in one transaction: the statement that locks and reads the windows, to be sent
 * together with others, and the counting. The caller holds a lock under which no other transaction counts for these
 * subjects.
 */
public final class Counting {
    /** One statement, without a semicolon. */
    public static final String LOCK = LimitSql.LOCK;

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

    /** Whether nothing needs to be read: the limit is off, or there is no subject. */
    public boolean isEmpty() {
        return rule.isEmpty() || keys.isEmpty();
    }

    public Query bind(Query query) {
        return query.bind("limitKeys", Column.strings(keys));
    }

    public void read(ResultSet row) throws SQLException {
        windows.put(row.getString("clave"), new Window(Rows.instant(row, "ventana_hasta"), row.getInt("cuenta")));
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
    public void save(Updates updates) {
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
            boolean goesOn = running.filter(it -> it.count > 0 && it.end.isAfter(now) && !it.end.isAfter(now.plus(rule.window().multipliedBy(2)))).isPresent();
            return goesOn ? new Window(running.get().end, running.get().count + 1) : new Window(now.plus(rule.window()), 1);
        }
    }
}
