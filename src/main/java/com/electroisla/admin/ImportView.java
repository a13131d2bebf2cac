package com.electroisla.admin;

import com.electroisla.transfer.CatalogueTemplate;
import com.electroisla.transfer.LoadPreview;
import java.util.List;

/**
 * The import of the catalogue.
 *
 * @param content the text as it was pasted, to be corrected
 * @param sameName the meaning of a line without an id that has an existing name: {@code actualizar}, {@code crear} or
 *     nothing
 * @param note the message above the form; empty for none
 * @param problems the faults, by line
 * @param moreProblems how many more there are
 * @param ready the changes that can be applied; null when none can
 */
public record ImportView(
        String content,
        String sameName,
        String note,
        List<String> problems,
        long moreProblems,
        @org.jspecify.annotations.Nullable Ready ready) {
    public static final ImportView BLANK = new ImportView("", "", "", List.of(), 0, null);

    /** The header line of a file, shown in the form where a text can be pasted. */
    public String header() {
        return CatalogueTemplate.header();
    }

    /**
     * @param name the file's name
     * @param file the file itself, packed; sent back with the confirmation
     * @param seen the state of the products it was compared with; sent back too
     * @param leaps how many prices change by more than half; their products come first in {@code changes}
     * @param changes the first of the changes, field by field
     * @param products the first of the new products
     * @param moreNew how many more new products there are
     * @param moreChanged how many more changed products there are
     */
    public record Ready(
            String name,
            String file,
            String seen,
            long created,
            long updated,
            long unchanged,
            long leaps,
            List<String> leftOut,
            List<LoadPreview.Change> changes,
            long moreChanged,
            List<LoadPreview.New> products,
            long moreNew) {}
}
