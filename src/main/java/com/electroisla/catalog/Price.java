package com.electroisla.catalog;

import java.sql.ResultSet;
import java.sql.SQLException;

/**
 * The content of {@code precio} as the staff sees it. No constraint keeps an old row, or a hand in psql, from a price at which
 * nothing can be sold; {@code es_precio} in the database says which those are.
 */
public sealed interface Price {
    /** Before the discount. */
    record Asked(Money amount) implements Price {
        @Override
        public String toString() {
            return amount.toString();
        }
    }

    /** @param text what stands there: below 0, {@code NaN}, or more than an order can hold */
    record NotForSale(String text) implements Price {
        @Override
        public String toString() {
            return text;
        }
    }

    /** From a row with {@code precio} and, as {@code se_vende}, what {@code es_precio} says of it. */
    static Price of(ResultSet row) throws SQLException {
        String text = row.getString("precio");
        return row.getBoolean("se_vende") ? new Asked(Money.of(text)) : new NotForSale(text);
    }

    default boolean isForSale() {
        return this instanceof Asked;
    }
}
