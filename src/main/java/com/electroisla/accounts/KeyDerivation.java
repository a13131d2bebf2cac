package com.electroisla.accounts;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.PBEKeySpec;

/** The slow computation behind a password; a test counts its iterations. */
@FunctionalInterface
interface KeyDerivation {
    /** The JDK's PBKDF2 with HMAC-SHA-256, which reads the password as UTF-8, as Django does. */
    KeyDerivation PBKDF2_SHA256 = (password, salt, iterations) -> {
        var specification = new PBEKeySpec(password.toCharArray(), salt.getBytes(StandardCharsets.UTF_8), iterations, 256);
        try {
            return SecretKeyFactory.getInstance("PBKDF2WithHmacSHA256").generateSecret(specification).getEncoded();
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException(impossible);
        } finally {
            specification.clearPassword();
        }
    };

    /**
     * 32 bytes.
     *
     * @param salt not empty
     * @param iterations at least 1
     */
    byte[] derive(String password, String salt, int iterations);
}
