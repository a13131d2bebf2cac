package com.electroisla.reservation;

import com.electroisla.groupcommit.GroupCommitSettings;
import com.electroisla.order.PaymentWindows;
import com.electroisla.settings.Settings;
import java.time.Duration;

/**
 * @param timeToLive how long a hold lasts
 * @param windows how long orders wait for their money
 */
public record ReservationSettings(
        Duration timeToLive, HoldLimits limits, PaymentWindows windows, GroupCommitSettings commits) {

    /** Without limits of holding and of waiting. */
    public ReservationSettings(Duration timeToLive, GroupCommitSettings commits) {
        this(timeToLive, HoldLimits.NONE, PaymentWindows.NONE, commits);
    }

    public static ReservationSettings of(Settings settings) {
        return new ReservationSettings(
                settings.timeToLive(),
                HoldLimits.of(settings.payments()),
                new PaymentWindows(
                        settings.payments().transferWindow(),
                        settings.payments().cashWindow()),
                GroupCommitSettings.of(settings));
    }
}
