package com.electroisla.accounts;

import java.time.Instant;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A browser's sign-in whose password was right and whose second factor is still to come. The browser keeps it, signed
 * for it alone, see {@link SignedWords}.
 *
 * @param mark tells the password that was right from a later one, and tells nothing of either
 * @param until the moment from which the password is asked for again
 */
public record HalfWay(int userId, String mark, Instant until) {
    private static final Pattern TEXT = Pattern.compile("a medias ([0-9]{1,10}) ([0-9a-f]{64}) ([0-9]{1,12})");

    /** The text to be signed. */
    public String text() {
        return "a medias " + userId + " " + mark + " " + until.getEpochSecond();
    }

    /** Reads a text whose signature was right. */
    public static Optional<HalfWay> parse(String text) {
        Matcher parts = TEXT.matcher(text);
        return parts.matches()
                ? Optional.of(new HalfWay(
                        Integer.parseInt(parts.group(1)),
                        parts.group(2),
                        Instant.ofEpochSecond(Long.parseLong(parts.group(3)))))
                : Optional.empty();
    }

    @Override
    public String toString() {
        return "HalfWay[" + userId + "]";
    }
}
