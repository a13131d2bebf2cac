package com.electroisla.drill;

import java.time.Instant;
import java.util.List;
import java.util.Map;

/** What a buyer knows about an {@link Act} in the end. */
sealed interface Ending {

    /** A 2xx, and what it said. */
    record Done(Told told) implements Ending {}

    /** A refusal: nothing may have changed. */
    record Refused(int status, String code) implements Ending {}

    /** The connection broke, or {@code resultado_desconocido}, and there was no key to ask again with. */
    record Unknown() implements Ending {}

    /** What a 2xx said. */
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
