package com.electroisla.accounts;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BooleanSupplier;
import java.util.function.IntFunction;

/**
 * The present state of accounts, in part from a cache.
 *
 * <p>Invariant: a cached account was read after the last change that was announced. A reading that a change overtook
 * is returned and not cached. While the feed hears nothing, the cache is not used, and the next connection empties it;
 * where no trigger announces changes, nothing is cached. Only plain buyers are cached: an account that may see other
 * people's data is read each time.
 */
final class PresentAccounts {
    private static final int MOST_REMEMBERED = 50_000;

    /** The limit for a change that no trigger announces, such as one by a session with triggers off. */
    private static final Duration LONGEST = Duration.ofMinutes(1);

    private final IntFunction<Optional<Account>> asking;
    private final BooleanSupplier hears;
    private final Cache<Integer, String> buyers = Caffeine.newBuilder()
            .maximumSize(MOST_REMEMBERED)
            .expireAfterWrite(LONGEST)
            .build();
    private final AtomicLong changes = new AtomicLong();
    private volatile boolean told;

    /**
     * @param asking reads the account with this id from the database
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

    /** The caller as of the last announced change of the account. */
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

    /** @param before how many changes had been announced before the buyer was read */
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

    /** @param tells whether the database announces changes, as seen on the new connection */
    void connected(boolean tells) {
        told = tells;
        allMayHaveChanged();
    }

    void allMayHaveChanged() {
        changes.incrementAndGet();
        buyers.invalidateAll();
    }
}
