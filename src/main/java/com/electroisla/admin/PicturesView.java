package com.electroisla.admin;

import com.electroisla.catalog.PictureName;
import com.electroisla.picture.Gallery;
import com.electroisla.picture.ProductPictures;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * The pictures of one product, as its page shows them to the staff.
 *
 * @param message about the change just made; empty usually
 * @param refused whether that change was refused
 */
public record PicturesView(
        long productId, List<Shown> pictures, List<Shown> takenOut, String message, boolean refused) {
    private static final int PREVIEW = 240;

    /**
     * One picture.
     *
     * @param src the address of a small copy
     * @param width of that copy; 0 if it is unknown
     */
    public record Shown(long id, String src, int width, int height, String text) {
        static Shown of(Gallery.Kept kept) {
            Optional<PictureName> small = PictureName.ofPath(kept.path()).map(name -> name.atLeast(PREVIEW));
            return new Shown(
                    kept.id(),
                    small.map(PictureName::address).orElseGet(kept::address),
                    small.map(PictureName::width).orElse(0),
                    small.map(PictureName::height).orElse(0),
                    kept.text());
        }
    }

    public static PicturesView of(long productId, Gallery gallery) {
        return new PicturesView(
                productId,
                gallery.pictures().stream().map(Shown::of).toList(),
                gallery.takenOut().stream().map(Shown::of).toList(),
                "",
                false);
    }

    public PicturesView saying(String text, boolean isRefusal) {
        return new PicturesView(productId, pictures, takenOut, text, isRefusal);
    }

    /** The order that the reader sees. */
    public String seen() {
        return pictures.stream().map(each -> Long.toString(each.id)).collect(Collectors.joining(","));
    }

    public boolean full() {
        return pictures.size() >= ProductPictures.MOST;
    }

    public int longestText() {
        return ProductPictures.LONGEST_TEXT;
    }
}
