package com.electroisla.reconciliation;

import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/**
 * A difference as it is seen in one snapshot.
 *
 * @param subject such as {@code producto/12}
 * @param productId the product to close; null where no units are in doubt
 * @param figure the value in the row
 * @param expected the value that other rows give
 */
record Suspicion(Aspect aspect, String subject, @Nullable Long productId, BigDecimal figure, BigDecimal expected) {
    /** Whether it is the same difference, although the figures may have moved on together. */
    boolean isSame(Suspicion other) {
        return aspect == other.aspect && subject.equals(other.subject);
    }

    /** The number in the subject. */
    long id() {
        return Long.parseLong(subject.split("/")[1]);
    }
}
