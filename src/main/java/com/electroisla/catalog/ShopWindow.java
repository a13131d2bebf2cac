package com.electroisla.catalog;

/** The places where the old front end shows a product, which its form ticks. */
public enum ShopWindow {
    CAROUSEL("en_carrusel"),
    CAROUSEL_CARD("en_carousel_card"),
    ALL_PRODUCTS("en_all_products");

    private final String column;

    ShopWindow(String column) {
        this.column = column;
    }

    /** The column's name in the database, in forms and in JSON. */
    public String column() {
        return column;
    }
}
