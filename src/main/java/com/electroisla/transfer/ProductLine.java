package com.electroisla.transfer;

import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/**
 * One product as a file has it. Null is a cell that says nothing: it leaves what is there, or the preset of a new product.
 *
 * @param line where it stands in the file
 * @param id null for a new product
 * @param description may be empty, which empties it; so may the image
 */
record ProductLine(
        long line,
        @Nullable Long id,
        @Nullable String name,
        @Nullable String description,
        @Nullable BigDecimal price,
        @Nullable Integer discountPercent,
        @Nullable String category,
        @Nullable Integer stockTotal,
        @Nullable Boolean active,
        @Nullable String image) {}
