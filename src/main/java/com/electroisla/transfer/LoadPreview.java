package com.electroisla.transfer;

import java.util.List;

/**
 * What a load would do.
 *
 * @param outcome as the load itself would tell it now
 * @param leftOut columns of the file that nothing would be taken from
 * @param changes the first of the products that it would change, those whose price leaps before the others, in the file's order
 * @param created the first of those that it would make
 * @param seen what stands now in the products that the file names, for {@link LoadOptions#asSeen}
 */
public record LoadPreview(LoadOutcome outcome, List<String> leftOut, List<Change> changes, List<New> created, byte[] seen) {

    /** One field of one product. @param leap whether it is a price that moves by more than half */
    public record Change(long id, String product, String field, String before, String after, boolean leap) {}

    public record New(long line, String name, String price, int discountPercent, String category, int total, boolean active) {}
}
