package com.electroisla.transfer;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Escapes characters that XML cannot carry, or changes on the way, as {@code _xHHHH_}, as ECMA-376 specifies for
 * {@code ST_Xstring}. In a text that already looks like that the first underscore is escaped too.
 */
final class XlsxText {
    private static final Pattern TO_WRITE =
            Pattern.compile("[\\x00-\\x08\\x0B-\\x1F\\uFFFE\\uFFFF]|_(?=x[0-9A-Fa-f]{4}_)");
    private static final Pattern WRITTEN = Pattern.compile("_x([0-9A-Fa-f]{4})_");

    private XlsxText() {}

    static String encoded(String text) {
        // Hardly any text needs it, and the pattern takes most of the time of a large file.
        if (text.chars().noneMatch(XlsxText::mayBeEscaped)) {
            return text;
        }
        return TO_WRITE.matcher(text)
                .replaceAll(found -> "_x%04X_".formatted((int) found.group().charAt(0)));
    }

    private static boolean mayBeEscaped(int unit) {
        return unit < ' ' || unit == '_' || unit >= '\uFFFE';
    }

    static String decoded(String text) {
        return WRITTEN.matcher(text)
                .replaceAll(
                        found -> Matcher.quoteReplacement(Character.toString(Integer.parseInt(found.group(1), 16))));
    }
}
