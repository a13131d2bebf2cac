package com.electroisla.payment;

import java.math.BigDecimal;

/** A provider's word about a payment, verified. It may come any number of times and in any order. */
public sealed interface ProviderWord {
    /** The payment that it is about. */
    long payment();

    /**
     * Money came.
     *
     * @param charge the provider's own name for the charge; the same in every word about it
     */
    record Paid(long payment, String charge, BigDecimal amount) implements ProviderWord {}

    /** No money came of this attempt. */
    record Refused(long payment) implements ProviderWord {}
}
