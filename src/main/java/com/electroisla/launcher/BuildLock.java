package com.electroisla.launcher;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;

/**
 * The lock under which one process at a time writes {@code target} and {@code build}. It is the kernel's, on
 * {@code build/lock}, and ends with its process, so a stale lock cannot be. The file contains the owner's process id
 * for people.
 */
final class BuildLock implements AutoCloseable {
    private static final Duration LONGEST_WAIT = Duration.ofMinutes(30);
    private static final Duration BETWEEN_TRIES = Duration.ofMillis(200);

    private final FileChannel channel;

    private BuildLock(FileChannel channel) {
        this.channel = channel;
    }

    /** Waits for the lock, half an hour at most. */
    static BuildLock acquire(Path base, PrintStream messages) throws IOException, InterruptedException {
        return acquire(base, messages, LONGEST_WAIT);
    }

    /** @throws LauncherFailure when another process still holds it after the longest wait */
    static BuildLock acquire(Path base, PrintStream messages, Duration longestWait)
            throws IOException, InterruptedException {
        Path file = Files.createDirectories(base.resolve("build")).resolve("lock");
        FileChannel channel =
                FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
        long deadline = System.nanoTime() + longestWait.toNanos();
        for (boolean told = false; channel.tryLock() == null; told = true) {
            if (System.nanoTime() - deadline > 0) {
                String owner = Files.readString(file);
                channel.close();
                throw new LauncherFailure(
                        "Otra construcción (proceso " + owner + ") no termina; inténtalo cuando acabe.");
            }
            if (!told) {
                messages.println(
                        "Otra construcción está en marcha (proceso " + Files.readString(file) + "); esperando...");
            }
            Thread.sleep(BETWEEN_TRIES);
        }
        channel.truncate(0);
        channel.write(
                ByteBuffer.wrap(Long.toString(ProcessHandle.current().pid()).getBytes(StandardCharsets.US_ASCII)));
        return new BuildLock(channel);
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
