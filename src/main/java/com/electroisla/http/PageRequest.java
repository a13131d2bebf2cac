package com.electroisla.http;

import org.jspecify.annotations.Nullable;

/**
 * Which page of a list is asked for.
 *
 * @param page from 1
 * @param size 1 to 100
 */
public record PageRequest(int page, int size) {
    public static final int DEFAULT_SIZE = 20;
    public static final int LARGEST_SIZE = 100;
    private static final int LAST_PAGE = 10_000_000;

    /** @throws ProblemException 400 naming the parameter that makes no sense */
    public static PageRequest parse(@Nullable String page, @Nullable String size) {
        return new PageRequest(number("page", page, 1, LAST_PAGE), number("page_size", size, DEFAULT_SIZE, LARGEST_SIZE));
    }

    public long offset() {
        return (page - 1L) * size;
    }

    private static int number(String name, @Nullable String text, int absent, int largest) {
        if (text == null) {
            return absent;
        }
        try {
            int number = Integer.parseInt(text);
            if (number >= 1 && number <= largest) {
                return number;
            }
        } catch (NumberFormatException notANumber) {
            // refused below
        }
        throw Problem.invalidField(name, "campo_entre", "1", Integer.toString(largest)).exception();
    }
}
