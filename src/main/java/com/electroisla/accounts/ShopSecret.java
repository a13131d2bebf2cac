package com.electroisla.accounts;

import com.electroisla.accounts.KeyDerivation.Digest;
import com.electroisla.database.JdbcTarget;
import com.google.errorprone.annotations.concurrent.GuardedBy;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import java.util.Optional;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/**
 * A secret that all instances of a shop share and that is not in its database: whoever reads the tables, or a dump of
 * them, cannot compute what it keys. A code of six digits needs that, because there are only a million of them.
 *
 * <p>The secret is derived from the password of {@code DATABASE_URL}, which every instance has and no dump contains;
 * slowly, so that the password is not found from what it keyed. A shop without one (the included database, a
 * connection that the server trusts) has a file under its home instead; several instances then need copies of it.
 * When the secret changes, codes that are on their way stop working, and so do second factors, which were encrypted
 * under it: their owners sign in with a recovery code, or the operator takes the factor away.
 */
final class ShopSecret {
    private static final int ITERATIONS = 200_000;
    private static final String MAC = "HmacSHA256";

    private final Optional<String> password;
    private final SecretFile file;

    @GuardedBy("this")
    private @Nullable SecretKeySpec key;

    /** @param folder of the file, if the address of the database has no password */
    ShopSecret(Optional<URI> databaseUrl, Path folder) {
        this.password = databaseUrl.map(URI::getRawAuthority).flatMap(ShopSecret::password);
        this.file = new SecretFile(folder);
    }

    /** @param authority user, password and hosts; several hosts are more than {@link URI#getUserInfo} understands */
    private static Optional<String> password(String authority) {
        String[] parts =
                authority.substring(0, Math.max(0, authority.lastIndexOf('@'))).split(":", 2);
        return parts.length == 2 && !parts[1].isEmpty() ? Optional.of(JdbcTarget.decode(parts[1])) : Optional.empty();
    }

    /** The keyed hash of some texts; 32 bytes. No two purposes have hashes in common. */
    byte[] hash(String purpose, String... texts) {
        try {
            Mac mac = Mac.getInstance(MAC);
            mac.init(key());
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

    /** Derives the key, which takes a moment, before a transaction that needs it. */
    void makeReady() {
        key();
    }

    private synchronized SecretKeySpec key() {
        SecretKeySpec known = key;
        if (known == null) {
            byte[] bytes = password.map(ShopSecret::derived).orElseGet(file::readOrMake);
            known = new SecretKeySpec(bytes, MAC);
            key = known;
        }
        return known;
    }

    private static byte[] derived(String password) {
        return KeyDerivation.JDK.derive(Digest.SHA256, password, "electro isla: secreto de la tienda", ITERATIONS);
    }
}
