package com.electroisla.database;

import org.jdbi.v3.core.Handle;

/** What the role that the shop connects as may do. */
final class RoleSql {
    private RoleSql() {}

    /** Whether it may have connections that fire no triggers: a superuser may, and since PostgreSQL 15 whoever was granted the parameter. */
    static boolean mayFireNoTriggers(Handle handle) {
        return answer(handle, "SELECT current_setting('server_version_num')::int >= 150000")
                && answer(handle, "SELECT has_parameter_privilege('session_replication_role', 'SET')");
    }

    private static boolean answer(Handle handle, String question) {
        return handle.createQuery(question).mapTo(boolean.class).one();
    }
}
