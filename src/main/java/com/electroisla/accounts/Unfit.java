package com.electroisla.accounts;

import java.util.List;

/**
 * A name, an address or a password that nobody can have.
 *
 * @param field which of them, as the API names it
 * @param reason a word for the reason, under which the edges have a sentence, such as {@code clave_comun}
 * @param bounds the numbers that the sentence names
 */
public record Unfit(String field, String reason, List<Integer> bounds) {
    static Unfit of(String field, String reason, Integer... bounds) {
        return new Unfit(field, reason, List.of(bounds));
    }
}
