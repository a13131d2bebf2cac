package com.electroisla.shopfront;

import com.electroisla.accounts.SecondFactors.State;
import java.util.List;

/**
 * The page of the second factor.
 *
 * @param setup what a phone needs to be set up; its texts are empty where a factor is on
 * @param codes recovery codes, shown this once; empty otherwise
 * @param problem the reason of the last refusal; empty at first
 */
public record SecondFactorView(State state, Setup setup, List<String> codes, String problem) {
    /**
     * @param key for typing, in groups of four
     * @param link that an app on this phone opens
     * @param signed the key, signed for this visit
     * @param qr the link as a drawing
     */
    public record Setup(String key, String link, String signed, QrCode qr) {
        public static final Setup NONE = new Setup("", "", "", QrCode.NONE);
    }
}
