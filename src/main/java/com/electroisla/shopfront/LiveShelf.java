package com.electroisla.shopfront;

import com.electroisla.catalog.Products;
import com.electroisla.live.StockNews;
import com.electroisla.pages.Words;
import com.electroisla.reservation.history.ReservationHistory;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.LockSupport;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * The open pages of the shop, with the last state sent to each.
 *
 * <p>One thread reads for all of them: after a notification of {@link StockNews}, after a new page, and at fixed
 * times, so that correctness does not depend on notifications. A round is two statements for any number of pages; each
 * page is sent only the differences from its last state, so a page that came late or missed a notification is right
 * after one round. Deadlines are the database's.
 */
public final class LiveShelf implements AutoCloseable {
    /** The most open pages; further ones are refused, say so, and work without updates. */
    public static final int MOST_WATCHERS = 4_000;
    /** The most products on one page. */
    public static final int MOST_PRODUCTS = 100;

    private static final Logger LOG = Logger.getLogger(LiveShelf.class.getName());
    private static final Duration BETWEEN_ROUNDS = Duration.ofMillis(150);
    private static final Duration LONGEST_SILENCE = Duration.ofSeconds(10);

    private static final Duration BETWEEN_GREETINGS = Duration.ofSeconds(5);

    /** The connection to one page. */
    public interface Sink {
        /** Sends how many units of a product another buyer could still take, in words. */
        void stock(long product, StockBadge badge);

        /** Sends whether the page's user has a live hold. */
        void holding(boolean live);

        /** Sends an empty message, to test the connection. */
        void greet();

        boolean isOpen();

        void close();
    }

    private static final class Watcher {
        final List<Long> products;
        final @Nullable Integer user;
        final Words words;
        final Sink sink;
        final Map<Long, Integer> told = new HashMap<>();

        @Nullable
        Boolean toldLive;

        long greeted = System.nanoTime() - BETWEEN_GREETINGS.toNanos() - 1;

        Watcher(List<Long> products, @Nullable Integer user, Words words, Sink sink) {
            this.products = products;
            this.user = user;
            this.words = words;
            this.sink = sink;
        }
    }

    private final Products products;
    private final ReservationHistory history;
    private final StockNews news;
    private final int mostWatchers;
    private final Set<Watcher> watchers = ConcurrentHashMap.newKeySet();
    private volatile @Nullable Thread reader;

    /**
     * Ends the streams first: a server that is told to stop waits for its requests, and a stream would never end by
     * itself.
     */
    private final Thread atTheEnd = new Thread(this::end, "live-shelf-end");

    private volatile boolean due;
    private volatile boolean closed;

    public LiveShelf(Products products, ReservationHistory history, StockNews news) {
        this(products, history, news, MOST_WATCHERS);
    }

    LiveShelf(Products products, ReservationHistory history, StockNews news, int mostWatchers) {
        this.mostWatchers = mostWatchers;
        this.products = products;
        this.history = history;
        this.news = news;
    }

    /**
     * Keeps a page up to date until its sink closes.
     *
     * @param user whose reservation the page shows; null when it shows none
     * @return false when there are too many already
     */
    public boolean watch(List<Long> products, @Nullable Integer user, Words words, Sink sink) {
        if (closed || watchers.size() >= mostWatchers) {
            return false;
        }
        watchers.add(
                new Watcher(products.stream().distinct().limit(MOST_PRODUCTS).toList(), user, words, sink));
        start();
        readSoon();
        return true;
    }

    /** How many pages are open. */
    public int watching() {
        return watchers.size();
    }

    /** Ends every stream; pages that are still open connect again by themselves. */
    public void disconnect() {
        watchers.forEach(watcher -> watcher.sink.close());
        watchers.clear();
    }

    private synchronized void start() {
        if (reader == null) {
            reader = Thread.ofPlatform().daemon().name("live-shelf").start(this::readUntilClosed);
            news.listen(this::readSoon);
            Runtime.getRuntime().addShutdownHook(atTheEnd);
        }
    }

    private void readSoon() {
        due = true;
        LockSupport.unpark(reader);
    }

    private void readUntilClosed() {
        while (!closed) {
            if (!due) {
                LockSupport.parkNanos(this, LONGEST_SILENCE.toNanos());
            }
            due = false;
            try {
                round();
            } catch (RuntimeException away) {
                LOG.log(Level.FINE, "the pages were not brought up to date", away);
            }
            if (!closed) {
                LockSupport.parkNanos(BETWEEN_ROUNDS.toNanos());
            }
        }
    }

    private void round() {
        watchers.removeIf(watcher -> !watcher.sink.isOpen());
        if (watchers.isEmpty()) {
            return;
        }
        Set<Long> ids = new HashSet<>();
        Set<Integer> users = new HashSet<>();
        watchers.forEach(watcher -> {
            ids.addAll(watcher.products);
            if (watcher.user != null) {
                users.add(watcher.user);
            }
        });
        Map<Long, Integer> available = ids.isEmpty() ? Map.of() : products.available(ids);
        Set<Integer> holding = users.isEmpty() ? Set.of() : history.holding(users);
        watchers.forEach(watcher -> tell(watcher, available, holding));
    }

    private static void tell(Watcher watcher, Map<Long, Integer> available, Set<Integer> holding) {
        for (Long product : watcher.products) {
            int now = available.getOrDefault(product, 0);
            Integer before = watcher.told.put(product, now);
            if (before == null || before != now) {
                watcher.sink.stock(product, StockBadge.of(now, watcher.words));
            }
        }
        if (watcher.user != null) {
            boolean live = holding.contains(watcher.user);
            if (watcher.toldLive == null || watcher.toldLive != live) {
                watcher.toldLive = live;
                watcher.sink.holding(live);
            }
        }
        // Also without differences: a broken link is found only by writing to it.
        if (System.nanoTime() - watcher.greeted > BETWEEN_GREETINGS.toNanos()) {
            watcher.greeted = System.nanoTime();
            watcher.sink.greet();
        }
    }

    private void end() {
        closed = true;
        LockSupport.unpark(reader);
        disconnect();
    }

    @Override
    public void close() {
        end();
        try {
            Runtime.getRuntime().removeShutdownHook(atTheEnd);
        } catch (IllegalStateException atTheEndAlready) {
            // Then the thread has run, or runs.
        }
    }
}
