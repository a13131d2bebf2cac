package com.electroisla.accounts;

import java.util.List;

/**
 * An invalid name, address or password of an account.
 *
 * @param field its name in the API
 * @param reason a word for the reason, such as {@code clave_comun}, for which the edges have a message
 * @param bounds the numbers in that message
 */
public record Unfit(String field, String reason, List<Integer> bounds) {
    static Unfit of(String field, String reason, Integer... bounds) {
        return new Unfit(field, reason, List.of(bounds));
    }
}
