package com.electroisla.groupcommit;

import com.electroisla.settings.Settings;
import java.time.Duration;

/**
 * The limits of a group commit.
 *
 * @param committers how many batches run at once
 * @param largestBatch how many requests one transaction decides; a batch holds its locks this long
 * @param queueCapacity how many requests wait at most; beyond it a caller is told to come back in a second
 * @param longestWait how long a request waits for its turn before it is given up
 * @param longestCommit how long a caller waits for a request that is being committed
 */
public record GroupCommitSettings(
        int committers, int largestBatch, int queueCapacity, Duration longestWait, Duration longestCommit) {
    /** One works while the other's commit reaches the disk; a third would only make the batches smaller. */
    private static final int COMMITTERS = 2;

    private static final Duration LONGEST_COMMIT = Duration.ofSeconds(20);

    /** The operator's limits. A commit is not waited for longer than it takes to notice a dead link. */
    public static GroupCommitSettings of(Settings settings) {
        return new GroupCommitSettings(
                COMMITTERS, settings.largestBatch(), settings.longestQueue(), settings.longestWait(), LONGEST_COMMIT);
    }
}
