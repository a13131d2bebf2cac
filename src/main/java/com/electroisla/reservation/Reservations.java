package com.electroisla.reservation;

import com.electroisla.http.Answer;
import com.electroisla.http.Language;
import com.electroisla.idempotency.IdempotencyKey;
import java.util.Optional;
import java.util.function.Function;

/** The one door to stock that is promised: whoever wants units asks here and waits for the answer. */
public interface Reservations {
    /**
     * Decides the request in its turn and answers once the outcome is durable.
     *
     * @param render turns the outcome into the answer; called inside the transaction when the answer is to be kept
     * @return the answer; 503 when the queue is full, the wait too long, or the database gone
     */
    Answer submit(ReservationRequest request, Optional<IdempotencyKey> key, Language language, Function<ReservationOutcome, Answer> render);
}
