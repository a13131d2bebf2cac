package com.electroisla.accounts;

import com.electroisla.database.Database;
import com.electroisla.database.DatabaseClock;
import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.nio.file.Path;
import java.security.Key;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.jose4j.jwk.EllipticCurveJsonWebKey;
import org.jose4j.jwk.JsonWebKey;
import org.jose4j.jwk.PublicJsonWebKey;
import org.jose4j.keys.EllipticCurves;
import org.jose4j.lang.JoseException;
import org.jspecify.annotations.Nullable;

/**
 * The keys that tokens are signed with: this instance's own, and the public halves of all in {@code claves_firma}.
 *
 * <p>Invariant: our public half is in the table before the first token signed with it leaves, so a key id that is not in
 * the table is a forgery. Whoever sends forgeries cannot buy a query with each: an unknown id is remembered for a while,
 * and new unknown ids are looked up at most {@value #LOOKUPS_A_SECOND} times a second.
 */
final class SigningKeys {
    private static final Logger LOG = Logger.getLogger("electroisla.security");
    private static final int LOOKUPS_A_SECOND = 20;
    private static final int THUMBPRINT_LENGTH = 43;

    private final Database database;
    private final DatabaseClock clock;
    private final Path folder;
    private final Cache<String, Boolean> unknown =
            Caffeine.newBuilder().maximumSize(10_000).expireAfterWrite(Duration.ofSeconds(10)).build();
    private final Cache<String, Key> known =
            Caffeine.newBuilder().maximumSize(1_000).expireAfterWrite(Duration.ofMinutes(5)).build();
    private final AtomicLong lookupSecond = new AtomicLong();
    private final AtomicLong lookups = new AtomicLong();
    private volatile @Nullable PublicJsonWebKey own;

    SigningKeys(Database database, DatabaseClock clock, Path folder) {
        this.database = database;
        this.clock = clock;
        this.folder = folder;
    }

    /** This instance's key, made on first use and published before it is returned. */
    PublicJsonWebKey own() {
        PublicJsonWebKey key = own;
        return key != null ? key : loadOwn();
    }

    private synchronized PublicJsonWebKey loadOwn() {
        if (own != null) {
            return own;
        }
        PublicJsonWebKey key = new KeyFile(folder).readOrMake();
        String publicHalf = key.toJson(JsonWebKey.OutputControlLevel.PUBLIC_ONLY);
        database.useTransaction(handle -> SigningKeySql.publish(handle, key.getKeyId(), publicHalf, clock.now(handle)));
        own = key;
        return key;
    }

    /** The public key with this id, if it is one of ours. */
    Optional<Key> find(@Nullable String keyId) {
        if (keyId == null || keyId.length() != THUMBPRINT_LENGTH) {
            return Optional.empty();
        }
        PublicJsonWebKey mine = own;
        if (mine != null && mine.getKeyId().equals(keyId)) {
            return Optional.of(mine.getKey());
        }
        Key cached = known.getIfPresent(keyId);
        if (cached != null) {
            return Optional.of(cached);
        }
        if (unknown.getIfPresent(keyId) != null || !mayLookUp()) {
            return Optional.empty();
        }
        Optional<Key> found = database.read(handle -> SigningKeySql.publicJwk(handle, keyId)).flatMap(SigningKeys::parse);
        found.ifPresentOrElse(key -> known.put(keyId, key), () -> unknown.put(keyId, true));
        return found;
    }

    private boolean mayLookUp() {
        long second = System.nanoTime() / 1_000_000_000L;
        if (lookupSecond.getAndSet(second) != second) {
            lookups.set(0);
        }
        return lookups.incrementAndGet() <= LOOKUPS_A_SECOND;
    }

    private static Optional<Key> parse(String publicJwk) {
        try {
            JsonWebKey key = JsonWebKey.Factory.newJwk(publicJwk);
            boolean ours = key instanceof EllipticCurveJsonWebKey curve && EllipticCurves.P_256.equals(curve.getCurveName());
            return ours ? Optional.of(key.getKey()) : Optional.empty();
        } catch (JoseException malformed) {
            LOG.log(Level.WARNING, "a row of claves_firma is not a public key: {0}", malformed.getMessage());
            return Optional.empty();
        }
    }
}
