package com.electroisla.database;

import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;

/** Where the database is and who we are there. The password never appears in {@link #toString()}. */
public record JdbcTarget(String url, String user, String password) {

    /** From {@code postgresql://user:password@host:port/database?options}. */
    public static JdbcTarget of(URI uri) {
        String[] credentials = uri.getRawUserInfo() == null ? new String[0] : uri.getRawUserInfo().split(":", 2);
        String url = "jdbc:postgresql://" + uri.getHost() + (uri.getPort() < 0 ? "" : ":" + uri.getPort()) + uri.getRawPath()
                + (uri.getRawQuery() == null ? "" : "?" + uri.getRawQuery());
        return new JdbcTarget(
                url,
                credentials.length > 0 ? decode(credentials[0]) : System.getProperty("user.name"),
                credentials.length > 1 ? decode(credentials[1]) : "");
    }

    private static String decode(String text) {
        return URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8);
    }

    @Override
    public String toString() {
        return url;
    }
}
