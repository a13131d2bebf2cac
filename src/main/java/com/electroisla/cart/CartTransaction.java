package com.electroisla.cart;

import com.electroisla.database.Database;
import com.electroisla.database.DatabaseClock;
import com.electroisla.database.Script;
import com.electroisla.groupcommit.CartLocks;
import com.electroisla.groupcommit.DeletedMeanwhile;
import com.electroisla.http.Answer;
import com.electroisla.http.ErrorCode;
import com.electroisla.http.Language;
import com.electroisla.http.Problem;
import com.electroisla.idempotency.IdempotencyKey;
import com.electroisla.idempotency.IdempotencyRecords;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.jdbi.v3.core.Handle;

/**
 * One change of a signed-in user, in one transaction: lock the user's cart, look whether the request was answered before,
 * change, keep the answer, commit.
 *
 * <p>Invariant: the cart row is the first lock of whatever a user changes. It makes a repeat wait for the first and keeps
 * one user's requests in single file, on every instance. An answer that is not kept (401, 429, 5xx) rolls everything
 * back.
 */
public final class CartTransaction {
    private final Database database;
    private final DatabaseClock clock;

    public CartTransaction(Database database, DatabaseClock clock) {
        this.database = database;
        this.clock = clock;
    }

    public record Caller(int userId, Language language) {}

    /** Runs the change and answers after its commit, or answers a repeat without changing anything. */
    public Answer run(Caller caller, Optional<IdempotencyKey> key, Function<CartChange, Answer> work) {
        try {
            return commit(caller, key, work);
        } catch (RuntimeException failure) {
            return Problem.of(DeletedMeanwhile.of(failure).orElseThrow(() -> failure)).answer(caller.language());
        }
    }

    private Answer commit(Caller caller, Optional<IdempotencyKey> key, Function<CartChange, Answer> work) {
        return database.inTransactionOfManyLocks(handle -> {
            if (!CartLocks.lockOrMake(handle, caller.userId(), clock)) {
                return Problem.of(ErrorCode.NOT_SIGNED_IN).answer(caller.language());
            }
            Instant now = clock.now(handle);
            Optional<Answer> earlier = key.flatMap(it -> IdempotencyRecords.find(handle, it, caller.language(), now));
            return earlier.isPresent() ? earlier.get() : change(handle, now, key, work);
        });
    }

    private static Answer change(Handle handle, Instant now, Optional<IdempotencyKey> key, Function<CartChange, Answer> work) {
        Answer answer = work.apply(new CartChange(handle, now));
        if (IdempotencyRecords.isKept(answer)) {
            var updates = new Script();
            key.ifPresent(it -> IdempotencyRecords.saveAll(updates, Map.of(it, answer), now));
            updates.run(handle);
        } else {
            handle.rollback();
        }
        return answer;
    }
}
