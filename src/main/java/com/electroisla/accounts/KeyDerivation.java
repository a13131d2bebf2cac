package com.electroisla.accounts;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.PBEKeySpec;

/** The slow computation of a password's hash; a test counts its iterations. */
@FunctionalInterface
interface KeyDerivation {
    /** The hash function that PBKDF2 iterates. */
    enum Digest {
        SHA256("PBKDF2WithHmacSHA256", 32, 5),
        SHA1("PBKDF2WithHmacSHA1", 20, 3);

        private final String algorithm;
        private final int keyBytes;
        private final int fifths;

        Digest(String algorithm, int keyBytes, int fifths) {
            this.algorithm = algorithm;
            this.keyBytes = keyBytes;
            this.fifths = fifths;
        }

        int keyBytes() {
            return keyBytes;
        }

        /**
         * The number of SHA-256 iterations that take as long as this many of this function, as measured on processors
         * with and without instructions for them.
         */
        int inSha256(int iterations) {
            return (int) ((long) iterations * fifths / SHA256.fifths);
        }
    }

    /** The JDK's PBKDF2, which reads the password as UTF-8, as Django does. */
    KeyDerivation JDK = (digest, password, salt, iterations) -> {
        var specification = new PBEKeySpec(
                password.toCharArray(), salt.getBytes(StandardCharsets.UTF_8), iterations, digest.keyBytes * Byte.SIZE);
        try {
            return SecretKeyFactory.getInstance(digest.algorithm)
                    .generateSecret(specification)
                    .getEncoded();
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException(impossible);
        } finally {
            specification.clearPassword();
        }
    };

    /**
     * Derives a key of the digest's length.
     *
     * @param salt not empty
     * @param iterations at least 1
     */
    byte[] derive(Digest digest, String password, String salt, int iterations);
}
