package com.electroisla.catalog;

import com.electroisla.database.StockFigures;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A thing on sale with its stock figures as stored: units of holds that have run out but are not swept yet still count
 * as held.
 *
 * @param price before the discount
 * @param discountPercent 0 to 100, whatever the row says
 * @param finalPrice what a buyer pays for one
 * @param categoryCode usually a {@link Category#code()}
 * @param picture where it is, as {@link Picture#address} says
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

    /** Where the old front end shows it, in its own words. */
    public record Shelves(boolean inCarousel, boolean onCarouselCard, boolean inAllProducts) {}

    /** What another buyer can still take; 0 for a product whose stock was never initialised. */
    public int stockAvailable() {
        return stock.free();
    }
}
