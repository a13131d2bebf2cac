package com.electroisla.live;

/** Tells all instances that stock or holds changed, without details: listeners read the data anew. */
public interface StockNews extends AutoCloseable {
    /** Announces nothing and hears nothing. */
    StockNews NONE = new StockNews() {
        @Override
        public void announce() {}

        @Override
        public void announceNow() {}

        @Override
        public void listen(Runnable changed) {}

        @Override
        public void close() {}
    };

    /**
     * Notifies every instance soon, this one included; many calls become one notification. Call it after the commit;
     * returns at once.
     */
    void announce();

    /** Notifies before it returns, for a process that may end right after. A failure is logged, never thrown. */
    void announceNow();

    /**
     * Begins to listen; called once.
     *
     * @param changed called from a thread of its own at every notification, and after every connect, because one may
     *     have been missed
     */
    void listen(Runnable changed);

    @Override
    void close();
}
