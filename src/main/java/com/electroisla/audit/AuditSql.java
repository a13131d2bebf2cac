package com.electroisla.audit;

import com.electroisla.database.Jsonb;
import com.electroisla.database.Rows;
import java.time.Instant;
import java.util.List;
import java.util.function.Function;
import org.jdbi.v3.core.Handle;

/** Writes {@code audit_logs}, and deletes entries past the operator's retention time. */
public final class AuditSql {
    private static final int LONGEST_OBJECT = 500;
    private static final int LONGEST_USER_AGENT = 500;

    private AuditSql() {}

    public static void write(Handle handle, Actor actor, Entry entry, Instant now) {
        write(handle, actor, List.of(entry), now);
    }

    /** Writes any number of entries in one statement. */
    public static void write(Handle handle, Actor actor, List<Entry> entries, Instant now) {
        if (entries.isEmpty()) {
            return;
        }
        // The column objeto_id is the old shop's integer; where the number is longer, the details have it in full.
        handle.createUpdate("""
                        INSERT INTO audit_logs (accion, modulo, objeto_id, objeto_repr, detalles, ip_address,
                            user_agent, "timestamp", usuario_id)
                        SELECT accion, modulo, (objeto % 2147483648)::integer, repr, CAST(detalles AS jsonb),
                               CAST(:address AS inet), :userAgent, :now, :user
                          FROM unnest(:actions, :modules, :ids, :objects, :details) AS v(accion, modulo, objeto, repr,
                              detalles)
                        """)
                .bindArray("actions", String.class, array(entries, Entry::action))
                .bindArray("modules", String.class, array(entries, Entry::module))
                .bindArray("ids", Long.class, array(entries, Entry::objectId))
                .bindArray("objects", String.class, array(entries, entry -> cut(entry.object(), LONGEST_OBJECT)))
                .bindArray("details", String.class, array(entries, entry -> Jsonb.text(entry.details())))
                .bind("address", actor.address())
                .bind("userAgent", actor.userAgent() == null ? null : cut(actor.userAgent(), LONGEST_USER_AGENT))
                .bind("now", Rows.timestamp(now))
                .bind("user", actor.userId() == Actor.NOBODY ? null : actor.userId())
                .execute();
    }

    /** Deletes the oldest entries before the instant, by their ids, which are in order of time. */
    public static int deleteBefore(Handle handle, Instant before, int most) {
        return handle.createUpdate("""
                        DELETE FROM audit_logs WHERE "timestamp" < :before
                            AND id = ANY(ARRAY(SELECT id FROM audit_logs ORDER BY id LIMIT :most))
                        """)
                .bind("before", Rows.timestamp(before))
                .bind("most", most)
                .execute();
    }

    private static String cut(String text, int longest) {
        return text.codePointCount(0, text.length()) <= longest
                ? text
                : text.substring(0, text.offsetByCodePoints(0, longest));
    }

    private static Object[] array(List<Entry> entries, Function<Entry, Object> value) {
        return entries.stream().map(value).toArray();
    }
}
