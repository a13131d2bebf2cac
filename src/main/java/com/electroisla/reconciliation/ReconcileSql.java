package com.electroisla.reconciliation;

import com.electroisla.database.Rows;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/** How far the reconciliation has come, and the ids of its next slice. */
final class ReconcileSql {
    private ReconcileSql() {}

    /**
     * The position of one part.
     *
     * @param last the last id of the slice before, in the present turn
     * @param seen the newest id when the slice before was taken; null before the first
     * @param turn when the present turn began
     * @param turnBefore when the one before began: whatever was there then has been looked at since
     */
    record Position(
            long last,
            @Nullable Long seen,
            @Nullable Instant turn,
            @Nullable Instant turnBefore) {}

    /** Takes the part's position for this transaction; empty when another server has it. */
    static Optional<Position> take(Handle handle, Compared part) {
        return handle.createQuery("""
                        SELECT hasta, vistas, vuelta_at, vuelta_anterior_at FROM conciliacion
                         WHERE parte = :part FOR UPDATE SKIP LOCKED
                        """)
                .bind("part", part.word())
                .map((row, context) -> {
                    long seen = row.getLong("vistas");
                    boolean never = row.wasNull();
                    return new Position(
                            row.getLong("hasta"),
                            never ? null : (Long) seen,
                            Rows.nullableInstant(row, "vuelta_at"),
                            Rows.nullableInstant(row, "vuelta_anterior_at"));
                })
                .findOne();
    }

    /** When the last complete turn began; null before there was one. */
    static @Nullable Instant turnBefore(Handle handle, Compared part) {
        return handle.createQuery("SELECT vuelta_anterior_at FROM conciliacion WHERE parte = :part")
                .bind("part", part.word())
                .map((row, context) -> Optional.ofNullable(Rows.nullableInstant(row, "vuelta_anterior_at")))
                .one()
                .orElse(null);
    }

    static void put(Handle handle, Compared part, Position position) {
        handle.createUpdate("""
                        UPDATE conciliacion SET hasta = :last, vistas = :seen, vuelta_at = CAST(:turn AS timestamptz),
                               vuelta_anterior_at = CAST(:before AS timestamptz)
                         WHERE parte = :part
                        """)
                .bind("part", part.word())
                .bind("last", position.last())
                .bind("seen", position.seen())
                .bind("turn", position.turn() == null ? null : Rows.timestamp(position.turn()))
                .bind("before", position.turnBefore() == null ? null : Rows.timestamp(position.turnBefore()))
                .execute();
    }

    /** The next ids of the turn. */
    static List<Long> next(Handle handle, Compared part, long after, int most) {
        return handle.createQuery("SELECT id FROM <table> WHERE id > :after ORDER BY id LIMIT :most")
                .define("table", part.table())
                .bind("after", after)
                .bind("most", most)
                .mapTo(Long.class)
                .list();
    }

    /** The newest id of the rows by which what is new is found. */
    static long newest(Handle handle, Compared part) {
        return handle.createQuery("SELECT COALESCE(max(id), 0) FROM <table>")
                .define("table", part.tells())
                .mapTo(Long.class)
                .one();
    }

    /** The ids that the newest rows since this one tell of; so many rows at most, the newest. */
    static List<Long> lately(Handle handle, Compared part, long since, int most) {
        return handle.createQuery("""
                        SELECT DISTINCT que FROM (
                               SELECT <column> AS que FROM <table> WHERE id > :since ORDER BY id DESC LIMIT :most) n
                         WHERE que IS NOT NULL ORDER BY que
                        """)
                .define("column", part.column())
                .define("table", part.tells())
                .bind("since", since)
                .bind("most", most)
                .mapTo(Long.class)
                .list();
    }
}
