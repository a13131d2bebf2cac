package com.electroisla.live;

/** How instances tell each other that stock or holds changed. It says that, and not what: whoever hears it reads anew. */
public interface StockNews extends AutoCloseable {
    /** Tells nobody and hears nothing. */
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

    /** Soon tells every instance, this one included; many calls become one word. Call it after the commit; returns at once. */
    void announce();

    /** The same before it returns, for a process that may end right after. A failure is logged, never thrown. */
    void announceNow();

    /**
     * Begins to listen; once.
     *
     * @param changed called from a thread of its own at every word, and after every connect: something may have been missed
     */
    void listen(Runnable changed);

    @Override
    void close();
}
