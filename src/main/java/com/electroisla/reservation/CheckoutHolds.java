package com.electroisla.reservation;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * What a buyer's last checkout held and nobody has paid or given up since.
 *
 * @param now the database's clock when it was read
 */
public record CheckoutHolds(List<Line> lines, Instant now) {

    /** @param price of one unit, as it will be charged */
    public record Line(long id, long productId, String product, int quantity, BigDecimal price, Instant expiresAt, boolean pending) {
        public BigDecimal subtotal() {
            return price.multiply(BigDecimal.valueOf(quantity));
        }
    }

    public boolean isEmpty() {
        return lines.isEmpty();
    }

    /** Whether it cannot be paid any more, because one of the holds ran out. */
    public boolean isOver() {
        return lines.stream().anyMatch(line -> !line.pending() || !line.expiresAt().isAfter(now));
    }

    /** Whether it could be paid now. */
    public boolean isLive() {
        return !isEmpty() && !isOver();
    }

    /** When the first of them ends or ended. */
    public Optional<Instant> expiresAt() {
        return lines.stream().map(Line::expiresAt).min(Instant::compareTo);
    }

    /** Whole seconds until then, rounded up; never below 0. */
    public long secondsLeft() {
        return expiresAt().map(end -> Math.max(0, Math.ceilDiv(Duration.between(now, end).toMillis(), 1_000L))).orElse(0L);
    }

    public BigDecimal total() {
        return lines.stream().map(Line::subtotal).reduce(BigDecimal.ZERO.setScale(2), BigDecimal::add);
    }

    /** What a payer who is shown all of this agrees to. */
    public Agreed agreed() {
        return new Agreed(total(), lines.stream().map(Line::id).collect(Collectors.toSet()));
    }

    public int units() {
        return lines.stream().mapToInt(Line::quantity).sum();
    }
}
