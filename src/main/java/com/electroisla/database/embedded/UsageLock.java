package com.electroisla.database.embedded;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Who uses the database: every process that does holds a shared lock on one file, and a process that can have it
 * exclusively is alone.
 *
 * <p>Invariant: a JVM has one descriptor and one lock for a file, counted, however many attachments it has. Every method
 * is called under the {@link StartLock}; that is what makes giving up the shared lock and trying for the exclusive one
 * a single step. The kernel counts out a process that dies.
 */
final class UsageLock {
    private final Path file;
    private final String key;

    UsageLock(Path file) {
        this.file = file;
        this.key = "usage " + file;
    }

    /** Counts one more user in. */
    void join() throws IOException {
        var held = held();
        if (held != null) {
            held.getValue().incrementAndGet();
            return;
        }
        var channel = FileChannel.open(
                file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
        FileLock lock = channel.tryLock(0, Long.MAX_VALUE, true);
        if (lock == null) {
            channel.close();
            throw new EmbeddedPostgresException(
                    "Otro programa ajeno a la tienda tiene bloqueado " + file + "; ciérrelo y vuelva a intentarlo.");
        }
        JvmWide.TABLE.put(key, Map.entry(lock, new AtomicInteger(1)));
    }

    /** Counts one user out; runs {@code whenAlone} if no user is left in any process, keeping newcomers' locks out. */
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
