package com.electroisla.picture;

import com.electroisla.catalog.Picture;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The pictures of one product.
 *
 * @param pictures in their order; the first is the product's own, whoever wrote that
 * @param takenOut those that can still come back, the last one first
 */
public record Gallery(List<Kept> pictures, List<Kept> takenOut) {
    public Gallery {
        pictures = List.copyOf(pictures);
        takenOut = List.copyOf(takenOut);
    }

    /**
     * One picture.
     *
     * @param id 0 for one that has no row yet, as the old shop's has none
     * @param path under the media folder
     * @param text its words for whoever does not see it; may be empty
     */
    public record Kept(long id, String path, String text) {
        public String address() {
            return Picture.uploaded(path);
        }
    }

    /** @param shown the path in the product's row; empty for none */
    static Gallery of(String shown, List<Kept> rows, List<Kept> takenOut) {
        List<Kept> pictures = new ArrayList<>(rows);
        if (!shown.isEmpty()) {
            Optional<Kept> first =
                    rows.stream().filter(row -> row.path.equals(shown)).findFirst();
            first.ifPresent(pictures::remove);
            pictures.addFirst(first.orElseGet(() -> new Kept(0, shown, "")));
        }
        return new Gallery(pictures, takenOut);
    }

    List<Long> ids() {
        return pictures.stream().map(Kept::id).toList();
    }

    Optional<Kept> one(long id) {
        return pictures.stream().filter(each -> each.id == id).findFirst();
    }
}
