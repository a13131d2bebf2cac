package com.electroisla.payment.provider;

/** A provider gave no answer that makes sense. Whatever was asked of it may have been done. */
public final class ProviderUnavailable extends RuntimeException {
    /** @param why without any secret, and without the provider's own words, which may repeat one */
    public ProviderUnavailable(String provider, String why) {
        super(provider + ": " + why);
    }
}
