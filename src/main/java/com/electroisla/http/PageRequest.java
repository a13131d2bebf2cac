package com.electroisla.http;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The requested page of a listing.
 *
 * @param number from 1
 * @param size rows a page
 * @param cursor the start of the page, when the request followed {@code next}; empty: pages are counted from the start
 */
public record PageRequest(int number, int size, Optional<Cursor> cursor) {
    /** The largest page that a caller may ask for; the operator may set a larger one. */
    public static final int LARGEST_SIZE = 100;

    /**
     * Reads {@code page}, {@code page_size} and {@code cursor}. A cursor counts only for its own page: a client that
     * changes {@code page} in a {@code next} address gets the page it asks for.
     *
     * @param usualSize rows a page when the caller names no size
     * @param search the listing's filter and order; a cursor of another search is refused
     * @throws ProblemException 400 for invalid values, 404 for a page number out of range
     */
    public static PageRequest of(QueryParameters query, int usualSize, String search) {
        int size = wholeNumber("page_size", query.get("page_size"), usualSize, LARGEST_SIZE);
        Optional<Cursor> cursor = Optional.ofNullable(query.get("cursor")).map(text -> Cursor.decode(text, search));
        int number =
                wholeNumber("page", query.get("page"), cursor.map(Cursor::page).orElse(1), Integer.MAX_VALUE);
        return new PageRequest(number, size, cursor.filter(found -> found.page() == number));
    }

    /** The number of rows before this page; valid without a cursor. */
    public long offset() {
        return (number - 1L) * size;
    }

    private static int wholeNumber(String name, @Nullable String text, int otherwise, int largest) {
        if (text == null) {
            return otherwise;
        }
        boolean digits =
                !text.isEmpty() && text.length() <= 1_000 && text.chars().allMatch(c -> c >= '0' && c <= '9');
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
        return Problem.invalidField(name, "campo_entre", 1, Integer.toString(largest))
                .exception();
    }
}
