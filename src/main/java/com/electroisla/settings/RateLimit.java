package com.electroisla.settings;

import java.time.Duration;

/**
 * At most {@code count} in each fixed window of {@code window}.
 *
 * @param count at least 1
 * @param window longer than zero
 */
public record RateLimit(int count, Duration window) {
    public RateLimit {
        if (count < 1 || window.isNegative() || window.isZero()) {
            throw new IllegalArgumentException(
                    "a limit needs a count of at least 1 and a window: " + count + "/" + window);
        }
    }
}
