package com.electroisla.database.migration;

import java.util.List;
import java.util.Set;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/** The catalog queries of a {@link Rehearsal}, and the restoring of sequences, which a rollback leaves changed. */
final class RehearsalSql {
    private RehearsalSql() {}

    /**
     * A locked table.
     *
     * @param exclusive whether readers wait too
     */
    record Locked(String table, boolean exclusive) {}

    /** @param last the last value of the sequence; null when it has given none */
    record SequenceValue(String name, @Nullable Long last, long start) {}

    static Set<String> tables(Handle handle) {
        return Set.copyOf(handle.createQuery("SELECT relname FROM pg_class WHERE relkind = 'r' AND relnamespace = "
                        + "'public'::regnamespace")
                .mapTo(String.class)
                .list());
    }

    /** The tables that this transaction has locked against writers or against everybody. */
    static List<Locked> locks(Handle handle) {
        return handle.createQuery("""
                        SELECT c.relname, bool_or(l.mode = 'AccessExclusiveLock') AS todos
                          FROM pg_locks l JOIN pg_class c ON c.oid = l.relation
                         WHERE l.pid = pg_backend_pid() AND l.granted AND c.relkind = 'r'
                           AND c.relnamespace = 'public'::regnamespace
                           AND l.mode IN ('ShareLock', 'ShareRowExclusiveLock', 'ExclusiveLock', 'AccessExclusiveLock')
                         GROUP BY c.relname ORDER BY c.relname
                        """)
                .map((row, context) -> new Locked(row.getString("relname"), row.getBoolean("todos")))
                .list();
    }

    static List<SequenceValue> sequences(Handle handle) {
        return handle.createQuery("""
                        SELECT format('%I.%I', schemaname, sequencename) AS nombre, last_value, start_value
                          FROM pg_sequences WHERE schemaname = 'public'
                        """)
                .map((row, context) -> new SequenceValue(
                        row.getString("nombre"), (Long) row.getObject("last_value"), row.getLong("start_value")))
                .list();
    }

    /** Gives sequences that moved their former value. */
    static void giveBack(Handle handle, List<SequenceValue> before) {
        List<SequenceValue> now = sequences(handle);
        for (SequenceValue sequence : before) {
            if (!now.contains(sequence)) {
                handle.createQuery("SELECT setval(CAST(:name AS regclass), :value, :called)")
                        .bind("name", sequence.name())
                        .bind("value", sequence.last() == null ? sequence.start() : sequence.last())
                        .bind("called", sequence.last() != null)
                        .mapTo(Long.class)
                        .one();
            }
        }
    }
}
