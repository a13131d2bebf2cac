package com.electroisla.reservation;

import java.math.BigDecimal;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The sum that a payer has seen and agreed to; no other sum is ever charged.
 *
 * @param holds the holds that it was shown for; null where only the sum was given
 */
public record Agreed(BigDecimal total, @Nullable Set<Long> holds) {

    boolean isFor(BigDecimal charged, Set<Long> sold) {
        return total.compareTo(charged) == 0 && (holds == null || holds.equals(sold));
    }
}
