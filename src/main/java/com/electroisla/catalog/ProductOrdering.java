package com.electroisla.catalog;

import com.electroisla.http.Problem;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.Arrays;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * The ways to sort a listing. Products with the same key follow each other by id, in the same direction, so that the
 * order is total and following {@code next} visits each product once.
 */
public enum ProductOrdering {
    ID("id", Key.NUMBER, false),
    ID_DESCENDING("id", Key.NUMBER, true),
    NAME("nombre", Key.TEXT, false),
    NAME_DESCENDING("nombre", Key.TEXT, true),
    PRICE("precio", Key.AMOUNT, false),
    PRICE_DESCENDING("precio", Key.AMOUNT, true),
    CREATED("created_at", Key.MOMENT, false),
    /** The default: the newest first. */
    CREATED_DESCENDING("created_at", Key.MOMENT, true);

    private enum Key {
        NUMBER(Long::valueOf),
        TEXT(text -> text),
        AMOUNT(Key::amount),
        MOMENT(Instant::parse);

        private final Function<String, Object> parser;

        Key(Function<String, Object> parser) {
            this.parser = parser;
        }

        /** An amount as {@link #keyOf} writes it: a forged cursor's exponent would take a gigabyte to write out. */
        private static BigDecimal amount(String text) {
            if (!text.matches("[0-9]{1,20}[.][0-9]{2}")) {
                throw new IllegalArgumentException("no amount");
            }
            return new BigDecimal(text);
        }
    }

    private final String column;
    private final Key key;
    private final boolean descending;

    ProductOrdering(String column, Key key, boolean descending) {
        this.column = column;
        this.key = key;
        this.descending = descending;
    }

    /** The ordering of the query's {@code ordering}: a column, with a {@code -} before it for the other direction. */
    public static Optional<ProductOrdering> of(String text) {
        return Arrays.stream(values())
                .filter(ordering -> ordering.text().equals(text))
                .findFirst();
    }

    /** Every value that {@code ordering} may have, for the message that refuses another. */
    public static String choices() {
        return Arrays.stream(values()).map(ProductOrdering::text).collect(Collectors.joining(", "));
    }

    public String text() {
        return (descending ? "-" : "") + column;
    }

    String column() {
        return column;
    }

    boolean descending() {
        return descending;
    }

    /** The key of a row as text for a cursor. */
    String keyOf(Product product) {
        return switch (key) {
            case NUMBER -> Long.toString(product.id());
            case TEXT -> product.name();
            case AMOUNT -> product.price().toString();
            case MOMENT -> product.createdAt().toString();
        };
    }

    /** @throws com.electroisla.http.ProblemException 400 when a cursor has another content */
    Object parseKey(String text) {
        try {
            return key.parser.apply(text);
        } catch (RuntimeException notAKey) {
            throw Problem.invalidField("cursor", "campo_tipo").exception();
        }
    }
}
