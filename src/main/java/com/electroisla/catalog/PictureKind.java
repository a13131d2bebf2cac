package com.electroisla.catalog;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** The kinds of picture that are served: raster images. An SVG may contain a script and is not among them. */
public enum PictureKind {
    PNG("image/png", Set.of("png"), beginning(0x89, 'P', 'N', 'G', '\r', '\n', 0x1A, '\n')),
    JPEG("image/jpeg", Set.of("jpg", "jpeg"), beginning(0xFF, 0xD8, 0xFF)),
    GIF("image/gif", Set.of("gif"), beginning('G', 'I', 'F', '8', '7', 'a'), beginning('G', 'I', 'F', '8', '9', 'a')),
    WEBP("image/webp", Set.of("webp"), beginning('R', 'I', 'F', 'F', -1, -1, -1, -1, 'W', 'E', 'B', 'P')),
    AVIF(
            "image/avif",
            Set.of("avif"),
            beginning(-1, -1, -1, -1, 'f', 't', 'y', 'p', 'a', 'v', 'i', 'f'),
            beginning(-1, -1, -1, -1, 'f', 't', 'y', 'p', 'a', 'v', 'i', 's')),
    BMP("image/bmp", Set.of("bmp"), beginning('B', 'M', -1, -1, -1, -1, 0, 0, 0, 0)),
    ICO("image/x-icon", Set.of("ico"), beginning(0, 0, 1, 0));

    private final String contentType;
    private final Set<String> extensions;
    private final List<int[]> beginnings;

    PictureKind(String contentType, Set<String> extensions, int[]... beginnings) {
        this.contentType = contentType;
        this.extensions = extensions;
        this.beginnings = List.of(beginnings);
    }

    public String contentType() {
        return contentType;
    }

    /** The kind by the first bytes, whatever a name or a header says. */
    public static Optional<PictureKind> of(byte[] bytes) {
        return Stream.of(values())
                .filter(kind -> kind.beginnings.stream().anyMatch(each -> begins(bytes, each)))
                .findFirst();
    }

    /** Whether a file of this name is served as a picture. */
    public static boolean isNameOfOne(String file) {
        String extension = file.substring(file.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT);
        return Stream.of(values()).anyMatch(kind -> kind.extensions.contains(extension));
    }

    /** The first bytes of a kind; -1 stands for any. */
    private static int[] beginning(int... bytes) {
        return bytes;
    }

    private static boolean begins(byte[] bytes, int[] beginning) {
        for (int i = 0; i < beginning.length; i++) {
            if (i >= bytes.length || beginning[i] >= 0 && (bytes[i] & 0xFF) != beginning[i]) {
                return false;
            }
        }
        return true;
    }
}
