package com.electroisla.catalog;

import com.electroisla.http.Problem;
import com.electroisla.http.SearchWords;
import org.jspecify.annotations.Nullable;

/**
 * The requested products and their order.
 *
 * @param words each must be in the name or the description; empty: any product
 * @param categoryCode null: any
 * @param onlyAvailable only products with free units
 */
public record ProductSearch(
        SearchWords words, @Nullable String categoryCode, boolean onlyAvailable, ProductOrdering ordering) {
    private static final int LONGEST_CATEGORY = 50;

    /** @throws com.electroisla.http.ProblemException 400 for texts that are too long to match */
    public ProductSearch {
        refuseLongerThan(LONGEST_CATEGORY, "categoria", categoryCode);
    }

    private static void refuseLongerThan(int longest, String field, @Nullable String value) {
        if (value != null && value.length() > longest) {
            throw Problem.invalidField(field, "campo_largo", longest).exception();
        }
    }

    /** The text that a cursor is bound to: it continues this search and no other. */
    String fingerprint() {
        return String.join(
                "\0", words.text(), String.valueOf(categoryCode), Boolean.toString(onlyAvailable), ordering.text());
    }
}
