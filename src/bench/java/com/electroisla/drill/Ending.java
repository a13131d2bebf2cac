package com.electroisla.drill;

import java.time.Instant;
import java.util.List;
import java.util.Map;

/** A buyer's knowledge of an {@link Act} in the end. */
sealed interface Ending {

    /** A 2xx and its content. */
    record Done(Told told) implements Ending {}

    /** A refusal, which must not have changed anything. */
    record Refused(int status, String code) implements Ending {}

    /** The connection broke, or the answer was {@code resultado_desconocido}, and there was no key to repeat with. */
    record Unknown() implements Ending {}

    /** The content of a 2xx. */
    sealed interface Told {
        /** @param lines quantity by product */
        record Cart(Map<Long, Integer> lines) implements Told {}

        record Holds(List<Hold> holds) implements Told {}

        record Order(long id, Map<Long, Integer> lines) implements Told {}

        record GivenUp(int holds) implements Told {}

        record Returned(long order) implements Told {}
    }

    record Hold(long id, long product, int quantity, Instant expiresAt) {}
}
