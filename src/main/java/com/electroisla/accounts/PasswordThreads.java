package com.electroisla.accounts;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * A few platform threads for password computations, with three queues ("lanes").
 *
 * <p>A computation takes tenths of a second of pure CPU. On virtual threads a handful of logins would hold every
 * carrier and block all checkouts; these threads leave one core free. Idle threads end, so a command ends by itself.
 *
 * <p>An attacker who guesses passwords from a hundred addresses fills one lane and not the shop: each lane has its own
 * bounded length, beyond which it refuses with {@link PasswordsBusy}, and users who succeeded lately
 * ({@link LatelySucceeded}) are served first. Every {@value #OTHERS_TURN}th computation is taken from the last lane
 * that is not empty, so that no lane starves.
 */
final class PasswordThreads implements AutoCloseable {
    private static final int MOST_WAITING = 64;
    private static final int OTHERS_TURN = 4;

    /** The waiting attempts by how well they are known, the best known first. */
    enum Lane {
        /** This user succeeded lately, from this address. */
        AT_HOME,
        /** The user succeeded lately, or another user did from this address. */
        KNOWN,
        STRANGER
    }

    private final ThreadPoolExecutor executor;
    private final int mostWaiting;

    @GuardedBy("itself")
    private final Map<Lane, Deque<FutureTask<?>>> lanes = new EnumMap<>(Lane.class);

    @GuardedBy("lanes")
    private int served;

    PasswordThreads() {
        this(Math.max(1, Runtime.getRuntime().availableProcessors() - 1), MOST_WAITING);
    }

    /** @param mostWaiting the length of each lane */
    PasswordThreads(int threads, int mostWaiting) {
        this.mostWaiting = mostWaiting;
        for (Lane lane : Lane.values()) {
            lanes.put(lane, new ArrayDeque<>());
        }
        executor = new ThreadPoolExecutor(
                threads,
                threads,
                10,
                TimeUnit.SECONDS,
                new LinkedBlockingQueue<>(),
                Thread.ofPlatform().daemon().name("passwords-", 0).factory());
        executor.allowCoreThreadTimeOut(true);
    }

    /** Runs the work on one of the threads and waits for it. */
    <T> T run(Lane lane, Callable<T> work) throws PasswordsBusy {
        var task = new FutureTask<>(work);
        synchronized (lanes) {
            Deque<FutureTask<?>> waiting = waiting(lane);
            if (executor.isShutdown() || waiting.size() >= mostWaiting) {
                throw new PasswordsBusy();
            }
            waiting.add(task);
            executor.execute(this::serveNext);
        }
        try {
            return task.get();
        } catch (InterruptedException interrupted) {
            task.cancel(true);
            Thread.currentThread().interrupt();
            throw new PasswordsBusy();
        } catch (CancellationException closing) {
            throw new PasswordsBusy();
        } catch (ExecutionException failed) {
            throw new IllegalStateException("a password could not be computed", failed.getCause());
        }
    }

    /**
     * Runs the next computation. This is called once for each task put into a lane, so there is one, unless closing
     * emptied the lanes.
     */
    private void serveNext() {
        FutureTask<?> next;
        synchronized (lanes) {
            next = next();
        }
        if (next != null) {
            next.run();
        }
    }

    @GuardedBy("lanes")
    private @Nullable FutureTask<?> next() {
        served++;
        Lane chosen = Lane.STRANGER;
        for (Lane lane : Lane.values()) {
            if (!waiting(lane).isEmpty()) {
                chosen = lane;
                if (served % OTHERS_TURN != 0) {
                    break;
                }
            }
        }
        return waiting(chosen).poll();
    }

    @GuardedBy("lanes")
    private Deque<FutureTask<?>> waiting(Lane lane) {
        return Objects.requireNonNull(lanes.get(lane));
    }

    /** How many computations wait. */
    int waiting() {
        synchronized (lanes) {
            return lanes.values().stream().mapToInt(Deque::size).sum();
        }
    }

    @Override
    public void close() {
        synchronized (lanes) {
            executor.shutdownNow();
            // Cancelled and not just dropped, so that each waiting caller gets an answer.
            lanes.values().forEach(waiting -> waiting.forEach(task -> task.cancel(true)));
            lanes.values().forEach(Deque::clear);
        }
    }
}
