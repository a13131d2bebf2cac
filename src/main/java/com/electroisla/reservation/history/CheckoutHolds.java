package com.electroisla.reservation.history;

import com.electroisla.reservation.Agreed;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * The holds of a buyer's last checkout that were neither paid nor given up.
 *
 * @param now the database's clock when they were read
 */
public record CheckoutHolds(List<Line> lines, Instant now) {

    /** @param price of one unit, as it will be charged */
    public record Line(
            long id,
            long productId,
            String product,
            int quantity,
            BigDecimal price,
            Instant expiresAt,
            boolean pending) {
        public BigDecimal subtotal() {
            return price.multiply(BigDecimal.valueOf(quantity));
        }
    }

    public boolean isEmpty() {
        return lines.isEmpty();
    }

    /** Whether payment is impossible, because one of the holds has expired. */
    public boolean isOver() {
        return lines.stream()
                .anyMatch(line -> !line.pending() || !line.expiresAt().isAfter(now));
    }

    /** Whether payment is possible now. */
    public boolean isLive() {
        return !isEmpty() && !isOver();
    }

    /** When the first of the holds ends or ended. */
    public Optional<Instant> expiresAt() {
        return lines.stream().map(Line::expiresAt).min(Instant::compareTo);
    }

    /** Whole seconds until the first end, rounded up; never below 0. */
    public long secondsLeft() {
        return expiresAt()
                .map(end -> Math.max(0, Math.ceilDiv(Duration.between(now, end).toMillis(), 1_000L)))
                .orElse(0L);
    }

    public BigDecimal total() {
        return lines.stream().map(Line::subtotal).reduce(BigDecimal.ZERO.setScale(2), BigDecimal::add);
    }

    /** The agreement of a payer to whom all of this is shown. */
    public Agreed agreed() {
        return new Agreed(total(), lines.stream().map(Line::id).collect(Collectors.toSet()));
    }

    public int units() {
        return lines.stream().mapToInt(Line::quantity).sum();
    }
}
