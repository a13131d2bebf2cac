package com.electroisla.admin;

import com.electroisla.catalog.FieldMarks;
import com.electroisla.catalog.Price;
import com.electroisla.database.StockFigures;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A page of the list of products.
 *
 * @param count of all matching products
 * @param next the address of the next page; null on the last
 * @param first whether this is the first page
 */
public record ProductsView(
        ProductFilter filter,
        List<Row> rows,
        long count,
        @Nullable String next,
        boolean first,
        List<String> categories) {

    /**
     * @param message about the change just made to the product; empty usually
     * @param conflict whether that change was refused
     * @param typed the price as typed, if it was refused; empty usually
     * @param proposed a price to be confirmed; empty usually
     */
    public record Row(
            long id,
            String name,
            String category,
            Price price,
            int discountPercent,
            boolean active,
            StockFigures stock,
            boolean uninitialised,
            boolean closed,
            String message,
            boolean conflict,
            String typed,
            String proposed) {

        /** The version of the fields that can be changed in the list, to be sent back with a change. */
        public String version() {
            return FieldMarks.of(Map.of("precio", price, "activo", active)).toString();
        }

        /** The text in the field of the price. */
        public String shownPrice() {
            return typed.isEmpty() ? price.toString() : typed;
        }

        /** Whether buyers do not see the product because its price is invalid. */
        public boolean unsaleable() {
            return !price.isForSale();
        }

        public int total() {
            return stock.total();
        }

        public int reserved() {
            return stock.held();
        }

        public int sold() {
            return stock.sold();
        }

        public int available() {
            return stock.free();
        }

        public Share share() {
            return new Share(total(), reserved(), sold());
        }

        public Row saying(String text, boolean refused, String typed, String proposed) {
            return new Row(
                    id,
                    name,
                    category,
                    price,
                    discountPercent,
                    active,
                    stock,
                    uninitialised,
                    closed,
                    text,
                    refused,
                    typed,
                    proposed);
        }
    }

    /** The shares of a product's units, as the widths of a drawing that is 100 wide. */
    public record Share(int total, int reserved, int sold) {
        public long soldWidth() {
            return total <= 0 ? 0 : Math.round(100.0 * sold / total);
        }

        public long reservedWidth() {
            return total <= 0 ? 0 : Math.min(100 - soldWidth(), Math.round(100.0 * reserved / total));
        }
    }
}
