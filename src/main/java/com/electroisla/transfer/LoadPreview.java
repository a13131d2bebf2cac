package com.electroisla.transfer;

import java.util.List;

/**
 * What a load would do.
 *
 * @param outcome as the load itself would have told it
 * @param changes the first of the products that it would change, by id
 */
public record LoadPreview(LoadOutcome outcome, List<Change> changes) {

    /** One field of one product. */
    public record Change(long id, String product, String field, String before, String after) {}
}
