package com.electroisla;

import com.electroisla.database.DatabaseClock;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicReference;
import org.jdbi.v3.core.Handle;

/** The database's clock, moved by hand: a test never sleeps. */
public final class MovedClock implements DatabaseClock {
    private final AtomicReference<Duration> offset = new AtomicReference<>(Duration.ZERO);

    public void advance(Duration by) {
        offset.updateAndGet(before -> before.plus(by));
    }

    @Override
    public Instant now(Handle handle) {
        return REAL.now(handle).plus(offset.get());
    }
}
