package com.electroisla.pages.http;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;

/**
 * The CSRF token, which proves that a form came from one of our pages: derived from the secret in the visitor's
 * cookie, which no other site can read, so nothing is stored.
 */
final class Csrf {
    static final String FIELD = "csrf_token";
    static final String HEADER = "X-CSRF-Token";

    private Csrf() {}

    static String tokenFor(String secret) {
        return derived("csrf", secret);
    }

    /** A text that nobody can tell who does not know the secret. */
    static String derived(String purpose, String secret) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256")
                    .digest((purpose + " " + secret).getBytes(StandardCharsets.UTF_8));
            return Base64.getUrlEncoder().withoutPadding().encodeToString(digest);
        } catch (NoSuchAlgorithmException everyJdkHasIt) {
            throw new IllegalStateException(everyJdkHasIt);
        }
    }
}
