package com.electroisla.reservation;

import com.electroisla.settings.PaymentSettings;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * How much and how long one buyer can hold without paying.
 *
 * @param longestAge how long renewals can keep units of a product; null: for ever
 * @param mostUnits how many units of one product a buyer can hold at once
 */
public record HoldLimits(@Nullable Duration longestAge, int mostUnits) {
    public static final HoldLimits NONE = new HoldLimits(null, Integer.MAX_VALUE);

    static HoldLimits of(PaymentSettings settings) {
        return new HoldLimits(
                settings.holdAge().orElse(null), settings.unitCap().orElse(Integer.MAX_VALUE));
    }
}
