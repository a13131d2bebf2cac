package com.electroisla.reservation;

import com.electroisla.groupcommit.UserRequest;
import com.electroisla.order.OrderDetails;
import org.jspecify.annotations.Nullable;

/** A buyer's request to the engine. Every request concerns the buyer's own cart and holds. */
public sealed interface ReservationRequest extends UserRequest {

    /** Checkout: hold everything in the cart, all or nothing; replaces the buyer's earlier holds. */
    record ReserveCart(int userId, @Nullable String address, String userAgent) implements ReservationRequest {}

    /** Give up every pending hold. */
    record CancelHolds(int userId) implements ReservationRequest {}

    /**
     * Payment: turn the holds of the last checkout into an order, all or nothing.
     *
     * @param agreed the sum that the payer has seen; null when the caller gave none
     */
    record PlaceOrder(
            int userId, OrderDetails details, @Nullable Agreed agreed) implements ReservationRequest {}
}
