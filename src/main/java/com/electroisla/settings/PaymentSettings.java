package com.electroisla.settings;

import java.time.Duration;
import java.util.Currency;
import java.util.List;
import java.util.Optional;

/**
 * How the shop takes money, and how long units wait for it.
 *
 * @param providers by whom cards are charged, in the order in which they were named; empty: no card payments
 * @param currency of every price; empty: nobody said, and each provider has its own
 * @param cardWindow how long a payment that was begun keeps its units
 * @param transferWindow how long an order waits for its transfer; empty: it never lapses
 * @param cashWindow how long an order waits for its cash; empty: it never lapses
 * @param unitCap how many units of one product a buyer can hold at once; empty: any
 * @param holdAge how long renewals can keep the same units unpaid; empty: for ever
 */
public record PaymentSettings(
        List<Provider> providers,
        Optional<Currency> currency,
        Duration cardWindow,
        Optional<Duration> transferWindow,
        Optional<Duration> cashWindow,
        Optional<Integer> unitCap,
        Optional<Duration> holdAge) {

    private static final int MOST_UNITS = 1_000_000;
    private static final String STRIPE = "stripe";
    private static final String MERCADO_PAGO = "mercadopago";
    private static final String TEST = "prueba";

    /** A text that nobody else may read. */
    public record Secret(String value) {
        @Override
        public String toString() {
            return "(hidden)";
        }
    }

    /** A provider, with what the shop needs to call it and to know its word. */
    public sealed interface Provider {
        /** @param events signs what the provider tells the shop */
        record Stripe(Secret key, Secret events) implements Provider {}

        /** @param events signs what the provider tells the shop */
        record MercadoPago(Secret key, Secret events) implements Provider {}

        /**
         * The provider that moves no money.
         *
         * @param events signs what somebody tells the shop in its name; empty: only the shop itself does
         */
        record Test(Optional<Secret> events) implements Provider {}
    }

    static PaymentSettings parse(SettingValues values) {
        return new PaymentSettings(
                providers(values),
                values.text(Setting.CURRENCY).map(PaymentSettings::currency),
                cardWindow(values),
                values.unlessOff(Setting.TRANSFER_WINDOW, values::duration),
                values.unlessOff(Setting.CASH_WINDOW, values::duration),
                values.unlessOff(Setting.UNIT_CAP, setting -> values.number(setting, MOST_UNITS)),
                values.unlessOff(Setting.HOLD_AGE, values::duration));
    }

    private static List<Provider> providers(SettingValues values) {
        List<String> names = values.list(Setting.PAYMENTS).distinct().toList();
        if (names.contains(TEST) && names.size() > 1) {
            throw new InvalidSetting(
                    Setting.PAYMENTS, "«prueba» no mueve dinero y va sola, sin otros proveedores a su lado");
        }
        return names.stream().map(name -> provider(values, name)).toList();
    }

    private static Provider provider(SettingValues values, String name) {
        return switch (name) {
            case STRIPE ->
                new Provider.Stripe(
                        needed(values, name, Setting.STRIPE_KEY), needed(values, name, Setting.STRIPE_EVENT_SECRET));
            case MERCADO_PAGO ->
                new Provider.MercadoPago(
                        needed(values, name, Setting.MERCADO_PAGO_KEY),
                        needed(values, name, Setting.MERCADO_PAGO_EVENT_SECRET));
            case TEST ->
                new Provider.Test(
                        values.text(Setting.TEST_EVENT_SECRET).map(text -> secret(Setting.TEST_EVENT_SECRET, text)));
            default ->
                throw new InvalidSetting(
                        Setting.PAYMENTS,
                        "«" + name + "» no es un proveedor (stripe, mercadopago, los dos con coma, o prueba)");
        };
    }

    private static Secret needed(SettingValues values, String provider, Setting setting) {
        return values.text(setting)
                .map(text -> secret(setting, text))
                .orElseThrow(() -> new InvalidSetting(
                        setting, "falta, y " + Setting.PAYMENTS.variable() + " nombra a " + provider));
    }

    /** The refusal names no part of the text. */
    private static Secret secret(Setting setting, String text) {
        if (!text.chars().allMatch(character -> character > ' ' && character < 0x7f)) {
            throw new InvalidSetting(
                    setting, "tiene espacios o letras que no son de una clave; cópiala entera otra vez");
        }
        if (setting == Setting.STRIPE_KEY && text.startsWith("pk_")) {
            throw new InvalidSetting(setting, "es la clave publicable; hace falta la secreta (sk_… o rk_…)");
        }
        return new Secret(text);
    }

    private static Duration cardWindow(SettingValues values) {
        if (values.isOff(Setting.CARD_WINDOW)) {
            throw new InvalidSetting(
                    Setting.CARD_WINDOW, "«off» retendría las unidades para siempre; di una duración (como PT35M)");
        }
        return values.duration(Setting.CARD_WINDOW);
    }

    private static Currency currency(String text) {
        try {
            Currency currency = Currency.getInstance(text);
            if (currency.getDefaultFractionDigits() >= 0) {
                return currency;
            }
        } catch (IllegalArgumentException notACode) {
            // The exception below names the fault.
        }
        throw new InvalidSetting(Setting.CURRENCY, "«" + text + "» no es una moneda ISO-4217 (como DOP)");
    }
}
