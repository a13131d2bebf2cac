package com.electroisla.http.server;

import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * The bytes that may be held at once, by all together and by each address.
 *
 * <p>Invariant: bytes taken and not yet given back never exceed the whole, nor one owner's share. Taking never waits.
 */
final class Budget {
    private final long whole;
    private final long share;
    private final AtomicLong taken = new AtomicLong();
    private final ConcurrentMap<AddressBlock, Long> owners = new ConcurrentHashMap<>();

    Budget(long whole, long share) {
        this.whole = whole;
        this.share = share;
    }

    /**
     * Takes so many bytes, all or none.
     *
     * @param owner null: counts against the whole only
     */
    boolean take(@Nullable AddressBlock owner, long bytes) {
        if (taken.addAndGet(bytes) > whole || owner != null && !takeShare(owner, bytes)) {
            taken.addAndGet(-bytes);
            return false;
        }
        return true;
    }

    private boolean takeShare(AddressBlock owner, long bytes) {
        boolean[] fits = {true};
        owners.compute(owner, (_, held) -> {
            long now = (held == null ? 0 : held) + bytes;
            fits[0] = now <= share;
            return fits[0] ? Long.valueOf(now) : held;
        });
        return fits[0];
    }

    /** Gives back bytes that {@link #take} took for this owner. */
    void give(@Nullable AddressBlock owner, long bytes) {
        taken.addAndGet(-bytes);
        if (owner != null) {
            owners.computeIfPresent(owner, (_, held) -> held <= bytes ? null : Long.valueOf(held - bytes));
        }
    }

    long taken() {
        return taken.get();
    }
}
