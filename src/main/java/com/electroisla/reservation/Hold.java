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

    /** When the buyer's unbroken hold of the product began; for a new row that is now, unless it follows another. */
    final Instant since;

    @Nullable
    BigDecimal price;

    Instant expiresAt;
    ReservationStatus status = ReservationStatus.PENDING;

    @Nullable
    Long checkout;

    @Nullable
    Long order;

    /** The payment that keeps it. */
    @Nullable
    Long payment;

    /** Whether it is pending still and its row differs from the database's. */
    private boolean renewed;

    static Hold existing(Snapshot.PendingHold row) {
        Hold hold = new Hold(
                row.id(),
                row.userId(),
                row.productId(),
                row.quantity(),
                row.price(),
                row.expiresAt(),
                row.since(),
                false,
                null,
                "");
        hold.checkout = row.checkout();
        hold.payment = row.payment();
        return hold;
    }

    static Hold fresh(
            long id,
            ReservationRequest.ReserveCart request,
            long productId,
            int quantity,
            @Nullable BigDecimal price,
            Instant expiresAt,
            Instant since,
            long checkout) {
        Hold hold = new Hold(
                id,
                request.userId(),
                productId,
                quantity,
                price,
                expiresAt,
                since,
                true,
                request.address(),
                request.userAgent());
        hold.checkout = checkout;
        return hold;
    }

    /** Units that late money takes: held for no moment, because they are sold at once. */
    static Hold sold(
            long id, int user, long productId, int quantity, BigDecimal price, Instant now, long checkout, long order) {
        Hold hold = new Hold(id, user, productId, quantity, price, now, now, true, null, "");
        hold.checkout = checkout;
        hold.sell(order);
        return hold;
    }

    private Hold(
            long id,
            int userId,
            long productId,
            int quantity,
            @Nullable BigDecimal price,
            Instant expiresAt,
            Instant since,
            boolean isNew,
            @Nullable String address,
            String userAgent) {
        this.id = id;
        this.userId = userId;
        this.productId = productId;
        this.quantity = quantity;
        this.price = price;
        this.expiresAt = expiresAt;
        this.since = since;
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

    /** Keeps it for a payment, until then. */
    void keepFor(long newPayment, Instant until) {
        payment = newPayment;
        expiresAt = until;
        renewed = true;
    }

    /** The payment is over; the hold lives on. */
    void keepForNone() {
        payment = null;
        renewed = true;
    }

    void sell(long newOrder) {
        end(ReservationStatus.CONFIRMED);
        order = newOrder;
    }

    void end(ReservationStatus last) {
        status = last;
        payment = null;
    }

    boolean isLive(Instant now) {
        return status == ReservationStatus.PENDING && expiresAt.isAfter(now);
    }

    /** Whether an existing row differs from the database's. */
    boolean isChanged() {
        return !isNew && (renewed || status != ReservationStatus.PENDING);
    }
}
