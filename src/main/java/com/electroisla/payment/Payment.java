package com.electroisla.payment;

import com.electroisla.order.OrderDetails;
import java.math.BigDecimal;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A payment through a provider.
 *
 * @param checkout the checkout whose holds it keeps; null for holds of the old shop's
 * @param provider its name, such as {@code stripe}
 * @param reference the provider's own name for it; null until the provider has answered
 * @param url where the buyer pays; null until the provider has answered, and for one that was charged at once
 * @param key the caller's Idempotency-Key; null when none was sent
 * @param expiresAt until when it keeps its holds
 * @param askedAt when the provider was last asked about it; null for never
 * @param order what its money sold; null while it sold nothing
 */
public record Payment(
        long id,
        int userId,
        @Nullable Long checkout,
        PaymentState state,
        String provider,
        @Nullable String reference,
        @Nullable String url,
        BigDecimal amount,
        OrderDetails details,
        @Nullable String key,
        Instant expiresAt,
        Instant createdAt,
        Instant updatedAt,
        @Nullable Instant askedAt,
        @Nullable Long order) {

    /** A new payment, which no provider knows yet. */
    public static Payment begun(
            long id,
            int userId,
            @Nullable Long checkout,
            String provider,
            BigDecimal amount,
            OrderDetails details,
            @Nullable String key,
            Instant expiresAt,
            Instant now) {
        return new Payment(
                id,
                userId,
                checkout,
                PaymentState.BEGUN,
                provider,
                null,
                null,
                amount,
                details,
                key,
                expiresAt,
                now,
                now,
                null,
                null);
    }

    /** The state as people see it: one whose time is over has lapsed, also before that is written. */
    public PaymentState stateAt(Instant now) {
        return state == PaymentState.BEGUN && !isInTime(now) ? PaymentState.LAPSED : state;
    }

    /** Whether it keeps its holds now. */
    public boolean isAlive(Instant now) {
        return state.isAlive() && isInTime(now);
    }

    private boolean isInTime(Instant now) {
        return expiresAt.isAfter(now);
    }

    /** The same payment in another state. */
    public Payment in(PaymentState next, Instant now) {
        return in(next, order, now);
    }

    /** The same payment, whose money sold this order. */
    public Payment paid(long sold, Instant now) {
        return in(PaymentState.PAID, sold, now);
    }

    private Payment in(PaymentState next, @Nullable Long sold, Instant now) {
        if (!state.followers().contains(next)) {
            throw new IllegalStateException("payment " + id + " would go from " + state + " to " + next);
        }
        return new Payment(
                id, userId, checkout, next, provider, reference, url, amount, details, key, expiresAt, createdAt, now,
                askedAt, sold);
    }

    /** Without address, telephone number and notes. */
    @Override
    public String toString() {
        return "Payment[" + id + " " + state.word() + " " + amount + " " + provider + "]";
    }
}
