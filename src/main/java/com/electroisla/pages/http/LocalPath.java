package com.electroisla.pages.http;

import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.regex.Pattern;

/**
 * A path of this site, with its query, as the target of a redirect: never on another site, and always correctly
 * encoded.
 */
final class LocalPath {
    private static final int LONGEST = 500;

    /** Parts that a browser could read as another site, as a step upwards or as a new line, plain or escaped. */
    private static final Pattern MISLEADING = Pattern.compile(
            "[^/].*|.*[\\p{Cntrl}\\p{Cs}\\\\].*|//.*|[^?#]*//.*|[^?#]*/\\.{1,2}([/?#].*|$)|[^?#]*%(2f|5c|2e).*|"
                    + ".*%([01][0-9a-f]|7f).*|",
            Pattern.CASE_INSENSITIVE | Pattern.DOTALL);

    private static final String PLAIN = "/?:@!$&'()*+,;=-._~";

    private LocalPath() {}

    /** The wanted path, or the other one when the first leads to another site. */
    static String of(String wanted, String otherwise) {
        return wanted.length() > LONGEST || MISLEADING.matcher(wanted).matches() ? otherwise : encoded(wanted);
    }

    /** The path with escapes for all characters that an address cannot contain; existing escapes stay. */
    static String encoded(String path) {
        StringBuilder encoded = new StringBuilder(path.length() + 16);
        boolean fragment = false;
        for (int i = 0; i < path.length(); ) {
            int character = path.codePointAt(i);
            if (isPlain(character) || character == '%' && isEscape(path, i) || character == '#' && !fragment) {
                fragment |= character == '#';
                encoded.appendCodePoint(character);
            } else {
                for (byte each : Character.toString(character).getBytes(StandardCharsets.UTF_8)) {
                    encoded.append('%').append(HexFormat.of().withUpperCase().toHexDigits(each));
                }
            }
            i += Character.charCount(character);
        }
        return encoded.toString();
    }

    private static boolean isPlain(int character) {
        return character < 0x80 && (Character.isLetterOrDigit(character) || PLAIN.indexOf(character) >= 0);
    }

    private static boolean isEscape(String path, int index) {
        return index + 2 < path.length()
                && HexFormat.isHexDigit(path.charAt(index + 1))
                && HexFormat.isHexDigit(path.charAt(index + 2));
    }
}
