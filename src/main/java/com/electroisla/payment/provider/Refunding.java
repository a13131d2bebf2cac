package com.electroisla.payment.provider;

/** The outcome of a refund at a provider. */
public sealed interface Refunding {
    record Done(String reference) implements Refunding {}

    /** The provider took it on; the money is on its way. */
    record Requested(String reference) implements Refunding {}

    /** The provider will not do it; somebody pays back by other means. */
    record Impossible(String why) implements Refunding {}
}
