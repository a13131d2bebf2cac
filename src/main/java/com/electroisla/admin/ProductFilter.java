package com.electroisla.admin;

/** Which products the list shows. */
public final class ProductFilter {
    /** With so many units left, or fewer, a product is low on stock. */
    public static final int LOW_STOCK = 5;

    private ProductFilter() {}
}
