package com.electroisla.transfer;

import org.jspecify.annotations.Nullable;

/**
 * One product as a file has it. Null is an empty cell: it leaves the present value, or the default of a new product.
 *
 * @param line the line's number in the file
 * @param id null for a new product
 * @param description may be empty, which empties it; so may the image
 * @param price plain text such as {@code 99.99}; an old row may have {@code NaN}
 * @param doubts faults that count unless the shop has the same value already: a column, a tab and the reason, in a
 *     line each
 */
record ProductLine(
        long line,
        @Nullable Long id,
        @Nullable String name,
        @Nullable String description,
        @Nullable String price,
        @Nullable Integer discountPercent,
        @Nullable String category,
        @Nullable Integer stockTotal,
        @Nullable Boolean active,
        @Nullable String image,
        @Nullable String doubts) {}
