package com.electroisla.accounts;

import org.jdbi.v3.core.Handle;

/**
 * Announces to all instances that a family was revoked or an account changed. LISTEN and NOTIFY are specific to
 * PostgreSQL, so they stand behind this interface; a database without them gets {@link #NONE}, and then every request
 * asks the database.
 */
interface RevocationFeed extends AutoCloseable {
    /** Announces nothing and hears nothing. */
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

    /** The receiver, called from the feed's own thread. */
    interface Listener {
        void revoked(String family);

        /** Name, rights or existence of the account changed, by any program; see migration 0033. */
        void accountChanged(int userId);

        void everyAccountMayHaveChanged();

        /**
         * Called after every connect, once notifications arrive, before {@link #hears()}: catch up on what was missed.
         */
        void connected(Handle handle);
    }

    /** Tells every instance when the handle's transaction commits, and none if it does not. */
    void announce(Handle handle, String family);

    /** Begins to listen; called once. */
    void start(Listener listener);

    /** Whether every revocation committed more than 0.7 s ago has been heard. False is always safe. */
    boolean hears();

    @Override
    void close();
}
