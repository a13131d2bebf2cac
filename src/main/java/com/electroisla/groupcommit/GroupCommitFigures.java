package com.electroisla.groupcommit;

import java.time.Duration;
import java.util.concurrent.atomic.LongAdder;

/** How a group commit has done since it began; every figure only grows. */
public final class GroupCommitFigures {
    private final LongAdder batches = new LongAdder();
    private final LongAdder requests = new LongAdder();
    private final LongAdder waitingNanos = new LongAdder();
    private final LongAdder committingNanos = new LongAdder();
    private final LongAdder refused = new LongAdder();
    private final LongAdder retries = new LongAdder();

    GroupCommitFigures() {}

    /** Batches that were decided, those that changed nothing among them. */
    public long batches() {
        return batches.sum();
    }

    /** Requests that were decided in them. */
    public long requests() {
        return requests.sum();
    }

    /** How long those requests waited for their turn, added up. */
    public Duration waiting() {
        return Duration.ofNanos(waitingNanos.sum());
    }

    /** How long the transactions of the batches took, their commits included, added up. */
    public Duration committing() {
        return Duration.ofNanos(committingNanos.sum());
    }

    /** Requests that were sent away, because the queue was full or the wait too long. */
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
