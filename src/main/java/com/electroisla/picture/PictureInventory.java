package com.electroisla.picture;

import com.electroisla.database.Database;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * The pictures that the database names, and those of them whose files are not in the media folder: a backup has the
 * database alone, so that both can part.
 *
 * @param named how many there are
 * @param missing how many are not there, or not whole
 * @param some paths of some that are missing
 */
public record PictureInventory(long named, long missing, List<String> some) {
    private static final int MOST_SHOWN = 10;

    /** Looks for the file of every picture; of none in a database that knows no pictures yet. */
    public static PictureInventory take(Database database, Path media) {
        PictureFiles files = new PictureFiles(media);
        long[] counts = new long[2];
        List<String> some = new ArrayList<>();
        database.useTransaction(handle -> {
            if (PictureSql.isThere(handle)) {
                PictureSql.each(handle, path -> {
                    counts[0]++;
                    if (!files.isWhole(path)) {
                        counts[1]++;
                        if (some.size() < MOST_SHOWN) {
                            some.add(path);
                        }
                    }
                });
            }
        });
        return new PictureInventory(counts[0], counts[1], some);
    }
}
