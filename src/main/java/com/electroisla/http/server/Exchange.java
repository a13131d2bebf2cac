package com.electroisla.http.server;

import com.electroisla.http.Problem;
import io.netty.handler.codec.http.HttpRequest;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * One request on its connection, from its head until it has ended and is answered. Used by the connection's thread.
 */
final class Exchange {
    /** A body is in memory as it came, as an array, and as the values read from it. */
    private static final int USUAL_WEIGHT = 3;
    /** Bytes that every request may use without a claim: the number of connections bounds them. */
    private static final int FREE_BYTES = 4 * 1024;

    private static final int PATIENCE = 30 / Doorman.TICK_SECONDS;
    private static final int PATIENCE_WITH_FORMS = 120 / Doorman.TICK_SECONDS;

    final HttpRequest head;
    private long headClaim;
    private long bytes;
    private long claimed;
    private @Nullable AddressBlock owner;
    private boolean largeForm;
    private int weight = USUAL_WEIGHT;
    private int ticks;
    private long dropped;
    /** No more of the body is taken: the limit of memory or time is reached. */
    boolean refused;

    boolean answered;
    boolean ended;
    /** Answers with a refusal; null while the request has no handler. */
    @Nullable
    Consumer<Problem> onRefusal;

    Exchange(HttpRequest head, long headClaim) {
        this.head = head;
        this.headClaim = headClaim;
    }

    /**
     * Allows a large form by a known user: more than one address's share, and more time.
     *
     * @param formWeight how many times its bytes are in memory
     */
    void takesLargeForm(Budget bodies, int formWeight) {
        long before = claimed;
        giveBackBody(bodies);
        largeForm = true;
        weight = formWeight;
        owner = null;
        if (before > 0 && bodies.take(null, before)) {
            claimed = before;
        }
    }

    /** Whether there is memory for so many bytes more. */
    boolean claim(Budget bodies, int more, Supplier<AddressBlock> sender) {
        bytes += more;
        long due = (bytes - FREE_BYTES) * weight - claimed;
        if (due <= 0) {
            return true;
        }
        if (owner == null && !largeForm) {
            owner = sender.get();
        }
        if (bodies.take(owner, due)) {
            claimed += due;
            return true;
        }
        return false;
    }

    void giveBack(Budget bodies, Budget heads) {
        giveBackBody(bodies);
        heads.give(null, headClaim);
        headClaim = 0;
    }

    private void giveBackBody(Budget bodies) {
        bodies.give(owner, claimed);
        claimed = 0;
    }

    /** Counts bytes that are dropped after the answer. */
    long drop(int more) {
        dropped += more;
        return dropped;
    }

    /** Counts a tick while the body arrives; returns whether its time is over. */
    boolean isLate() {
        ticks++;
        return ticks >= (largeForm ? PATIENCE_WITH_FORMS : PATIENCE);
    }

    int ticks() {
        return ticks;
    }
}
