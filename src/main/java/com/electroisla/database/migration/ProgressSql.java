package com.electroisla.database.migration;

import org.jdbi.v3.core.Handle;

/** The query of {@link MigrationProgress} about another session of ours. */
final class ProgressSql {
    private ProgressSql() {}

    static int session(Handle handle) {
        return handle.createQuery("SELECT pg_backend_pid()")
                .mapTo(Integer.class)
                .one();
    }

    /**
     * The session's present work or wait, where the server shows it; otherwise empty. An index being built has no
     * visible name yet.
     */
    static String detail(Handle handle, int session) {
        return handle.createQuery("""
                        SELECT COALESCE(
                            (SELECT '; espera a que otra sesión suelte una tabla' FROM pg_stat_activity
                                    WHERE pid = :session AND wait_event_type = 'Lock'),
                            (SELECT format('; índice de %s, %s %%', relid::regclass,
                                           CASE WHEN tuples_total > 0 THEN 50 + 50 * tuples_done / tuples_total
                                                WHEN blocks_total > 0 THEN 50 * blocks_done / blocks_total ELSE 0 END)
                               FROM pg_stat_progress_create_index WHERE pid = :session),
                            '')
                        """)
                .bind("session", session)
                .mapTo(String.class)
                .one();
    }
}
