package com.electroisla.shopfront;

import java.math.BigDecimal;
import java.util.Optional;

/**
 * Whoever charges cards. Money is set aside first, the units are sold, and only then is it taken: so nobody pays for units
 * that were gone, and no lock is held while a gateway thinks.
 */
public interface CardGateway {
    /** @param number digits only */
    record Card(String number, String expiry, String code) {
        /** Never the number. */
        @Override
        public String toString() {
            return "Card";
        }
    }

    /** What the gateway says to an amount. */
    sealed interface Answer {
        /** So much is set aside. */
        record Authorised(String authorisation, BigDecimal amount) implements Answer {}

        record Declined() implements Answer {}

        /** The number, the date or the code cannot be a card's. */
        record NotACard() implements Answer {}
    }

    /**
     * Sets an amount aside.
     *
     * @param reference the same one again gets the same authorisation, not a second one
     */
    Answer authorise(BigDecimal amount, Card card, String reference);

    /** What was set aside or taken earlier under this reference, and not given back. */
    Optional<Answer.Authorised> find(String reference);

    /** Takes what was set aside, or less of it; once, however often it is asked. */
    void capture(String authorisation, BigDecimal amount);

    /** Gives back what was set aside, because nothing was sold; without effect on what was taken. */
    void release(String authorisation);

    /** Whether no real money moves; the page says so. */
    boolean isTest();
}
