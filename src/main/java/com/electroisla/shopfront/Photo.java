package com.electroisla.shopfront;

import com.electroisla.catalog.PictureName;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A product's picture in a page, in as many sizes as there are, so that a browser fetches the one that fits.
 *
 * @param srcset empty when only one size is known
 * @param width of the whole picture, so that its place is kept before it is there; 0 if it is unknown
 * @param text its words; empty beside a name that says the same
 */
public record Photo(String src, String srcset, int width, int height, String text) {
    /** For browsers that cannot choose a size. */
    private static final int USUAL_WIDTH = 640;

    /**
     * The picture at this address; null without one, and for one that the pages' policy lets no browser load.
     *
     * @param address as in {@code Product.picture}
     */
    static @Nullable Photo of(@Nullable String address, String text) {
        if (address == null || !isLoaded(address)) {
            return null;
        }
        Optional<PictureName> made = PictureName.ofAddress(address);
        return new Photo(
                made.map(name -> name.atLeast(USUAL_WIDTH).address()).orElse(address),
                made.map(name -> name.copies().stream()
                                .map(copy -> copy.address() + " " + copy.width() + "w")
                                .collect(Collectors.joining(", ")))
                        .orElse(""),
                made.map(PictureName::width).orElse(0),
                made.map(PictureName::height).orElse(0),
                text);
    }

    private static boolean isLoaded(String address) {
        return address.startsWith("https://") || address.startsWith("/") && !address.startsWith("//");
    }
}
