package com.electroisla.catalog;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Optional;

/**
 * A picture stored in a product's row as text: {@code data:image/png;base64,...}, or base64 alone.
 *
 * <p>Invariant: its bytes are those of a raster image, whatever type the text claims. A content that a browser could
 * take for a page or a drawing with a script (SVG) is never served.
 */
public record EmbeddedPicture(String contentType, byte[] bytes) {
    /** The first bytes of a kind; -1 stands for any. */
    private record Kind(String contentType, int... beginning) {
        boolean is(byte[] bytes) {
            for (int i = 0; i < beginning.length; i++) {
                if (i >= bytes.length || beginning[i] >= 0 && (bytes[i] & 0xFF) != beginning[i]) {
                    return false;
                }
            }
            return true;
        }
    }

    private static final List<Kind> KINDS = List.of(
            new Kind("image/png", 0x89, 'P', 'N', 'G', '\r', '\n', 0x1A, '\n'),
            new Kind("image/jpeg", 0xFF, 0xD8, 0xFF),
            new Kind("image/gif", 'G', 'I', 'F', '8', '7', 'a'),
            new Kind("image/gif", 'G', 'I', 'F', '8', '9', 'a'),
            new Kind("image/webp", 'R', 'I', 'F', 'F', -1, -1, -1, -1, 'W', 'E', 'B', 'P'),
            new Kind("image/avif", -1, -1, -1, -1, 'f', 't', 'y', 'p', 'a', 'v', 'i', 'f'),
            new Kind("image/avif", -1, -1, -1, -1, 'f', 't', 'y', 'p', 'a', 'v', 'i', 's'),
            new Kind("image/bmp", 'B', 'M', -1, -1, -1, -1, 0, 0, 0, 0),
            new Kind("image/x-icon", 0, 0, 1, 0));

    /** The picture; empty when the text is none. */
    static Optional<EmbeddedPicture> of(String text) {
        String encoded = text.strip();
        int comma = encoded.indexOf(',');
        if (encoded.regionMatches(true, 0, "data:", 0, 5)) {
            if (comma < 0 || !encoded.regionMatches(true, comma - 7, ";base64", 0, 7)) {
                return Optional.empty();
            }
            encoded = encoded.substring(comma + 1);
        }
        try {
            String plain = encoded.indexOf('%') < 0 ? encoded : URLDecoder.decode(encoded.replace("+", "%2B"), StandardCharsets.UTF_8);
            byte[] bytes = Base64.getMimeDecoder().decode(plain);
            return KINDS.stream().filter(kind -> kind.is(bytes)).findFirst().map(kind -> new EmbeddedPicture(kind.contentType(), bytes));
        } catch (IllegalArgumentException noBase64) {
            return Optional.empty();
        }
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof EmbeddedPicture(String type, byte[] content) && type.equals(contentType) && Arrays.equals(content, bytes);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(bytes);
    }

    @Override
    public String toString() {
        return contentType + ", " + bytes.length + " bytes";
    }
}
