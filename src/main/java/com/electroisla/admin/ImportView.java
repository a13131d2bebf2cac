package com.electroisla.admin;

import java.util.List;

/**
 * The import of the catalogue.
 *
 * @param content the file as it was given
 * @param problems what is wrong with it, by line
 * @param moreProblems how many there are besides
 * @param ready whether it can be applied as it is
 * @param changes field by field, the first of them
 */
public record ImportView(String content, List<String> problems, long moreProblems, boolean ready, long created, long updated, long unchanged,
        List<Change> changes) {
    public static final ImportView BLANK = new ImportView("", List.of(), 0, false, 0, 0, 0, List.of());

    public record Change(long id, String product, String field, String before, String after) {}
}
