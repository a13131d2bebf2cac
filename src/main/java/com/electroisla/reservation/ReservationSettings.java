package com.electroisla.reservation;

import com.electroisla.groupcommit.GroupCommitSettings;
import java.time.Duration;

/**
 * The engine's limits.
 *
 * @param timeToLive how long a hold lasts
 * @param largestBatch how many requests one transaction decides; a batch locks its products this long
 * @param queueCapacity how many requests wait at most; beyond it a buyer is told to come back in a second
 * @param longestWait how long a request waits for its turn before it is given up
 * @param longestCommit how long the answer of a request that is being committed is waited for
 */
public record ReservationSettings(Duration timeToLive, int largestBatch, int queueCapacity, Duration longestWait, Duration longestCommit) {

    GroupCommitSettings groupCommit() {
        return new GroupCommitSettings(largestBatch, queueCapacity, longestWait, longestCommit);
    }

    /** The limits that the server runs with: half a second's work waits at most at the slowest rate measured. */
    public static ReservationSettings standard(Duration timeToLive) {
        return new ReservationSettings(timeToLive, 512, 10_000, Duration.ofSeconds(10), Duration.ofSeconds(20));
    }
}
