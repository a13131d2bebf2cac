package com.electroisla.picture;

import java.util.List;
import java.util.Map;

/**
 * A person's wish about the pictures of a product that they see.
 *
 * @param seen the pictures' ids in the order that the person saw
 * @param order the same ids in the order that they shall have
 * @param texts by id
 * @param step what else is done with one of them
 */
public record Arrangement(List<Long> seen, List<Long> order, Map<Long, Text> texts, Step step) {
    public Arrangement {
        seen = List.copyOf(seen);
        order = List.copyOf(order);
        texts = Map.copyOf(texts);
    }

    /** @param was the text that the person saw */
    public record Text(String was, String becomes) {
        boolean isTouched() {
            return !was.equals(becomes);
        }
    }

    /** A step with the picture of this id. */
    public sealed interface Step {
        record None() implements Step {}

        record Earlier(long id) implements Step {}

        record Later(long id) implements Step {}

        record TakeOut(long id) implements Step {}

        /** The picture was taken out before and comes back, at the end. */
        record BringBack(long id) implements Step {}
    }
}
