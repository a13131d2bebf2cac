package com.electroisla.accounts;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/**
 * Logins of one user, and logins from one address, take turns on an instance.
 *
 * <p>The limit counts an attempt as a failure before the password is known and takes it back afterwards. Without
 * turns, six people behind one address who log in at the same moment with the right passwords would be counted as six
 * failures for that moment. With them, at most one attempt of a subject is in doubt here, so only real failures add
 * up. Turns are first come, first served; an attempt that waits too long, or behind too many, is answered "try again".
 *
 * <p>A user who signed in lately from the same address does not wait behind strangers who try the same name.
 *
 * <p>Order: the address's turn, then the user's. A holder of a user's turn waits for nobody, so there is no deadlock.
 */
final class LoginTurns {
    private static final int MOST_WAITING = 100;

    private final Duration longestWait;

    @GuardedBy("itself")
    private final Map<String, Turn> turns = new HashMap<>();

    LoginTurns(Duration longestWait) {
        this.longestWait = longestWait;
    }

    /** One subject's turn, and how many attempts hold it or wait for it. */
    private static final class Turn {
        final Semaphore semaphore = new Semaphore(1, true);
        int users; // guarded by turns
    }

    /** Holds a turn until it is closed. */
    interface Held extends AutoCloseable {
        @Override
        void close();
    }

    /**
     * Waits for both turns; empty when that takes too long.
     *
     * @param atHome whether this user signed in lately from this address
     */
    Optional<Held> take(String address, String username, boolean atHome) {
        Optional<Held> first = take("a:" + address);
        if (first.isEmpty()) {
            return Optional.empty();
        }
        Optional<Held> second = take(atHome ? "c:" + address + ' ' + username : "u:" + username);
        if (second.isEmpty()) {
            first.get().close();
            return Optional.empty();
        }
        return Optional.of(() -> {
            second.get().close();
            first.get().close();
        });
    }

    private Optional<Held> take(String subject) {
        Turn turn;
        synchronized (turns) {
            turn = turns.computeIfAbsent(subject, key -> new Turn());
            if (turn.users > MOST_WAITING) {
                return Optional.empty();
            }
            turn.users++;
        }
        boolean taken = false;
        try {
            taken = turn.semaphore.tryAcquire(longestWait.toNanos(), TimeUnit.NANOSECONDS);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        } finally {
            if (!taken) {
                leave(subject, turn);
            }
        }
        return taken
                ? Optional.of(() -> {
                    turn.semaphore.release();
                    leave(subject, turn);
                })
                : Optional.empty();
    }

    private void leave(String subject, Turn turn) {
        synchronized (turns) {
            if (--turn.users == 0) {
                turns.remove(subject);
            }
        }
    }

    /** How many subjects have a turn that is held or waited for. */
    int subjects() {
        synchronized (turns) {
            return turns.size();
        }
    }
}
