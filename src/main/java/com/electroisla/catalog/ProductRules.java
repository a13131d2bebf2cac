package com.electroisla.catalog;

import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The rules for texts of a product, whether a form, a file or a program writes them; {@link ProductField#flaw} assigns
 * them to fields. They have this one home, and those of the price {@link TypedPrice}, so that no input takes what
 * another refuses; each has its own messages.
 */
public final class ProductRules {
    public static final int HIGHEST_DISCOUNT = 100;

    /**
     * The characters that show nothing; {@link #clean} removes them at both ends, and SQL does so with {@code btrim}.
     */
    public static final String BLANKS = " \t\n\u000B\f\r\u001C\u001D\u001E\u001F\u0085\u00A0\u00AD\u034F\u061C\u115F"
            + "\u1160\u1680\u17B4\u17B5\u180E"
            + "\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200A\u200B\u200C\u200D\u200E\u200F"
            + "\u2028\u2029\u202F\u205F\u2060\u2061\u2062"
            + "\u2063\u2064\u2800\u3000\u3164\uFEFF\uFFA0";

    private static final Pattern ADDRESS = Pattern.compile("(?:(?i:https?://)|/)[^\\s\"<>\\p{Cntrl}]*");

    private ProductRules() {}

    /** The reason why a value is invalid. */
    public enum Flaw {
        /** No visible character. */
        BLANK,
        TOO_LONG,
        /** A control character, a line end in a text of one line, or a mark that changes the writing direction. */
        CONTROL_CHARACTER,
        /** Half of a surrogate pair. */
        HALF_CHARACTER,
        NO_ADDRESS
    }

    /** The text without the blanks around it. */
    public static String clean(String text) {
        int from = 0;
        int to = text.length();
        while (from < to && BLANKS.indexOf(text.charAt(from)) >= 0) {
            from++;
        }
        while (to > from && BLANKS.indexOf(text.charAt(to - 1)) >= 0) {
            to--;
        }
        return text.substring(from, to);
    }

    /** A text of one line with at least one visible character. */
    static Optional<Flaw> line(String text, int longest) {
        if (text.codePoints().noneMatch(ProductRules::shows)) {
            return Optional.of(Flaw.BLANK);
        }
        return text.codePoints().anyMatch(ProductRules::breaksLine)
                ? Optional.of(Flaw.CONTROL_CHARACTER)
                : fits(text, longest);
    }

    /** The flaw of a description, which may be empty and have more than one line. */
    static Optional<Flaw> paragraphs(String text, int longest) {
        boolean control = text.codePoints()
                .anyMatch(point -> Character.isISOControl(point) && point != '\n' && point != '\r' && point != '\t');
        return control ? Optional.of(Flaw.CONTROL_CHARACTER) : fits(text, longest);
    }

    /** The flaw of an image, which is an address or empty. */
    static Optional<Flaw> address(String text, int longest) {
        if (!text.isEmpty() && !ADDRESS.matcher(text).matches()) {
            return Optional.of(Flaw.NO_ADDRESS);
        }
        return fits(text, longest);
    }

    private static Optional<Flaw> fits(String text, int longest) {
        if (text.codePoints().anyMatch(point -> Character.getType(point) == Character.SURROGATE)) {
            return Optional.of(Flaw.HALF_CHARACTER);
        }
        return text.codePointCount(0, text.length()) > longest ? Optional.of(Flaw.TOO_LONG) : Optional.empty();
    }

    private static boolean shows(int point) {
        return switch (Character.getType(point)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.SPACE_SEPARATOR,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR -> false;
            default -> BLANKS.indexOf(point) < 0;
        };
    }

    private static boolean breaksLine(int point) {
        boolean turns = point >= 0x202A && point <= 0x202E || point >= 0x2066 && point <= 0x2069;
        return Character.isISOControl(point) || point == 0x2028 || point == 0x2029 || turns;
    }
}
