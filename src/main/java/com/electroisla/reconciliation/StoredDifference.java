package com.electroisla.reconciliation;

import java.math.BigDecimal;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A difference that was found, and its end.
 *
 * @param product the name of the closed product, empty when it is gone
 * @param wellUntil the last moment at which figures and rows certainly agreed; null when nothing tells
 * @param wrongSince the first moment at which they certainly differed
 * @param reason of the person who accepted it, or how it ended
 */
public record StoredDifference(
        long id,
        Aspect aspect,
        String subject,
        @Nullable Long productId,
        String product,
        BigDecimal figure,
        BigDecimal expected,
        @Nullable Instant wellUntil,
        Instant wrongSince,
        Instant foundAt,
        State state,
        @Nullable Instant endedAt,
        @Nullable String endedBy,
        String reason) {

    /** The state of a difference. */
    public enum State {
        OPEN("abierta"),
        REPAIRED("reparada"),
        ACCEPTED("aceptada");

        private final String word;

        State(String word) {
            this.word = word;
        }

        public String word() {
            return word;
        }

        static State of(String word) {
            for (State state : values()) {
                if (state.word.equals(word)) {
                    return state;
                }
            }
            throw new IllegalArgumentException(word);
        }
    }
}
