package com.electroisla.logs;

/**
 * Makes text safe for a terminal or a log file. Control characters (which a terminal obeys), characters that change
 * the writing direction or are invisible, and line separators of editors become {@code \}{@code uXXXX}; a tab stays.
 */
public final class HarmlessText {
    private HarmlessText() {}

    /** The text in one line, with harmful characters as escapes. */
    public static String of(String text) {
        if (text.chars().noneMatch(character -> isHarmful((char) character))) {
            return text;
        }
        StringBuilder harmless = new StringBuilder(text.length() + 16);
        for (int i = 0; i < text.length(); i++) {
            append(harmless, text.charAt(i));
        }
        return harmless.toString();
    }

    static void append(StringBuilder target, char character) {
        if (isHarmful(character)) {
            target.append("\\u%04x".formatted((int) character));
        } else {
            target.append(character);
        }
    }

    /**
     * Whether a character is escaped. Joiners (200C, 200D) and the emoji variation selector stay: they are part of how
     * people write.
     */
    private static boolean isHarmful(char character) {
        return Character.isISOControl(character) && character != '\t'
                || character == 0x061C
                || character == 0x200B
                || character == 0x200E
                || character == 0x200F
                || character >= 0x2028 && character <= 0x202E
                || character >= 0x2060 && character <= 0x206F
                || character == 0xFEFF;
    }
}
