package com.electroisla;

import java.time.Duration;
import java.util.concurrent.Callable;
import org.awaitility.Awaitility;

/**
 * Lets a test wait for another thread, another process or the database: until a condition holds, in small steps, up to
 * a limit.
 */
public final class Eventually {
    private static final Duration LONGEST = Duration.ofSeconds(30);
    private static final Duration STEP = Duration.ofMillis(2);

    private Eventually() {}

    public static void until(Callable<Boolean> condition) {
        Awaitility.await()
                .atMost(LONGEST)
                .pollDelay(Duration.ZERO)
                .pollInterval(STEP)
                .pollInSameThread()
                .until(condition);
    }
}
