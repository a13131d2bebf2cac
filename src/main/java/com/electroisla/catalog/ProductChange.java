package com.electroisla.catalog;

import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The values that a caller gives a product, whatever it had before; the others stay.
 *
 * @param fields values of the fields' kinds, checked
 * @param picture the path of an uploaded picture under the media folder; null: none was sent
 */
public record ProductChange(
        Map<ProductField, Object> fields,
        Map<ShopWindow, Boolean> windows,
        @Nullable String picture) {
    public ProductChange {
        fields = Map.copyOf(fields);
        windows = Map.copyOf(windows);
    }

    public ProductChange withPicture(String path) {
        return new ProductChange(fields, windows, path);
    }

    /** The details with these fields; the others are the given ones. */
    ProductDetails onto(ProductDetails present) {
        ProductDetails changed = present;
        for (Map.Entry<ProductField, Object> each : fields.entrySet()) {
            changed = changed.with(each.getKey(), each.getValue());
        }
        return changed;
    }

    /** The parts of a product that are not among its details. */
    record Beside(Map<ShopWindow, Boolean> windows, String picture) {
        Beside with(ProductChange change) {
            Map<ShopWindow, Boolean> changed = new LinkedHashMap<>(windows);
            changed.putAll(change.windows);
            return new Beside(changed, change.picture == null ? picture : change.picture);
        }

        /** The values by column name, for the audit log. */
        Map<String, Object> values() {
            Map<String, Object> values = new LinkedHashMap<>();
            windows.forEach((window, shown) -> values.put(window.column(), shown));
            values.put("imagen", picture);
            return values;
        }
    }
}
