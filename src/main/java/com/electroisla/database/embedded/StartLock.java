package com.electroisla.database.embedded;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;

/**
 * The lock under which one thread of one process decides about the database of a home: to make, start or stop it.
 *
 * <p>Invariant: the file is open only while the JVM's own mutex for it is held, so this process never has two
 * descriptors of it. The kernel releases the lock of a process that dies; the next holder finds and repairs what that
 * process left incomplete.
 */
final class StartLock implements AutoCloseable {
    private static final Duration POLL = Duration.ofMillis(5);

    private final ReentrantLock mutex;
    private final FileChannel channel;

    private StartLock(ReentrantLock mutex, FileChannel channel) {
        this.mutex = mutex;
        this.channel = channel;
    }

    /** Waits at most {@code limit} for the lock; empty when it was not free in time. */
    static Optional<StartLock> take(Path file, Duration limit) {
        var deadline = Deadline.in(limit);
        var mutex = (ReentrantLock) JvmWide.TABLE.computeIfAbsent("start " + file, _ -> new ReentrantLock());
        if (mutex.isHeldByCurrentThread()) {
            throw new IllegalStateException("the start lock is not reentrant");
        }
        FileChannel channel = null;
        boolean locked = false;
        try {
            if (!mutex.tryLock(limit.toNanos(), TimeUnit.NANOSECONDS)) {
                return Optional.empty();
            }
            channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
            while (!(locked = channel.tryLock() != null)) {
                if (deadline.passed()) {
                    return Optional.empty();
                }
                Deadline.pause(POLL);
            }
            return Optional.of(new StartLock(mutex, channel));
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new EmbeddedPostgresException("Se interrumpió la espera por la base de datos incluida.", interrupted);
        } catch (IOException failure) {
            throw new EmbeddedPostgresException("No se puede usar " + file + ": " + failure.getMessage(), failure);
        } finally {
            if (!locked) {
                release(mutex, channel);
            }
        }
    }

    @Override
    public void close() {
        release(mutex, channel);
    }

    private static void release(ReentrantLock mutex, @org.jspecify.annotations.Nullable FileChannel channel) {
        if (!mutex.isHeldByCurrentThread()) {
            return;
        }
        try {
            if (channel != null) {
                channel.close();
            }
        } catch (IOException failure) {
            throw new EmbeddedPostgresException("No se puede soltar arranque.lock: " + failure.getMessage(), failure);
        } finally {
            mutex.unlock();
        }
    }
}
