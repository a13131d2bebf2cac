package com.electroisla.catalog;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What a person may write about a product; its stock figures are adjusted, never written.
 *
 * @param category any text of at most 50 characters; the shop's own are in {@link Category}
 * @param image an address, or empty
 */
public record ProductDetails(String name, String description, Price price, int discountPercent, String category, String image, boolean active) {

    /** By the names of the columns, for the audit log and to show two versions beside each other. */
    public Map<String, Object> values() {
        Map<String, Object> values = new LinkedHashMap<>();
        values.put("nombre", name);
        values.put("descripcion", description);
        values.put("precio", price);
        values.put("descuento", discountPercent);
        values.put("categoria", category);
        values.put("imagen_url", image);
        values.put("activo", active);
        return values;
    }

    public ProductDetails withPrice(Money other) {
        return new ProductDetails(name, description, new Price.Asked(other), discountPercent, category, image, active);
    }

    public ProductDetails onSale(boolean onSale) {
        return new ProductDetails(name, description, price, discountPercent, category, image, onSale);
    }
}
