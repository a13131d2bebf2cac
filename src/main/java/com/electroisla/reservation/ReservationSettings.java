package com.electroisla.reservation;

import com.electroisla.groupcommit.GroupCommitSettings;
import com.electroisla.settings.Settings;
import java.time.Duration;

/** @param timeToLive how long a hold lasts */
public record ReservationSettings(Duration timeToLive, HoldLimits limits, GroupCommitSettings commits) {

    /** Without limits of holding. */
    public ReservationSettings(Duration timeToLive, GroupCommitSettings commits) {
        this(timeToLive, HoldLimits.NONE, commits);
    }

    public static ReservationSettings of(Settings settings) {
        return new ReservationSettings(
                settings.timeToLive(), HoldLimits.of(settings.payments()), GroupCommitSettings.of(settings));
    }
}
