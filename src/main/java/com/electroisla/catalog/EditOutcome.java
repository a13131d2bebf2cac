package com.electroisla.catalog;

import java.util.Set;
/** What became of a change to a product. */
public sealed interface EditOutcome {
    /** @param theirs the fields that somebody else changed since it was read, and that stay so */
    record Saved(long id, Set<String> theirs) implements EditOutcome {}

    record NotFound() implements EditOutcome {}

    /**
     * Somebody else changed the same fields since it was read, to something else; nothing was written.
     *
     * @param current what stands there now, with its version
     * @param fields those that both changed
     */
    record ChangedMeanwhile(EditProducts.Versioned current, Set<String> fields) implements EditOutcome {}

    /** The price would move by more than half, which nobody confirmed; nothing was written. */
    record PriceLeaps(EditProducts.Versioned current, Money before, Money after) implements EditOutcome {}
}
