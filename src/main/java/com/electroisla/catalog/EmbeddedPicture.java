package com.electroisla.catalog;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.Optional;

/**
 * A picture stored in a product's row as text: {@code data:image/png;base64,...}, or base64 alone.
 *
 * <p>Invariant: its bytes are those of a raster image, whatever type the text claims. A content that a browser could
 * take for a page or a drawing with a script (SVG) is never served.
 */
public record EmbeddedPicture(String contentType, byte[] bytes) {
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
            String plain = encoded.indexOf('%') < 0
                    ? encoded
                    : URLDecoder.decode(encoded.replace("+", "%2B"), StandardCharsets.UTF_8);
            byte[] bytes = Base64.getMimeDecoder().decode(plain);
            return PictureKind.of(bytes).map(kind -> new EmbeddedPicture(kind.contentType(), bytes));
        } catch (IllegalArgumentException noBase64) {
            return Optional.empty();
        }
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof EmbeddedPicture(String type, byte[] content)
                && type.equals(contentType)
                && Arrays.equals(content, bytes);
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
