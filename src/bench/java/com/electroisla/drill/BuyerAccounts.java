package com.electroisla.drill;

import com.electroisla.accounts.TestTokens;
import com.electroisla.database.SqlStates;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** The buyers' accounts; each is used by one buyer at a time, so its history is a sequence. */
final class BuyerAccounts {
    /** A limit well below a token's life of 15 minutes. */
    private static final Duration TOKEN_KEPT_FOR = Duration.ofMinutes(5);

    private static final Duration BETWEEN_TRIES = Duration.ofMillis(200);

    private final TestTokens mint;
    private final Queue<Account> free;
    private final Map<Integer, Account> all;
    private final List<Account> payers;

    /** @param paying how many of them, the first ones, are used by a {@link Payer} each */
    BuyerAccounts(TestTokens mint, int count, int paying) {
        this.mint = mint;
        this.all = IntStream.rangeClosed(1, count)
                .mapToObj(Account::new)
                .collect(Collectors.toMap(
                        account -> account.user, account -> account, (one, two) -> one, ConcurrentHashMap::new));
        this.payers =
                all.values().stream().filter(account -> account.user <= paying).toList();
        this.free = new ConcurrentLinkedQueue<>(
                all.values().stream().filter(account -> account.user > paying).toList());
    }

    /** An account with the history of its buyer. */
    final class Account {
        final int user;
        final List<Step> steps = new ArrayList<>();
        private @Nullable String token;
        private long tokenSince;

        Account(int user) {
            this.user = user;
        }

        /** A token that is valid long enough for the next request; waits while the database is away. */
        String token() {
            while (token == null || System.nanoTime() - tokenSince > TOKEN_KEPT_FOR.toNanos()) {
                try {
                    token = mint.of(user);
                    tokenSince = System.nanoTime();
                } catch (RuntimeException away) {
                    if (!SqlStates.isUnavailable(away)) {
                        throw away;
                    }
                    LockSupport.parkNanos(BETWEEN_TRIES.toNanos());
                }
            }
            return token;
        }
    }

    /** The accounts of those who pay through a provider. */
    List<Account> payers() {
        return payers;
    }

    Set<Integer> payingUsers() {
        return payers.stream().map(account -> account.user).collect(Collectors.toSet());
    }

    /** A free account; null when all are in use or set aside. */
    @Nullable
    Account take() {
        return free.poll();
    }

    void giveBack(Account account) {
        free.add(account);
    }

    /** The histories of the used accounts. */
    Map<Integer, List<Step>> histories() {
        return all.values().stream()
                .filter(account -> !account.steps.isEmpty())
                .collect(Collectors.toMap(account -> account.user, account -> account.steps));
    }
}
