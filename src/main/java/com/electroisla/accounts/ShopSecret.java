package com.electroisla.accounts;

import com.electroisla.accounts.KeyDerivation.Digest;
import com.electroisla.accounts.SecretSql.Salt;
import com.electroisla.database.Database;
import com.electroisla.database.DatabaseClock;
import com.electroisla.database.JdbcTarget;
import com.google.errorprone.annotations.concurrent.GuardedBy;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.logging.Level;
import java.util.logging.Logger;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/**
 * A secret that all instances of a shop share and that is not in its database: whoever reads the tables, or a dump of
 * them, cannot compute what it keys. A code of six digits needs that, because there are only a million of them.
 *
 * <p>The secret is derived from the password of {@code DATABASE_URL}, which every instance has and no dump contains,
 * with a random salt of the shop's own, which the database keeps; slowly, so that the password is not found from what
 * it keyed. A shop without one (the included database, a connection that the server trusts) has a file under its home
 * instead; several instances then need copies of it. When the secret changes, codes that are on their way stop working,
 * and so do second factors, which were encrypted under it: their owners sign in with a recovery code, or the operator
 * takes the factor away. An instance whose secret is not the last one's says so in a warning.
 *
 * <p>Releases before derived it with one salt for all shops. While one of them may run beside this one, for a day after
 * the salt was made, hashes are made as they make them; for an hour more they are still recognised. What lasts is never
 * made so ({@link #lasting}).
 */
final class ShopSecret {
    private static final Logger LOG = Logger.getLogger("electroisla.security");
    private static final int ITERATIONS = 600_000;
    private static final String SALT_BEFORE = "electro isla: secreto de la tienda";
    private static final int ITERATIONS_BEFORE = 200_000;
    private static final int SALT_BYTES = 32;
    /** Longer than any hash of the releases before is of use. */
    private static final Duration RECOGNISED = Duration.ofHours(1);

    private static final String MAC = "HmacSHA256";
    private static final SecureRandom RANDOM = new SecureRandom();

    private final Database database;
    private final DatabaseClock clock;
    private final Optional<String> password;
    private final SecretFile file;
    private final KeyDerivation derivation;

    private volatile @Nullable Keys keys;

    /** The salt with which this instance announced itself. */
    @GuardedBy("this")
    private @Nullable Salt announced;

    /**
     * The derived keys.
     *
     * @param before the key of the releases before; null when none of its hashes can be of use
     * @param usesBefore whether hashes are made with that one
     */
    private record Keys(
            Salt salt, SecretKeySpec latest, @Nullable SecretKeySpec before, boolean usesBefore) {
        SecretKeySpec making() {
            return usesBefore && before != null ? before : latest;
        }

        List<SecretKeySpec> recognised() {
            return before == null ? List.of(latest) : List.of(latest, before);
        }
    }

    /** A salt as it is at an instant of the database's. */
    private record Read(Salt salt, Instant now) {}

    /** @param folder of the file, if the address of the database has no password */
    ShopSecret(
            Database database, DatabaseClock clock, Optional<URI> databaseUrl, Path folder, KeyDerivation derivation) {
        this.database = database;
        this.clock = clock;
        this.password = databaseUrl.map(URI::getRawAuthority).flatMap(ShopSecret::password);
        this.file = new SecretFile(folder);
        this.derivation = derivation;
    }

    /** @param authority user, password and hosts; several hosts are more than {@link URI#getUserInfo} understands */
    private static Optional<String> password(String authority) {
        String[] parts =
                authority.substring(0, Math.max(0, authority.lastIndexOf('@'))).split(":", 2);
        return parts.length == 2 && !parts[1].isEmpty() ? Optional.of(JdbcTarget.decode(parts[1])) : Optional.empty();
    }

    /** The keyed hash of some texts; 32 bytes. No two purposes have hashes in common. */
    byte[] hash(String purpose, String... texts) {
        return hash(ready().making(), purpose, texts);
    }

    /** All hashes that count as the texts' one; more than one only while those of releases before may be of use. */
    List<byte[]> recognised(String purpose, String... texts) {
        return ready().recognised().stream()
                .map(key -> hash(key, purpose, texts))
                .toList();
    }

    private static byte[] hash(SecretKeySpec key, String purpose, String... texts) {
        try {
            Mac mac = Mac.getInstance(MAC);
            mac.init(key);
            mac.update(purpose.getBytes(StandardCharsets.UTF_8));
            Arrays.stream(texts).forEach(text -> {
                mac.update((byte) 0);
                mac.update(text.getBytes(StandardCharsets.UTF_8));
            });
            return mac.doFinal();
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    /** A key for what is kept for long, which no release before reads. */
    byte[] lasting(String purpose) {
        return hash(ready().latest(), purpose);
    }

    private Keys ready() {
        Keys known = keys;
        return known != null ? known : load();
    }

    /**
     * Makes hashes ready. A server did so when it started; without that it asks the database and takes a moment, so it
     * is called before transactions.
     */
    void makeReady() {
        if (keys == null) {
            load();
        }
    }

    /** Follows the database, which may have been replaced by a backup, and tells the other instances of this one. */
    void renew() {
        announce(load());
    }

    private synchronized Keys load() {
        Read read = database.inTransaction(this::salt);
        Keys last = keys;
        SecretKeySpec latest = last != null && last.salt().isSameAs(read.salt()) ? last.latest() : latest(read.salt());
        boolean recognised = password.isPresent()
                && read.now().isBefore(read.salt().usedFrom().plus(RECOGNISED));
        var next = new Keys(
                read.salt(),
                latest,
                recognised ? before(last) : null,
                read.now().isBefore(read.salt().usedFrom()));
        keys = next;
        return next;
    }

    private Read salt(Handle handle) {
        byte[] made = new byte[SALT_BYTES];
        RANDOM.nextBytes(made);
        Instant now = clock.now(handle);
        return new Read(SecretSql.readOrKeep(handle, made, now), now);
    }

    private SecretKeySpec latest(Salt salt) {
        byte[] bytes = password.map(secret ->
                        derivation.derive(Digest.SHA256, secret, HexFormat.of().formatHex(salt.bytes()), ITERATIONS))
                .orElseGet(file::readOrMake);
        return new SecretKeySpec(bytes, MAC);
    }

    private SecretKeySpec before(@Nullable Keys last) {
        if (last != null && last.before() != null) {
            return last.before();
        }
        return new SecretKeySpec(
                derivation.derive(Digest.SHA256, password.orElseThrow(), SALT_BEFORE, ITERATIONS_BEFORE), MAC);
    }

    private synchronized void announce(Keys mine) {
        Salt last = announced;
        if (last != null && last.isSameAs(mine.salt())) {
            return;
        }
        byte[] fingerprint = hash(mine.latest(), "huella");
        boolean another = database.inTransaction(handle -> SecretSql.announce(handle, fingerprint, clock.now(handle)));
        announced = mine.salt();
        if (another) {
            LOG.log(
                    Level.WARNING,
                    "this instance has another secret than the one that started before it: mailed codes and second "
                            + "factors of one are not good for the other. After a change of the database''s password "
                            + "that ends once every instance was started anew; otherwise give all the same {0}",
                    password.isPresent() ? "password in DATABASE_URL" : "claves/secreto.hex");
        }
    }
}
