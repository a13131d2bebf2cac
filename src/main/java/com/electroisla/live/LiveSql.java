package com.electroisla.live;

import org.jdbi.v3.core.Handle;

/** The statement that notifies. */
final class LiveSql {
    static final String CHANNEL = "electro_isla_existencias";

    private LiveSql() {}

    /**
     * Notifies in a transaction of its own. The commit waits for no disk, because after a crash all pages are read
     * anew.
     */
    static void announce(Handle handle) {
        handle.createQuery("SELECT set_config('synchronous_commit', 'off', true) FROM (SELECT pg_notify(:channel, "
                        + "'')) AS aviso")
                .bind("channel", CHANNEL)
                .mapTo(String.class)
                .one();
    }
}
