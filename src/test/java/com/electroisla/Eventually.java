package com.electroisla;

import java.time.Duration;
import java.util.concurrent.Callable;
import org.awaitility.Awaitility;
import org.awaitility.pollinterval.IterativePollInterval;

/**
 * Lets a test wait for another thread, another process or the database: until a condition holds, in small steps, up to
 * a limit. The longer it has waited the longer are the steps, since those who are waited for need the processor.
 */
public final class Eventually {
    private static final Duration LONGEST = Duration.ofSeconds(30);
    private static final Duration FIRST_STEP = Duration.ofMillis(2);
    private static final Duration LONGEST_STEP = Duration.ofMillis(25);

    private Eventually() {}

    public static void until(Callable<Boolean> condition) {
        Awaitility.await()
                .atMost(LONGEST)
                .pollDelay(Duration.ZERO)
                .pollInterval(IterativePollInterval.iterative(Eventually::longer, FIRST_STEP))
                .pollInSameThread()
                .until(condition);
    }

    private static Duration longer(Duration step) {
        Duration next = step.multipliedBy(5).dividedBy(4);
        return next.compareTo(LONGEST_STEP) < 0 ? next : LONGEST_STEP;
    }
}
