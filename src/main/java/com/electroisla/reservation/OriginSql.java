package com.electroisla.reservation;

import com.electroisla.database.Rows;
import java.time.Instant;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/** The statements of {@link ForgetOrigins}. */
final class OriginSql {
    private static final String TASK = "origenes";

    /** @param last the id of its last hold */
    record Piece(long last, int count) {}

    private OriginSql() {}

    /** The last id that was processed; empty while another instance is running. */
    static Optional<Long> lockProgress(Handle handle) {
        handle.createUpdate("INSERT INTO conservacion (tarea, hasta) VALUES (:task, 0) ON CONFLICT DO NOTHING")
                .bind("task", TASK)
                .execute();
        return handle.createQuery("SELECT hasta FROM conservacion WHERE tarea = :task FOR UPDATE SKIP LOCKED")
                .bind("task", TASK)
                .mapTo(Long.class)
                .findOne();
    }

    /** The next holds up to the first one that is younger. */
    static Optional<Piece> nextOlderThan(Handle handle, long after, Instant before, int most) {
        return handle.createQuery("""
                        WITH trozo AS (SELECT id, created_at FROM stock_reservations WHERE id > :after ORDER BY id
                             LIMIT :most),
                             joven AS (SELECT min(id) AS id FROM trozo WHERE created_at >= :before)
                        SELECT max(t.id) AS ultima, count(*)::int AS cuantas FROM trozo t, joven j
                        WHERE j.id IS NULL OR t.id < j.id
                        """)
                .bind("after", after)
                .bind("before", Rows.timestamp(before))
                .bind("most", most)
                .map((row, context) -> new Piece(row.getLong("ultima"), row.getInt("cuantas")))
                .findOne()
                .filter(piece -> piece.count() > 0);
    }

    /**
     * Blanks the origins. A browser's name becomes empty and not null, because the old shop's tables may require it.
     */
    static void blank(Handle handle, long after, long last) {
        handle.createUpdate("""
                        UPDATE stock_reservations SET ip_address = NULL, user_agent = left(user_agent, 0)
                         WHERE id = ANY(ARRAY(SELECT id FROM stock_reservations WHERE id > :after AND id <= :last
                                         AND (ip_address IS NOT NULL OR user_agent <> '') ORDER BY id
                                             FOR NO KEY UPDATE))
                        """).bind("after", after).bind("last", last).execute();
    }

    static void setProgress(Handle handle, long last) {
        handle.createUpdate("UPDATE conservacion SET hasta = :last WHERE tarea = :task")
                .bind("last", last)
                .bind("task", TASK)
                .execute();
    }

    /** Whether the user has a hold that has not ended. */
    static boolean hasPending(Handle handle, int userId) {
        return handle.createQuery("""
                        SELECT EXISTS (SELECT FROM stock_reservations WHERE usuario_id = :userId AND status = 'pending')
                        """)
                .bind("userId", userId)
                .mapTo(Boolean.class)
                .one();
    }

    /** Blanks the origins of a user's past holds, locked in the order of their ids. */
    static void blankOf(Handle handle, int userId) {
        handle.createUpdate("""
                        UPDATE stock_reservations SET ip_address = NULL, user_agent = ''
                         WHERE id = ANY(ARRAY(SELECT id FROM stock_reservations
                                               WHERE usuario_id = :userId AND status <> 'pending'
                                               ORDER BY id FOR NO KEY UPDATE))
                        """).bind("userId", userId).execute();
    }
}
