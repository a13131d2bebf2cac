package com.electroisla.reservation;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import java.time.Duration;
import java.time.Instant;

/**
 * The lag of this instance's sweep: from {@code expires_at} until the units are free for all to see. A buyer who needs
 * them takes them over at once, so no buyer ever waits for this. Written by one sweep at a time, read by any thread.
 */
public final class ReleaseLag {
    private static final Duration MAXIMUM_KEPT_FOR = Duration.ofMinutes(1);

    @GuardedBy("this")
    private long count;

    @GuardedBy("this")
    private Duration sum = Duration.ZERO;

    @GuardedBy("this")
    private Duration maximum = Duration.ZERO;

    @GuardedBy("this")
    private Duration maximumBefore = Duration.ZERO;

    @GuardedBy("this")
    private Instant maximumSince = Instant.MIN;

    ReleaseLag() {}

    /** How many holds were released since this instance began. */
    public synchronized long count() {
        return count;
    }

    /** The sum of their lags. */
    public synchronized Duration sum() {
        return sum;
    }

    /** The longest lag of the last one to two minutes in which a sweep ran. */
    public synchronized Duration maximum() {
        return maximum.compareTo(maximumBefore) > 0 ? maximum : maximumBefore;
    }

    /** Records that a sweep has read the clock. */
    synchronized void at(Instant now) {
        if (maximumSince.isBefore(now.minus(MAXIMUM_KEPT_FOR))) {
            boolean recent = !maximumSince.isBefore(now.minus(MAXIMUM_KEPT_FOR.multipliedBy(2)));
            maximumBefore = recent ? maximum : Duration.ZERO;
            maximum = Duration.ZERO;
            maximumSince = now;
        }
    }

    synchronized void released(Duration lag) {
        count++;
        sum = sum.plus(lag);
        maximum = lag.compareTo(maximum) > 0 ? lag : maximum;
    }
}
