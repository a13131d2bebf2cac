package com.electroisla.catalog;

import java.math.BigDecimal;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A price as a person types it: {@code 1249}, {@code 1249,00}, {@code 1.249,00}, {@code 1,249.00}, {@code $ 1 249,00}.
 * An ambiguous text, such as {@code 1.249}, is refused: otherwise a price could silently become a thousand times too
 * high.
 */
public sealed interface TypedPrice {
    record Amount(Money money) implements TypedPrice {}

    /** A single separator that may stand before thousands or before decimals. */
    record Ambiguous() implements TypedPrice {}

    record TooHigh() implements TypedPrice {}

    record NoPrice() implements TypedPrice {}

    BigDecimal HIGHEST = new BigDecimal("99999999.99");

    /** Digits and separators; between thousands also a space or an apostrophe. */
    Pattern DIGITS = Pattern.compile("[0-9]{1,20}(?:[.,' \u00A0\u2009\u202F\u2019][0-9]{1,20}){0,9}");

    static TypedPrice of(String typed) {
        String text = ProductRules.clean(typed).replaceFirst("^\\$\\s*", "");
        if (!DIGITS.matcher(text).matches()) {
            return new NoPrice();
        }
        String marks = text.replaceAll("[0-9]", "");
        if (marks.isEmpty()) {
            return amount(text);
        }
        String last = marks.substring(marks.length() - 1);
        String before = marks.substring(0, marks.length() - 1);
        boolean decimals = ".,".contains(last) && !before.contains(last);
        int tail = text.length() - 1 - text.lastIndexOf(last);
        if (decimals && before.isEmpty() && tail == 3) {
            return text.startsWith("0") ? new NoPrice() : new Ambiguous();
        }
        // Two kinds of separators, or one that cannot be for thousands: the last one begins the decimals.
        if (decimals && tail <= 2) {
            String whole = text.substring(0, text.lastIndexOf(last));
            return isGrouped(whole, before)
                    ? amount(digits(whole) + "." + text.substring(text.lastIndexOf(last) + 1))
                    : new NoPrice();
        }
        return isGrouped(text, marks) ? amount(digits(text)) : new NoPrice();
    }

    /** Whether a price changes by more than half: then the user is asked to confirm it. */
    static boolean isLeap(Money before, Money after) {
        BigDecimal moved = after.amount().subtract(before.amount()).abs();
        return moved.multiply(BigDecimal.TWO).compareTo(before.amount()) > 0;
    }

    /** Whether the digits form groups of three with the same separator between them, or have none at all. */
    private static boolean isGrouped(String text, String marks) {
        if (marks.isEmpty()) {
            return true;
        }
        Matcher grouped = Pattern.compile("[1-9][0-9]{0,2}(?:" + Pattern.quote(marks.substring(0, 1)) + "[0-9]{3})+")
                .matcher(text);
        return grouped.matches();
    }

    private static String digits(String text) {
        return text.replaceAll("[^0-9]", "");
    }

    private static TypedPrice amount(String plain) {
        BigDecimal amount = new BigDecimal(plain);
        return amount.compareTo(HIGHEST) > 0 ? new TooHigh() : new Amount(new Money(amount));
    }
}
