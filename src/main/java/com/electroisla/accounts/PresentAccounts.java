package com.electroisla.accounts;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BooleanSupplier;
import java.util.function.IntFunction;

/**
 * Accounts as they are now, some of them from memory.
 *
 * <p>Invariant: what is remembered was read after the last change that was heard of. A reading that a change overtook is
 * answered and not kept. While nothing is heard, nothing remembered counts, and with the next connection all of it is forgotten;
 * where no trigger tells of changes, nothing is remembered.
 * Only plain buyers are remembered: a right to see what others have is asked for each time.
 */
final class PresentAccounts {
    private static final int MOST_REMEMBERED = 50_000;

    /** For a change of which no trigger tells, as one by a session with triggers off. */
    private static final Duration LONGEST = Duration.ofMinutes(1);

    private final IntFunction<Optional<Account>> asking;
    private final BooleanSupplier hears;
    private final Cache<Integer, String> buyers = Caffeine.newBuilder().maximumSize(MOST_REMEMBERED).expireAfterWrite(LONGEST).build();
    private final AtomicLong changes = new AtomicLong();
    private volatile boolean told;

    /**
     * @param asking the account with this id, by the database
     * @param hears see {@link RevocationFeed#hears}
     */
    PresentAccounts(IntFunction<Optional<Account>> asking, BooleanSupplier hears) {
        this.asking = asking;
        this.hears = hears;
    }

    /** The caller as the account is at this moment; empty when it was deleted or deactivated. One statement. */
    Optional<Caller> now(Caller caller) {
        return ask(caller.userId()).map(account -> caller.as(account.username(), account.role()));
    }

    /** The same, as it was when last a change of it was heard. */
    Optional<Caller> lately(Caller caller) {
        if (!told || !hears.getAsBoolean()) {
            return now(caller);
        }
        String username = buyers.getIfPresent(caller.userId());
        if (username != null) {
            return Optional.of(caller.as(username, Role.CLIENTE));
        }
        long before = changes.get();
        Optional<Account> account = ask(caller.userId());
        account.filter(found -> found.role() == Role.CLIENTE).ifPresent(buyer -> remember(buyer, before));
        return account.map(found -> caller.as(found.username(), found.role()));
    }

    private Optional<Account> ask(int userId) {
        return asking.apply(userId).filter(Account::active);
    }

    /** @param before how many changes had been heard of before the buyer was read */
    private void remember(Account buyer, long before) {
        buyers.put(buyer.id(), buyer.username());
        if (changes.get() != before) {
            buyers.invalidate(buyer.id());
        }
    }

    void changed(int userId) {
        changes.incrementAndGet();
        buyers.invalidate(userId);
    }

    /** @param tells whether the database tells of changes at all, as far as was seen on the new connection */
    void connected(boolean tells) {
        told = tells;
        allMayHaveChanged();
    }

    void allMayHaveChanged() {
        changes.incrementAndGet();
        buyers.invalidateAll();
    }
}
