package com.electroisla.payment.provider;

/** A provider gave no answer that makes sense. Unless nothing was sent, whatever was asked of it may have been done. */
public final class ProviderUnavailable extends RuntimeException {
    private final boolean neverSent;

    /** @param why without any secret, and without the provider's own words, which may repeat one */
    public ProviderUnavailable(String provider, String why) {
        this(provider, why, false);
    }

    /** @param neverSent whether there was not even a connection */
    public ProviderUnavailable(String provider, String why, boolean neverSent) {
        super(provider + ": " + why);
        this.neverSent = neverSent;
    }

    /** Whether surely nothing was done. */
    public boolean neverSent() {
        return neverSent;
    }
}
