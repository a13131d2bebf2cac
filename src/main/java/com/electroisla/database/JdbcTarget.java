package com.electroisla.database;

import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Map;
import java.util.Objects;
import java.util.Properties;

/** The address of the database, with user and password. The password never appears in {@link #toString()}. */
public record JdbcTarget(String url, String user, String password) {

    /** Parses {@code postgresql://user:password@host:port/database?options}. */
    public static JdbcTarget of(URI uri) {
        String[] credentials = uri.getRawUserInfo() == null
                ? new String[0]
                : uri.getRawUserInfo().split(":", 2);
        String url = "jdbc:postgresql://" + uri.getHost() + (uri.getPort() < 0 ? "" : ":" + uri.getPort())
                + uri.getRawPath() + (uri.getRawQuery() == null ? "" : "?" + uri.getRawQuery());
        return new JdbcTarget(
                url,
                credentials.length > 0 ? decode(credentials[0]) : System.getProperty("user.name"),
                credentials.length > 1 ? decode(credentials[1]) : "");
    }

    /**
     * A connection outside the pool, which the caller closes. Its wait for a lock has no limit.
     *
     * @param options further properties of the driver, by name
     */
    public Connection connect(Map<String, String> options) throws SQLException {
        var settings = SessionSettings.of("0", "0");
        var properties = new Properties();
        properties.setProperty("user", user);
        properties.setProperty("password", password);
        properties.setProperty("options", settings.options());
        properties.putAll(options);
        // Not DriverManager: it knows only the drivers of the first class loader that asked, and Quarkus brings its
        // own.
        Connection connection = Objects.requireNonNull(new org.postgresql.Driver().connect(url, properties), url);
        try {
            settings.apply(connection);
            return connection;
        } catch (SQLException | RuntimeException failure) {
            connection.close();
            throw failure;
        }
    }

    /** A part of an address as it was before it was percent-encoded. */
    public static String decode(String text) {
        return URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8);
    }

    @Override
    public String toString() {
        return url;
    }
}
