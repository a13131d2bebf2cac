package com.electroisla.accounts;

import java.util.List;

/**
 * Runs of neighbouring characters in a password: along the alphabet, the digits, a keyboard's rows and columns, or one
 * character repeated, in either direction. A run of three or more is as easy to guess as one character, however long
 * it is.
 */
final class GuessableRuns {
    private static final List<String> LINES = List.of(
            "abcdefghijklmnopqrstuvwxyz",
            "0123456789",
            "1234567890",
            "qwertyuiop",
            "asdfghjkl",
            "asdfghjkl\u00f1",
            "zxcvbnm",
            "1qaz",
            "2wsx",
            "3edc",
            "4rfv",
            "5tgb",
            "6yhn",
            "7ujm",
            "8ik",
            "9ol",
            "!@#$%^&*()",
            "!\"\u00b7$%&/()=");
    private static final int SHORTEST_RUN = 3;

    /** The fewest characters a password must have when each run counts as one. */
    private static final int ENOUGH = 5;

    private GuessableRuns() {}

    /** Whether the text is too short when each run counts as one character. */
    static boolean leaveNothing(String text) {
        int signs = 0;
        for (int from = 0; from < text.length(); signs++) {
            int length = longestRun(text, from);
            from += length >= SHORTEST_RUN ? length : 1;
        }
        return signs < ENOUGH;
    }

    private static int longestRun(String text, int from) {
        int longest = sameSign(text, from);
        for (String line : LINES) {
            longest = Math.max(
                    longest,
                    Math.max(
                            along(line, text, from),
                            along(new StringBuilder(line).reverse().toString(), text, from)));
        }
        return longest;
    }

    private static int sameSign(String text, int from) {
        int to = from;
        while (to < text.length() && text.charAt(to) == text.charAt(from)) {
            to++;
        }
        return to - from;
    }

    private static int along(String line, String text, int from) {
        int at = line.indexOf(text.charAt(from));
        int length = 0;
        while (at >= 0
                && at + length < line.length()
                && from + length < text.length()
                && line.charAt(at + length) == text.charAt(from + length)) {
            length++;
        }
        return length;
    }
}
