package com.electroisla.http.server;

import com.electroisla.ShopWords;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** A fingerprint of every row of every table, in one statement: two that are equal prove that nothing changed. */
public final class DatabaseContents {
    /** Tables that record attempts; they are not the shop's state. */
    private static final List<String> JOURNALS = List.of("login_attempts", "lotes_confirmados", "claves_firma");

    private final ShopWords given;
    private final String statement;

    public DatabaseContents(ShopWords given) {
        this.given = given;
        this.statement = given.texts("SELECT tablename FROM pg_tables WHERE schemaname = 'public' ORDER BY 1").stream()
                .filter(table -> !JOURNALS.contains(table))
                .map(table -> "SELECT '" + table + " ' || count(*) || ' ' || "
                        + "COALESCE(md5(string_agg(t::text, E'\\n' ORDER BY t::text)), '') FROM " + table
                        + " t")
                .collect(Collectors.joining(" UNION ALL "));
    }

    /** By table. */
    public Map<String, String> now() {
        Map<String, String> tables = new TreeMap<>();
        given.texts(statement).forEach(each -> tables.put(each.substring(0, each.indexOf(' ')), each));
        return tables;
    }
}
