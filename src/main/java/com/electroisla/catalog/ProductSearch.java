package com.electroisla.catalog;

import com.electroisla.http.Problem;
import com.electroisla.http.SearchWords;
import org.jspecify.annotations.Nullable;

/**
 * Which products are asked for, in what order.
 *
 * @param words each is found in the name or the description; empty: any
 * @param categoryCode null: any
 * @param onlyAvailable only what can still be taken
 */
public record ProductSearch(SearchWords words, @Nullable String categoryCode, boolean onlyAvailable, ProductOrdering ordering) {
    private static final int LONGEST_CATEGORY = 50;

    /** @throws com.electroisla.http.ProblemException 400 for texts that are longer than anything they could match */
    public ProductSearch {
        refuseLongerThan(LONGEST_CATEGORY, "categoria", categoryCode);
    }

    private static void refuseLongerThan(int longest, String field, @Nullable String value) {
        if (value != null && value.length() > longest) {
            throw Problem.invalidField(field, "campo_largo", longest).exception();
        }
    }

    /** What a cursor is bound to: it continues this search and no other. */
    String fingerprint() {
        return String.join("\0", words.text(), String.valueOf(categoryCode), Boolean.toString(onlyAvailable), ordering.text());
    }
}
