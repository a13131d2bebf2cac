package com.electroisla.order;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Collection;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/**
 * Links in letters that open one order of a guest to whoever has them, for half a year. The database keeps their
 * hashes. When an account takes the order over they open nothing any more.
 */
public final class OrderLinks {
    private static final Duration VALID = Duration.ofDays(180);
    private static final int TOKEN_BYTES = 32;
    private static final int MOST_DELETED_AT_ONCE = 1_000;
    private static final SecureRandom RANDOM = new SecureRandom();

    private OrderLinks() {}

    /** A new token for this order, in the caller's transaction. */
    public static String make(Handle handle, long order, Instant now) {
        byte[] bytes = new byte[TOKEN_BYTES];
        RANDOM.nextBytes(bytes);
        String token = Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
        OrderLinkSql.insert(handle, hash(token), order, now, now.plus(VALID));
        return token;
    }

    /**
     * The order that a token opens.
     *
     * @param email the guest's address, to which the letter went
     */
    public record Opened(long order, int guest, String email) {
        /** Without the address. */
        @Override
        public String toString() {
            return "Opened[" + order + "]";
        }
    }

    /** The order that the token opens, while it is a guest's. */
    public static Optional<Opened> open(Handle handle, String token, Instant now) {
        return token.matches("[A-Za-z0-9_-]{43}") ? OrderLinkSql.find(handle, hash(token), now) : Optional.empty();
    }

    public static void revoke(Handle handle, Collection<Long> orders) {
        OrderLinkSql.revoke(handle, orders);
    }

    /** Deletes links that have ended; at most 1000 a call. */
    public static int deleteEnded(Handle handle, Instant now) {
        return OrderLinkSql.deleteEnded(handle, now, MOST_DELETED_AT_ONCE);
    }

    private static byte[] hash(String token) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(token.getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException everyJdkHasIt) {
            throw new IllegalStateException(everyJdkHasIt);
        }
    }
}
