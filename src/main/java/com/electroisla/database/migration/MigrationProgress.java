package com.electroisla.database.migration;

import com.electroisla.database.Database;
import com.google.errorprone.annotations.concurrent.GuardedBy;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jdbi.v3.core.Handle;

/**
 * Reports every few seconds on a long migration, from a thread and a connection of its own: a step is one statement,
 * and an operator who sees no line for a minute would end it. A failed look costs only its detail. After closing there
 * are no more reports, so that none follows the result.
 */
final class MigrationProgress implements AutoCloseable {
    private static final int SECONDS = 5;

    private final ScheduledExecutorService teller = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().name("migration-progress").daemon().factory());
    private final Database database;
    private final Consumer<String> out;
    private final int session;
    private volatile Stage stage = Stage.of("mirando la base");

    @GuardedBy("this")
    private boolean closed;

    private record Stage(String name, long began) {
        static Stage of(String name) {
            return new Stage(name, System.nanoTime());
        }
    }

    /** @param handle the session that migrates */
    MigrationProgress(Database database, Handle handle, Consumer<String> out) {
        this.database = database;
        this.out = out;
        this.session = ProgressSql.session(handle);
        teller.scheduleAtFixedRate(this::tell, SECONDS, SECONDS, TimeUnit.SECONDS);
    }

    /** Sets the name of the step that runs from here on. */
    void at(String name) {
        stage = Stage.of(name);
    }

    private void tell() {
        Stage now = stage;
        long seconds = TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - now.began());
        if (seconds >= SECONDS - 1) {
            say("... %s: %d s%s".formatted(now.name(), seconds, detail()));
        }
    }

    private synchronized void say(String line) {
        if (!closed) {
            out.accept(line);
        }
    }

    private String detail() {
        try {
            return database.read(handle -> ProgressSql.detail(handle, session));
        } catch (RuntimeException busy) {
            return "";
        }
    }

    @Override
    public void close() {
        teller.shutdownNow();
        synchronized (this) {
            closed = true;
        }
    }
}
