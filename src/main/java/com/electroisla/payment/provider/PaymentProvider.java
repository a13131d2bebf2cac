package com.electroisla.payment.provider;

import com.electroisla.payment.Charge;
import com.electroisla.payment.Payment;
import com.electroisla.payment.ProviderWord;
import com.electroisla.payment.Refund;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/** A service that charges buyers on a page of its own. Its calls take seconds: never under a lock. */
public interface PaymentProvider {
    /** The name in settings, addresses and rows. */
    String name();

    /** Whether an order can be placed and charged in one step, without a page. */
    boolean chargesAtOnce();

    /**
     * Begins a payment: the page on which the buyer pays. The same payment gets the same page, so this may be repeated
     * after an unknown outcome.
     *
     * @throws ProviderUnavailable when there is no answer or none that makes sense; the outcome is unknown
     * @throws ProviderRefused when the provider will not take this payment
     */
    PaymentPage begin(Payment payment, ReturnAddresses back);

    /**
     * Reads what somebody said in the provider's name.
     *
     * @param headers by name, in any case
     * @param body as it came, byte for byte
     */
    Heard verify(Map<String, String> headers, byte[] body, Instant now);

    /**
     * The provider's present word about a payment; empty while it is undecided.
     *
     * @throws ProviderUnavailable when there is no answer
     */
    Optional<ProviderWord> ask(Payment payment);

    /**
     * The provider's word about a charge that an event named ({@link Heard.AskAbout}); empty when it is undecided or
     * not of this shop.
     *
     * @throws ProviderUnavailable when there is no answer
     */
    Optional<ProviderWord> askAbout(String charge);

    /**
     * Pays back a charge or a part of it; the same refund once, however often it is called.
     *
     * @throws ProviderUnavailable when there is no answer; the outcome is unknown
     */
    Refunding refund(Refund refund, Charge charge);
}
