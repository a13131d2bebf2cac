package com.electroisla.catalog;

import java.util.Set;

/** The outcome of a change to a product. */
public sealed interface EditOutcome {
    /** @param theirs the fields that another user changed since the product was read, and that keep that change */
    record Saved(long id, Set<String> theirs) implements EditOutcome {}

    record NotFound() implements EditOutcome {}

    /**
     * Another user changed the same fields to other values since the product was read; nothing was written.
     *
     * @param current the present product with its version
     * @param fields the fields that both changed
     */
    record ChangedMeanwhile(EditProducts.Versioned current, Set<String> fields) implements EditOutcome {}

    /** The price would change by more than half, without confirmation; nothing was written. */
    record PriceLeaps(EditProducts.Versioned current, Money before, Money after) implements EditOutcome {}
}
