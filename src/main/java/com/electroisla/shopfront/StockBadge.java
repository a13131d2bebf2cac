package com.electroisla.shopfront;

import com.electroisla.pages.Words;

/**
 * How many units another buyer could still take, in words.
 *
 * @param css the class of the stylesheet
 */
public record StockBadge(int available, String css, String text) {
    /** From this number of units down the badge urges the buyer. */
    static final int FEW = 5;

    public static StockBadge of(int available, Words words) {
        if (available <= 0) {
            return new StockBadge(0, "mal", words.text("agotado"));
        }
        return available <= FEW
                ? new StockBadge(available, "ojo", words.text("ultimas", available))
                : new StockBadge(available, "bien", words.text("disponibles", available));
    }

    public boolean soldOut() {
        return available <= 0;
    }
}
