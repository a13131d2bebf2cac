package com.electroisla.catalog;

import java.sql.ResultSet;
import java.sql.SQLException;

/**
 * The content of {@code precio} as the staff sees it. No constraint keeps an old row, or a manual change, from an
 * invalid price; {@code es_precio} in the database tells which prices are valid.
 */
public sealed interface Price {
    /** The price before the discount. */
    record Asked(Money amount) implements Price {
        @Override
        public String toString() {
            return amount.toString();
        }
    }

    /** @param text the row's value: below 0, {@code NaN}, or more than an order can hold */
    record NotForSale(String text) implements Price {
        @Override
        public String toString() {
            return text;
        }
    }

    /** The price of a row with {@code precio} and, as {@code se_vende}, the result of {@code es_precio}. */
    static Price of(ResultSet row) throws SQLException {
        String text = row.getString("precio");
        return row.getBoolean("se_vende") ? new Asked(Money.of(text)) : new NotForSale(text);
    }

    default boolean isForSale() {
        return this instanceof Asked;
    }
}
