package com.electroisla.groupcommit;

import java.time.Duration;

/**
 * The limits of a group commit.
 *
 * @param largestBatch how many requests one transaction decides; a batch holds its locks this long
 * @param queueCapacity how many requests wait at most; beyond it a caller is told to come back in a second
 * @param longestWait how long a request waits for its turn before it is given up
 * @param longestCommit how long the answer of a request that is being committed is waited for
 */
public record GroupCommitSettings(int largestBatch, int queueCapacity, Duration longestWait, Duration longestCommit) {}
