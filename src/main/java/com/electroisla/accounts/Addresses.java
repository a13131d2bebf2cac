package com.electroisla.accounts;

import com.electroisla.database.Database;
import com.electroisla.database.DatabaseClock;
import com.electroisla.idempotency.Applied;
import com.electroisla.idempotency.IdempotencyKey;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.jdbi.v3.core.Handle;

/**
 * The addresses that a buyer keeps, and what they typed at a payment that came to nothing.
 *
 * <p>Invariant: of a buyer's addresses exactly one is the first choice, as long as there is any. Changes lock the
 * account's row first, so two of them at once take turns.
 */
public final class Addresses {
    /** The most that one buyer keeps. */
    public static final int MOST = 20;

    private static final int LONGEST_NAME = 60;
    private static final int LONGEST_ADDRESS = 500;
    private static final int LONGEST_PHONE = 20;
    private static final int LONGEST_NOTES = 2_000;
    private static final int LONGEST_METHOD = 20;

    private final Database database;
    private final DatabaseClock clock;

    Addresses(Database database, DatabaseClock clock) {
        this.database = database;
        this.clock = clock;
    }

    /** @param main whether it is the first choice */
    public record Address(long id, String name, String address, String phone, boolean main) {}

    /** An address as it was typed. */
    public record Typed(String name, String address, String phone) {
        /** Whether nothing is missing or too long; the name may be empty. */
        public boolean isComplete() {
            return length(name) <= LONGEST_NAME
                    && !address.isEmpty()
                    && length(address) <= LONGEST_ADDRESS
                    && !phone.isEmpty()
                    && length(phone) <= LONGEST_PHONE;
        }
    }

    private static int length(String text) {
        return text.codePointCount(0, text.length());
    }

    /**
     * Where an order goes.
     *
     * @param method the word of the means of payment; empty for none yet
     */
    public record Delivery(String method, String address, String phone, String notes) {}

    /** The outcome of a change. */
    public enum Saved {
        DONE,
        /** A field is missing or too long. */
        INCOMPLETE,
        /** Gone, or another user's. */
        NOT_FOUND,
        FULL,
        APPLIED_BEFORE
    }

    /** The first choice first. */
    public List<Address> of(int userId) {
        return database.read(handle -> AddressSql.of(handle, userId, MOST));
    }

    public Optional<Address> find(int userId, long id) {
        return database.read(handle -> AddressSql.find(handle, userId, id));
    }

    public Saved add(int userId, Typed typed, boolean main, IdempotencyKey form) {
        return typed.isComplete()
                ? change(userId, form, handle -> add(handle, userId, typed, main, clock.now(handle)))
                : Saved.INCOMPLETE;
    }

    private static Saved add(Handle handle, int userId, Typed typed, boolean main, Instant now) {
        int known = AddressSql.count(handle, userId);
        if (known >= MOST) {
            return Saved.FULL;
        }
        if (main) {
            AddressSql.noMain(handle, userId);
        }
        AddressSql.insert(handle, userId, typed, main || known == 0, now);
        return Saved.DONE;
    }

    public Saved edit(int userId, long id, Typed typed, boolean main, IdempotencyKey form) {
        return typed.isComplete()
                ? change(userId, form, handle -> {
                    if (!AddressSql.update(handle, userId, id, typed, clock.now(handle))) {
                        return Saved.NOT_FOUND;
                    }
                    return main ? makeMain(handle, userId, id) : Saved.DONE;
                })
                : Saved.INCOMPLETE;
    }

    public Saved delete(int userId, long id, IdempotencyKey form) {
        return change(userId, form, handle -> {
            if (!AddressSql.delete(handle, userId, id)) {
                return Saved.NOT_FOUND;
            }
            AddressSql.newestIsMain(handle, userId);
            return Saved.DONE;
        });
    }

    private static Saved makeMain(Handle handle, int userId, long id) {
        AddressSql.noMain(handle, userId);
        return AddressSql.makeMain(handle, userId, id) ? Saved.DONE : Saved.NOT_FOUND;
    }

    private interface Change {
        Saved in(Handle handle);
    }

    private Saved change(int userId, IdempotencyKey form, Change change) {
        Applied<Saved> applied = database.inTransaction(handle -> {
            Supplier<Saved> work =
                    () -> AccountSql.lock(handle, userId).isPresent() ? change.in(handle) : Saved.NOT_FOUND;
            return Applied.once(
                    handle, form, clock, work, saved -> saved == Saved.DONE ? Optional.of("") : Optional.empty());
        });
        return switch (applied) {
            case Applied.Now<Saved>(Saved saved) -> saved;
            case Applied.Before<Saved> _ -> Saved.APPLIED_BEFORE;
        };
    }

    /**
     * The delivery that a payment's form begins with: what was typed and not paid, else the first choice, else where
     * the last order went.
     */
    public Optional<Delivery> suggested(int userId) {
        return database.read(handle -> AddressSql.suggested(handle, userId));
    }

    /** Keeps what was typed at a payment that came to nothing, cut to what the form takes. May run twice. */
    public void keepTyped(int userId, Delivery typed) {
        var kept = new Delivery(
                cut(typed.method(), LONGEST_METHOD),
                cut(typed.address(), LONGEST_ADDRESS),
                cut(typed.phone(), LONGEST_PHONE),
                cut(typed.notes(), LONGEST_NOTES));
        database.useTransaction(handle -> AddressSql.keepTyped(handle, userId, kept, clock.now(handle)));
    }

    private static String cut(String text, int longest) {
        return length(text) <= longest ? text : text.substring(0, text.offsetByCodePoints(0, longest));
    }

    /**
     * Forgets what was typed, since it was paid, and keeps the address among the buyer's if they want that and it is
     * new. May run twice.
     */
    public void paid(int userId, Typed delivered, boolean keep) {
        database.useTransaction(handle -> {
            AddressSql.forgetTyped(handle, userId);
            if (keep
                    && delivered.isComplete()
                    && AccountSql.lock(handle, userId).isPresent()
                    && !AddressSql.has(handle, userId, delivered)) {
                add(handle, userId, delivered, false, clock.now(handle));
            }
        });
    }
}
