package com.electroisla.database.embedded;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Counts the users of the database: every process that uses it holds a shared lock on one file, and a process that can
 * get the exclusive lock is alone.
 *
 * <p>Invariant: a JVM has one descriptor and one lock for a file, with a count of its attachments. Every method is
 * called under the {@link StartLock}, so releasing the shared lock and trying for the exclusive one is a single step.
 * The kernel releases the lock of a process that dies.
 */
final class UsageLock {
    private final Path file;
    private final String key;

    UsageLock(Path file) {
        this.file = file;
        this.key = "usage " + file;
    }

    /** Adds one user. */
    void join() throws IOException {
        var held = held();
        if (held != null) {
            held.getValue().incrementAndGet();
            return;
        }
        var channel =
                FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
        FileLock lock = channel.tryLock(0, Long.MAX_VALUE, true);
        if (lock == null) {
            channel.close();
            throw new EmbeddedPostgresException(
                    "Otro programa ajeno a la tienda tiene bloqueado " + file + "; ciérrelo y vuelva a intentarlo.");
        }
        JvmWide.TABLE.put(key, Map.entry(lock, new AtomicInteger(1)));
    }

    /**
     * Removes one user; runs {@code whenAlone} if no user is left in any process, while it keeps newcomers' locks out.
     */
    void leave(Runnable whenAlone) throws IOException {
        var held = held();
        if (held == null || held.getValue().decrementAndGet() > 0) {
            return;
        }
        JvmWide.TABLE.remove(key);
        FileLock shared = held.getKey();
        try (var channel = shared.acquiredBy()) {
            shared.release();
            if (((FileChannel) channel).tryLock() != null) {
                whenAlone.run();
            }
        }
    }

    @SuppressWarnings("unchecked")
    private Map.@org.jspecify.annotations.Nullable Entry<FileLock, AtomicInteger> held() {
        return (Map.Entry<FileLock, AtomicInteger>) JvmWide.TABLE.get(key);
    }
}
