package com.electroisla.database;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicReference;
import org.jdbi.v3.core.Handle;

/** The database's clock, moved on by a test instead of waiting. It never runs on by itself: time stands until moved. */
public final class MovedClock implements DatabaseClock {
    private final AtomicReference<Instant> present;

    /** Stands at this moment. */
    public MovedClock(Instant present) {
        this.present = new AtomicReference<>(present);
    }

    public void advance(Duration duration) {
        present.updateAndGet(moment -> moment.plus(duration));
    }

    public void set(Instant moment) {
        present.set(moment);
    }

    /** The present, for a test that has no handle. */
    public Instant present() {
        return present.get();
    }

    @Override
    public Instant now(Handle handle) {
        return present.get();
    }
}
