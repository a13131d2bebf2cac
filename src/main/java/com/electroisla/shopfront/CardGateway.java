package com.electroisla.shopfront;

import java.math.BigDecimal;
import java.util.Optional;

/**
 * A service that charges cards. Money is first authorised, then the units are sold, and only then is it captured: so
 * no buyer pays for units that are gone, and no lock is held during a call of the gateway.
 */
public interface CardGateway {
    /** @param number digits only */
    record Card(String number, String expiry, String code) {
        /** Leaves the number out. */
        @Override
        public String toString() {
            return "Card";
        }
    }

    /** The gateway's answer to an amount. */
    sealed interface Answer {
        /** The amount is authorised. */
        record Authorised(String authorisation, BigDecimal amount) implements Answer {}

        record Declined() implements Answer {}

        /** The number, the date or the code cannot be a card's. */
        record NotACard() implements Answer {}
    }

    /**
     * Authorises an amount.
     *
     * @param reference the same reference gets the same authorisation again, not a second one
     */
    Answer authorise(BigDecimal amount, Card card, String reference);

    /** The amount authorised or captured earlier under this reference, and not released. */
    Optional<Answer.Authorised> find(String reference);

    /** Captures the authorised amount, or less of it; once, however often it is called. */
    void capture(String authorisation, BigDecimal amount);

    /** Releases an authorisation, because nothing was sold; without effect on a captured amount. */
    void release(String authorisation);

    /** Whether no real money moves; the page says so. */
    boolean isTest();
}
