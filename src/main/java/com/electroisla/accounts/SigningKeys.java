package com.electroisla.accounts;

import com.electroisla.database.Database;
import com.electroisla.database.DatabaseClock;
import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.google.errorprone.annotations.concurrent.GuardedBy;
import java.nio.file.Path;
import java.security.Key;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.jdbi.v3.core.Handle;
import org.jose4j.jwk.JsonWebKey;
import org.jose4j.jwk.PublicJsonWebKey;
import org.jose4j.lang.JoseException;
import org.jspecify.annotations.Nullable;

/**
 * The signing keys of tokens: this instance's own, and the public keys of all instances in {@code claves_firma}.
 *
 * <p>Invariant: our public key is in the table before the first token signed with it is sent, so a key id that is not
 * in the table, read after the token arrived, is a forgery. Forged tokens cannot cause a query each: all who wait for
 * an unknown id share one reading of the table, and there is at most one in {@value #MILLIS_BETWEEN_READINGS} ms.
 *
 * <p>A server publishes its key when it starts and renews its entry once a minute ({@link #renew}), so whoever signs
 * takes the key from memory. Only where that failed for a day, or nothing renews at all, does the one who signs renew,
 * before the token is sent. Nobody renews while they hold a connection, or those who wait for this
 * thread could hold all the connections, and this thread wait for one of theirs. A key whose entry is a week old
 * is retired: none of its tokens can still be valid, so an old key file on a discarded disk is worthless.
 *
 * <p>Releases before {@link Signing#RSA} verify {@link Signing#CURVE} alone. While one of them signs beside this
 * instance, this one signs so that it can read it. Each entry of this release says that its owner verifies RSA; an
 * entry of a curve without these words, renewed within two hours, is an older release's, which renews once an hour.
 */
final class SigningKeys {
    private static final Logger LOG = Logger.getLogger("electroisla.security");
    private static final int MILLIS_BETWEEN_READINGS = 50;
    private static final int MOST_KEYS = 1_000;
    private static final int THUMBPRINT_LENGTH = 43;
    /** An entry as young as this was not retired, so one may sign without another look. */
    private static final Duration SURELY_THERE = Duration.ofDays(1);

    private static final Duration OLDER_RELEASES_SAY_WITHIN = Duration.ofHours(2);
    private static final String VERIFIES = "verifica";
    private static final Duration RETIRED_AFTER = Duration.ofDays(7);

    private final Database database;
    private final DatabaseClock clock;
    private final Path folder;
    private final InstantSource instants;
    private final Cache<String, Key> known = Caffeine.newBuilder()
            .maximumSize(MOST_KEYS)
            .expireAfterWrite(Duration.ofMinutes(5))
            .build();
    private final ReentrantLock reading = new ReentrantLock();

    /** When the last reading of the table began, by {@link System#nanoTime()}. */
    @GuardedBy("reading")
    private long lastReading = System.nanoTime() - Duration.ofMinutes(1).toNanos();

    /** The failure of the last reading, which is that of all who share it: a key that nobody read is not unknown. */
    @GuardedBy("reading")
    private @Nullable RuntimeException lastFailure;

    private final ReentrantLock renewing = new ReentrantLock();

    private volatile @Nullable PublicJsonWebKey own;

    /** When this instance last renewed its entry in the table. */
    private volatile Instant said = Instant.MIN;

    SigningKeys(Database database, DatabaseClock clock, Path folder, InstantSource instants) {
        this.database = database;
        this.clock = clock;
        this.folder = folder;
        this.instants = instants;
    }

    /**
     * This instance's key, stored in the table before it is returned. Asks the database only where nothing has renewed
     * the entry, and then it is not for transactions: {@link #published} is.
     */
    PublicJsonWebKey own() {
        PublicJsonWebKey key = own;
        if (key != null && saidWithin(SURELY_THERE)) {
            return key;
        }
        renewing.lock();
        try {
            PublicJsonWebKey last = own;
            return last != null && saidWithin(SURELY_THERE) ? last : sayOwn(last);
        } finally {
            renewing.unlock();
        }
    }

    /** Renews the entry in the table, of the kind that all who sign beside this instance can read. */
    void renew() {
        renewing.lock();
        try {
            sayOwn(own);
        } finally {
            renewing.unlock();
        }
    }

    /** The key that {@link #own} gave last, from memory. Whoever signs in a transaction calls that one before it. */
    PublicJsonWebKey published() {
        PublicJsonWebKey key = own;
        if (key == null) {
            throw new IllegalStateException("no key was published before the transaction");
        }
        return key;
    }

    /** Whether the entry was renewed lately; if the clock was set back it counts as not renewed. */
    private boolean saidWithin(Duration age) {
        Instant last = said;
        Instant now = instants.instant();
        return !now.isBefore(last) && now.isBefore(last.plus(age));
    }

    private PublicJsonWebKey sayOwn(@Nullable PublicJsonWebKey last) {
        Signing kind = database.read(this::olderReleasesSign) ? Signing.CURVE : Signing.RSA;
        PublicJsonWebKey key = last != null && Signing.of(last) == kind ? last : new KeyFile(folder, kind).readOrMake();
        key.setOtherParameter(VERIFIES, Signing.RSA.algorithm);
        String publicHalf = key.toJson(JsonWebKey.OutputControlLevel.PUBLIC_ONLY);
        database.useTransaction(handle -> SigningKeySql.publish(handle, key.getKeyId(), publicHalf, clock.now(handle)));
        said = instants.instant();
        own = key;
        return key;
    }

    /** Whether an instance that verifies curves alone has signed lately. */
    private boolean olderReleasesSign(Handle handle) {
        Instant since = clock.now(handle).minus(OLDER_RELEASES_SAY_WITHIN);
        return SigningKeySql.usedSince(handle, since, MOST_KEYS).stream()
                .flatMap(jwk -> ours(jwk).stream())
                .anyMatch(key -> Signing.CURVE.fits(key) && key.getOtherParameterValue(VERIFIES, String.class) == null);
    }

    static int retire(Handle handle, Instant now) {
        return SigningKeySql.deleteUnusedSince(handle, now.minus(RETIRED_AFTER));
    }

    /** The public key with this id, if it is one of our instances'. */
    Optional<Key> find(@Nullable String keyId) {
        if (keyId == null || keyId.length() != THUMBPRINT_LENGTH) {
            return Optional.empty();
        }
        PublicJsonWebKey mine = own;
        if (mine != null && mine.getKeyId().equals(keyId)) {
            return Optional.of(mine.getKey());
        }
        Key cached = known.getIfPresent(keyId);
        return cached != null ? Optional.of(cached) : readSince(System.nanoTime(), keyId);
    }

    /** Looks the key up in a reading of the table that began after {@code arrival}: another thread's or this one's. */
    private Optional<Key> readSince(long arrival, String keyId) {
        reading.lock();
        try {
            if (lastReading - arrival < 0) {
                long pause = Duration.ofMillis(MILLIS_BETWEEN_READINGS).toNanos() - (System.nanoTime() - lastReading);
                if (pause > 0) {
                    LockSupport.parkNanos(pause);
                }
                lastReading = System.nanoTime();
                readAll();
            }
            if (lastFailure != null) {
                throw lastFailure;
            }
            return Optional.ofNullable(known.getIfPresent(keyId));
        } finally {
            reading.unlock();
        }
    }

    @GuardedBy("reading")
    private void readAll() {
        try {
            Map<String, String> published = database.read(handle -> SigningKeySql.newest(handle, MOST_KEYS));
            published.forEach((id, jwk) -> ours(jwk).ifPresent(key -> known.put(id, key.getKey())));
            lastFailure = null;
        } catch (RuntimeException away) {
            lastFailure = away;
        }
    }

    /** A public key as it stands in the table, if it can be one of our instances'. */
    private static Optional<JsonWebKey> ours(String publicJwk) {
        try {
            JsonWebKey key = JsonWebKey.Factory.newJwk(publicJwk);
            return Signing.RSA.fits(key) || Signing.CURVE.fits(key) ? Optional.of(key) : Optional.empty();
        } catch (JoseException malformed) {
            LOG.log(Level.WARNING, "a row of claves_firma is not a public key: {0}", malformed.getMessage());
            return Optional.empty();
        }
    }
}
