package com.electroisla.accounts;

import java.util.HexFormat;

/**
 * Claims in a form that a page can read with the browser's {@code atob} alone, as the old shop's front end does: the
 * base64url of a token's middle part is then plain base64.
 *
 * <p>The two letters in which the alphabets differ stand for the six bits 62 and 63. In ASCII no byte has its first
 * bit set, so these bits can only be the last six of a byte, and then the byte is one of {@code > ? ~} or DEL. With
 * these four and everything beyond ASCII escaped as JSON allows, neither letter can appear.
 */
final class ReadableClaims {
    private ReadableClaims() {}

    /** @param json claims as JSON; what is escaped here stands in JSON only inside of texts */
    static String of(String json) {
        var ascii = new StringBuilder(json.length() + 16);
        for (int i = 0; i < json.length(); i++) {
            char letter = json.charAt(i);
            if (letter < '~' && letter != '>' && letter != '?') {
                ascii.append(letter);
            } else {
                ascii.append("\\u").append(HexFormat.of().toHexDigits(letter));
            }
        }
        return ascii.toString();
    }
}
