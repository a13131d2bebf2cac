package com.electroisla.catalog;

import com.electroisla.database.StockFigures;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
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
 * @param externalImage the column {@code imagen_url}
 * @param uploadedImage the column {@code imagen}: a path within the media folder
 */
public record Product(
        long id,
        String name,
        String description,
        Money price,
        int discountPercent,
        Money finalPrice,
        String categoryCode,
        @Nullable String externalImage,
        @Nullable String uploadedImage,
        boolean active,
        StockFigures stock,
        Instant createdAt,
        Instant updatedAt) {

    /** What another buyer can still take; 0 for a product whose stock was never initialised. */
    public int stockAvailable() {
        return stock.free();
    }

    /** Where the image is, or null: {@code imagen_url}, or else the old shop's uploaded file under {@code /media/}. */
    public @Nullable String imageUrl() {
        return imageUrl(externalImage, uploadedImage);
    }

    /** The same for a feature that reads only the two columns. */
    public static @Nullable String imageUrl(@Nullable String externalImage, @Nullable String uploadedImage) {
        if (externalImage != null && !externalImage.isBlank()) {
            return externalImage;
        }
        if (uploadedImage == null || uploadedImage.isBlank()) {
            return externalImage;
        }
        String encoded = URLEncoder.encode(uploadedImage, StandardCharsets.UTF_8);
        return "/media/" + encoded.replace("+", "%20").replace("%2F", "/");
    }
}
