package com.electroisla.catalog.http;

import com.electroisla.catalog.PictureName;
import com.electroisla.catalog.ProductPicture;
import com.electroisla.http.server.PublicAddress;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A picture of a product with its words, and the smaller copies that there are of one that this shop made.
 *
 * @param ancho in dots, as {@code alto}; null where the shop does not know them
 */
record PictureJson(
        @Nullable String url,
        String alt,
        @Nullable Integer ancho,
        @Nullable Integer alto,
        List<Copy> tamanos) {

    record Copy(@Nullable String url, int ancho, int alto) {}

    static PictureJson of(ProductPicture picture, PublicAddress site) {
        @Nullable PictureName made = PictureName.ofAddress(picture.address()).orElse(null);
        return new PictureJson(
                site.of(picture.address()),
                picture.text(),
                made == null ? null : made.width(),
                made == null ? null : made.height(),
                made == null
                        ? List.of()
                        : made.copies().stream()
                                .map(copy -> new Copy(site.of(copy.address()), copy.width(), copy.height()))
                                .toList());
    }
}
