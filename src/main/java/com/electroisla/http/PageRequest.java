package com.electroisla.http;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Which page of a listing is asked for.
 *
 * @param number from 1
 * @param size rows a page
 * @param cursor where the page begins, when the request followed {@code next}; empty: count the pages from the start
 */
public record PageRequest(int number, int size, Optional<Cursor> cursor) {
    /** The largest page that a caller may ask for; the operator may set a larger one. */
    public static final int LARGEST_SIZE = 100;

    /**
     * From {@code page}, {@code page_size} and {@code cursor}. A cursor counts only for the page that it leads to: a
     * client that changes {@code page} in a {@code next} it was given gets the page it asks for.
     *
     * @param usualSize rows a page when the caller names no size
     * @param search what the listing is filtered and sorted by; a cursor made for something else is refused
     * @throws ProblemException 400 for anything senseless, 404 for a page number beyond all counting
     */
    public static PageRequest of(QueryParameters query, int usualSize, String search) {
        int size = wholeNumber("page_size", query.get("page_size"), usualSize, LARGEST_SIZE);
        Optional<Cursor> cursor = Optional.ofNullable(query.get("cursor")).map(text -> Cursor.decode(text, search));
        int number = wholeNumber("page", query.get("page"), cursor.map(Cursor::page).orElse(1), Integer.MAX_VALUE);
        return new PageRequest(number, size, cursor.filter(found -> found.page() == number));
    }

    /** How many rows come before this page; meaningful without a cursor. */
    public long offset() {
        return (number - 1L) * size;
    }

    private static int wholeNumber(String name, @Nullable String text, int otherwise, int largest) {
        if (text == null) {
            return otherwise;
        }
        boolean digits = !text.isEmpty() && text.length() <= 1_000 && text.chars().allMatch(c -> c >= '0' && c <= '9');
        String significant = digits ? text.replaceFirst("^0+", "") : "";
        if (significant.isEmpty()) {
            throw refused(name, largest);
        }
        long value = significant.length() > 18 ? Long.MAX_VALUE : Long.parseLong(significant);
        if (value > largest) {
            throw name.equals("page") ? Problem.of(ErrorCode.PAGE_NOT_FOUND).exception() : refused(name, largest);
        }
        return (int) value;
    }

    private static ProblemException refused(String name, int largest) {
        return Problem.invalidField(name, "campo_entre", 1, Integer.toString(largest)).exception();
    }
}
