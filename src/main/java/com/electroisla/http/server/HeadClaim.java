package com.electroisla.http.server;

import io.netty.buffer.ByteBuf;
import java.util.function.LongSupplier;

/**
 * What the head of a request holds while it arrives. A header of two letters costs as much as one of a hundred, so lines weigh as
 * well as bytes. Used by the connection's thread.
 */
final class HeadClaim {
    /** What the codec holds for each header besides its text. */
    static final int LINE_BYTES = 160;
    /** What an ordinary browser with its cookies sends; the number of connections bounds it. */
    private static final long FREE_BYTES = 8 * 1024;
    /** The codec cuts a head off here (application.properties), so that much and no more can be left of a body's last bytes. */
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
        for (int at = bytes.indexOf(bytes.readerIndex(), end, (byte) '\n'); at >= 0; at = bytes.indexOf(at + 1, end, (byte) '\n')) {
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

    /** So many of the bytes that came were a body's: they are no part of a head, neither of this one nor of the next. */
    void wereBody(int bytes) {
        arrivingBytes = Math.max(0, arrivingBytes - bytes);
        // A line of a head has four bytes at least.
        arrivingLines = Math.min(arrivingLines, arrivingBytes / 4);
    }

    private long arriving() {
        return arrivingBytes + arrivingLines * LINE_BYTES;
    }

    /** Whether there is memory for it. */
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

    /** The head is whole and weighs this, which is asked only when it matters; what it has claimed is the request's from now on. */
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

    /** After the codec took the bytes: what follows the end of a request may be the beginning of the next. False when there is no room. */
    boolean settle(boolean inHead) {
        if (inHead && (completed || !wasHead)) {
            weight = arriving();
            return claim();
        }
        began = inHead && wasHead;
        return true;
    }

    /** Whether a head that began has had all its ticks. */
    boolean isLate(int ticks) {
        late = began ? late + 1 : 0;
        return late >= ticks;
    }

    void giveBack() {
        heads.give(null, claimed);
        claimed = 0;
    }
}
