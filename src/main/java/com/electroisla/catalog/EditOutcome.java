package com.electroisla.catalog;

/** What became of a change to a product. */
public sealed interface EditOutcome {
    record Saved(long id) implements EditOutcome {}

    record NotFound() implements EditOutcome {}

    /**
     * Somebody else changed it since it was read; nothing was written.
     *
     * @param current what stands there now, with its version
     */
    record ChangedMeanwhile(EditProducts.Versioned current) implements EditOutcome {}
}
