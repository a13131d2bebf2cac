package com.electroisla.drill;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;

/** The drill's counters; many threads write them. */
final class Tally {
    final LongAdder requests = new LongAdder();
    final LongAdder done = new LongAdder();
    final LongAdder refused = new LongAdder();
    /**
     * Answers 503 {@code servicio_ocupado} and {@code base_de_datos_no_disponible}: to be repeated later, without
     * effect.
     */
    final LongAdder away = new LongAdder();
    /** Outcomes that were unknown at first: the connection broke, or {@code resultado_desconocido}. */
    final LongAdder unknown = new LongAdder();
    /** The {@code resultado_desconocido} among these. */
    final LongAdder saidUnknown = new LongAdder();
    /** The unknown outcomes that a repetition with the key settled later. */
    final LongAdder resolved = new LongAdder();
    /** Accounts that are no longer used, because of an unknown outcome without a key. */
    final LongAdder setAside = new LongAdder();

    /** Payments that were begun at the provider. */
    final LongAdder payments = new LongAdder();

    final LongAdder repeats = new LongAdder();
    final LongAdder reads = new LongAdder();
    final LongAdder neverSent = new LongAdder();
    final LongAdder serverKills = new LongAdder();
    final LongAdder databaseKills = new LongAdder();

    private final List<Long> serverDeaths = Collections.synchronizedList(new ArrayList<>());
    private final List<String> oddities = Collections.synchronizedList(new ArrayList<>());
    private final AtomicLong lastDone = new AtomicLong();
    private final AtomicLong longestPause = new AtomicLong();

    /** Records an answer that should never be given; each is a difference. */
    void odd(String what) {
        oddities.add(what);
    }

    /** Records the {@code kill -9} of a server, just before it. */
    void serverDies() {
        serverDeaths.add(System.nanoTime());
    }

    /** The moments of those deaths. */
    List<Long> serverDeaths() {
        synchronized (serverDeaths) {
            return List.copyOf(serverDeaths);
        }
    }

    List<String> oddities() {
        synchronized (oddities) {
            return List.copyOf(oddities);
        }
    }

    /** Begins to measure pauses. */
    void begin() {
        lastDone.set(System.nanoTime());
    }

    void oneDone() {
        done.increment();
        long now = System.nanoTime();
        longestPause.accumulateAndGet(now - lastDone.getAndSet(now), Math::max);
    }

    /** The longest time without a 2xx for a change. */
    Duration longestPause() {
        return Duration.ofNanos(longestPause.get());
    }
}
