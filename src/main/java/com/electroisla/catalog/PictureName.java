package com.electroisla.catalog;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The name of a picture that this shop made: the mark of its contents and its size, under the old shop's folder for
 * pictures of products. So the same picture has the same name everywhere, another one has another, and a page knows the
 * picture's size and its smaller copies without asking anybody.
 *
 * @param mark 32 hexadecimal digits of the contents' hash; the smaller copies have it too
 */
public record PictureName(String mark, int width, int height) {
    /** The longest side of a whole picture. */
    public static final int LONGEST_SIDE = 1280;

    /** The longest sides of the smaller copies. */
    private static final List<Integer> SMALLER = List.of(320, 640);

    private static final String FOLDER = "productos/";
    private static final Pattern PATH =
            Pattern.compile(FOLDER + "([0-9a-f]{32})-([1-9][0-9]{0,3})x([1-9][0-9]{0,3})\\.jpg");

    /** The name with this path under the media folder; empty for a file that we did not name. */
    public static Optional<PictureName> ofPath(String path) {
        Matcher name = PATH.matcher(path);
        return name.matches()
                ? Optional.of(new PictureName(
                        name.group(1), Integer.parseInt(name.group(2)), Integer.parseInt(name.group(3))))
                : Optional.empty();
    }

    /** The name behind an address of {@link Picture#address}; empty for any other picture. */
    public static Optional<PictureName> ofAddress(@Nullable String address) {
        return address != null && address.startsWith(Picture.UPLOADED)
                ? ofPath(address.substring(Picture.UPLOADED.length()))
                : Optional.empty();
    }

    /** The path under the media folder, for {@code productos.imagen}. */
    public String path() {
        return FOLDER + mark + "-" + width + "x" + height + ".jpg";
    }

    public String address() {
        return Picture.UPLOADED + path();
    }

    /** The smaller copies, the smallest first, and at the end this one. */
    public List<PictureName> copies() {
        List<PictureName> copies = new ArrayList<>();
        int longest = Math.max(width, height);
        for (int side : SMALLER) {
            if (side < longest) {
                copies.add(new PictureName(mark, scaled(width, side, longest), scaled(height, side, longest)));
            }
        }
        copies.add(this);
        return copies;
    }

    /** The copy with the least width that is no less than this; the whole picture if there is none. */
    public PictureName atLeast(int pixels) {
        return copies().stream()
                .filter(copy -> copy.width >= pixels)
                .findFirst()
                .orElse(this);
    }

    private static int scaled(int length, int side, int longest) {
        return Math.max(1, (2 * length * side + longest) / (2 * longest));
    }
}
