package com.electroisla.limits;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Whether a request is within its limit. */
public sealed interface LimitResult {

    /**
     * Within the limit, and counted.
     *
     * @param key of the count's row
     * @param windowEnd when the counted window ends; null when the limit is off and nothing was counted
     */
    record Allowed(String key, @Nullable Instant windowEnd) implements LimitResult {}

    /**
     * Over the limit, and not counted.
     *
     * @param resetTime when the window ends, by the database's clock
     * @param retryAfterSeconds how long that is from now, rounded up, at least 1
     */
    record Exceeded(Instant resetTime, long retryAfterSeconds) implements LimitResult {
        static Exceeded at(Instant now, Instant resetTime) {
            long wholeSeconds = Duration.between(now, resetTime)
                    .plusSeconds(1)
                    .minusNanos(1)
                    .toSeconds();
            return new Exceeded(resetTime, Math.max(1, wholeSeconds));
        }
    }
}
