package com.electroisla.reservation;

import java.math.BigDecimal;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A reservation while a batch is being decided. A row that the batch inserts has its final status, so that no row is
 * inserted and then updated in one transaction.
 */
final class Hold {
    final long id;
    final int userId;
    final long productId;
    final int quantity;
    final boolean isNew;
    final @Nullable String address;
    final String userAgent;

    @Nullable
    BigDecimal price;

    Instant expiresAt;
    ReservationStatus status = ReservationStatus.PENDING;

    @Nullable
    Long checkout;

    @Nullable
    Long order;

    boolean renewed;

    static Hold existing(Snapshot.PendingHold row) {
        return new Hold(
                row.id(), row.userId(), row.productId(), row.quantity(), row.price(), row.expiresAt(), false, null, "");
    }

    static Hold fresh(
            long id,
            ReservationRequest.ReserveCart request,
            long productId,
            int quantity,
            @Nullable BigDecimal price,
            Instant expiresAt,
            long checkout) {
        Hold hold = new Hold(
                id,
                request.userId(),
                productId,
                quantity,
                price,
                expiresAt,
                true,
                request.address(),
                request.userAgent());
        hold.checkout = checkout;
        return hold;
    }

    private Hold(
            long id,
            int userId,
            long productId,
            int quantity,
            @Nullable BigDecimal price,
            Instant expiresAt,
            boolean isNew,
            @Nullable String address,
            String userAgent) {
        this.id = id;
        this.userId = userId;
        this.productId = productId;
        this.quantity = quantity;
        this.price = price;
        this.expiresAt = expiresAt;
        this.isNew = isNew;
        this.address = address;
        this.userAgent = userAgent;
    }

    void renew(@Nullable BigDecimal newPrice, Instant until, long newCheckout) {
        price = newPrice;
        expiresAt = until;
        checkout = newCheckout;
        renewed = true;
    }

    boolean isLive(Instant now) {
        return status == ReservationStatus.PENDING && expiresAt.isAfter(now);
    }

    /** Whether an existing row differs from the database's. */
    boolean isChanged() {
        return !isNew && (renewed || status != ReservationStatus.PENDING);
    }
}
