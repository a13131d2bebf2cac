package com.electroisla.groupcommit;

import java.time.Duration;

/** Is told how a group commit is doing. Called by the committer, so it must be quick. */
public interface GroupCommitListener {
    /** For who does not want to know. */
    GroupCommitListener NONE = new GroupCommitListener() {};

    /**
     * A batch was committed.
     *
     * @param requests how many were decided in it
     * @param longestWait how long the first of them had waited for its turn
     * @param committing how long the transaction took, its commit included
     */
    default void committed(int requests, Duration longestWait, Duration committing) {}

    /** A request was sent away: the queue was full or the wait too long. */
    default void refused() {}

    /** A transaction ran again: after a deadlock, or because one request of its batch failed. */
    default void retried() {}
}
