package com.electroisla.http.server;

import io.netty.buffer.ByteBuf;
import java.util.function.LongSupplier;

/**
 * The memory of a request's head while it arrives. A header of two letters costs as much as one of a hundred, so lines
 * count as well as bytes. Used by the connection's thread.
 */
final class HeadClaim {
    /** The codec's cost of each header besides its text. */
    static final int LINE_BYTES = 160;
    /** The size of an ordinary browser's head with its cookies; the number of connections bounds it. */
    private static final long FREE_BYTES = 8 * 1024;
    /**
     * The codec ends a head at this size (application.properties), so at most this much of a body's last bytes can
     * count as a head.
     */
    private static final long LARGEST_BYTES = 36 * 1024;

    private final Budget heads;
    private long weight;
    private long claimed;
    private boolean began;
    private boolean completed;
    private boolean wasHead;
    private long arrivingBytes;
    private long arrivingLines;
    private int late;

    HeadClaim(Budget heads) {
        this.heads = heads;
    }

    void arrives(ByteBuf bytes, boolean inHead) {
        long lines = 0;
        int end = bytes.writerIndex();
        for (int at = bytes.indexOf(bytes.readerIndex(), end, (byte) '\n');
                at >= 0;
                at = bytes.indexOf(at + 1, end, (byte) '\n')) {
            lines++;
        }
        arrivingBytes = bytes.readableBytes();
        arrivingLines = lines;
        wasHead = inHead;
        completed = false;
        if (inHead) {
            weight += arriving();
        }
    }

    /** Takes a body's bytes off: they belong neither to this head nor to the next. */
    void wereBody(int bytes) {
        arrivingBytes = Math.max(0, arrivingBytes - bytes);
        // A line of a head has at least four bytes.
        arrivingLines = Math.min(arrivingLines, arrivingBytes / 4);
    }

    private long arriving() {
        return arrivingBytes + arrivingLines * LINE_BYTES;
    }

    /** Whether there is memory for the head. */
    boolean claim() {
        long due = Math.min(weight, LARGEST_BYTES * LINE_BYTES / 4) - FREE_BYTES - claimed;
        if (due > 0) {
            if (!heads.take(null, due)) {
                return false;
            }
            claimed += due;
        }
        return true;
    }

    /**
     * The head is complete and has this weight, which is computed only when it matters; its claim now belongs to the
     * request.
     */
    long complete(LongSupplier exact) {
        long kept = claimed == 0 ? 0 : Math.min(claimed, Math.max(0, exact.getAsLong() - FREE_BYTES));
        heads.give(null, claimed - kept);
        claimed = 0;
        weight = 0;
        began = false;
        late = 0;
        completed = true;
        return kept;
    }

    /**
     * Called after the codec took the bytes: bytes behind the end of a request may begin the next one. False when
     * there is no memory.
     */
    boolean settle(boolean inHead) {
        if (inHead && (completed || !wasHead)) {
            weight = arriving();
            return claim();
        }
        began = inHead && wasHead;
        return true;
    }

    /** Whether the time of an incomplete head is over. */
    boolean isLate(int ticks) {
        late = began ? late + 1 : 0;
        return late >= ticks;
    }

    void giveBack() {
        heads.give(null, claimed);
        claimed = 0;
    }
}
