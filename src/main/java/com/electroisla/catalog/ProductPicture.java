package com.electroisla.catalog;

/**
 * A picture of a product.
 *
 * @param address as in {@link Picture#address}
 * @param text its words for whoever does not see it; may be empty
 */
public record ProductPicture(String address, String text) {}
