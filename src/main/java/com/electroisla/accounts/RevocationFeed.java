package com.electroisla.accounts;

import org.jdbi.v3.core.Handle;

/**
 * How instances hear that a family was revoked, or that an account changed. LISTEN and NOTIFY are PostgreSQL's own, so they stand behind
 * this; a database without them gets {@link #NONE}, and then every request asks the database.
 */
interface RevocationFeed extends AutoCloseable {
    /** Tells nobody and hears nothing. */
    RevocationFeed NONE = new RevocationFeed() {
        @Override
        public void announce(Handle handle, String family) {}

        @Override
        public void start(Listener listener) {}

        @Override
        public boolean hears() {
            return false;
        }

        @Override
        public void close() {}
    };

    /** What the feed calls, from its own thread. */
    interface Listener {
        void revoked(String family);

        /** Its name, a right or its being there, by whatever program; see migration 0033. */
        void accountChanged(int userId);

        void everyAccountMayHaveChanged();

        /** Called after every connect, once notifications arrive, before {@link #hears()}: catch up on what was missed. */
        void connected(Handle handle);
    }

    /** Tells every instance when the handle's transaction commits, and nobody when it doesn't. */
    void announce(Handle handle, String family);

    /** Begins to listen; once. */
    void start(Listener listener);

    /** Whether a revocation committed more than 0.7 s ago would have been heard. False is always safe. */
    boolean hears();

    @Override
    void close();
}
