package com.electroisla.picture;

import com.electroisla.catalog.PictureName;
import java.util.List;

/**
 * A picture and its smaller copies, as files to be.
 *
 * @param name of the whole picture
 */
public record MadePicture(PictureName name, List<Copy> copies) {
    public MadePicture {
        copies = List.copyOf(copies);
    }

    /** The path under the media folder. */
    public String path() {
        return name.path();
    }

    /** One file. It is no record, because two with the same bytes are never compared. */
    static final class Copy {
        private final PictureName name;
        private final byte[] bytes;

        Copy(PictureName name, byte[] bytes) {
            this.name = name;
            this.bytes = bytes;
        }

        String path() {
            return name.path();
        }

        byte[] bytes() {
            return bytes;
        }
    }
}
