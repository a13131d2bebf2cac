package com.electroisla.payment;

/** The way back of money through the provider that charged it. The providers implement this. */
public interface ProviderRefunds {
    /** Whether this provider is set up here. */
    boolean has(String provider);

    /**
     * Asks the charge's provider to give money back, with no lock held. Asked again for the same refund it gives
     * nothing twice.
     */
    Answer refund(Refund refund, Charge charge);

    /** A provider's answer. */
    sealed interface Answer {
        /** @param reference the provider's own name for it */
        record Done(String reference) implements Answer {}

        /** Accepted, and done later; asked again, it says whether it is done. */
        record Requested(String reference) implements Answer {}

        /** @param why in the provider's words, for the staff */
        record Impossible(String why) implements Answer {}

        /** The provider could not be reached, or its answer was lost: whether it is done is unknown. */
        record Away() implements Answer {}
    }
}
