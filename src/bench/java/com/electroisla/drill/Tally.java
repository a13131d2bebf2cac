package com.electroisla.drill;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;

/** What is counted while the drill runs; many threads write it. */
final class Tally {
    final LongAdder requests = new LongAdder();
    final LongAdder done = new LongAdder();
    final LongAdder refused = new LongAdder();
    /** 503 {@code servicio_ocupado} and {@code base_de_datos_no_disponible}: come back later, nothing was done. */
    final LongAdder away = new LongAdder();
    /** Outcomes that stayed open at first: the connection broke, or {@code resultado_desconocido}. */
    final LongAdder unknown = new LongAdder();
    /** Of those, {@code resultado_desconocido}. */
    final LongAdder saidUnknown = new LongAdder();
    /** Of those, the ones that their key told later. */
    final LongAdder resolved = new LongAdder();
    /** Accounts that are used no more, because an outcome stayed open and there was no key. */
    final LongAdder setAside = new LongAdder();
    final LongAdder repeats = new LongAdder();
    final LongAdder reads = new LongAdder();
    final LongAdder neverSent = new LongAdder();
    final LongAdder serverKills = new LongAdder();
    final LongAdder databaseKills = new LongAdder();

    private final List<String> oddities = Collections.synchronizedList(new ArrayList<>());
    private final AtomicLong lastDone = new AtomicLong();
    private final AtomicLong longestPause = new AtomicLong();

    /** Something that should never be answered; each is a difference. */
    void odd(String what) {
        oddities.add(what);
    }

    List<String> oddities() {
        synchronized (oddities) {
            return List.copyOf(oddities);
        }
    }

    /** Pauses count from now on. */
    void begin() {
        lastDone.set(System.nanoTime());
    }

    void oneDone() {
        done.increment();
        long now = System.nanoTime();
        longestPause.accumulateAndGet(now - lastDone.getAndSet(now), Math::max);
    }

    /** The longest time in which nobody got a 2xx for a change. */
    Duration longestPause() {
        return Duration.ofNanos(longestPause.get());
    }
}
