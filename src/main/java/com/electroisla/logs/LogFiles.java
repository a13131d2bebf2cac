package com.electroisla.logs;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.logging.Level;
import java.util.logging.Logger;

/** Connects the three loggers with their files. Their records do not appear on the console. */
public final class LogFiles implements AutoCloseable {
    /** Refusals, limits, changes of privilege. */
    public static final String SECURITY = "electroisla.security";
    /** Logins, logouts, failures. */
    public static final String AUTH = "electroisla.auth";
    /** One line for each sweep that released something, or for a command run. */
    public static final String RESERVATIONS = "electroisla.reservas";

    private static final long LARGEST_FILE_BYTES = 10L << 20;
    private static final int KEPT_FILES = 5;

    private record Connection(Logger logger, LogFileHandler handler) {}

    /** Held here because the logging framework has only weak references to loggers. */
    private final List<Connection> connections;

    private LogFiles(List<Connection> connections) {
        this.connections = connections;
    }

    /**
     * Opens {@code home/logs}; makes it if it is missing. Call it once in a process; closing removes the handlers.
     *
     * @throws UncheckedIOException when the folder cannot be made
     */
    public static LogFiles start(Path home) {
        Path folder = home.resolve("logs");
        try {
            Files.createDirectories(folder);
        } catch (IOException denied) {
            throw new UncheckedIOException(denied);
        }
        return new LogFiles(List.of(
                connect(SECURITY, folder.resolve("security.log")),
                connect(AUTH, folder.resolve("auth.log")),
                connect(RESERVATIONS, folder.resolve("reservas.log"))));
    }

    private static Connection connect(String name, Path file) {
        Logger logger = Logger.getLogger(name);
        LogFileHandler handler = new LogFileHandler(new SharedLogFile(file, LARGEST_FILE_BYTES, KEPT_FILES));
        logger.setUseParentHandlers(false);
        logger.setLevel(Level.INFO);
        logger.addHandler(handler);
        return new Connection(logger, handler);
    }

    @Override
    public void close() {
        for (Connection connection : connections) {
            connection.logger().removeHandler(connection.handler());
            connection.handler().close();
        }
    }
}
