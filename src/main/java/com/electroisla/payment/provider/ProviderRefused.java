package com.electroisla.payment.provider;

/** A provider will not do what was asked of it; nothing was done. */
public final class ProviderRefused extends RuntimeException {
    /** @param code the provider's own, or the status of its answer */
    public ProviderRefused(String provider, String code) {
        super(provider + ": " + code);
    }
}
