package com.electroisla.catalog;

import java.util.Optional;
import java.util.stream.Stream;

/**
 * The shop's own categories. The column holds any text (the old shop never checked it), so a product may have another
 * one, and a filter by any text works.
 */
public enum Category {
    APPLIANCES("electrodomesticos"),
    ENERGY_AND_TECHNOLOGY("energia_tecnologia"),
    TOOLS("herramientas"),
    HOME_AND_ENTERTAINMENT("hogar_entretenimiento"),
    OTHER("otros");

    private final String code;

    Category(String code) {
        this.code = code;
    }

    /** The category's text in the database and in JSON. */
    public String code() {
        return code;
    }

    public static Optional<Category> of(String code) {
        return Stream.of(values())
                .filter(category -> category.code.equals(code))
                .findFirst();
    }
}
