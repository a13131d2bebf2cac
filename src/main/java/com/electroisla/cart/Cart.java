package com.electroisla.cart;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A buyer's wish list: it holds no stock. */
public record Cart(long id, List<Item> items, Instant createdAt, Instant updatedAt) {

    /** @param priceAtAddition the price of one unit, discount taken off, when the line was added or last refreshed */
    public record Item(
            long id,
            ItemProduct product,
            int quantity,
            BigDecimal priceAtAddition,
            Instant createdAt,
            Instant updatedAt) {

        Item withQuantity(int newQuantity, Instant now) {
            return new Item(id, product, newQuantity, priceAtAddition, createdAt, now);
        }

        public BigDecimal subtotal() {
            return priceAtAddition.multiply(BigDecimal.valueOf(quantity));
        }
    }

    /** @param picture its address, see {@link com.electroisla.catalog.Picture#address} */
    public record ItemProduct(
            long id, String name, @Nullable String picture, String category) {}

    public BigDecimal total() {
        return items.stream().map(Item::subtotal).reduce(BigDecimal.ZERO.setScale(2), BigDecimal::add);
    }

    /** Units, not lines. */
    public int totalUnits() {
        return items.stream().mapToInt(Item::quantity).sum();
    }
}
