package com.electroisla.reservation;

import com.electroisla.order.Order;
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
