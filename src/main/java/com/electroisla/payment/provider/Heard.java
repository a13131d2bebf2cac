package com.electroisla.payment.provider;

import com.electroisla.payment.ProviderWord;
import java.util.Optional;

/** The meaning of what came to a provider's address. */
public sealed interface Heard {
    /**
     * The provider's word.
     *
     * @param reference the provider's name for the payment, where its word has it: of another one with the same number
     *     it must not be believed
     */
    record Word(ProviderWord word, Optional<String> reference) implements Heard {}

    /** Something happened to a charge; the provider has to be asked what. */
    record AskAbout(String charge) implements Heard {}

    /** Signed, and of no interest here. */
    record Nothing() implements Heard {}

    /**
     * Signed, but not in the form that was agreed.
     *
     * @param why for the log
     */
    record Unreadable(String why) implements Heard {}

    /**
     * Not proven to be the provider's, or too old.
     *
     * @param why for the log
     */
    record Unsigned(String why) implements Heard {}
}
