package com.electroisla.shopfront;

import com.electroisla.catalog.Category;
import com.electroisla.catalog.Product;
import com.electroisla.pages.Words;
import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/**
 * A product as a buyer sees it.
 *
 * @param before the price without the discount; null without one
 */
public record ProductCard(
        long id,
        String name,
        String description,
        @Nullable Photo photo,
        String categoryCode,
        String category,
        BigDecimal price,
        @Nullable BigDecimal before,
        int discountPercent,
        StockBadge stock) {

    public static ProductCard of(Product product, Words words) {
        boolean cheaper = product.finalPrice().compareTo(product.price()) < 0;
        return new ProductCard(
                product.id(),
                product.name(),
                product.description(),
                Photo.of(product.picture(), ""),
                product.categoryCode(),
                category(product.categoryCode(), words),
                product.finalPrice().amount(),
                cheaper ? product.price().amount() : null,
                product.discountPercent(),
                StockBadge.of(product.stockAvailable(), words));
    }

    /** The category in the reader's language; one that the old shop made up is shown as it is. */
    static String category(String code, Words words) {
        return Category.of(code)
                .map(known -> words.text("tipo_" + known.code()))
                .orElse(code);
    }
}
