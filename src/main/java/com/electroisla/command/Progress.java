package com.electroisla.command;

import java.io.PrintStream;
import java.util.Locale;
import java.util.concurrent.TimeUnit;

/**
 * Shows on stderr how far a long command is: a bar in one line at a terminal, otherwise a line now and then. A command
 * that ends within the first second shows none.
 */
public final class Progress implements AutoCloseable {
    private static final long FIRST = TimeUnit.SECONDS.toNanos(1);
    private static final long BETWEEN_BARS = TimeUnit.MILLISECONDS.toNanos(200);
    private static final long BETWEEN_LINES = TimeUnit.SECONDS.toNanos(5);
    private static final int BAR_WIDTH = 30;
    private static final int WHOLE = 1_000;

    private final PrintStream err;
    private final PrintStream cursor;
    private final boolean terminal;
    private final String what;
    private final long started = System.nanoTime();
    private long next = started + FIRST;
    private boolean barShown;

    /** @param what the noun for the counted things, in the plural: {@code productos} */
    public Progress(Context context, String what) {
        this.err = context.err();
        this.cursor = context.rawErr();
        this.terminal = context.isTerminal();
        this.what = what;
    }

    /**
     * Shows the progress, at most once in a while.
     *
     * @param thousandths of the whole; -1 when that is not known
     */
    public void at(long count, int thousandths) {
        long now = System.nanoTime();
        if (now - next < 0) {
            return;
        }
        next = now + (terminal ? BETWEEN_BARS : BETWEEN_LINES);
        long perSecond = count * TimeUnit.SECONDS.toNanos(1) / Math.max(1, now - started);
        String part = thousandths < 0 ? "" : " (%d %%)".formatted(thousandths * 100 / WHOLE);
        String words = String.format(Locale.ROOT, "%d %s%s, %d por segundo", count, what, part, perSecond);
        if (terminal) {
            cursor.print("\r" + bar(thousandths) + words + "\u001b[K");
            cursor.flush();
            barShown = true;
        } else {
            err.println("… " + words);
        }
    }

    private static String bar(int thousandths) {
        if (thousandths < 0) {
            return "";
        }
        int full = thousandths * BAR_WIDTH / WHOLE;
        return "[" + "█".repeat(full) + "░".repeat(BAR_WIDTH - full) + "] ";
    }

    /** Removes the bar. */
    @Override
    public void close() {
        if (barShown) {
            cursor.print("\r\u001b[K");
            cursor.flush();
        }
    }
}
