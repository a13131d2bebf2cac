package com.electroisla.admin;

import java.math.BigDecimal;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A page of the list of products.
 *
 * @param count of all that the filter finds
 * @param next the address of the next page; null on the last
 * @param first whether this is the first page
 */
public record ProductsView(ProductFilter filter, List<Row> rows, long count, @Nullable String next, boolean first, List<String> categories) {

    /**
     * @param version hand it back with a change
     * @param message about the change just made to it; empty usually
     * @param conflict whether that change was refused because somebody else's came first
     */
    public record Row(long id, String name, String category, BigDecimal price, int discountPercent, boolean active, int total, int reserved, int sold,
            boolean uninitialised, String version, String message, boolean conflict) {

        public int available() {
            return total - reserved - sold;
        }

        public Share share() {
            return new Share(total, reserved, sold);
        }

        public Row saying(String text, boolean refused) {
            return new Row(id, name, category, price, discountPercent, active, total, reserved, sold, uninitialised, version, text, refused);
        }
    }

    /** How a product's units are divided, as the widths of a drawing that is 100 wide. */
    public record Share(int total, int reserved, int sold) {
        public long soldWidth() {
            return total <= 0 ? 0 : Math.round(100.0 * sold / total);
        }

        public long reservedWidth() {
            return total <= 0 ? 0 : Math.min(100 - soldWidth(), Math.round(100.0 * reserved / total));
        }
    }
}
