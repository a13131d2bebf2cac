package com.electroisla.http.server;

import com.electroisla.http.Problem;
import io.netty.handler.codec.http.HttpRequest;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** One request on its connection, from its head until it is answered and has ended. Used by the connection's thread. */
final class Exchange {
    /** A body is held as it came, as an array, and as the values read from it. */
    private static final int USUAL_WEIGHT = 3;
    /** A form is held as bytes, as text, and in the page that shows it again. */
    private static final int FORM_WEIGHT = 4;
    /** So much every request may bring: the number of connections bounds it. */
    private static final int FREE_BYTES = 4 * 1024;
    private static final int PATIENCE = 30 / Doorman.TICK_SECONDS;
    private static final int PATIENCE_WITH_FORMS = 120 / Doorman.TICK_SECONDS;

    final HttpRequest head;
    private long headClaim;
    private long bytes;
    private long claimed;
    private @Nullable AddressBlock owner;
    private boolean largeForm;
    private int ticks;
    private long dropped;
    /** Nothing more of the body is wanted: memory or patience is at its end. */
    boolean refused;
    boolean answered;
    boolean ended;
    /** Answers with a refusal; null while nobody handles the request. */
    @Nullable Consumer<Problem> onRefusal;

    Exchange(HttpRequest head, long headClaim) {
        this.head = head;
        this.headClaim = headClaim;
    }

    /** From now on it is a form that somebody known may send: more than one address' share, and for longer. */
    void takesLargeForm(Budget bodies) {
        long before = claimed;
        giveBackBody(bodies);
        largeForm = true;
        owner = null;
        if (before > 0 && bodies.take(null, before)) {
            claimed = before;
        }
    }

    /** Whether there is memory for so many bytes more. */
    boolean claim(Budget bodies, int more, Supplier<AddressBlock> sender) {
        bytes += more;
        long due = (bytes - FREE_BYTES) * (largeForm ? FORM_WEIGHT : USUAL_WEIGHT) - claimed;
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

    /** Counts what is thrown away after the answer. */
    long drop(int more) {
        dropped += more;
        return dropped;
    }

    /** Counts a tick while its body arrives; whether that has had all its time. */
    boolean isLate() {
        ticks++;
        return ticks >= (largeForm ? PATIENCE_WITH_FORMS : PATIENCE);
    }

    int ticks() {
        return ticks;
    }
}
