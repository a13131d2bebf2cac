package com.electroisla.payment;

import java.math.BigDecimal;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A charge that a provider told of, kept once.
 *
 * @param name the provider's own name for it
 * @param payment null where nobody knows the payment
 */
public record Charge(
        long id,
        String provider,
        String name,
        @Nullable Long payment,
        BigDecimal amount,
        Instant receivedAt,
        ChargeResult result) {
    /** The longest name of a charge that is kept. */
    public static final int LONGEST_NAME = 255;

    /** The name of the charge of a payment that is charged once and at once, where the provider gives none. */
    public static String onlyOneOf(long payment) {
        return "pago-" + payment;
    }
}
