package com.electroisla.shopfront;

import com.electroisla.catalog.ProductPicture;
import com.electroisla.catalog.ProductWithPictures;
import com.electroisla.pages.Words;
import java.util.ArrayList;
import java.util.List;

/**
 * A product on its own page.
 *
 * @param photos all that a browser may load, the product's own first
 */
public record ShownProduct(ProductCard card, List<Photo> photos) {
    public static ShownProduct of(ProductWithPictures found, Words words) {
        ProductCard card = ProductCard.of(found.product(), words);
        List<Photo> photos = new ArrayList<>();
        for (ProductPicture picture : found.pictures()) {
            String text = picture.text().isEmpty()
                    ? photos.isEmpty() ? card.name() : words.text("foto_de", photos.size() + 1, card.name())
                    : picture.text();
            Photo photo = Photo.of(picture.address(), text);
            if (photo != null) {
                photos.add(photo);
            }
        }
        return new ShownProduct(card, photos);
    }

    public boolean isSeries() {
        return photos.size() > 1;
    }
}
