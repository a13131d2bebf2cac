package com.electroisla.database;

/** Patterns for {@code LIKE} and {@code ILIKE}. */
public final class Like {
    private Like() {}

    /** What has the text somewhere in it, taken literally: its {@code %} and {@code _} mean themselves. */
    public static String containing(String text) {
        return "%" + text.replaceAll("([\\\\%_])", "\\\\$1") + "%";
    }
}
