package com.electroisla.admin;

import com.electroisla.catalog.Price;
import com.electroisla.database.StockFigures;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A product with everything that the staff's form shows, on sale or not.
 *
 * @param picture the address of its picture, see {@link com.electroisla.catalog.Picture#address}
 * @param uploaded whether that is an uploaded file
 * @param maker the name of the user who made it; empty when it is not known
 */
public record StaffProduct(
        long id,
        String name,
        String description,
        Price price,
        int discountPercent,
        String category,
        @Nullable String picture,
        boolean uploaded,
        boolean active,
        boolean inCarousel,
        boolean onCarouselCard,
        boolean inAllProducts,
        StockFigures stock,
        String maker,
        Instant createdAt,
        Instant updatedAt) {}
