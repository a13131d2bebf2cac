package com.electroisla.shopfront;

import com.electroisla.groupcommit.Reply;
import com.electroisla.reservation.ReservationOutcome;
import java.math.BigDecimal;

/** What became of a payment. Only {@link Paid} sold anything or took any money. */
public sealed interface PaymentOutcome {
    record Paid(long order, BigDecimal total) implements PaymentOutcome {}

    /** Something is missing in the form, or longer than it may be. */
    record Incomplete() implements PaymentOutcome {}

    record CardDeclined() implements PaymentOutcome {}

    record NotACard() implements PaymentOutcome {}

    /** The time was up, or nothing was held. */
    record HoldsOver() implements PaymentOutcome {}

    /**
     * What is held is not what the form showed; nothing was sold and no money taken.
     *
     * @param total what it costs now
     */
    record NotAgreed(BigDecimal total) implements PaymentOutcome {}

    /** The form does not say which sum it showed, so nothing was done. */
    record NothingAgreed() implements PaymentOutcome {}

    /** This form made an order before, which was cancelled since; nothing was sold or taken again. */
    record OrderCancelled(long order) implements PaymentOutcome {}

    /** The form was sent before with other contents, which may have bought something; nothing was done. */
    record FormUsed() implements PaymentOutcome {}

    /**
     * Nothing was sold or taken, and sending the same form again would not help.
     *
     * @param products the names of those that are to blame; empty where none is
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

    /** The shop could not answer, or could not find out what became of it; the same form may be sent again. */
    record Failed(Reply.NoOutcome<ReservationOutcome> why) implements PaymentOutcome {}
}
