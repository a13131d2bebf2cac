package com.electroisla.transfer;

/**
 * How a file is to be loaded.
 *
 * @param partial whether the good lines are to be written when others are bad; a file that is no table is refused
 *     anyway
 * @param seen {@link LoadPreview#seen} of the preview that a user has confirmed; empty when there was none
 */
public record LoadOptions(boolean partial, SameName sameName, byte[] seen) {
    public static LoadOptions strict(SameName sameName) {
        return new LoadOptions(false, sameName, new byte[0]);
    }

    public LoadOptions asSeen(byte[] preview) {
        return new LoadOptions(partial, sameName, preview);
    }
}
