package com.electroisla.logs;

import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.Set;
import java.util.logging.Formatter;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.stream.Collectors;
import org.jboss.logmanager.ExtHandler;
import org.jboss.logmanager.ExtLogRecord;
import org.jspecify.annotations.Nullable;

/**
 * Formats the lines of the console as safely for the operator's terminal as the log files: a message is one line, and
 * control characters in it have no effect. Only a stack trace has more lines, none of which comes from a caller.
 */
public final class HarmlessConsole extends Formatter {
    private final Formatter lines;

    private HarmlessConsole(Formatter lines) {
        this.lines = lines;
    }

    /**
     * Sets this formatter for every handler of the process's logs. Call it once the handlers are there; a second call
     * does nothing.
     */
    public static void guard() {
        for (Handler each : Logger.getLogger("").getHandlers()) {
            guard(each);
        }
    }

    private static void guard(Handler handler) {
        if (handler instanceof ExtHandler several) {
            for (Handler each : several.getHandlers()) {
                guard(each);
            }
        }
        Formatter before = handler.getFormatter();
        if (before != null && !(before instanceof HarmlessConsole)) {
            handler.setFormatter(new HarmlessConsole(before));
        }
    }

    @Override
    public String format(LogRecord record) {
        ExtLogRecord harmless = new ExtLogRecord(ExtLogRecord.wrap(record));
        harmless.setMessage(
                HarmlessText.of(String.valueOf(lines.formatMessage(record))), ExtLogRecord.FormatStyle.NO_FORMAT);
        if (record.getThrown() != null) {
            harmless.setThrown(Shown.of(record.getThrown(), Collections.newSetFromMap(new IdentityHashMap<>())));
        }
        return lines.format(harmless).lines().map(HarmlessText::of).collect(Collectors.joining("\n", "", "\n"));
    }

    /** A failure as it is printed: each message in one line, with all causes. */
    private static final class Shown extends Throwable {
        private static final long serialVersionUID = 1L;
        private final String text;

        private Shown(Throwable original, @Nullable Throwable cause) {
            super(null, cause);
            this.text = HarmlessText.of(String.valueOf(original));
            setStackTrace(original.getStackTrace());
        }

        static Throwable of(Throwable original, Set<Throwable> seen) {
            if (!seen.add(original)) {
                return new Shown(original, null);
            }
            Throwable cause = original.getCause();
            Shown shown = new Shown(original, cause == null ? null : of(cause, seen));
            for (Throwable each : original.getSuppressed()) {
                shown.addSuppressed(of(each, seen));
            }
            return shown;
        }

        @Override
        public String toString() {
            return text;
        }
    }
}
