package com.electroisla.transfer;

import java.time.Duration;

/**
 * How a file is to be loaded.
 *
 * @param partial whether the good lines are to be written when others are bad; a file that is no table is refused
 *     anyway
 * @param seen {@link LoadPreview#seen} of the preview that a user has confirmed; empty when there was none
 * @param rests the longest time that the load leaves to a busy shop, beside its own work
 */
public record LoadOptions(boolean partial, SameName sameName, byte[] seen, Duration rests) {
    /** The rests of a load for whose end nobody waits with an open connection. */
    private static final Duration AS_NEEDED = Duration.ofDays(1);

    public LoadOptions(boolean partial, SameName sameName) {
        this(partial, sameName, new byte[0], AS_NEEDED);
    }

    public static LoadOptions strict(SameName sameName) {
        return new LoadOptions(false, sameName);
    }

    public LoadOptions asSeen(byte[] preview) {
        return new LoadOptions(partial, sameName, preview, rests);
    }

    public LoadOptions restingAtMost(Duration longest) {
        return new LoadOptions(partial, sameName, seen, longest);
    }
}
