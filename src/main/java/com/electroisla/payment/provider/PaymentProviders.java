package com.electroisla.payment.provider;

import com.electroisla.settings.PaymentSettings;
import com.electroisla.settings.PaymentSettings.Provider;
import java.nio.charset.StandardCharsets;
import java.util.Currency;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/** The providers that the operator named, in that order. */
public final class PaymentProviders implements AutoCloseable {
    /** Where nothing is said, the currency of the shop that this was made for. */
    private static final Currency USUAL = Currency.getInstance("DOP");

    private final ProviderHttp http;
    private final List<PaymentProvider> providers;

    private PaymentProviders(ProviderHttp http, List<PaymentProvider> providers) {
        this.http = http;
        this.providers = providers;
    }

    /** These providers, which close themselves. */
    public static PaymentProviders of(PaymentProvider... providers) {
        return new PaymentProviders(new ProviderHttp(ProviderHttp.Limits.USUAL), List.of(providers));
    }

    /** @param ownSecret the shop's own, for a test provider without one; asked for when it is needed */
    public static PaymentProviders of(PaymentSettings settings, Supplier<byte[]> ownSecret) {
        ProviderHttp http = new ProviderHttp(ProviderHttp.Limits.USUAL);
        return new PaymentProviders(
                http,
                settings.providers().stream()
                        .map(named -> provider(named, http, settings.currency(), ownSecret))
                        .toList());
    }

    private static PaymentProvider provider(
            Provider named, ProviderHttp http, Optional<Currency> currency, Supplier<byte[]> ownSecret) {
        return switch (named) {
            case Provider.Stripe keys -> new StripeProvider(http, StripeProvider.API, keys, currency.orElse(USUAL));
            case Provider.MercadoPago keys -> new MercadoPagoProvider(http, MercadoPagoProvider.API, keys, currency);
            case Provider.Test keys -> new TestProvider(testSecret(keys.events(), ownSecret));
        };
    }

    private static Supplier<byte[]> testSecret(Optional<PaymentSettings.Secret> chosen, Supplier<byte[]> ownSecret) {
        return chosen.<Supplier<byte[]>>map(secret -> () -> secret.value().getBytes(StandardCharsets.UTF_8))
                .orElse(ownSecret);
    }

    public List<PaymentProvider> all() {
        return providers;
    }

    public Optional<PaymentProvider> named(String name) {
        return providers.stream()
                .filter(provider -> provider.name().equals(name))
                .findFirst();
    }

    /** The one that new payments go to. */
    public Optional<PaymentProvider> first() {
        return providers.stream().findFirst();
    }

    /** The one that moves no money. */
    public Optional<TestProvider> test() {
        return providers.stream()
                .filter(TestProvider.class::isInstance)
                .map(TestProvider.class::cast)
                .findFirst();
    }

    /** Ends calls that are under way; their outcome is unknown. */
    @Override
    public void close() {
        http.close();
    }
}
