package com.electroisla.database.embedded;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.regex.Pattern;

/**
 * The server's log file, readable by its owner only.
 *
 * <p>Invariant: it stays near {@value #LIMIT_BYTES} bytes. PostgreSQL appends to it and cannot limit the size of one
 * file, so users of the database check it now and then: a log that is too long is copied to {@code postgresql.log.1}
 * and emptied, which an appending writer does not notice.
 */
final class ServerLog {
    static final long LIMIT_BYTES = 8L << 20;
    private static final int TAIL_BYTES = 16 << 10;
    private static final int LAST_LINES = 4;
    /** The lines that appear at any start, good or bad. */
    private static final Pattern USUAL =
            Pattern.compile("starting PostgreSQL|listening on|pg_ctl: could not start server|Examine the log output");

    private final Path file;

    ServerLog(Path file) {
        this.file = file;
    }

    Path file() {
        return file;
    }

    void create() throws IOException {
        try {
            Files.createFile(file, HomeFolder.OWNER_ONLY_FILE);
        } catch (FileAlreadyExistsException fine) {
            return;
        }
    }

    /** The log's size; 0 when the file is gone. */
    long size() throws IOException {
        return Files.exists(file) ? Files.size(file) : 0;
    }

    /** Empties a log that has grown too long, keeping one older copy. */
    void trim() throws IOException {
        if (size() <= LIMIT_BYTES) {
            return;
        }
        Path older = file.resolveSibling(file.getFileName() + ".1");
        Path fresh = file.resolveSibling(file.getFileName() + ".1.nuevo");
        Files.copy(file, fresh, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.COPY_ATTRIBUTES);
        Files.move(fresh, older, StandardCopyOption.ATOMIC_MOVE);
        try (var channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
            channel.truncate(0);
        }
    }

    /** The text written since the file had this size; if it is long, the last part. */
    String since(long offset) {
        try (var channel = FileChannel.open(file, StandardOpenOption.READ)) {
            long from = Math.max(Math.min(offset, channel.size()), channel.size() - TAIL_BYTES);
            var bytes = ByteBuffer.allocate((int) (channel.size() - from));
            while (bytes.hasRemaining() && channel.read(bytes, from + bytes.position()) >= 0) {
                continue;
            }
            return StandardCharsets.UTF_8.decode(bytes.flip()).toString();
        } catch (IOException unreadable) {
            return "";
        }
    }

    /** The last lines since then that may help an operator, joined into one; empty if there are none. */
    String lastWordsSince(long offset) {
        List<String> lines = since(offset)
                .lines()
                .map(String::strip)
                .filter(line -> !line.isEmpty() && !USUAL.matcher(line).find())
                .toList();
        return String.join(" | ", lines.subList(Math.max(0, lines.size() - LAST_LINES), lines.size()));
    }
}
