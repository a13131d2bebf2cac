package com.electroisla.reservation;

import com.electroisla.groupcommit.UserRequest;
import com.electroisla.order.OrderDetails;
import com.electroisla.payment.ProviderWord;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** A buyer's request to the engine. Every request concerns the buyer's own cart, holds and payments. */
public sealed interface ReservationRequest extends UserRequest {

    /** Checkout: hold everything in the cart, all or nothing; replaces the buyer's earlier holds. */
    record ReserveCart(int userId, @Nullable String address, String userAgent) implements ReservationRequest {}

    /** Give up every pending hold. */
    record CancelHolds(int userId) implements ReservationRequest {}

    /**
     * An order: turn the holds of the last checkout into one, all or nothing.
     *
     * @param agreed the sum that the payer has seen; null when the caller gave none
     * @param chargedBy the provider that has charged the sum at once: payment and charge are kept with the order, the
     *     charge under {@link com.electroisla.payment.Charge#onlyOneOf its only name}; null where no provider is asked
     */
    record PlaceOrder(
            int userId,
            OrderDetails details,
            @Nullable Agreed agreed,
            @Nullable String chargedBy) implements ReservationRequest {
        public PlaceOrder(int userId, OrderDetails details, @Nullable Agreed agreed) {
            this(userId, details, agreed, null);
        }
    }

    /** A request about payments through a provider. */
    sealed interface OfPayment extends ReservationRequest {}

    /**
     * Begins a payment for the holds of the last checkout, which then live for its window. A repetition with the same
     * key takes the same payment up again, whatever became of it.
     *
     * @param agreed the sum that the payer has seen; null when the caller gave none
     * @param window how long the holds are kept, unless a payment that was refused has been given its window before
     * @param key the caller's Idempotency-Key; null when none was sent
     */
    record BeginPayment(
            int userId,
            OrderDetails details,
            @Nullable Agreed agreed,
            String provider,
            Duration window,
            @Nullable String key)
            implements OfPayment {}

    /** A provider's word about a payment of this buyer. */
    record HearPayment(int userId, long payment, ProviderWord word) implements OfPayment {}

    /** Gives up a payment and its holds. Money that comes all the same is given back. */
    record CancelPayment(int userId, long payment) implements OfPayment {}
}
