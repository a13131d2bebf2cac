package com.electroisla.live;

import org.jdbi.v3.core.Handle;

/** The word that is sent. */
final class LiveSql {
    static final String CHANNEL = "electro_isla_existencias";

    private LiveSql() {}

    static void announce(Handle handle) {
        handle.createQuery("SELECT 1 FROM (SELECT pg_notify(:channel, '')) AS aviso").bind("channel", CHANNEL).mapTo(Integer.class).one();
    }
}
