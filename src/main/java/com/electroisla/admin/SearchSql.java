package com.electroisla.admin;

import com.electroisla.database.Like;
import com.electroisla.http.SearchWords;
import java.util.List;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.SqlStatement;

/**
 * The users and products that a search text means, so that a list can get from there to its rows by their indexes.
 * There are two ways, because neither serves both cases: a few are looked up one by one; with many, the list is
 * scanned from its newest rows, of which some will match.
 */
final class SearchSql {
    /** Up to this many are looked up one by one. */
    private static final int FEW = 5_000;

    /** The patterns of the words, folded once per statement. */
    static final String PATTERNS = "(ARRAY(SELECT texto_buscable(p) FROM unnest(:textPatterns) AS p))";

    /** A buyer by words of the name or the e-mail address. */
    static final String USERS = "SELECT id FROM auth_user WHERE texto_buscable(username || chr(10) || email) LIKE ALL " + PATTERNS;
    /**
     * Buyers by name only, for roles that may not see e-mail addresses, and so may not find them out letter by letter.
     */
    static final String USERS_BY_NAME = "SELECT id FROM auth_user WHERE texto_buscable(username) LIKE ALL " + PATTERNS;
    /** A product, on sale or not, by words of its name. */
    static final String PRODUCTS = "SELECT producto_id FROM textos_productos WHERE nombre LIKE ALL " + PATTERNS;

    /**
     * @param text as it was typed
     * @param users the users that it means; incomplete if there are more than a few
     * @param products likewise
     */
    record Found(String text, List<Integer> users, List<Long> products) {
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

    static Found usersAndProducts(Handle handle, String text) {
        return found(handle, text, "SELECT ARRAY(" + USERS + " LIMIT :most) AS usuarios, ARRAY(" + PRODUCTS + " LIMIT :most) AS productos");
    }

    /** @param users {@link #USERS} or {@link #USERS_BY_NAME} */
    static Found users(Handle handle, String text, String users) {
        return found(handle, text, "SELECT ARRAY(" + users + " LIMIT :most) AS usuarios, CAST('{}' AS bigint[]) AS productos");
    }

    private static Found found(Handle handle, String text, String sql) {
        var query = handle.createQuery(sql).bind("most", FEW + 1);
        bindPatterns(query, "textPatterns", text);
        return query.map((row, context) -> new Found(text, List.of((Integer[]) row.getArray("usuarios").getArray()),
                List.of((Long[]) row.getArray("productos").getArray()))).one();
    }

    /** Binds the patterns of the words. */
    static void bindPatterns(SqlStatement<?> query, String name, String text) {
        query.bindArray(name, String.class, (Object[]) Like.containing(SearchWords.of("q", text).words()));
    }
}
