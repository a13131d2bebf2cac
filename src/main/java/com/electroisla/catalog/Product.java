package com.electroisla.catalog;

import com.electroisla.database.StockFigures;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A product with its stock figures as stored: units of holds that have expired but are not swept yet still count as
 * held.
 *
 * @param price before the discount
 * @param discountPercent 0 to 100, whatever the row has
 * @param finalPrice a buyer's price for one unit
 * @param categoryCode usually a {@link Category#code()}
 * @param picture its address, see {@link Picture#address}
 */
public record Product(
        long id,
        String name,
        String description,
        Money price,
        int discountPercent,
        Money finalPrice,
        String categoryCode,
        @Nullable String picture,
        boolean active,
        Shelves shelves,
        StockFigures stock,
        Instant createdAt,
        Instant updatedAt) {

    /** The places where the old front end shows the product, under its own names. */
    public record Shelves(boolean inCarousel, boolean onCarouselCard, boolean inAllProducts) {}

    /** The units that another buyer can still take; 0 for a product whose stock was never initialised. */
    public int stockAvailable() {
        return stock.free();
    }
}
