package com.electroisla.logs;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.temporal.ChronoUnit;
import java.util.logging.ErrorManager;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.SimpleFormatter;
import org.jspecify.annotations.Nullable;

/**
 * Writes each record as one line: {@code 2026-01-31T10:15:30.123Z INFO [request] [user] message}. Control characters
 * in texts from callers become {@code \}{@code uXXXX}, so that nobody can forge a line of the log.
 */
final class LogFileHandler extends Handler {
    private static final int LONGEST_LINE = 8_192;

    private final SharedLogFile file;
    private final SimpleFormatter messages = new SimpleFormatter();

    LogFileHandler(SharedLogFile file) {
        this.file = file;
    }

    @Override
    public void publish(@Nullable LogRecord record) {
        if (record == null || !isLoggable(record)) {
            return;
        }
        try {
            file.append(line(record).getBytes(StandardCharsets.UTF_8));
        } catch (IOException failure) {
            reportError(null, failure, ErrorManager.WRITE_FAILURE);
        }
    }

    private String line(LogRecord record) {
        StringBuilder line = new StringBuilder(160);
        line.append(record.getInstant().truncatedTo(ChronoUnit.MILLIS))
                .append(' ')
                .append(record.getLevel().getName());
        appendBracketed(line, LogContext.requestId());
        appendBracketed(line, LogContext.userId());
        line.append(' ');
        appendSafely(line, messages.formatMessage(record));
        if (record.getThrown() != null) {
            appendSafely(line, " (" + record.getThrown() + ")");
        }
        return line.append('\n').toString();
    }

    private static void appendBracketed(StringBuilder line, @Nullable Object value) {
        line.append(" [");
        appendSafely(line, value == null ? "-" : value.toString());
        line.append(']');
    }

    private static void appendSafely(StringBuilder line, String text) {
        for (int i = 0; i < text.length(); i++) {
            if (line.length() >= LONGEST_LINE) {
                line.append('…');
                return;
            }
            HarmlessText.append(line, text.charAt(i));
        }
    }

    @Override
    public void flush() {
        // Every line is written at once.
    }

    @Override
    public void close() {
        try {
            file.close();
        } catch (IOException failure) {
            reportError(null, failure, ErrorManager.CLOSE_FAILURE);
        }
    }
}
