package com.electroisla.accounts;

import com.electroisla.accounts.KeyDerivation.Digest;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Passwords in Django's own format, {@code pbkdf2_sha256$iterations$salt$base64}, so that each program verifies the
 * other's hashes. The {@code pbkdf2_sha1} of its other default hasher is read too, and never written.
 *
 * <p>Invariant: every refusal costs {@code currentIterations} of SHA-256 in total, whether the account is unknown or
 * inactive, the password is wrong, or the hash is older (cheaper), of SHA-1 or unusable; so its time tells nothing.
 * Only a hash with more iterations than ours costs more, because it cannot be verified for less.
 *
 * <p>The computation is slow on purpose. It runs in {@link PasswordThreads}, which may refuse when it is full.
 */
final class DjangoPasswords {
    /** Django 5.2's count (PBKDF2PasswordHasher.iterations). */
    static final int CURRENT_ITERATIONS = 1_000_000;

    /** A limit above any Django release; a hash with more iterations would let one row occupy a thread for minutes. */
    private static final int MOST_ITERATIONS = 10_000_000;

    private static final String ALGORITHM = "pbkdf2_sha256";
    private static final String OLD_ALGORITHM = "pbkdf2_sha1";
    private static final String SALT_LETTERS = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789";
    private static final int SALT_LENGTH = 22;
    private static final SecureRandom RANDOM = new SecureRandom();

    private final int currentIterations;
    private final KeyDerivation derivation;
    private final PasswordThreads threads;

    DjangoPasswords(int currentIterations, KeyDerivation derivation, PasswordThreads threads) {
        this.currentIterations = currentIterations;
        this.derivation = derivation;
        this.threads = threads;
    }

    /** The result of checking a password. */
    enum Verdict {
        REFUSED,
        ACCEPTED,
        /** Accepted, and the hash should be raised to the current count. */
        ACCEPTED_OUTDATED
    }

    /** A new hash of the password with a new salt at the current count. */
    String hash(String password, PasswordThreads.Lane lane) throws PasswordsBusy {
        return threads.run(lane, () -> {
            String salt = newSalt();
            byte[] key = derivation.derive(Digest.SHA256, password, salt, currentIterations);
            return ALGORITHM
                    + '$'
                    + currentIterations
                    + '$'
                    + salt
                    + '$'
                    + Base64.getEncoder().encodeToString(key);
        });
    }

    /**
     * Whether the password opens the account.
     *
     * @param stored the account's hash; null when there is no such account
     * @param lane the queue in which the computation waits
     * @param mayEnter false for an inactive account, which is refused at the same cost, right password or wrong
     */
    Verdict check(PasswordThreads.Lane lane, String password, @Nullable String stored, boolean mayEnter)
            throws PasswordsBusy {
        Optional<Parts> parts = stored == null ? Optional.empty() : Parts.parse(stored);
        return threads.run(lane, () -> checkNow(password, parts, mayEnter));
    }

    private Verdict checkNow(String password, Optional<Parts> parts, boolean mayEnter) {
        boolean matches = parts.isPresent() && matches(password, parts.get());
        int spent = parts.map(Parts::cost).orElse(0);
        if (matches && mayEnter) {
            return parts.get().digest() != Digest.SHA256 || spent < currentIterations
                    ? Verdict.ACCEPTED_OUTDATED
                    : Verdict.ACCEPTED;
        }
        if (spent < currentIterations) {
            derivation.derive(Digest.SHA256, password, "relleno", currentIterations - spent);
        }
        return Verdict.REFUSED;
    }

    private boolean matches(String password, Parts parts) {
        byte[] key = derivation.derive(parts.digest(), password, parts.salt(), parts.iterations());
        return MessageDigest.isEqual(key, parts.key());
    }

    private static String newSalt() {
        var salt = new StringBuilder(SALT_LENGTH);
        for (int i = 0; i < SALT_LENGTH; i++) {
            salt.append(SALT_LETTERS.charAt(RANDOM.nextInt(SALT_LETTERS.length())));
        }
        return salt.toString();
    }

    /** A parsed hash; a hash in another format (another algorithm, Django's unusable «!...») has no parts. */
    private record Parts(Digest digest, int iterations, String salt, byte[] key) {
        int cost() {
            return digest.inSha256(iterations);
        }

        static Optional<Parts> parse(String stored) {
            String[] fields = stored.split("\\$", -1);
            Optional<Digest> digest = digest(fields[0]);
            if (fields.length != 4 || digest.isEmpty() || fields[2].isEmpty()) {
                return Optional.empty();
            }
            try {
                int iterations = Integer.parseInt(fields[1]);
                byte[] key = Base64.getDecoder().decode(fields[3]);
                boolean sane = iterations >= 1
                        && iterations <= MOST_ITERATIONS
                        && key.length == digest.get().keyBytes();
                return sane ? Optional.of(new Parts(digest.get(), iterations, fields[2], key)) : Optional.empty();
            } catch (IllegalArgumentException malformed) {
                return Optional.empty();
            }
        }

        private static Optional<Digest> digest(String algorithm) {
            return switch (algorithm) {
                case ALGORITHM -> Optional.of(Digest.SHA256);
                case OLD_ALGORITHM -> Optional.of(Digest.SHA1);
                default -> Optional.empty();
            };
        }
    }
}
