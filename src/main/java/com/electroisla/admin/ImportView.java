package com.electroisla.admin;

import com.electroisla.transfer.LoadPreview;
import java.util.List;

/**
 * The import of the catalogue.
 *
 * @param content the text as it was pasted, to be mended
 * @param sameName what a line without an id means whose name is taken: {@code actualizar}, {@code crear} or nothing
 * @param note what is said first; empty for nothing
 * @param problems what is wrong, by line
 * @param moreProblems how many there are besides
 * @param ready what can be applied as it is; null when nothing can
 */
public record ImportView(String content, String sameName, String note, List<String> problems, long moreProblems, @org.jspecify.annotations.Nullable Ready ready) {
    public static final ImportView BLANK = new ImportView("", "", "", List.of(), 0, null);

    /**
     * @param name the file's, {@code file} the file itself, packed, and {@code seen} what it was compared with: both are sent back with the yes
     * @param leaps how many prices move by more than half; their products are the first of the changed
     * @param changes field by field, the first of them
     * @param products the first of the new ones
     * @param moreNew how many new ones there are besides
     * @param moreChanged how many changed products there are besides
     */
    public record Ready(String name, String file, String seen, long created, long updated, long unchanged, long leaps, List<String> leftOut,
            List<LoadPreview.Change> changes, long moreChanged, List<LoadPreview.New> products, long moreNew) {}
}
