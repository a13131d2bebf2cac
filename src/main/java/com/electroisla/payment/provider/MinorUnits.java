package com.electroisla.payment.provider;

import java.math.BigDecimal;
import java.util.Currency;
import java.util.Locale;
import java.util.Set;

/** Amounts in a currency's smallest unit, as Stripe counts them. */
final class MinorUnits {
    /** Stripe's own list; some others without cents it counts with two decimals all the same. */
    private static final Set<String> WITHOUT_CENTS = Set.of(
            "BIF", "CLP", "DJF", "GNF", "JPY", "KMF", "KRW", "MGA", "PYG", "RWF", "VND", "VUV", "XAF", "XOF", "XPF");

    private MinorUnits() {}

    /** @throws ArithmeticException for an amount that the currency does not have, which is never rounded */
    static long of(BigDecimal amount, Currency currency) {
        return amount.movePointRight(digits(currency)).longValueExact();
    }

    static BigDecimal amount(long units, Currency currency) {
        return BigDecimal.valueOf(units, digits(currency));
    }

    static boolean isOf(Currency currency, String code) {
        return currency.getCurrencyCode().equals(code.toUpperCase(Locale.ROOT));
    }

    private static int digits(Currency currency) {
        return WITHOUT_CENTS.contains(currency.getCurrencyCode())
                ? 0
                : Math.max(2, currency.getDefaultFractionDigits());
    }
}
