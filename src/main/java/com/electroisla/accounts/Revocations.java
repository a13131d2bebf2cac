package com.electroisla.accounts;

import com.electroisla.database.Database;
import com.electroisla.database.DatabaseClock;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/**
 * The revoked families of tokens.
 *
 * <p>Invariant: a family revoked on this instance is known here before the revoking request is answered; a family
 * revoked elsewhere is known, or asked about, within a second. While the feed hears, the answer comes from memory;
 * otherwise every question goes to the database, and when that fails too, so does the request. Memory holds the last
 * 20 minutes, which is longer than an access token lives; an older family has no valid token left.
 *
 * <p>Listening begins with the first question, so commands that ask nothing open no connection.
 */
final class Revocations implements RevocationFeed.Listener, AutoCloseable {
    static final Duration REMEMBERED = Duration.ofMinutes(20);

    /** Beyond this many in 20 minutes memory is not trusted to be complete; the database is asked. */
    private static final int MOST_REMEMBERED = 200_000;

    private final Database database;
    private final DatabaseClock clock;
    private final RevocationFeed feed;
    private final PresentAccounts accounts;
    private final AtomicBoolean started = new AtomicBoolean();

    /** Family to the {@code System.nanoTime()} at which it was learned. */
    private final Map<String, Long> families = new ConcurrentHashMap<>();

    /** The {@code System.nanoTime()} at which a family was last left out because memory was full. */
    private volatile @Nullable Long overflowed;

    private volatile long lastForgotten = System.nanoTime();

    /** @param accounts is told of changes to accounts that the feed hears */
    Revocations(Database database, DatabaseClock clock, RevocationFeed feed, PresentAccounts accounts) {
        this.accounts = accounts;
        this.database = database;
        this.clock = clock;
        this.feed = feed;
    }

    boolean isRevoked(String family) {
        if (started.compareAndSet(false, true)) {
            feed.start(this);
        }
        // Read before the set: a revocation between the two reads is within the second that other instances have.
        boolean complete = answersFromMemory();
        if (families.containsKey(family)) {
            return true;
        }
        return !complete && database.read(handle -> SessionSql.isRevoked(handle, family));
    }

    /** Whether memory alone knows that the family is in force; asks nobody. */
    boolean isKnownInForce(String family) {
        boolean complete = answersFromMemory();
        return complete && !families.containsKey(family);
    }

    /** Whether memory alone answers at this moment. */
    boolean answersFromMemory() {
        Long leftOut = overflowed;
        return feed.hears() && (leftOut == null || System.nanoTime() - leftOut > REMEMBERED.toNanos());
    }

    /** Announces the revocation in its own transaction: others hear of it when that commits. */
    void announce(Handle handle, String family) {
        feed.announce(handle, family);
    }

    @Override
    public void revoked(String family) {
        forgetOld();
        if (families.size() < MOST_REMEMBERED) {
            families.put(family, System.nanoTime());
        } else {
            overflowed = System.nanoTime();
        }
    }

    @Override
    public void accountChanged(int userId) {
        accounts.changed(userId);
    }

    @Override
    public void everyAccountMayHaveChanged() {
        accounts.allMayHaveChanged();
    }

    @Override
    public void connected(Handle handle) {
        accounts.connected(AccountSql.tellsOfChanges(handle));
        SessionSql.familiesRevokedSince(handle, clock.now(handle).minus(REMEMBERED))
                .forEach(this::revoked);
    }

    private void forgetOld() {
        long now = System.nanoTime();
        if (now - lastForgotten > Duration.ofMinutes(1).toNanos()) {
            lastForgotten = now;
            families.values().removeIf(learned -> now - learned > REMEMBERED.toNanos());
        }
    }

    @Override
    public void close() {
        feed.close();
    }
}
