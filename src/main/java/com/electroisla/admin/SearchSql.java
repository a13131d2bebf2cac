package com.electroisla.admin;

import com.electroisla.database.Column;
import com.electroisla.database.Fragment;
import com.electroisla.database.Like;
import com.electroisla.http.SearchWords;
import java.util.List;
import java.util.stream.Stream;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.Query;

/**
 * The users and products that a search text means, so that a list can get from there to its rows by their indexes.
 * There are two ways, because neither serves both cases: a few are looked up one by one; with many, the list is
 * scanned from its newest rows, of which some will match.
 */
final class SearchSql {
    /** Up to this many are looked up one by one. */
    private static final int FEW = 5_000;

    private static final String NAME = "texto_buscable(username)";
    private static final String NAME_AND_ADDRESS = "texto_buscable(username || chr(10) || email)";

    /**
     * @param text as it was typed
     * @param users the users that it means; incomplete if there are more than a few
     * @param products likewise
     */
    record Found(String text, List<Integer> users, List<Long> products) {
        /** The same with these users besides. */
        Found and(List<Integer> others) {
            return new Found(
                    text,
                    Stream.concat(users.stream(), others.stream()).distinct().toList(),
                    products);
        }

        boolean fewUsers() {
            return users.size() <= FEW;
        }

        boolean fewProducts() {
            return products.size() <= FEW;
        }

        /** Whether the lists are complete. */
        boolean few() {
            return fewUsers() && fewProducts();
        }

        /** The number that was typed; -1 if it is none. */
        long number() {
            return text.matches("[0-9]{1,18}") ? Long.parseLong(text) : -1;
        }
    }

    private SearchSql() {}

    /**
     * The condition that a text has every one of the words; true for every text if there are no words.
     *
     * @param folded the text as {@code texto_buscable} makes it
     * @param parameter a name for the words, which are folded once per statement
     */
    static Fragment words(String folded, String parameter, String typed) {
        if (typed.isEmpty()) {
            return Fragment.ALL;
        }
        String patterns = "(ARRAY(SELECT texto_buscable(p) FROM unnest(:" + parameter + ") AS p))";
        return Fragment.of(folded + " LIKE ALL " + patterns)
                .with(
                        parameter,
                        Column.strings(
                                Like.containing(SearchWords.of("q", typed).words())));
    }

    /** The condition of a user, by words of the name or the e-mail address. */
    static Fragment users(String parameter, String typed) {
        return words(NAME_AND_ADDRESS, parameter, typed);
    }

    /**
     * The condition of a user by name only, for roles that may not see e-mail addresses, and so may not find them out
     * letter by letter.
     */
    static Fragment usersByName(String parameter, String typed) {
        return words(NAME, parameter, typed);
    }

    /** The condition of a row of {@code textos_productos}, on sale or not, by words of the product's name. */
    static Fragment products(String parameter, String typed) {
        return words("nombre", parameter, typed);
    }

    static Found findUsersAndProducts(Handle handle, String text) {
        Query query = handle.createQuery("""
                SELECT ARRAY(SELECT id FROM auth_user WHERE <users> LIMIT :most) AS usuarios,
                       ARRAY(SELECT producto_id FROM textos_productos WHERE <products> LIMIT :most) AS productos""");
        return found(products("words", text).in(users("words", text).in(query, "users"), "products"), text);
    }

    /** @param users {@link #users} or {@link #usersByName} */
    static Found findUsers(Handle handle, String text, Fragment users) {
        return found(users.in(handle.createQuery("""
                SELECT ARRAY(SELECT id FROM auth_user WHERE <users> LIMIT :most) AS usuarios,
                       CAST('{}' AS bigint[]) AS productos"""), "users"), text);
    }

    private static Found found(Query query, String text) {
        return query.bind("most", FEW + 1)
                .map((row, context) -> new Found(
                        text, List.of((Integer[]) row.getArray("usuarios").getArray()), List.of((Long[])
                                row.getArray("productos").getArray())))
                .one();
    }
}
