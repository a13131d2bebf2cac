package com.electroisla.cart;

import com.electroisla.limits.LimitResult;

/** What became of a change to a cart. A refusal changes nothing. */
public sealed interface CartOutcome {

    record Changed(Cart cart) implements CartOutcome {}

    /** @param available the most this buyer could have, the buyer's own live hold included */
    record NotEnough(int available, int requested) implements CartOutcome {}

    /** There is no such product, or it is not on sale. */
    record NoSuchProduct() implements CartOutcome {}

    /** It is offered at no price at which anything could be sold: below 0, or no number. */
    record NotForSale(String product) implements CartOutcome {}

    /** The line is not in this cart. */
    record NoSuchLine() implements CartOutcome {}

    /** The cart has as many different products as it can hold. */
    record CartFull() implements CartOutcome {}

    /** The request was counted, and asked for nothing. */
    record Counted() implements CartOutcome {}

    /** The buyer has added too often this hour. */
    record OverLimit(LimitResult.Exceeded exceeded) implements CartOutcome {}

    /** The account does not exist any more. */
    record UserGone() implements CartOutcome {}
}
