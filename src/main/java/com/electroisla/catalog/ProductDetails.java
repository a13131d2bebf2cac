package com.electroisla.catalog;

import java.util.Collections;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/**
 * The editable values of a product, one of each {@link ProductField}; its stock figures are adjusted, never written.
 *
 * @param fields a value of the field's kind for every field
 */
public record ProductDetails(Map<ProductField, Object> fields) {

    public ProductDetails {
        fields = Collections.unmodifiableMap(new EnumMap<>(fields));
        for (ProductField field : ProductField.values()) {
            if (!field.takes(fields.get(field))) {
                throw new IllegalArgumentException(field + " is not to be " + fields.get(field));
            }
        }
    }

    public String name() {
        return text(ProductField.NAME);
    }

    public Price price() {
        return (Price) value(ProductField.PRICE);
    }

    /** The value as text for people. */
    public String text(ProductField field) {
        return value(field).toString();
    }

    public Object value(ProductField field) {
        return Objects.requireNonNull(fields.get(field));
    }

    /** The values by column name, for the audit log and for comparing two versions. */
    public Map<String, Object> values() {
        Map<String, Object> values = new LinkedHashMap<>();
        fields.forEach((field, value) -> values.put(field.column(), value));
        return values;
    }

    /** These details with some fields of the others, named by their columns. */
    public ProductDetails with(Set<String> columns, ProductDetails other) {
        Map<ProductField, Object> merged = new EnumMap<>(fields);
        other.fields.forEach((field, value) -> {
            if (columns.contains(field.column())) {
                merged.put(field, value);
            }
        });
        return new ProductDetails(merged);
    }

    public ProductDetails with(ProductField field, Object value) {
        Map<ProductField, Object> changed = new EnumMap<>(fields);
        changed.put(field, value);
        return new ProductDetails(changed);
    }
}
