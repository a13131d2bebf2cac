package com.electroisla.reservation.history;

import com.electroisla.reservation.ReservationStatus;
import java.time.Duration;
import java.time.Instant;

/**
 * A reservation as its buyer sees it. A pending one past its end is shown as expired, swept or not.
 *
 * @param now the database's clock when it was read
 */
public record ReservationView(
        long id,
        long productId,
        String product,
        int quantity,
        ReservationStatus status,
        Instant createdAt,
        Instant expiresAt,
        Instant now) {

    public ReservationStatus effectiveStatus() {
        return status == ReservationStatus.PENDING && !expiresAt.isAfter(now) ? ReservationStatus.EXPIRED : status;
    }

    /** Whole seconds left, rounded up; 0 for one that has ended. */
    public long secondsLeft() {
        return effectiveStatus() == ReservationStatus.PENDING
                ? Math.ceilDiv(Duration.between(now, expiresAt).toNanos(), 1_000_000_000L)
                : 0;
    }
}
