package com.electroisla.reservation;

import java.time.Duration;
import java.time.Instant;

/**
 * A reservation as its buyer sees it. A pending one that is past its time is over, swept or not, and shows as expired.
 *
 * @param now the database's clock when it was read
 */
public record ReservationView(
        long id, long productId, String product, int quantity, ReservationStatus status, Instant createdAt, Instant expiresAt, Instant now) {

    public ReservationStatus effectiveStatus() {
        return status == ReservationStatus.PENDING && !expiresAt.isAfter(now) ? ReservationStatus.EXPIRED : status;
    }

    /** Whole seconds left, rounded up; 0 for one that is over. */
    public long secondsLeft() {
        return effectiveStatus() == ReservationStatus.PENDING ? Math.ceilDiv(Duration.between(now, expiresAt).toNanos(), 1_000_000_000L) : 0;
    }
}
