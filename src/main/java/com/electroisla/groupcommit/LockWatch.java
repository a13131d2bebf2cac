package com.electroisla.groupcommit;

import com.electroisla.database.Database;
import com.electroisla.database.SqlStates;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.locks.LockSupport;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * Watches the locked rows that requests wait aside for, and calls those that may try again.
 *
 * <p>Invariant: the watch waits for one row at a time and holds no other lock meanwhile, so requests aside block
 * nobody. It releases each lock at once: the batch takes its locks itself, in their order. A row that is never free
 * blocks no other: first all are tried without waiting (SKIP LOCKED), and then the watch queues for one after another,
 * for a moment each; a product in constant demand by other instances is never found free, but its turn in the queue
 * comes.
 */
final class LockWatch<Q extends UserRequest, R> {
    private static final Logger LOG = Logger.getLogger(LockWatch.class.getName());
    private static final Duration LONGEST_TURN = Duration.ofMillis(50);
    private static final Duration PAUSE = Duration.ofMillis(20);

    private final Database database;
    private final Decider<Q, R> decider;
    private final WaitingRoom<Q, R> room;
    private long lastAwaited = Long.MIN_VALUE;

    LockWatch(Database database, Decider<Q, R> decider, WaitingRoom<Q, R> room) {
        this.database = database;
        this.decider = decider;
        this.room = room;
    }

    /** Checks the rows once, if a request waits aside; otherwise waits for one. */
    void look(Duration patience) throws InterruptedException {
        if (!room.awaitSomebodyAside(patience)) {
            return;
        }
        room.sendAwayOverdue();
        try {
            lookAtRows();
        } catch (RuntimeException away) {
            // Requests aside have a deadline, and the batches report the failure of the database.
            LOG.log(Level.FINE, "what is locked could not be asked", away);
            LockSupport.parkNanos(PAUSE.toNanos());
        }
    }

    private void lookAtRows() {
        TreeSet<Long> lockedRows = new TreeSet<>();
        for (Map.Entry<Stage, WaitingRoom.Question<Q>> each : room.questions().entrySet()) {
            Stage stage = each.getKey();
            WaitingRoom.Question<Q> asked = each.getValue();
            Blocked still = Locks.blocked(database, decider, stage, asked.requests(), asked.products());
            room.free(stage, asked, still);
            if (stage == Stage.LOCKING) {
                lockedRows.addAll(still.products());
            }
        }
        if (lockedRows.isEmpty()) {
            LockSupport.parkNanos(PAUSE.toNanos());
        } else {
            Long next = lockedRows.higher(lastAwaited);
            await(next == null ? lockedRows.first() : next);
        }
    }

    private void await(long product) {
        lastAwaited = product;
        try {
            database.useTransaction(handle -> {
                decider.awaitProduct(handle, product, LONGEST_TURN);
                handle.rollback();
            });
        } catch (RuntimeException failure) {
            if (!SqlStates.isLockTimeout(failure)) {
                throw failure;
            }
            return;
        }
        room.free(Stage.LOCKING, new WaitingRoom.Question<>(List.of(), new HashSet<>(Set.of(product))), Blocked.NOBODY);
    }
}
