package com.electroisla.database;

import java.util.Collection;

/** Patterns for {@code LIKE} and {@code ILIKE}. */
public final class Like {
    private Like() {}

    /** The same for each of several words, for {@code LIKE ALL}. */
    public static String[] containing(Collection<String> words) {
        return words.stream().map(Like::containing).toArray(String[]::new);
    }

    /** What has the text somewhere in it, taken literally: its {@code %} and {@code _} mean themselves. */
    public static String containing(String text) {
        return "%" + text.replaceAll("([\\\\%_])", "\\\\$1") + "%";
    }
}
