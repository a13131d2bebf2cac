package com.electroisla.transfer;

/**
 * Keeps a spreadsheet from taking a text for a formula, in a way that can be taken back exactly.
 *
 * <p>A text that begins with any number of apostrophes (also none) and then one of the dangerous characters gets one
 * apostrophe more; reading removes one from such a text. Since a text with no apostrophe before a dangerous character
 * never comes out of {@link #put}, {@code take(put(text))} is always {@code text}. Source of the characters: OWASP,
 * "CSV Injection".
 */
final class FormulaGuard {
    private static final String DANGEROUS = "=+-@\t\r\n\uFF1D\uFF0B\uFF0D\uFF20";

    private FormulaGuard() {}

    static String put(String text) {
        return dangerAfter(text, 0) ? "'" + text : text;
    }

    /** Texts written by hand without a guard stay as they are. */
    static String take(String text) {
        return text.startsWith("'") && dangerAfter(text, 1) ? text.substring(1) : text;
    }

    private static boolean dangerAfter(String text, int from) {
        int first = from;
        while (first < text.length() && text.charAt(first) == '\'') {
            first++;
        }
        return first < text.length() && DANGEROUS.indexOf(text.charAt(first)) >= 0;
    }
}
