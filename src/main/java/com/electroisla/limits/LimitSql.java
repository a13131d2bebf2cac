package com.electroisla.limits;

import com.electroisla.database.Column;
import com.electroisla.database.Rows;
import com.electroisla.database.Script;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jdbi.v3.core.Handle;

/** Every statement on {@code limites}. */
final class LimitSql {
    private LimitSql() {}

    /**
     * Counts one request, in the running window or in a new one, unless the running one is full. A window that ends
     * later than two windows from now was begun by a clock that has been set back since, and counts as ended.
     *
     * @return the end of the counted window; empty when it is full
     */
    static Optional<Instant> count(Handle handle, String key, int most, Instant now, Instant newWindowEnd) {
        return handle.createQuery("""
                        INSERT INTO limites AS l (clave, ventana_hasta, cuenta) VALUES (:key, :newWindowEnd, 1)
                        ON CONFLICT (clave) DO UPDATE SET
                            ventana_hasta = CASE WHEN l.ventana_hasta <= :now OR l.ventana_hasta > :clockWasAhead
                                OR l.cuenta = 0
                                THEN EXCLUDED.ventana_hasta ELSE l.ventana_hasta END,
                            cuenta = CASE WHEN l.ventana_hasta <= :now OR l.ventana_hasta > :clockWasAhead THEN 1
                                ELSE l.cuenta + 1 END
                        WHERE l.ventana_hasta <= :now OR l.ventana_hasta > :clockWasAhead OR l.cuenta < :most
                        RETURNING ventana_hasta
                        """)
                .bind("key", key)
                .bind("most", most)
                .bind("now", utc(now))
                .bind("newWindowEnd", utc(newWindowEnd))
                .bind(
                        "clockWasAhead",
                        utc(now.plus(Duration.between(now, newWindowEnd).multipliedBy(2))))
                .mapTo(OffsetDateTime.class)
                .findOne()
                .map(OffsetDateTime::toInstant);
    }

    /** Locks the windows of these keys until the commit, and reads those that are there. */
    static void lock(Script script, Collection<String> keys, Map<String, Counting.Window> windows) {
        script.add(
                        """
                        SELECT clave, ventana_hasta, cuenta FROM limites
                         WHERE clave = ANY(:limitKeys) ORDER BY clave FOR NO KEY UPDATE
                        """,
                        row -> windows.put(
                                row.getString("clave"),
                                new Counting.Window(Rows.instant(row, "ventana_hasta"), row.getInt("cuenta"))))
                .bind("limitKeys", Column.strings(keys));
    }

    static void save(Script updates, Map<String, Counting.Window> windows) {
        updates.add("""
                        INSERT INTO limites (clave, ventana_hasta, cuenta)
                        SELECT clave, hasta::timestamptz, cuenta
                        FROM unnest(:limitKeys, :limitEnds, :limitCounts) AS v(clave, hasta, cuenta)
                        ON CONFLICT (clave) DO UPDATE SET ventana_hasta = EXCLUDED.ventana_hasta,
                        cuenta = EXCLUDED.cuenta
                        """)
                .bind("limitKeys", Column.strings(windows.keySet()))
                .bind(
                        "limitEnds",
                        Column.strings(windows.values(), window -> window.end().toString()))
                .bind("limitCounts", Column.ints(windows.values(), Counting.Window::count));
    }

    static Instant windowEnd(Handle handle, String key) {
        return handle.createQuery("SELECT ventana_hasta FROM limites WHERE clave = :key")
                .bind("key", key)
                .mapTo(OffsetDateTime.class)
                .one()
                .toInstant();
    }

    static Set<String> locked(Handle handle, Collection<String> keys) {
        return handle.createQuery("""
                        WITH libres AS MATERIALIZED (
                            SELECT clave FROM limites WHERE clave = ANY(:keys) ORDER BY clave
                                   FOR NO KEY UPDATE SKIP LOCKED)
                        SELECT clave FROM limites WHERE clave = ANY(:keys)
                               AND clave <> ALL(ARRAY(SELECT clave FROM libres))
                        """)
                .bind("keys", Column.strings(keys))
                .mapTo(String.class)
                .set();
    }

    /** Takes one off the counted window; a later window is left alone. */
    static void giveBack(Handle handle, String key, Instant windowEnd) {
        handle.createUpdate("""
                        UPDATE limites SET cuenta = cuenta - 1
                        WHERE clave = :key AND ventana_hasta = :windowEnd AND cuenta > 0
                        """)
                .bind("key", key)
                .bind("windowEnd", utc(windowEnd))
                .execute();
    }

    /** Deletes ended windows. Skips rows that are locked, so it never waits and never deadlocks. */
    static int deleteEnded(Handle handle, Instant now, int most) {
        return handle.createUpdate("""
                        DELETE FROM limites WHERE clave = ANY(ARRAY(
                            SELECT clave FROM limites WHERE ventana_hasta <= :now
                            ORDER BY ventana_hasta LIMIT :most FOR UPDATE SKIP LOCKED))
                        """).bind("now", utc(now)).bind("most", most).execute();
    }

    private static OffsetDateTime utc(Instant instant) {
        return instant.atOffset(ZoneOffset.UTC);
    }
}
