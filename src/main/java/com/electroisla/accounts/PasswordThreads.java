package com.electroisla.accounts;

import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * A few platform threads for password computations.
 *
 * <p>A computation takes tenths of a second of pure CPU. On virtual threads a handful of logins would hold every carrier
 * and nobody could check out meanwhile; here they leave one core free. What waits is bounded: beyond it a login is
 * refused with {@link PasswordsBusy}. Idle threads go away, so a command ends by itself.
 */
final class PasswordThreads implements AutoCloseable {
    private static final int MOST_WAITING = 64;

    private final ThreadPoolExecutor executor;

    PasswordThreads() {
        this(Math.max(1, Runtime.getRuntime().availableProcessors() - 1), MOST_WAITING);
    }

    PasswordThreads(int threads, int mostWaiting) {
        executor = new ThreadPoolExecutor(threads, threads, 10, TimeUnit.SECONDS, new ArrayBlockingQueue<>(mostWaiting),
                Thread.ofPlatform().daemon().name("passwords-", 0).factory());
        executor.allowCoreThreadTimeOut(true);
    }

    /** Runs the work on one of the threads and waits for it. */
    <T> T run(Callable<T> work) throws PasswordsBusy {
        Future<T> running;
        try {
            running = executor.submit(work);
        } catch (RejectedExecutionException full) {
            throw new PasswordsBusy();
        }
        try {
            return running.get();
        } catch (InterruptedException interrupted) {
            running.cancel(true);
            Thread.currentThread().interrupt();
            throw new PasswordsBusy();
        } catch (CancellationException closing) {
            throw new PasswordsBusy();
        } catch (ExecutionException failed) {
            throw new IllegalStateException("a password could not be computed", failed.getCause());
        }
    }

    @Override
    public void close() {
        // cancelled, not just dropped: whoever waits for one of them is answered
        for (Runnable waiting : executor.shutdownNow()) {
            ((Future<?>) waiting).cancel(true);
        }
    }
}
