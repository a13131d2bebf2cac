package com.electroisla.catalog;

import java.util.Optional;
import java.util.stream.Stream;

/**
 * The categories that the shop sells in. The column holds any text (the old shop never checked it), so a product may
 * stand outside all of these and a filter by any other name finds what is there.
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

    /** As the database and the JSON write it. */
    public String code() {
        return code;
    }

    public static Optional<Category> of(String code) {
        return Stream.of(values()).filter(category -> category.code.equals(code)).findFirst();
    }
}
