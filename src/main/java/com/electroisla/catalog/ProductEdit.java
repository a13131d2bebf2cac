package com.electroisla.catalog;

import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What a person wants to change about a product. Only what was touched is written: the rest stays as it is, whoever changed it
 * meanwhile.
 *
 * @param seen the fields as the person saw them
 * @param touched those that the person gave another value
 * @param mine their values; of the others it does not matter
 * @param confirmed the price that the person was asked about, because it moves by more than half, and confirmed
 */
public record ProductEdit(FieldMarks seen, Set<String> touched, ProductDetails mine, Optional<String> confirmed) {

    /** What becomes of it: the product as it would be, and where both changed the same field to different values. */
    record Merged(ProductDetails details, Set<String> conflicts, Set<String> theirs) {}

    /** @param current as it stands there now, under the lock */
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
