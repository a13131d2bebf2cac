package com.electroisla.http;

/**
 * The id in a path such as {@code /api/productos/17/}. A text that cannot be an id counts as an id that does not
 * exist.
 */
public final class PathId {
    private static final int MOST_DIGITS = 19;

    private PathId() {}

    /** @throws ProblemException with the given code, for anything but a positive number that fits a bigint */
    public static long of(String text, ErrorCode notFound) {
        boolean digits =
                !text.isEmpty() && text.length() <= MOST_DIGITS && text.chars().allMatch(c -> c >= '0' && c <= '9');
        if (digits) {
            try {
                return Long.parseLong(text);
            } catch (NumberFormatException beyondBigint) {
                // The exception below is the answer.
            }
        }
        throw Problem.of(notFound).exception();
    }
}
