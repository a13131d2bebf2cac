package com.electroisla.idempotency;

import com.electroisla.database.DatabaseClock;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jdbi.v3.core.Handle;

/**
 * The result of a page's form: applied now, or already before, by a second click, a browser's retry, or a page from
 * the history.
 *
 * <p>Invariant: under one key a form changes data once. Two with the same key wait for each other, before either locks
 * anything else, and the key is kept in the transaction of the change; a refused form keeps no key and may be sent
 * again.
 */
public sealed interface Applied<T> {
    /** The method of forms in keys; requests of the API have their HTTP method there, so the two never collide. */
    String METHOD = "FORM";

    int APPLIED = 303;

    /** @param outcome of this form */
    record Now<T>(T outcome) implements Applied<T> {}

    /**
     * The form was applied before, and nothing was done.
     *
     * @param same whether with the same contents
     * @param result the first one's result, such as the id of the row it made
     */
    record Before<T>(boolean same, String result) implements Applied<T> {}

    /**
     * The key of a form.
     *
     * @param content all fields that tell it from another one, without passwords
     */
    static IdempotencyKey key(int userId, String path, String key, String content) {
        return IdempotencyKey.of(userId, METHOD, path, key, content.getBytes(StandardCharsets.UTF_8));
    }

    /**
     * Does the work, unless it was done before. The caller has no locks yet in its transaction.
     *
     * @param result the result for repetitions; empty for an outcome without changes, whose key stays unused
     */
    static <T> Applied<T> once(
            Handle handle,
            IdempotencyKey key,
            DatabaseClock clock,
            Supplier<T> work,
            Function<T, Optional<String>> result) {
        IdempotencySql.lock(handle, key.id());
        Optional<Before<T>> before = before(handle, key);
        if (before.isPresent()) {
            return before.get();
        }
        T outcome = work.get();
        result.apply(outcome).ifPresent(kept -> keep(handle, key, clock, kept));
        return new Now<>(outcome);
    }

    /** The earlier application of the form; empty for none. */
    static <T> Optional<Before<T>> before(Handle handle, IdempotencyKey key) {
        return IdempotencySql.find(handle, key.id())
                .whenever(key.id())
                .map(kept ->
                        new Before<>(kept.isTo(key), new String(kept.answer().body(), StandardCharsets.UTF_8)));
    }

    /** Keeps the key, in the transaction of the change. */
    static void keep(Handle handle, IdempotencyKey key, DatabaseClock clock, String result) {
        IdempotencySql.save(
                handle, key, new KeptAnswer(APPLIED, result.getBytes(StandardCharsets.UTF_8)), clock.now(handle));
    }
}
