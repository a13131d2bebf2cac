package com.electroisla.shopfront;

import com.electroisla.groupcommit.Reply;
import com.electroisla.reservation.ReservationOutcome;
import java.math.BigDecimal;

/** The outcome of a payment form. Only {@link Paid} sold units. */
public sealed interface PaymentOutcome {
    record Paid(long order, BigDecimal total) implements PaymentOutcome {}

    /** A field of the form is missing or too long. */
    record Incomplete() implements PaymentOutcome {}

    /** A payment was begun, now or before with this form; it tells where the buyer pays, or what became of it. */
    record Begun(long payment) implements PaymentOutcome {}

    /** The provider of the payment did not answer; nothing was charged. */
    record ProviderAway(long payment) implements PaymentOutcome {}

    /** Another payment keeps the holds. */
    record UnderWay(long payment) implements PaymentOutcome {}

    /** The shop does not have this way to pay. */
    record MethodUnavailable() implements PaymentOutcome {}

    /** The holds had expired, or there were none. */
    record HoldsOver() implements PaymentOutcome {}

    /**
     * The holds or their sum differ from those in the form; nothing was sold.
     *
     * @param total the present sum
     */
    record NotAgreed(BigDecimal total) implements PaymentOutcome {}

    /** The form does not contain the sum it showed, so nothing was done. */
    record NothingAgreed() implements PaymentOutcome {}

    /** This form made an order before, which was cancelled since; nothing was sold again. */
    record OrderCancelled(long order) implements PaymentOutcome {}

    /** The form was sent before with other contents, which may have bought something; nothing was done. */
    record FormUsed() implements PaymentOutcome {}

    /**
     * Nothing was sold, and the same form again would not help.
     *
     * @param products the names of the products that are the reason; empty where none is
     */
    record Refused(Refusal why, String products) implements PaymentOutcome {}

    enum Refusal {
        UNITS_MISSING,
        NOT_FOR_SALE,
        AMOUNT_TOO_LARGE,
        USER_GONE,
        PRODUCT_GONE;

        static Refusal of(Reply.Missing missing) {
            return switch (missing) {
                case USER -> USER_GONE;
                case PRODUCT -> PRODUCT_GONE;
            };
        }
    }

    /** There is no outcome, or it is unknown; the same form may be sent again. */
    record Failed(Reply.NoOutcome<ReservationOutcome> why) implements PaymentOutcome {}
}
