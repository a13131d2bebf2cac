package com.electroisla.payment.provider;

import com.electroisla.order.PaymentMethod;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The ways to pay that this shop has: a card only where somebody charges it. */
public final class OfferedMethods {
    private final PaymentProviders providers;

    public OfferedMethods(PaymentProviders providers) {
        this.providers = providers;
    }

    public List<PaymentMethod> all() {
        return Stream.of(PaymentMethod.values())
                .filter(method -> !method.isPaidAtProvider() || !providers.all().isEmpty())
                .toList();
    }

    /** The words of these ways, in the database and in JSON. */
    public List<String> words() {
        return words(all());
    }

    /** The words of those that are paid at a provider. */
    public List<String> wordsAtProvider() {
        return words(all().stream().filter(PaymentMethod::isPaidAtProvider).toList());
    }

    private static List<String> words(List<PaymentMethod> methods) {
        return methods.stream().map(PaymentMethod::word).toList();
    }

    /** The names of the providers, for a sentence. */
    public String providerNames() {
        return String.join(
                ", ", providers.all().stream().map(PaymentProvider::name).toList());
    }

    /** The providers by whom a card is charged, the shop's first choice first. */
    public List<PaymentProvider> providers() {
        return providers.all();
    }

    /**
     * The provider of a payment by this method; empty where there is none.
     *
     * @param wanted its name; null or empty for the shop's first
     */
    public Optional<PaymentProvider> provider(PaymentMethod method, @Nullable String wanted) {
        if (!method.isPaidAtProvider()) {
            return Optional.empty();
        }
        return providers.all().stream()
                .filter(each ->
                        wanted == null || wanted.isEmpty() || each.name().equals(wanted))
                .findFirst();
    }
}
