package com.electroisla.bench.shop;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A closed loop of buyers at a number of doors: at each door the next buyer starts when the one before has an answer.
 * The measured time ends with the last answer, so no purchase that was begun is left out of it.
 */
public final class Load {
    /** Serves one buyer; returns once the purchase is durable, throws when there was none. */
    public interface Purchase {
        void serve(int door, int buyer) throws Exception;
    }

    private Load() {}

    /**
     * @param doors how many buyers are served at the same time
     * @param buyers how many there are; each is served once at most, and the round ends early when all have been
     */
    public static Measured run(int doors, int buyers, Duration time, Purchase purchase) throws Exception {
        AtomicInteger next = new AtomicInteger();
        CountDownLatch start = new CountDownLatch(1);
        try (ExecutorService pool = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<long[]>> waits = new ArrayList<>();
            long[] deadline = new long[1];
            for (int door = 0; door < doors; door++) {
                int own = door;
                waits.add(pool.submit(() -> {
                    start.await();
                    return serveUntil(deadline[0], own, next, buyers, purchase);
                }));
            }
            long begin = System.nanoTime();
            deadline[0] = begin + time.toNanos();
            start.countDown();
            List<long[]> parts = new ArrayList<>();
            for (Future<long[]> each : waits) {
                parts.add(result(each));
            }
            return Measured.of(System.nanoTime() - begin, Measured.sorted(parts));
        }
    }

    private static long[] serveUntil(long deadline, int door, AtomicInteger next, int buyers, Purchase purchase)
            throws Exception {
        long[] waits = new long[1024];
        int served = 0;
        for (long begin = System.nanoTime(); begin - deadline < 0; ) {
            int buyer = next.incrementAndGet();
            if (buyer > buyers) {
                break;
            }
            purchase.serve(door, buyer);
            long end = System.nanoTime();
            if (served == waits.length) {
                waits = Arrays.copyOf(waits, 2 * served);
            }
            waits[served++] = end - begin;
            begin = end;
        }
        return Arrays.copyOf(waits, served);
    }

    private static long[] result(Future<long[]> each) throws Exception {
        try {
            return each.get();
        } catch (ExecutionException failure) {
            throw new IllegalStateException("a buyer was not served: " + failure.getCause(), failure.getCause());
        }
    }
}
