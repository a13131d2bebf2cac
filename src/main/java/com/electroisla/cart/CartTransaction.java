package com.electroisla.cart;

import com.electroisla.database.Database;
import com.electroisla.database.DatabaseClock;
import com.electroisla.database.Script;
import com.electroisla.groupcommit.CartLocks;
import com.electroisla.groupcommit.DeletedMeanwhile;
import com.electroisla.groupcommit.Reply;
import com.electroisla.idempotency.FirstAnswer;
import com.electroisla.idempotency.IdempotencyRecords;
import com.electroisla.idempotency.Keeping;
import com.electroisla.idempotency.KeptAnswer;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.jdbi.v3.core.Handle;

/**
 * One change of a signed-in user, in one transaction: lock the user's cart, look for a kept answer, change, keep the
 * answer, commit.
 *
 * <p>Invariant: the cart row is the first lock of every change by a user. The lock makes a repetition wait for the
 * first request and serialises one user's requests, on every instance. With a key, an outcome that is not kept rolls
 * everything back; without one, a refusal has changed nothing.
 */
public final class CartTransaction {
    private final Database database;
    private final DatabaseClock clock;

    public CartTransaction(Database database, DatabaseClock clock) {
        this.database = database;
        this.clock = clock;
    }

    /**
     * Runs the change and replies after its commit, or replies to a repetition without changing anything.
     *
     * @param keeping how a repetition gets the first answer; empty when a repetition is another request
     * @param work may run again; an outcome that refuses has changed nothing
     */
    public <R> Reply<R> run(int userId, Optional<Keeping<R>> keeping, Function<CartChange, R> work) {
        try {
            return commit(userId, keeping, work);
        } catch (RuntimeException failure) {
            return new Reply.Gone<>(DeletedMeanwhile.of(failure).orElseThrow(() -> failure));
        }
    }

    private <R> Reply<R> commit(int userId, Optional<Keeping<R>> keeping, Function<CartChange, R> work) {
        return database.inTransactionOfManyLocks(handle -> {
            if (!CartLocks.lockOrMake(handle, userId, clock)) {
                return new Reply.Gone<>(Reply.Missing.USER);
            }
            Instant now = clock.now(handle);
            if (keeping.isEmpty()) {
                return new Reply.Decided<>(work.apply(new CartChange(handle, now)), Optional.empty());
            }
            Optional<FirstAnswer> first =
                    IdempotencyRecords.find(handle, keeping.get().key(), now);
            return first.isPresent()
                    ? Reply.toRepeat(keeping.get().key(), first.get())
                    : change(handle, now, keeping.get(), work);
        });
    }

    private static <R> Reply<R> change(Handle handle, Instant now, Keeping<R> keeping, Function<CartChange, R> work) {
        R outcome = work.apply(new CartChange(handle, now));
        Optional<KeptAnswer> answer = keeping.answer().apply(outcome);
        if (answer.isPresent()) {
            var updates = new Script();
            IdempotencyRecords.saveAll(updates, Map.of(keeping.key(), answer.get()), now);
            updates.run(handle);
        } else {
            handle.rollback();
        }
        return new Reply.Decided<>(outcome, answer);
    }
}
