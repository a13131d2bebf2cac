package com.electroisla.shopfront;

import com.electroisla.groupcommit.Reply;
import com.electroisla.reservation.ReservationOutcome;
import java.math.BigDecimal;

/** The outcome of a payment. Only {@link Paid} sold units or captured money. */
public sealed interface PaymentOutcome {
    record Paid(long order, BigDecimal total) implements PaymentOutcome {}

    /** A field of the form is missing or too long. */
    record Incomplete() implements PaymentOutcome {}

    record CardDeclined() implements PaymentOutcome {}

    record NotACard() implements PaymentOutcome {}

    /** The holds had expired, or there were none. */
    record HoldsOver() implements PaymentOutcome {}

    /**
     * The holds or their sum differ from those in the form; nothing was sold and no money captured.
     *
     * @param total the present sum
     */
    record NotAgreed(BigDecimal total) implements PaymentOutcome {}

    /** The form does not contain the sum it showed, so nothing was done. */
    record NothingAgreed() implements PaymentOutcome {}

    /** This form made an order before, which was cancelled since; nothing was sold or captured again. */
    record OrderCancelled(long order) implements PaymentOutcome {}

    /** The form was sent before with other contents, which may have bought something; nothing was done. */
    record FormUsed() implements PaymentOutcome {}

    /**
     * Nothing was sold or captured, and the same form again would not help.
     *
     * @param products the names of the products that are the reason; empty where none is
     */
    record Refused(Refusal why, String products) implements PaymentOutcome {}

    enum Refusal {
        UNITS_MISSING,
        NOT_FOR_SALE,
        AMOUNT_TOO_LARGE,
        /** A payment through a provider keeps the holds. */
        PAYMENT_UNDER_WAY,
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
