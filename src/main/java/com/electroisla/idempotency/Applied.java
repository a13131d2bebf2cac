package com.electroisla.idempotency;

import com.electroisla.database.DatabaseClock;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jdbi.v3.core.Handle;

/**
 * What became of a form of a page: applied now, or already before, by a second click, a browser that tried again, or a page
 * that was gone back to.
 *
 * <p>Invariant: under one key a form changes something once. Two that carry the same key wait for each other, before either
 * locks anything else, and the key is kept in the transaction of the change; a form that was refused keeps nothing and may be
 * sent again.
 */
public sealed interface Applied<T> {
    /** What requests of the API have as their method, forms of pages have this: so they never meet. */
    String METHOD = "FORM";

    int APPLIED = 303;

    /** @param outcome of this very form */
    record Now<T>(T outcome) implements Applied<T> {}

    /**
     * It was applied before, and nothing was done.
     *
     * @param same whether with the same contents
     * @param result as the first one left it, such as the id of what it made
     */
    record Before<T>(boolean same, String result) implements Applied<T> {}

    /** The key of a form. @param content all that tells it from another one; without passwords */
    static IdempotencyKey key(int userId, String path, String key, String content) {
        return IdempotencyKey.of(userId, METHOD, path, key, content.getBytes(StandardCharsets.UTF_8));
    }

    /**
     * Does the work, unless it was done. The caller has locked nothing yet in its transaction.
     *
     * @param result what a repeat is told of an outcome; empty for one that changed nothing, whose key stays unused
     */
    static <T> Applied<T> once(Handle handle, IdempotencyKey key, DatabaseClock clock, Supplier<T> work, Function<T, Optional<String>> result) {
        IdempotencySql.lock(handle, key.id());
        Optional<Before<T>> before = before(handle, key);
        if (before.isPresent()) {
            return before.get();
        }
        T outcome = work.get();
        result.apply(outcome).ifPresent(kept -> keep(handle, key, clock, kept));
        return new Now<>(outcome);
    }

    /** What the form did before; empty for nothing. */
    static <T> Optional<Before<T>> before(Handle handle, IdempotencyKey key) {
        return IdempotencySql.find(handle, key.id()).whenever(key.id())
                .map(kept -> new Before<>(kept.isTo(key), new String(kept.answer().body(), StandardCharsets.UTF_8)));
    }

    /** Keeps the key, in the transaction of the change. */
    static void keep(Handle handle, IdempotencyKey key, DatabaseClock clock, String result) {
        IdempotencySql.save(handle, key, new KeptAnswer(APPLIED, result.getBytes(StandardCharsets.UTF_8)), clock.now(handle));
    }
}
