package com.electroisla.database;

import java.util.List;

/** Patterns for {@code LIKE} and {@code ILIKE}. */
public final class Like {
    private Like() {}

    /** A pattern for each of several words, for {@code LIKE ALL}. */
    public static List<String> containing(List<String> words) {
        return words.stream().map(Like::containing).toList();
    }

    /** The pattern of values that contain the text literally: its {@code %} and {@code _} mean themselves. */
    public static String containing(String text) {
        return "%" + text.replaceAll("([\\\\%_])", "\\\\$1") + "%";
    }
}
