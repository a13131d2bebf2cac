package com.electroisla.reservation;

import com.electroisla.groupcommit.Reply;
import com.electroisla.idempotency.Keeping;
import java.util.Optional;

/** The one door to stock that is promised: whoever wants units asks here and waits for the reply. */
public interface Reservations {
    /**
     * Decides the request in its turn and replies once the outcome is durable.
     *
     * @param keeping what makes a repeat get the first answer; empty when a repeat is another request
     */
    Reply<ReservationOutcome> submit(ReservationRequest request, Optional<Keeping<ReservationOutcome>> keeping);

    /** The same for a request without a key. */
    default Reply<ReservationOutcome> submit(ReservationRequest request) {
        return submit(request, Optional.empty());
    }
}
