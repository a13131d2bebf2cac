package com.electroisla.cart;

import com.electroisla.limits.LimitResult;
import java.util.List;

/** The outcome of a change to a cart. A refusal changes nothing. */
public sealed interface CartOutcome {

    record Changed(Cart cart) implements CartOutcome {}

    /** @param cut the products whose quantity is another than the request's */
    record QuantitiesSet(Cart cart, List<Cut> cut) implements CartOutcome {}

    /**
     * @param quantity the units in the cart now
     * @param available the most this buyer could have; 0 unless the reason is that it was not enough, or a cap
     */
    record Cut(long productId, int requested, int quantity, int available, Reason reason) {}

    /** The reason why a quantity was cut. */
    enum Reason {
        NOT_ENOUGH,
        /** More than {@link Carts#LARGEST_QUANTITY}. */
        TOO_MANY,
        /** More of one product than the shop lets one buyer hold. */
        OVER_UNIT_CAP,
        NO_SUCH_PRODUCT,
        NOT_FOR_SALE,
        CART_FULL
    }

    /** @param available the most this buyer could have, the buyer's own live hold included */
    record NotEnough(int available, int requested) implements CartOutcome {}

    /** More of one product than the shop lets one buyer hold, though there are as many. */
    record OverUnitCap(int cap) implements CartOutcome {}

    /** The product does not exist, or is not on sale. */
    record NoSuchProduct() implements CartOutcome {}

    /** The product has no valid price: below 0, or not a number. */
    record NotForSale(String product) implements CartOutcome {}

    /** The line is not in this cart. */
    record NoSuchLine() implements CartOutcome {}

    /** The cart has as many different products as it can hold. */
    record CartFull() implements CartOutcome {}

    /** The request was counted, and had no other effect. */
    record Counted() implements CartOutcome {}

    /** The buyer has added too often this hour. */
    record OverLimit(LimitResult.Exceeded exceeded) implements CartOutcome {}

    /** The account does not exist any more. */
    record UserGone() implements CartOutcome {}
}
