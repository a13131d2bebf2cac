package com.electroisla.picture;

/** The outcome of a change of a product's pictures. */
public sealed interface ArrangeOutcome {
    /** @param added how many pictures the product did not have before */
    record Done(int added) implements ArrangeOutcome {}

    record NotFound() implements ArrangeOutcome {}

    /** Somebody else changed the same meanwhile; nothing was written. */
    record ChangedMeanwhile() implements ArrangeOutcome {}

    /** The product would have more pictures than {@link ProductPictures#MOST}. */
    record TooMany() implements ArrangeOutcome {}
}
