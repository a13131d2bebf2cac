package com.electroisla.reservation;

import com.electroisla.order.Order;
import com.electroisla.payment.Payment;
import com.electroisla.payment.RefundReason;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.stream.Collectors;

/** The outcome of a request. Refusals are values here; faults are exceptions. */
public sealed interface ReservationOutcome {

    /** Everything in the cart is held until {@link ReservedLine#expiresAt()}. */
    record Reserved(List<ReservedLine> lines, List<PriceChange> priceChanges) implements ReservationOutcome {}

    record CartEmpty() implements ReservationOutcome {}

    /** Nothing was reserved or sold, and earlier holds are as they were. */
    record NotEnoughStock(List<Shortage> shortages) implements ReservationOutcome {}

    /** Nothing was sold: the figures do not cover the held units, because another program wrote wrong figures. */
    record UnitsMissing(List<Shortage> shortages) implements ReservationOutcome {
        public String names() {
            return shortages.stream().map(Shortage::product).collect(Collectors.joining(", "));
        }
    }

    /** These products have no valid price; nothing was done, and earlier holds are as they were. */
    record NotForSale(List<Unsaleable> products) implements ReservationOutcome {
        public String names() {
            return products.stream().map(Unsaleable::product).collect(Collectors.joining(", "));
        }
    }

    /** The amount is larger than an order can hold. */
    record AmountTooLarge() implements ReservationOutcome {}

    record Cancelled(int count) implements ReservationOutcome {}

    record NothingToCancel() implements ReservationOutcome {}

    record Ordered(Order order) implements ReservationOutcome {}

    /** Nothing was sold; {@code lost} are the expired holds, empty when there never were any. */
    record HoldsExpired(List<LostHold> lost) implements ReservationOutcome {}

    /**
     * The payer has agreed to something else; nothing was sold.
     *
     * @param total the sum of the present holds
     */
    record NotAgreed(BigDecimal total) implements ReservationOutcome {}

    /** Nothing was done: a payment keeps the holds, or was begun for them already. */
    record PaymentUnderWay(long payment) implements ReservationOutcome {}

    /**
     * Nothing was reserved: the cart has more units of a product than one buyer may hold at once.
     *
     * @param cap how many that are
     */
    record TooManyUnits(String product, int cap) implements ReservationOutcome {}

    /** The outcome of a request about payments. */
    sealed interface OfPayment extends ReservationOutcome {}

    /** The payment, just begun or begun before with the same key; in the latter case it may be over. */
    record PaymentBegun(Payment payment) implements OfPayment {}

    /**
     * The money sold the order.
     *
     * @param late whether holds of the payment were over, and units were taken anew
     */
    record PaymentSold(Order order, boolean late) implements OfPayment {}

    /** The word is about a charge that has sold already. */
    record AlreadySold(long payment) implements OfPayment {}

    /** The money sold nothing and is owed back. */
    record RefundOwed(long payment, RefundReason reason) implements OfPayment {}

    /** The provider refused; the holds live on, for another payment. */
    record PaymentTurnedDown() implements OfPayment {}

    /** The word changed nothing: it was heard before, or came when the payment was over. */
    record NothingNew() implements OfPayment {}

    /** This buyer has no such payment: it has changed hands, and the caller looks again whose it is. */
    record NotThisBuyers() implements OfPayment {}

    /** The payment is given up, now or before. */
    record PaymentCancelled(Payment payment) implements OfPayment {}

    /** The money came before. */
    record PaymentAlreadyPaid() implements OfPayment {}

    /** This buyer has no such payment. */
    record PaymentUnknown() implements OfPayment {}

    /** The account does not exist any more. */
    record UserGone() implements ReservationOutcome {}

    /** @param id the hold's id */
    record ReservedLine(long id, String product, int quantity, Instant expiresAt) {}

    /** @param available the most units that this buyer could have had */
    record Shortage(long productId, String product, int available, int requested) {}

    record Unsaleable(long productId, String product) {}

    record PriceChange(long productId, String product, BigDecimal before, BigDecimal after) {}

    record LostHold(long productId, String product, int quantity) {}
}
