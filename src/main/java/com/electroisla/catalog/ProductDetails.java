package com.electroisla.catalog;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/**
 * The editable fields of a product; its stock figures are adjusted, never written.
 *
 * @param category any text of at most 50 characters; the shop's own are in {@link Category}
 * @param image an address, or empty
 */
public record ProductDetails(String name, String description, Price price, int discountPercent, String category, String image, boolean active) {

    /** The values by column name, for the audit log and for comparing two versions. */
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

    /** These details with some fields of the others. */
    public ProductDetails with(Set<String> fields, ProductDetails other) {
        return new ProductDetails(
                fields.contains("nombre") ? other.name : name,
                fields.contains("descripcion") ? other.description : description,
                fields.contains("precio") ? other.price : price,
                fields.contains("descuento") ? other.discountPercent : discountPercent,
                fields.contains("categoria") ? other.category : category,
                fields.contains("imagen_url") ? other.image : image,
                fields.contains("activo") ? other.active : active);
    }

    public ProductDetails withPrice(Money other) {
        return new ProductDetails(name, description, new Price.Asked(other), discountPercent, category, image, active);
    }

    public ProductDetails onSale(boolean onSale) {
        return new ProductDetails(name, description, price, discountPercent, category, image, onSale);
    }
}
