package com.electroisla;

import com.electroisla.database.DatabaseClock;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** The database's clock, moved by hand: a test never sleeps. The clock runs on by itself unless it is stopped. */
public final class MovedClock implements DatabaseClock {
    private final AtomicReference<State> state = new AtomicReference<>(new State(Duration.ZERO, null));

    private record State(Duration offset, @Nullable Instant stoppedAt) {}

    public void advance(Duration by) {
        state.updateAndGet(before -> before.stoppedAt() == null
                ? new State(before.offset().plus(by), null)
                : new State(Duration.ZERO, before.stoppedAt().plus(by)));
    }

    /** Stops the clock at this moment until it is moved. */
    public void stopAt(Instant moment) {
        state.set(new State(Duration.ZERO, moment));
    }

    /** The present time of the clock. */
    public Instant present() {
        Instant stoppedAt = state.get().stoppedAt();
        if (stoppedAt == null) {
            throw new IllegalStateException("the clock runs; ask the database");
        }
        return stoppedAt;
    }

    @Override
    public Instant at(Instant databaseTime) {
        State current = state.get();
        return current.stoppedAt() == null ? databaseTime.plus(current.offset()) : current.stoppedAt();
    }
}
