package com.electroisla.shopfront;

import com.electroisla.reservation.history.CheckoutHolds;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The buyer's holds, their remaining time, and the form that pays for them.
 *
 * @param over whether they have expired and cannot be paid any more
 * @param expiresAt when they end or ended; null when there are none
 * @param form the values typed before
 * @param problem why a payment was refused; empty at first
 */
public record CheckoutView(
        List<CheckoutHolds.Line> lines,
        BigDecimal total,
        int units,
        boolean over,
        long secondsLeft,
        @Nullable Instant expiresAt,
        PaymentForm form,
        String problem) {

    public static CheckoutView of(CheckoutHolds holds, PaymentForm form, String problem) {
        return new CheckoutView(
                holds.lines(),
                holds.total(),
                holds.units(),
                holds.isOver(),
                holds.secondsLeft(),
                holds.expiresAt().orElse(null),
                form,
                problem);
    }
}
