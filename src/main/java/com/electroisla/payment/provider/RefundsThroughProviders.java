package com.electroisla.payment.provider;

import com.electroisla.payment.Charge;
import com.electroisla.payment.ProviderRefunds;
import com.electroisla.payment.Refund;

/** Gives money back through the configured provider that charged it. */
public final class RefundsThroughProviders implements ProviderRefunds {
    private final PaymentProviders providers;

    public RefundsThroughProviders(PaymentProviders providers) {
        this.providers = providers;
    }

    @Override
    public boolean has(String provider) {
        return providers.named(provider).isPresent();
    }

    @Override
    public Answer refund(Refund refund, Charge charge) {
        PaymentProvider provider = providers.named(charge.provider()).orElseThrow();
        try {
            return switch (provider.refund(refund, charge)) {
                case Refunding.Done(String reference) -> new Answer.Done(reference);
                case Refunding.Requested(String reference) -> new Answer.Requested(reference);
                case Refunding.Impossible(String why) -> new Answer.Impossible(why);
            };
        } catch (ProviderUnavailable unknown) {
            return new Answer.Away();
        }
    }
}
