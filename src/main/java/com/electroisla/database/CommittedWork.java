package com.electroisla.database;

/**
 * Whether this thread's request has committed anything: a failure that strikes afterwards, while the answer is built,
 * must not ask for another try as if nothing had happened. The edge says where a request begins; every request has a
 * thread.
 */
public final class CommittedWork {
    private static final ThreadLocal<boolean[]> DONE = ThreadLocal.withInitial(() -> new boolean[1]);

    private CommittedWork() {}

    /** Forgets earlier commits of this thread. */
    public static void begin() {
        DONE.get()[0] = false;
    }

    /** Notes a commit for this thread's request, also one that another thread did for it. */
    public static void done() {
        DONE.get()[0] = true;
    }

    public static boolean isDone() {
        return DONE.get()[0];
    }
}
