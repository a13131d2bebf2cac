package com.electroisla.order;

import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * How long an order waits for its money. The end is written with the order: it is a promise, which another setting does
 * not change.
 *
 * @param transfer for a bank transfer; empty: it waits for ever
 * @param cash for cash; empty: it waits for ever
 */
public record PaymentWindows(Optional<Duration> transfer, Optional<Duration> cash) {
    /** Every order waits for ever. */
    public static final PaymentWindows NONE = new PaymentWindows(Optional.empty(), Optional.empty());

    /** The window of an order in whole seconds; null for one that is paid, or waits for ever. */
    @Nullable
    Long secondsOf(Order order) {
        return order.state() == OrderState.PENDING
                ? PaymentMethod.of(order.paymentMethod())
                        .flatMap(this::of)
                        .map(Duration::toSeconds)
                        .orElse(null)
                : null;
    }

    private Optional<Duration> of(PaymentMethod method) {
        return switch (method) {
            case CARD -> Optional.empty();
            case TRANSFER -> transfer;
            case CASH -> cash;
        };
    }
}
