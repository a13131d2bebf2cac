package com.electroisla.reservation;

import com.electroisla.groupcommit.Reply;
import com.electroisla.idempotency.Keeping;
import java.util.Optional;

/** The only access to reserving stock: a caller submits a request and waits for the reply. */
public interface Reservations {
    /**
     * Decides the request in its turn and replies once the outcome is durable.
     *
     * @param keeping how a repetition gets the first answer; empty when a repetition is another request
     */
    Reply<ReservationOutcome> submit(ReservationRequest request, Optional<Keeping<ReservationOutcome>> keeping);

    /** The same for a request without a key. */
    default Reply<ReservationOutcome> submit(ReservationRequest request) {
        return submit(request, Optional.empty());
    }
}
