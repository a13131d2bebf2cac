package com.electroisla.cart;

import com.electroisla.database.Database;
import com.electroisla.database.DatabaseClock;
import com.electroisla.database.SqlStates;
import com.electroisla.http.Answer;
import com.electroisla.http.ErrorCode;
import com.electroisla.http.Language;
import com.electroisla.http.Problem;
import com.electroisla.idempotency.IdempotencyKey;
import com.electroisla.idempotency.IdempotencyRecords;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Function;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/**
 * One change of a signed-in user, in one transaction: lock the user's cart, look whether the request was answered before,
 * change, keep the answer, commit.
 *
 * <p>Invariant: the cart row is the first lock of whatever a user changes. It makes a repeat wait for the first and keeps
 * one user's requests in single file, on every instance. An answer that is not kept (401, 429, 5xx) rolls everything
 * back, counted limits included.
 */
public final class CartTransaction {
    private final Database database;
    private final DatabaseClock clock;

    public CartTransaction(Database database, DatabaseClock clock) {
        this.database = database;
        this.clock = clock;
    }

    /** @param who the caller's address and program, for the audit trail */
    public record Caller(int userId, @Nullable String address, String userAgent, Language language) {}

    /** Runs the change and answers after its commit, or answers a repeat without changing anything. */
    public Answer run(Caller caller, Optional<IdempotencyKey> key, Function<CartChange, Answer> work) {
        try {
            return commit(caller, key, work);
        } catch (RuntimeException failure) {
            return whatTheOldShopDeleted(failure, caller).orElseThrow(() -> failure);
        }
    }

    /** The old shop's foreign keys are checked at COMMIT: the user or the product was deleted while this ran. */
    private static Optional<Answer> whatTheOldShopDeleted(RuntimeException failure, Caller caller) {
        if (!SqlStates.sqlState(failure).orElse("").equals(SqlStates.FOREIGN_KEY_VIOLATION)) {
            return Optional.empty();
        }
        boolean product = SqlStates.constraint(failure).orElse("").contains("product");
        return Optional.of(Problem.of(product ? ErrorCode.PRODUCT_NOT_FOUND : ErrorCode.NOT_SIGNED_IN).answer(caller.language()));
    }

    private Answer commit(Caller caller, Optional<IdempotencyKey> key, Function<CartChange, Answer> work) {
        return database.inTransaction(handle -> {
            OptionalLong cart = CartSql.lockOrMake(handle, caller.userId(), clock);
            if (cart.isEmpty()) {
                return Problem.of(ErrorCode.NOT_SIGNED_IN).answer(caller.language());
            }
            Instant now = clock.now(handle);
            Optional<Answer> earlier = key.flatMap(it -> IdempotencyRecords.find(handle, it, caller.language(), now));
            return earlier.isPresent() ? earlier.get() : change(handle, caller, cart.getAsLong(), now, key, work);
        });
    }

    private static Answer change(
            Handle handle, Caller caller, long cartId, Instant now, Optional<IdempotencyKey> key, Function<CartChange, Answer> work) {
        Answer answer = work.apply(new CartChange(handle, now, caller.userId(), cartId, caller.address(), caller.userAgent()));
        if (IdempotencyRecords.isKept(answer)) {
            key.ifPresent(it -> IdempotencyRecords.saveAll(handle, Map.of(it, answer), now));
        } else {
            handle.rollback();
        }
        return answer;
    }
}
