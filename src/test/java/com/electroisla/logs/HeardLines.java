package com.electroisla.logs;

import java.text.MessageFormat;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.stream.Stream;
import org.jboss.logmanager.ExtFormatter;
import org.jboss.logmanager.ExtLogRecord;
import org.jboss.logmanager.formatters.PatternFormatter;

/** The lines that loggers write while this is open, in their order, formatted. */
public final class HeardLines extends Handler implements AutoCloseable {
    /** JBoss' loggers also know printf formats. */
    private static final ExtFormatter PRINTF = new PatternFormatter();

    private final List<String> lines = new CopyOnWriteArrayList<>();
    private final List<String> problems = new CopyOnWriteArrayList<>();
    private final List<Logger> loggers;

    private HeardLines(List<Logger> loggers) {
        this.loggers = loggers;
        loggers.forEach(logger -> logger.addHandler(this));
    }

    public static HeardLines of(String... loggers) {
        return new HeardLines(Stream.of(loggers).map(Logger::getLogger).toList());
    }

    public List<String> lines() {
        return List.copyOf(lines);
    }

    /** The lines of level WARNING and above. */
    public List<String> problems() {
        return List.copyOf(problems);
    }

    @Override
    public void publish(LogRecord line) {
        String text = line instanceof ExtLogRecord
                ? PRINTF.formatMessage(line)
                : MessageFormat.format(line.getMessage(), line.getParameters());
        lines.add(text);
        if (line.getLevel().intValue() >= Level.WARNING.intValue()) {
            problems.add(text + (line.getThrown() == null ? "" : " " + line.getThrown()));
        }
    }

    @Override
    public void flush() {}

    @Override
    public void close() {
        loggers.forEach(logger -> logger.removeHandler(this));
    }
}
