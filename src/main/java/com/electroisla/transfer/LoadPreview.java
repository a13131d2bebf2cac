package com.electroisla.transfer;

import java.util.List;

/**
 * The effect that a load would have.
 *
 * @param outcome as the load itself would return it now
 * @param leftOut columns of the file whose values would be ignored
 * @param changes the first of the products that would change, those with a price leap first, then in the file's order
 * @param created the first of the products that would be made
 * @param seen a digest of the present state of the products that the file names, for {@link LoadOptions#asSeen}
 */
public record LoadPreview(
        LoadOutcome outcome, List<String> leftOut, List<Change> changes, List<New> created, byte[] seen) {

    /**
     * One field of one product.
     *
     * @param leap whether it is a price that changes by more than half
     */
    public record Change(long id, String product, String field, String before, String after, boolean leap) {}

    public record New(
            long line, String name, String price, int discountPercent, String category, int total, boolean active) {}
}
