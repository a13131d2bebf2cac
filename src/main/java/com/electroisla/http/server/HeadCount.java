package com.electroisla.http.server;

import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.AtomicInteger;

/** Counts connections, of all addresses together and of each, and refuses one too many. */
final class HeadCount {
    private final int most;
    private final int mostOfOne;
    private final AtomicInteger all = new AtomicInteger();
    private final ConcurrentMap<AddressBlock, Integer> each = new ConcurrentHashMap<>();

    HeadCount(int most, int mostOfOne) {
        this.most = most;
        this.mostOfOne = mostOfOne;
    }

    /** Whether one more of this address is admitted; then it is counted until {@link #leave}. */
    boolean enter(AddressBlock address) {
        if (all.incrementAndGet() > most || each.merge(address, 1, Integer::sum) > mostOfOne && leaveOne(address)) {
            all.decrementAndGet();
            return false;
        }
        return true;
    }

    private boolean leaveOne(AddressBlock address) {
        each.computeIfPresent(address, (_, count) -> count == 1 ? null : Integer.valueOf(count - 1));
        return true;
    }

    void leave(AddressBlock address) {
        leaveOne(address);
        all.decrementAndGet();
    }

    int count() {
        return all.get();
    }
}
