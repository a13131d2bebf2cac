package com.electroisla.groupcommit;

import java.time.Duration;
import java.util.concurrent.atomic.LongAdder;

/** The figures of a group commit since it began; every figure only grows. */
public final class GroupCommitFigures {
    private final LongAdder batches = new LongAdder();
    private final LongAdder requests = new LongAdder();
    private final LongAdder waitingNanos = new LongAdder();
    private final LongAdder committingNanos = new LongAdder();
    private final LongAdder refused = new LongAdder();
    private final LongAdder retries = new LongAdder();

    GroupCommitFigures() {}

    /** Decided batches, including those that changed nothing. */
    public long batches() {
        return batches.sum();
    }

    /** Requests decided in these batches. */
    public long requests() {
        return requests.sum();
    }

    /** The sum of these requests' waits for their turn. */
    public Duration waiting() {
        return Duration.ofNanos(waitingNanos.sum());
    }

    /** The sum of the batches' transaction times, commits included. */
    public Duration committing() {
        return Duration.ofNanos(committingNanos.sum());
    }

    /** Requests that were refused, because the queue was full or the wait too long. */
    public long refused() {
        return refused.sum();
    }

    /** Transactions that ran again: after a deadlock, or because one request of a batch failed. */
    public long retries() {
        return retries.sum();
    }

    void committed(int decided, long waitedNanos, long tookNanos) {
        batches.increment();
        requests.add(decided);
        waitingNanos.add(waitedNanos);
        committingNanos.add(tookNanos);
    }

    void oneRefused() {
        refused.increment();
    }

    void ranAgain(int times) {
        retries.add(times);
    }
}
