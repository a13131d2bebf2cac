package com.electroisla.catalog;

import java.math.BigDecimal;
import java.math.RoundingMode;

/**
 * An amount with two decimals, never below zero. The shop has one currency and rounds half up.
 *
 * @param amount always of scale 2
 */
public record Money(BigDecimal amount) implements Comparable<Money> {
    public static final Money ZERO = new Money(BigDecimal.ZERO);

    /**
     * Rounds to two decimals, half up.
     *
     * @throws IllegalArgumentException below zero
     */
    public Money {
        if (amount.signum() < 0) {
            throw new IllegalArgumentException("money below zero: " + amount);
        }
        amount = amount.setScale(2, RoundingMode.HALF_UP);
    }

    /** Parses plain text such as {@code 99.99}. */
    public static Money of(String text) {
        return new Money(new BigDecimal(text));
    }

    public Money times(int quantity) {
        return new Money(amount.multiply(BigDecimal.valueOf(quantity)));
    }

    public Money plus(Money other) {
        return new Money(amount.add(other.amount));
    }

    @Override
    public int compareTo(Money other) {
        return amount.compareTo(other.amount);
    }

    /** Plain text with two decimals, as the JSON writes prices: {@code 99.90}. */
    @Override
    public String toString() {
        return amount.toPlainString();
    }
}
