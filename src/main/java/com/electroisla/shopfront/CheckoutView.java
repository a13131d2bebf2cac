package com.electroisla.shopfront;

import com.electroisla.reservation.CheckoutHolds;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What is held for the buyer, how long still, and the form that pays for it.
 *
 * @param over whether the time is up: nothing can be paid any more
 * @param expiresAt when it ends or ended; null when nothing is held
 * @param form what was typed before
 * @param problem why a payment was refused; empty at first
 */
public record CheckoutView(List<CheckoutHolds.Line> lines, BigDecimal total, int units, boolean over, long secondsLeft,
        @Nullable Instant expiresAt, PaymentForm form, String problem) {

    public static CheckoutView of(CheckoutHolds holds, PaymentForm form, String problem) {
        return new CheckoutView(holds.lines(), holds.total(), holds.units(), holds.isOver(), holds.secondsLeft(), holds.expiresAt().orElse(null),
                form, problem);
    }
}
