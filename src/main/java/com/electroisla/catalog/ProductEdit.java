package com.electroisla.catalog;

import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * A user's change to a product. Only touched fields are written: the rest stays as it is, whoever changed it
 * meanwhile.
 *
 * @param seen the fields as the user saw them
 * @param touched the fields to which the user gave another value
 * @param mine their values; the values of other fields do not matter
 * @param confirmed the price that the user has confirmed, because it changes by more than half
 */
public record ProductEdit(FieldMarks seen, Set<String> touched, ProductDetails mine, Optional<String> confirmed) {

    /** The result of the change: the product as it would be, and the fields that both changed to different values. */
    record Merged(ProductDetails details, Set<String> conflicts, Set<String> theirs) {}

    /** @param current the present details, under the lock */
    Merged onto(ProductDetails current) {
        Map<String, Object> now = current.values();
        Map<String, Object> wanted = mine.values();
        Set<String> written = new LinkedHashSet<>();
        Set<String> conflicts = new LinkedHashSet<>();
        Set<String> theirs = new LinkedHashSet<>();
        now.forEach((field, value) -> {
            boolean changed = !seen.isStill(field, value);
            boolean different = !FieldMarks.of(Map.of(field, value)).isStill(field, wanted.get(field));
            if (touched.contains(field) && different) {
                written.add(field);
                if (changed) {
                    conflicts.add(field);
                }
            } else if (changed && seen.marks().containsKey(field) && !touched.contains(field)) {
                theirs.add(field);
            }
        });
        return new Merged(current.with(written, mine), conflicts, theirs);
    }
}
