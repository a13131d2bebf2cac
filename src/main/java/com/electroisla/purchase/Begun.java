package com.electroisla.purchase;

import com.electroisla.groupcommit.Reply;
import com.electroisla.idempotency.KeptAnswer;
import com.electroisla.payment.Payment;
import com.electroisla.payment.PaymentState;
import com.electroisla.reservation.ReservationOutcome;
import java.util.Optional;

/** The outcome of beginning a payment. */
public sealed interface Begun {
    /**
     * The payment of this request, new or begun before under the same key.
     *
     * @param payment with its address, unless it is over
     * @param state of the payment now
     */
    record Started(Payment payment, PaymentState state) implements Begun {}

    /**
     * The provider did not answer.
     *
     * @param payment the same key takes it up again as long as it lives; one that the provider surely did not begin is
     *     refused by now, and another can be begun
     */
    record ProviderAway(Payment payment) implements Begun {}

    /**
     * Nothing was begun.
     *
     * @param kept the answer for repetitions; empty when none is kept
     */
    record Refused(ReservationOutcome why, Optional<KeptAnswer> kept) implements Begun {}

    /** The request was refused before, with this answer. */
    record RefusedBefore(KeptAnswer answer) implements Begun {}

    /** The key began another payment before; nothing was done. */
    record KeyReused() implements Begun {}

    /** There is no outcome, or it is unknown; the same key tells. */
    record NoReply(Reply.NoOutcome<ReservationOutcome> why) implements Begun {}
}
