package com.electroisla.shopfront;

/** What became of a payment. Only {@link Paid} sold anything or took any money. */
public sealed interface PaymentOutcome {
    record Paid(long order) implements PaymentOutcome {}

    /** Something is missing in the form, or longer than it may be. */
    record Incomplete() implements PaymentOutcome {}

    record CardDeclined() implements PaymentOutcome {}

    record NotACard() implements PaymentOutcome {}

    /** The time was up, or nothing was held. */
    record HoldsOver() implements PaymentOutcome {}

    /** What was held changed while the card was asked; the order was cancelled and no money taken. */
    record AmountChanged() implements PaymentOutcome {}

    /** This form made an order before, which was cancelled since; nothing was sold or taken again. */
    record OrderCancelled(long order) implements PaymentOutcome {}

    /** The form was sent before with other contents, which may have bought something; nothing was done. */
    record FormUsed() implements PaymentOutcome {}

    /**
     * The shop could not answer, or could not find out what became of it; the same form may be sent again.
     *
     * @param message for the buyer, in the buyer's language
     */
    record Failed(String message) implements PaymentOutcome {}
}
